"""Putting right: one cell at a time."""

from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.widgets.tables.window_table import WindowTable
from tests.support.made_up import student, table
from tests.support.putting_right import cursor, putting_right


async def test_the_cursor_starts_on_the_first_problem(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert cursor(screen) == (5, "gender")
        assert walk.focus is screen.table
        assert "12 rows: 7 ready (? 1 to look at) ! 5 with errors" in walk.text_of("#state")
        assert "y takes it" in walk.text_of("#problem")


async def test_enter_twice_on_a_date_of_a_month_first_file_changes_nothing(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    rows = [student(0, date_of_birth="03/04/2014", gender="Boy"), student(2, date_of_birth="03/25/2014")]
    path.write_bytes(table(rows))
    async with putting_right(data, path, date_order="mdy") as (walk, screen):
        assert screen.review is not None
        before = screen.review.checked.people["date_of_birth"].to_list()
        screen.table.go_to(2, "date_of_birth")
        await walk.settle()
        await walk.press("enter")
        assert screen.editor.text.value == "04/03/2014"
        await walk.press("enter")
        assert screen.review.checked.people["date_of_birth"].to_list() == before


async def test_enter_on_a_cell_edits_it_and_goes_on_to_the_next_problem(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("enter")
        assert screen.editor.text.has_focus
        assert screen.editor.text.value == "Boy"
        await walk.replace("F")
        await walk.press("enter")
        assert screen.draft.edits.cells == {(5, "gender"): "F"}
        assert cursor(screen) == (6, "gender")
        assert screen.table.has_focus
        assert not screen.editor.is_open
        assert "4 with errors" in walk.text_of("#state")


async def test_esc_leaves_the_cell_as_it_is(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("e", "x", "y", "escape")
        assert not screen.draft.edits.done
        assert walk.focus is screen.table
        assert walk.screen(PutRightScreen) is screen


async def test_a_cell_that_is_still_wrong_keeps_the_cursor(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("enter")
        await walk.replace("Zebra")
        await walk.press("enter")
        assert cursor(screen) == (5, "gender")


async def test_the_pencil_edits_the_first_problem_of_its_row(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("end")
        assert cursor(screen) == (5, "pencil")
        await walk.press("enter")
        assert cursor(screen) == (5, "gender")
        assert screen.editor.is_open


async def test_down_puts_the_suggestion_into_the_line(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("enter", "down", "enter")
        assert screen.draft.edits.cells == {(5, "gender"): "M"}


async def test_next_and_previous_problem_go_round_the_ends(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        wanted = [(6, "gender"), (7, "date_of_birth"), (9, "upn"), (11, "first_name"), (12, "registration_group"), (5, "gender")]  # fmt: skip
        for place in wanted:
            await walk.press("n")
            assert cursor(screen) == place
        for place in [*reversed(wanted[:-1]), (5, "gender")]:
            await walk.press("p")
            assert cursor(screen) == place


async def test_a_row_can_be_left_out_and_taken_back(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("l")
        assert "– 1 left out" in walk.text_of("#state")
        assert "Row 5 is left out. Press u to undo." in walk.notices()
        assert cursor(screen) == (6, "gender")
        await walk.press("up")
        assert "Row 5 is left out" in walk.text_of("#problem")
        assert walk.text_of("#hints").startswith("l puts it back")
        await walk.press("l")
        assert "left out" not in walk.text_of("#state")


async def test_leaving_out_all_faulty_rows_asks_first(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("v", "x")
        await walk.on(ConfirmScreen)
        assert "5 of the rows listed here have errors" in walk.text
        await walk.press("enter")
        assert not screen.draft.edits.done
        await walk.press("x", "left", "enter")
        await walk.on(PutRightScreen)
        assert "7 ready (? 1 to look at) ! 0 with errors – 5 left out" in walk.text_of("#state")


async def test_leaving_out_all_faulty_rows_is_greyed_if_no_listed_row_has_an_error(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("k", "end")
        assert screen.table.row_numbers.to_list() == [12]
        assert screen.check_action("leave_all_out", ()) is None


async def test_undo_and_redo_go_back_and_forth(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("y", "l", "u")
        assert screen.draft.edits.cells == {(5, "gender"): "M"}
        assert not screen.draft.edits.left_out
        await walk.press("ctrl+z")
        assert not screen.draft.edits.cells
        await walk.press("r", "ctrl+y")
        assert screen.draft.edits.cells == {(5, "gender"): "M"}
        assert screen.draft.edits.left_out == {6}


async def test_keys_that_can_not_be_used_are_greyed(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):

        def greyed(action: str, *parameters: object) -> bool:
            return screen.check_action(action, parameters) is None

        assert [greyed("fix_cell", "suggestion"), greyed("alike")] == [False] * 2
        assert [greyed("dismiss_finding"), greyed("date_order")] == [True] * 2
        assert [greyed("fix_cell", "accept"), greyed("accept_all"), greyed("undo"), greyed("redo")] == [True] * 4  # fmt: skip
        await walk.press("n", "n")
        assert cursor(screen) == (7, "date_of_birth")
        assert greyed("fix_cell", "suggestion")
        await walk.press("p", "y", "u", "p", "p")
        assert cursor(screen) == (12, "registration_group")
        assert [greyed("fix_cell", "accept"), greyed("redo")] == [False] * 2
        assert greyed("undo")
        await walk.press("n", "end")
        assert greyed("replace")


async def test_all_rows_can_be_shown(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert len(screen.table.row_numbers) == 2
        await walk.press("v")
        assert len(screen.table.row_numbers) == 12
        await walk.press("v")
        assert len(screen.table.row_numbers) == 6


async def test_a_kind_filters_the_rows(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert screen.table.row_numbers.to_list() == [5, 6]
        await walk.press("k", "down")
        assert screen.table.row_numbers.to_list() == [7]
        await walk.press("home")
        assert screen.kinds.chosen is None
        assert screen.table.row_numbers.to_list() == [5, 6, 7, 9, 11, 12]
        await walk.press("enter")
        assert walk.focus is screen.table


async def test_when_a_kind_is_finished_the_next_one_follows(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("t")
        assert screen.draft.edits.cells == {(5, "gender"): "M", (6, "gender"): "M"}
        assert screen.table.row_numbers.to_list() == [7]
        assert cursor(screen) == (7, "date_of_birth")


async def test_a_change_that_is_undone_is_shown_again(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("t", "n", "u")
        assert screen.table.row_numbers.to_list() == [5, 6]
        assert cursor(screen) == (5, "gender")


async def test_a_cell_with_another_error_keeps_the_cursor(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("t", "enter")
        await walk.replace("no date")
        await walk.press("enter")
        assert cursor(screen) == (7, "date_of_birth")
        assert "can't be read as a date" in walk.text_of("#problem")


async def test_when_everything_is_fixed_the_screen_says_so(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(table([student(0, gender="Boy"), student(1)]))
    async with putting_right(data, path) as (walk, screen):
        await walk.press("y")
        assert "Nothing is left to fix" in walk.text_of("#problem")
        assert walk.text_of("#hints") == ""
        assert len(screen.table.row_numbers) == 0


async def test_a_warning_can_be_accepted(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("p")
        assert cursor(screen) == (12, "registration_group")
        assert "to look at" in walk.text_of("#state")
        await walk.press("a")
        assert "to look at" not in walk.text_of("#state")
        await walk.press("u")
        assert cursor(screen) == (12, "registration_group")
        await walk.press("A")
        assert screen.editor.is_open, "there is nothing else to accept, so it is a letter like any other"


async def test_a_capital_a_may_be_the_beginning_of_a_upn(data: DataFolder, tmp_path: Path) -> None:
    rows = [student(n, upn=upn) for n, upn in enumerate(("Z999200001001", "N999200001002"))]
    path = tmp_path / "pupils.csv"
    path.write_bytes(table(rows))
    async with putting_right(data, path) as (walk, screen):
        await walk.press("A", "escape")
        assert screen.review is not None
        assert screen.review.problems.height == len(rows)
        await walk.press("A", "left", "enter")
        assert screen.review.problems.is_empty()


@pytest.mark.parametrize("key", ["escape", "c"])
async def test_leaving_keeps_the_row(data: DataFolder, pupils_csv: Path, key: str) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("n", "n", key)
        assert screen.draft.facts.row == 7


async def test_the_next_start_goes_on_with_the_error_of_the_row_and_not_with_a_warning_before_it(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "pupils.csv"
    path.write_bytes(table([student(0, first_name="J0"), student(1, first_name="J1", gender="Boy")]))
    async with putting_right(data, path) as (walk, screen):
        assert cursor(screen) == (3, "gender")
        await walk.press("escape")
        assert screen.draft.facts.row == 3
        walk.app.push_screen(again := PutRightScreen(screen.draft))
        await walk.until(lambda: again.review is not None)
        await walk.settle()
        assert cursor(again) == (3, "gender")


async def test_the_table_has_the_focus_first(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert isinstance(walk.focus, WindowTable)
        await walk.press("shift+tab")
        assert screen.kinds.has_focus


async def test_esc_in_the_list_of_kinds_goes_back_to_the_rows(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("k")
        assert screen.kinds.has_focus
        await walk.press("escape")
        assert walk.screen(PutRightScreen) is screen
        assert screen.table.has_focus


async def test_ctrl_z_in_the_editor_undoes_only_typing(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("y", "enter", "x", "y")
        assert "Undo" not in walk.footer
        await walk.press("ctrl+z")
        assert screen.editor.text.value == "Boy"
        assert screen.draft.edits.cells == {(5, "gender"): "M"}
        await walk.press("escape", "ctrl+z")
        assert not screen.draft.edits.cells


async def test_cells_beyond_the_last_column_are_shown(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    lines = table([student(n) for n in range(4)]).decode().splitlines()
    lines[2] += ",extra,,[red]more"
    path.write_text("\n".join(lines) + "\n")
    async with putting_right(data, path) as (walk, screen):
        assert cursor(screen) == (3, "row")
        assert "Beyond the last column: “extra”, “[red]more”" in walk.text_of("#problem")
