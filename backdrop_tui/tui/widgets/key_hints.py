"""The keys that fix the most where the cursor is, with what each would do."""

from collections.abc import Iterable

from textual.content import Content

from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import ProblemKind
from backdrop_tui.intake.questions.question import ASKING
from backdrop_tui.records.fields.user_group import GROUP_NEAR
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.problems import REQUIRED
from backdrop_tui.tui.widgets.plain import plain, shortened

_LONGEST_VALUE = 20
_CONFIRMED_GROUPS = {GROUP_NEAR.code, REQUIRED.code}


def asks_for_groups(kind: ProblemKind) -> bool:
    """Tell whether the suggestions of a kind are user groups that can all be taken once the user has seen the list."""
    return kind.field == "user_group" and kind.code in _CONFIRMED_GROUPS


def is_for_information(finding: Finding) -> bool:
    """Tell whether there is nothing to do about a finding but to read it."""
    return finding.type.level == "note" and not finding.remedies and not asks_about_encoding(finding)


def finding_hints(finding: Finding) -> Content:
    """The keys that answer a finding."""
    remedies = finding.remedies
    hints = []
    if len(remedies) == 1:
        hints.append(("t", remedies[0].title))
    elif remedies:
        hints.append(("t", f"Choose one of {len(remedies)} ways to put it right"))
    elif asks_about_encoding(finding):
        hints.append(("o", "Choose another encoding"))
    go_on = "Go on" if is_for_information(finding) else "Change nothing"
    return key_line([*hints, ("d", finding.type.dismissing or go_on)])


def cell_hints(index: ProblemIndex, row: int, key: str, kind: ProblemKind | None) -> Content:
    """The keys that fix many cells at once, seen from a cell; if nothing is left to fix, the key that goes on."""
    if not index.review.problems.height and not index.review.findings:
        return key_line([("c", "shows what will be imported")])
    hints = []
    if any(problem.code in ASKING for problem in index.in_row(row)):
        hints.append(("i", "compares them side by side"))
    if kind is not None and kind.suggestions > 1 and asks_for_groups(kind):
        hints.append(("t", f"shows all {kind.suggestions:,} suggestions"))
    elif kind is not None and kind.sure > 1:
        which = "all" if kind.sure == kind.suggestions else "the"
        hints.append(("t", f"takes {which} {kind.sure:,}{'' if which == 'all' else ' sure'} suggestions"))
    # Blank cells seldom want the same text.
    value, count = index.alike(row, key)
    if value and count > 1:
        hints.append(("f", f"fixes all {count:,} that say “{shortened(value, _LONGEST_VALUE)}”"))
    # Errors that can be accepted are not advertised: each of them needs a look.
    if kind is not None and kind.level == "warning" and kind.count > 1:
        hints.append(("A", f"accepts all {kind.count:,}"))
    return key_line(hints)


def key_line(hints: Iterable[tuple[str, str]]) -> Content:
    """Keys, each with what it does, in a line."""
    return Content("   ").join(
        Content.assemble((key, "bold $footer-key-foreground"), " ", plain(text)) for key, text in hints
    )
