"""Putting right: rows are found, sorted and gone to, and values are changed in all of their rows."""

from pathlib import Path

from textual.widgets import Input

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.put_right.values import ValuesScreen
from tests.support.putting_right import cursor, putting_right


async def test_rows_are_found_among_all_and_esc_ends_the_search(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("slash", *"chlo")
        assert screen.table.row_numbers.to_list() == [4]
        assert "1 found" in walk.text
        await walk.press("z")
        assert "No row has these words." in walk.text_of("#problem")
        await walk.press("backspace", "enter", "n")
        assert walk.focus is screen.table
        assert cursor(screen)[0] == 4  # nothing is wrong with the row that is found
        await walk.press("right", "enter")
        assert screen.editor.is_open
        await walk.replace("Khan")
        await walk.press("enter")
        assert screen.draft.edits.cells[4, cursor(screen)[1]] == "Khan"
        assert screen.table.row_numbers.to_list() == [4]  # the search goes on after an edit
        await walk.press("escape")
        assert walk.screen(PutRightScreen) is screen
        assert screen.table.row_numbers.to_list() == [5, 6]
        assert "found" not in walk.text
        await walk.press("slash", "enter")
        assert walk.focus is screen.table
        await walk.press("slash", *"chlo", "down", "k", "end")
        assert screen.table.row_numbers.to_list() == [
            12
        ]  # the last kind of problem: choosing it ends the search
        assert not screen.is_searching


async def test_s_sorts_by_a_column_then_the_other_way_round_then_as_in_the_file(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("v", "home", "right")
        assert cursor(screen)[1] == "first_name"
        row = screen.table.selected_row
        await walk.press("s")
        assert "↑First" in walk.text
        assert screen.table.selected_row == row
        ascending = screen.table.row_numbers.to_list()
        assert ascending != sorted(ascending)
        await walk.press("ctrl+home", "n")
        faulty = [row for row in ascending if row in {5, 6, 7, 9, 11, 12}]
        assert screen.table.selected_row == next(row for row in faulty if row != ascending[0])
        await walk.press("p", "p")
        assert screen.table.selected_row in faulty
        await walk.press("home", "right", "s")
        assert "↓First" in walk.text
        await walk.press("s")
        assert screen.table.row_numbers.to_list() == list(range(2, 14))


async def test_a_row_is_gone_to_by_its_number_even_if_nothing_is_wrong_with_it(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("#")
        await walk.on(AskTextScreen)
        assert "The rows are 2 to 13." in walk.text
        await walk.press("9", "9", "enter")
        assert "There is no row 99." in walk.text
        await walk.press("1", "3", "enter")
        await walk.on(PutRightScreen)
        assert screen.table.selected_row == 13


async def test_a_figure_or_a_capital_letter_begins_a_new_text(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("A")  # no warning can be accepted here, so it is a letter like any other
        assert (screen.editor.text.value, screen.editor.text.has_focus) == ("A", True)
        await walk.press("escape", "M", "enter")
        assert screen.draft.edits.cells == {(5, "gender"): "M"}
        await walk.press("a")  # a command that can't be used now does nothing
        assert not screen.editor.is_open
        await walk.press("delete")
        assert screen.draft.edits.cells[6, "gender"] == ""
        await walk.press("2", "8")
        assert isinstance(walk.focus, Input)
        assert walk.focus.value == "28"


async def test_values_at_a_glance_are_changed_in_all_of_their_rows(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert "g Values" in walk.footer
        await walk.press("g")
        values = await walk.on(ValuesScreen)
        assert "! Boy                                    2  not known; suggested: M" in walk.text
        await walk.press("enter")
        assert "Boy becomes: M" in walk.text
        await walk.press("enter")
        assert screen.draft.edits.cells == {(5, "gender"): "M", (6, "gender"): "M"}
        assert "Boy" not in walk.text
        assert "Press u to undo" in walk.text_of("#message")
        await walk.press("u")
        assert "Boy" in walk.text
        await walk.press("r", "right", "right")
        assert values.field.key == "registration_group"
        assert "? 7a                                     1  7a" in walk.text
        await walk.press("enter", "escape", "left", "left", "left")
        folder = screen.draft.folder
        folder.rename(folder.with_name("gone"))
        folder.touch()
        await walk.press("enter", "Z", "enter")
        assert values.editor.text.value == "Z", "what could not be saved is still there"
        await walk.press("escape", "u")
        assert len(walk.notices()) == 1, "what is said twice is shown once"
        folder.unlink()
        folder.with_name("gone").rename(folder)
        await walk.press("enter", "escape", "escape")
        await walk.on(PutRightScreen)
        assert screen.draft.edits.cells == {(5, "gender"): "M", (6, "gender"): "M"}
        assert cursor(screen) == (7, "date_of_birth")  # that kind is finished, so the next one follows
        await walk.press("u")
        assert not screen.draft.edits.cells


async def test_a_kind_is_left_blank_with_one_key(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("t", "n")
        assert cursor(screen) == (9, "upn")
        await walk.press("enter")
        await walk.replace("A1")
        await walk.press("enter", "t")
        assert "Press b to leave it blank or Enter to edit the cell." in walk.notices()[-1]
        await walk.press("b")
        assert screen.draft.edits.cells[9, "upn"] == ""
        assert "UPN left blank in 1 row. Press u to undo." in walk.notices()
        assert cursor(screen) == (11, "first_name")
        assert walk.text_of("#hints") == "Enter edits it; so does a capital or a figure"
        assert screen.check_action("leave_blank", ()) is None
