"""The benchmark's results as a table."""

from tests.benchmarks.linking.outcome import Outcome
from tests.benchmarks.linking.targets import Case

COLUMNS = (
    ("what happens between the years", 58),
    ("size", 6),
    ("rows", 8),
    ("silent", 7),
    ("warned", 7),
    ("stopped", 8),
    ("doubled", 8),
    ("aside", 6),
    ("warned", 7),
    ("asked", 7),
    ("needless", 9),
    ("of 100", 7),
)
"""The columns of the table: names and widths."""
LEGEND = """\
silent    records in which somebody else's facts were stored without a word
warned    records in which they were stored with a warning
stopped   rows that would have led to that, but a question, an error or a finding kept them back
doubled   people who got a second record without a word
aside     people who got one after something from which nothing need tell who they are
warned    people who got one with a warning
asked     rows with a question about who it is
needless  those whose answer was obvious: the person stored is the same but for year and form, or nobody stored is like it
of 100    rows with a question, of a hundred rows
"""


def print_case(case: Case) -> None:
    """Print one line, and what is remarkable about it below."""
    outcome = case.outcome
    numbers = (
        case.size,
        outcome.rows,
        outcome.silent,
        outcome.warned,
        outcome.stopped,
        outcome.doubled,
        outcome.doubled_aside,
        outcome.doubled_warned,
        outcome.asked,
        outcome.needless,
    )
    widths = [width for _, width in COLUMNS]
    cells = (f"{number:>{width},}" for number, width in zip(numbers, widths[1:-1], strict=True))
    print(f"{case.scenario.name:{widths[0]}}", *cells, f"{case.asked_of_100:>{widths[-1]}.2f}", flush=True)
    if remarks := _remarks(outcome):
        print(f"    {remarks}")


def _remarks(outcome: Outcome) -> str:
    """The codes of problems in rows, and the findings that stopped files."""
    counters = {"rows": outcome.codes, "files stopped": outcome.findings}
    shown = [
        f"{name}: {', '.join(f'{code} {number:,}' for code, number in counter.most_common())}"
        for name, counter in counters.items()
        if counter
    ]
    return " · ".join(shown)


def print_totals(cases: list[Case]) -> None:
    """Print the sums over all scenarios with UPNs or addresses, and over those without."""
    for with_identifiers in (True, False):
        outcomes = [case.outcome for case in cases if case.scenario.with_identifiers == with_identifiers]
        total = sum(outcomes, Outcome())
        print(f"\nIn all, {'with' if with_identifiers else 'without'} UPNs or addresses: {total.rows:,} rows")
        print(
            f"  overwritten: {total.silent:,} silently, {total.warned:,} with a warning, {total.stopped:,} stopped"
        )
        print(
            f"  duplicated: {total.doubled:,} silently, {total.doubled_aside:,} aside, {total.doubled_warned:,} with a warning"
        )
        print(f"  questions: {total.asked:,}, of which {total.needless:,} needless")
