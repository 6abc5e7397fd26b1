"""Putting right: many cells at once."""

import stat
from pathlib import Path

from textual.widgets import Checkbox

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.records.staff import STAFF
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.put_right.replace import ReplaceScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import student, table
from tests.support.putting_right import cursor, putting_right


async def test_all_cells_with_the_same_faulty_value_are_fixed_in_one_step(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("f")
        assert "2 cells that say “Boy”" in walk.text_of("#label")
        await walk.replace("F")
        await walk.press("enter")
        assert screen.draft.edits.cells == {(5, "gender"): "F", (6, "gender"): "F"}
        assert cursor(screen) == (7, "date_of_birth")
        await walk.press("u")
        assert not screen.draft.edits.cells


async def test_every_suggestion_of_a_kind_is_taken_in_one_step(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("t")
        assert screen.draft.edits.cells == {(5, "gender"): "M", (6, "gender"): "M"}
        assert len(screen.draft.edits.done) == 1


async def test_find_and_replace_in_the_selected_column(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("ctrl+r")
        await walk.on(ReplaceScreen)
        assert "Replace in Gender" in walk.text
        assert "This includes 10 rows that aren't in the list." in walk.text
        await walk.press("enter", "F", "enter")
        await walk.on(PutRightScreen)
        assert screen.draft.edits.cells == {(5, "gender"): "F", (6, "gender"): "F"}
        assert any("Press u to undo" in notice for notice in walk.notices())


async def test_replacing_mentions_no_other_rows_if_all_are_listed(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, _screen):
        await walk.press("v", "ctrl+r")
        await walk.on(ReplaceScreen)
        assert "aren't in the list" not in walk.text


async def test_parts_of_cells_are_replaced_if_wanted(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("right", "right")
        assert cursor(screen)[1] == "registration_group"
        await walk.press("ctrl+r")
        await walk.replace("8")
        await walk.press("tab", "9", "tab")
        assert isinstance(walk.focus, Checkbox)
        await walk.press("space", "tab", "enter")
        await walk.on(PutRightScreen)
        assert set(screen.draft.edits.cells.values()) == {"9A"}


async def test_replacing_says_if_nothing_matches(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("ctrl+r")
        await walk.replace("elsewhere")
        await walk.press("enter", "enter")
        assert walk.notices() == ["Nothing in this column matches."]
        assert not screen.draft.edits.done


async def test_dates_that_are_read_month_first_can_be_read_day_first_again(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "american.csv"
    path.write_bytes(table([student(0, date_of_birth="03/14/2014"), student(1, date_of_birth="03/04/2013")]))
    async with putting_right(data, path, date_order="mdy") as (walk, screen):
        assert screen.review is not None
        assert screen.review.checked.people["date_of_birth"].to_list() == ["2014-03-14", "2013-03-04"]
        await walk.press("m")
        assert screen.draft.edits.date_order == "dmy"
        assert cursor(screen) == (2, "date_of_birth")
        await walk.press("m")
        assert screen.draft.edits.date_order == "dmy"


async def test_the_remaining_rows_are_saved_and_can_be_picked_again(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, _):
        await walk.press("y", "w")
        rest = pupils_csv.with_name("pupils_errors.csv")
        assert any(str(rest) in notice for notice in walk.notices())
        assert stat.S_IMODE(rest.stat().st_mode) == 0o600
        assert len(rest.read_text("utf-8-sig").splitlines()) == 5
        await walk.press("w")
        assert pupils_csv.with_name("pupils_errors-2.csv").exists()
    async with putting_right(DataFolder(data.path / "other"), rest) as (walk, screen):
        assert "4 rows: 0 ready ! 4 with errors" in walk.text_of("#state")
        assert cursor(screen) == (2, "gender")


async def test_a_failure_to_save_is_reported_and_nothing_is_lost(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("y")
        folder = screen.draft.folder
        hidden = folder.with_name("gone")
        folder.rename(hidden)
        for key in ("y", "u", "m", "c"):
            await walk.press(key)
        assert walk.notices()
        assert screen.draft.edits.cells == {(5, "gender"): "M"}
        hidden.rename(folder)
        screen.draft.close()
    assert Draft.open(data, screen.draft.facts.id).edits.cells == {(5, "gender"): "M"}


async def test_suggested_groups_are_listed_before_all_are_taken(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    rows = ["Amy,Lee,Teacher,DSL5,a@x.org", "Bea,Lee,Teacher,Teachrs,", "Cleo,Lee,Teacher,Teachrs,"]
    path.write_text("\n".join(["First Name,Surname,Job Role,User Group,Email", *rows]))
    async with putting_right(data, path, STAFF) as (walk, screen):
        assert cursor(screen) == (2, "user_group")
        assert walk.text_of("#hints") == "t shows all 3 suggestions"
        await walk.press("t")
        await walk.on(ConfirmScreen)
        assert "“DSL5” becomes DSLs (1 person)" in walk.text
        assert "“Teachrs” becomes Teachers (2 people)" in walk.text
        await walk.press("enter")
        assert not screen.draft.edits.done
        assert walk.text_of("#hints") == "y takes the suggestion if it is right"
        await walk.press("t", "left", "enter")
        assert [screen.draft.edits.cells[row, "user_group"] for row in (2, 3, 4)] == ["DSLs", "Teachers", "Teachers"]  # fmt: skip


async def test_titles_are_taken_out_of_all_names_once_the_list_has_been_seen(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "staff.csv"
    rows = ["Mr Ned,Lee,Teacher,Teachers", "Mrs Bea,Lee,Teacher,Teachers", "Dr Bea,Fox,Teacher,Teachers"]
    path.write_text("\n".join(["First Name,Surname,Job Role,User Group", *rows]))
    async with putting_right(data, path, STAFF) as (walk, screen):
        assert walk.text_of("#hints").startswith("t shows all 3 suggestions")
        await walk.press("t")
        await walk.on(ConfirmScreen)
        assert "“Mr Ned” becomes Ned (1 person)" in walk.text
        assert "rights" not in walk.text
        await walk.press("left", "enter")
        assert [screen.draft.edits.cells[row, "first_name"] for row in (2, 3, 4)] == ["Ned", "Bea", "Bea"]
        assert len(screen.draft.edits.done) == 1


async def test_every_suggested_group_can_be_seen_before_all_are_taken(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "staff.csv"
    roles = [f"Teacher of {subject}" for subject in ("Art", "Biology", "Chemistry", "Drama", "English", "French", "German", "History", "Irish", "Japanese", "Korean", "Latin", "Music", "Nutrition", "Physics", "Russian", "Spanish", "Textiles", "Urdu", "Welsh")]  # fmt: skip
    rows = [f"Amy,{role.split()[-1]},{role}," for role in roles]
    path.write_text("\n".join(["First Name,Surname,Job Role,User Group", *rows]))
    async with putting_right(data, path, STAFF) as (walk, screen):
        await walk.press("t")
        await walk.on(ConfirmScreen)
        assert "“Teacher of Art” becomes Teachers (1 person)" in walk.text
        assert "PgDn shows more" in walk.text
        assert "“Teacher of Welsh”" not in walk.text
        await walk.press("pagedown", "pagedown")
        assert "“Teacher of Welsh” becomes Teachers (1 person)" in walk.text
        await walk.press("left", "enter")
        assert set(screen.draft.edits.cells.values()) == {"Teachers"}


async def test_suggestions_that_are_only_possible_are_not_taken_all_at_once(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(table([student(0, gender="1"), student(1, gender="1"), student(2)]))
    async with putting_right(data, path) as (walk, screen):
        assert "Possibly M" in walk.text_of("#problem")
        assert "t takes" not in walk.text_of("#hints")
        await walk.press("t")
        assert "Check them one by one" in walk.notices()[0]
        assert not screen.draft.edits.done
        await walk.press("f")
        assert screen.editor.text.value == "1"
        await walk.press("escape", "y")
        assert screen.draft.edits.cells == {(2, "gender"): "M"}


async def test_without_suggestions_t_and_y_say_so(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(table([student(0, gender="Zebra")]))
    async with putting_right(data, path) as (walk, screen):
        for key in ("t", "y"):
            await walk.press(key)
            assert walk.notices() == [
                "There is no suggestion here. Press b to leave it blank or Enter to edit the cell."
            ]
            await walk.press("right")
            assert walk.notices() == [], "it is about the cell that the cursor was on"
            await walk.press("left")
        assert not screen.draft.edits.done


async def test_on_a_row_that_is_no_person_t_and_y_name_the_keys_that_help(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    total = dict.fromkeys(student(0), "") | {"First Name": "Total: 301"}
    path.write_bytes(table([*(student(n) for n in range(6)), total]))
    async with putting_right(data, path) as (walk, _screen):
        await walk.press("k", "down", "enter")  # from the finding about such rows to all problems
        assert "Row is not a person" in walk.text
        for key in ("t", "y"):
            await walk.press(key)
            assert walk.notices() == [
                "There is no suggestion here. Press l to leave the row out or a to accept it."
            ]


async def test_the_keys_that_fix_the_most_are_shown_with_their_counts(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    rows = [student(n, gender="Boy" if n < 3 else "Girl", registration_group="") for n in range(5)]
    rows += [student(n, registration_group="7a") for n in range(5, 8)]
    rows += [student(n, registration_group="7A") for n in range(8, 30)]
    path.write_bytes(table(rows))
    async with putting_right(data, path) as (walk, _screen):
        hints = []
        for key in ("k", "down", "down"):
            hints.append(walk.text_of("#hints"))
            await walk.press(key)
        assert "t takes all 5 suggestions f fixes all 3 that say “Boy”" in hints
        assert "Enter edits it; so does a capital or a figure f fills in all 5 alike" in hints
        assert "f fixes all 3 that say “7a” A accepts all 3" in walk.text_of("#hints")


async def test_staff_have_no_dates_to_read_month_first(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("First Name,Surname,Job Role,User Group,Email\nNo,Lee,Teacher,Teachers,wrong\n")
    async with putting_right(data, path, STAFF) as (walk, screen):
        await walk.press("m")
        assert not screen.draft.edits.done
