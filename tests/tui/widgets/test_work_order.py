"""The order in which findings and kinds of problems are gone through."""

from backdrop_tui.intake.draft.review import ProblemKind
from backdrop_tui.tui.widgets.work_order import entry_after, in_order
from tests.support.made_up_findings import finding, remedy

ERROR = ProblemKind("gender", "gender-unknown", "error", "Gender", 3, 3, 3)
OTHER_ERROR = ProblemKind("upn", "upn-length", "error", "UPN", 2, 0, 0)
WARNING = ProblemKind("surname", "odd-character", "warning", "Surname", 5, 0, 0)
SWAPPED = finding("dates-swapped", "error", [2])
LEAVERS = finding("status-column", "warning", [3])
AGAIN = finding("same-as-last-time", "note", [4], remedy("Do the same again"))
CAPITALS = finding("capitals", "note", [5], remedy("Rewrite them"))
TO_READ = finding("part-of-school", "note", [6])


def test_notes_never_come_before_errors_except_the_one_that_fixes_what_was_fixed_last_time() -> None:
    findings = [AGAIN, SWAPPED, LEAVERS, TO_READ, CAPITALS]
    assert in_order(findings, [ERROR, WARNING]) == (
        AGAIN,
        SWAPPED,
        LEAVERS,
        ERROR,
        CAPITALS,
        WARNING,
        TO_READ,
    )


def test_after_an_error_comes_an_error_as_long_as_there_is_one() -> None:
    before = (OTHER_ERROR, ERROR, WARNING)
    assert entry_after(ERROR, before, (OTHER_ERROR, WARNING)) is OTHER_ERROR
    assert entry_after(OTHER_ERROR, before, (ERROR, WARNING)) is ERROR
    assert entry_after(ERROR, before, (WARNING,)) is WARNING
    assert entry_after(WARNING, before, (OTHER_ERROR, ERROR)) is OTHER_ERROR
    assert entry_after(SWAPPED, (LEAVERS, SWAPPED, ERROR), (LEAVERS, ERROR)) is LEAVERS
    assert entry_after(WARNING, (WARNING,), ()) is None
