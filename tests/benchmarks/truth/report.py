"""The benchmark's results as tables."""

from collections import Counter

from tests.benchmarks.truth.encodings import EncodingCase
from tests.benchmarks.truth.targets import Case

COLUMNS = (
    ("file", 42),
    ("rate", 7),
    ("size", 7),
    ("cells", 7),
    ("silent", 7),
    ("undec.", 7),
    ("before", 7),
    ("after", 7),
    ("unsaid", 7),
    ("changed", 8),
    ("spoilt", 7),
    ("false", 7),
    ("asked", 6),
)
"""The columns of the table: names and widths."""
LEGEND = """\
cells    cells that were damaged
silent   wrong values that would be stored without a word
undec.   wrong dates and year groups that would be stored without a word, and that nothing could tell: they fit each other
before   wrong values as the file is read
after    wrong values once every finding is answered with its remedy and every sure suggestion is taken
unsaid   those among them that would be stored without a word
changed  values that the answers changed
spoilt   right values that they made wrong
false    warnings about right cells
asked    findings and kinds of problems in each school
"""
_MOST_LOST = 4


def print_case(case: Case) -> None:
    """Print one line, and what is remarkable about it below."""
    outcome = case.outcome
    numbers = (
        outcome.damaged,
        outcome.silent.total(),
        outcome.undecidable + outcome.contradicted,
        outcome.before.total(),
        outcome.after.total(),
        outcome.left_silent.total(),
        outcome.changed,
        outcome.made_wrong.total(),
        outcome.false_warnings.total(),
        round(outcome.questions.total() / case.schools),
    )
    widths = [width for _, width in COLUMNS]
    cells = (f"{number:>{width},}" for number, width in zip(numbers, widths[3:], strict=True))
    name = f"{case.scenario.name:{widths[0]}} {case.rate:>{widths[1]}.1%} {case.size:>{widths[2]},}"
    print(name, *cells, flush=True)
    remarks = {"silent": outcome.silent, "spoilt": outcome.made_wrong, "false": outcome.false_warnings}
    shown = [f"{name}: {_listed(counter)}" for name, counter in remarks.items() if counter.total()]
    if outcome.lost:
        shown.append(f"rows left out: {outcome.lost}")
    if outcome.spelling:
        shown.append(f"capitals unnoticed: {outcome.spelling}")
    if outcome.store_wrong.total() or outcome.store_doubled:
        shown.append(f"in the store: {_listed(outcome.store_wrong)}, {outcome.store_doubled} too many")
    if shown:
        print(f"    {' · '.join(shown)}")


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counter.most_common() if number)


def print_encodings(cases: list[EncodingCase]) -> bool:
    """Print in how many files every name was read as it was written. Tells whether the shares that must be reached are."""
    print(f"\n{'names read as written':24} {'accented names':>15} {'files':>7} {'kept':>8} {'least':>8}")
    for case in cases:
        verdict = "ok" if case.share >= case.least else "MISSED"
        line = f"{case.encoding:24} {case.number:>15} {case.files:>7,} {case.share:>8.1%} {case.least:>8.0%}  {verdict}"
        print(line, *case.lost[:_MOST_LOST], sep="  ")
    return all(case.share >= case.least for case in cases)


def print_left_out(cases: list[Case]) -> None:
    """Print which scenarios have no targets about what is decidable, and why."""
    for scenario in {case.scenario.name: case.scenario for case in cases}.values():
        if scenario.undecidable:
            print(f"left out {scenario.name}: {scenario.undecidable}")
