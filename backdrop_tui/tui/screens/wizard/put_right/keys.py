"""The keys of Put right: what they are for, and which can be used now."""

from collections.abc import Callable

from textual.binding import Binding, BindingType

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.question import COMPARED, is_left_blank
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.widgets.problem_browser import ProblemBrowser, SelectedCell

CELL_FIXES: dict[str, Callable[[ProblemIndex, int, str], Change | None]] = {
    "suggestion": fixes.take_suggestion,
    "accept": fixes.accept_cell,
}
"""Fixes for the cell under the cursor, by the name in their binding; a key is greyed while its fix changes nothing."""

HELP = (
    "The line above the keys tells you which key to press next. After the last problem of a kind, the next kind follows.\n"
    "First come findings about the whole file: press t to put one right, or d to go on without changing anything. "
    "Then come the kinds of problems, errors first, and the rows that have them. ! marks an error: the row can't be imported until "
    "it is fixed or left out. ? marks a warning: check that it is right. i marks a note.\n"
    "Press Enter to edit a cell, or just start typing with a number or a capital letter. The row is checked again when you save it. "
    "In the last column (✎), Enter starts with the first problem of the row. Delete empties a cell.\n"
    "Press n to go to the next problem, and l to leave the row out and go on, or to put it back.\n"
    "To fix many at once: t takes every sure suggestion of a kind, f fixes every cell with the same faulty value, and b leaves every "
    "cell of a kind blank where that is allowed. A suggestion that may be wrong is taken one at a time, with y; user groups, and names "
    "without their titles, are listed first and then taken together. "
    "g shows every different value of the year groups, registration groups and so on, so that you can change one in all of its rows.\n"
    "If a row may be about someone already stored, or about the same person as another row, press Enter to see them side by side: "
    "y means the same person, n two people. i does the same from any cell of such a row.\n"
    "/ finds rows, s sorts them by the column that you are in, # goes to a row, and Ctrl+R replaces a text in a column.\n"
    "When you have done what you can, press c. Rows that still have errors are kept in a file for later."
)
BINDINGS: list[BindingType] = [
    Binding("escape", "back", "Back", show=False, id="fix.back", tooltip="One step back; nothing is lost"),
    Binding("e", "edit", "Edit", id="fix.edit", key_display="Enter", tooltip="Edit this cell"),
    Binding("n", "next_problem(1)", "Next", id="fix.next", tooltip="Next problem"),
    Binding("p", "next_problem(-1)", "Previous", id="fix.previous", show=False, tooltip="Previous problem"),
    Binding("y", "fix_cell('suggestion')", "Take it", show=False, id="fix.suggestion", tooltip="Take the suggestion for this cell"),
    Binding("t", "all_suggestions", "Take all", show=False, id="fix.all_suggestions", tooltip="Put this finding right, or take every sure suggestion of this kind of problem"),
    Binding("d", "dismiss_finding", "Change nothing", show=False, id="fix.dismiss", tooltip="Go on without doing anything about this finding"),
    Binding("f", "alike", "Fix all the same", id="fix.alike", tooltip="Fix every cell with this faulty value at once"),
    Binding("b", "leave_blank", "Leave all blank", show=False, id="fix.leave_blank", tooltip="Empty every cell that has this kind of problem"),
    Binding("delete", "empty_cell", "Empty", show=False, id="fix.empty_cell", tooltip="Empty this cell"),
    Binding("u,ctrl+z", "undo", "Undo", id="fix.undo", tooltip="Undo the last change"),
    Binding("a", "fix_cell('accept')", "Accept", id="fix.accept", tooltip="Accept this warning: the cell is right as it is"),
    Binding("A", "accept_all", "Accept all", id="fix.accept_all", show=False, tooltip="Accept every warning of this kind: the cells are right as they are"),
    Binding("i", "who_is_who", "Who is it?", show=False, id="fix.who_is_who", tooltip="Compare the row with the person stored, or with the other row, that it may be about"),
    Binding("l", "leave_out", "Leave out", id="fix.leave_out", tooltip="Leave this row out of the import and go on, or put it back"),
    Binding("x", "leave_all_out", "Leave all out", id="fix.leave_all_out", show=False, tooltip="Leave out every row listed here that has an error"),
    Binding("r,ctrl+y", "redo", "Redo", id="fix.redo", show=False, tooltip="Redo the change that was undone last"),
    Binding("g", "values", "Values", id="fix.values", tooltip="Every different gender, year group, registration group or user group, to change it in all of its rows"),
    Binding("slash", "find", "Find", id="fix.find", show=False, key_display="/", tooltip="Find rows by what is in any of their cells"),
    Binding("s", "sort", "Sort", id="fix.sort", show=False, tooltip="Sort the rows by this column; press again to reverse, and again for the file's order"),
    Binding("number_sign", "go_to_row", "Go to row", id="fix.go_to_row", show=False, key_display="#", tooltip="Go to a row, by its number in the file"),
    Binding("ctrl+r", "replace", "Replace", id="fix.replace", show=False, tooltip="Find and replace in this column"),
    Binding("m", "date_order", "Month first", id="fix.date_order", show=False, tooltip="Read all dates with the month first if a finding says so, or with the day first again"),
    Binding("o", "reading", "Reading", id="fix.reading", show=False, tooltip="How the file was read: change its encoding if names with accents are wrong"),
    Binding("v", "every_row", "All rows", id="fix.every_row", show=False, tooltip="Show all rows, or only those with problems"),
    Binding("w", "save_errors", "Save rest", id="fix.save_errors", show=False, tooltip="Save the remaining rows in a file, to finish them elsewhere"),
    Binding("k", "kinds", "Kinds", id="fix.kinds", show=False, tooltip="Go to the list of findings and kinds of problems, which filters the table"),
    Binding("c", "complete", "Check", id="fix.complete", tooltip="Check what will be imported"),
]  # fmt: skip


def month_first_finding(review: Review) -> Finding | None:
    """The open finding that all dates should be read with the month first; None if there is none."""
    return next(
        (
            finding
            for finding in review.findings
            if any(remedy.date_order == "mdy" for remedy in finding.remedies)
        ),
        None,
    )


def can_be_emptied(cell: SelectedCell) -> bool:
    """Tell whether a cell has a text and may be blank."""
    field = cell.review.kind.by_key.get(cell.key)
    return field is not None and not field.needed and bool(cell.review.text_to_edit(cell.row, cell.key))


def possible_actions(draft: Draft, review: Review, browser: ProblemBrowser) -> dict[str, bool]:
    """Actions that can't always be used, and whether each can be used now."""
    cell, kind = browser.cell, browser.kind
    return {
        "edit": cell is not None,
        "who_is_who": cell is not None
        and any(problem.code in COMPARED for problem in cell.problems.in_row(cell.row)),
        "alike": cell is not None and cell.problems.alike(cell.row, cell.key)[1] > 0,
        "replace": cell is not None and cell.key in draft.kind.by_key,
        "leave_out": cell is not None,
        "leave_blank": kind is not None and is_left_blank(review, kind),
        "empty_cell": cell is not None and can_be_emptied(cell),
        "accept_all": kind is not None and kind.can_be_accepted and kind.count > 1,
        "dismiss_finding": browser.finding is not None,
        "reading": not draft.facts.by_hand,
        "next_problem": bool(review.findings) or review.problems.height > 0,
        "undo": bool(draft.edits.done),
        "redo": bool(draft.edits.undone),
        "date_order": draft.edits.date_order != "dmy" or month_first_finding(review) is not None,
        "leave_all_out": len(browser.listed_error_rows) > 0,
        "save_errors": review.ready.height < review.texts.height,
        # While a finding is shown, the suggestion for the cell under the cursor isn't.
        **{
            name: cell is not None
            and browser.finding is None
            and fix(cell.problems, cell.row, cell.key) is not None
            for name, fix in CELL_FIXES.items()
        },
    }
