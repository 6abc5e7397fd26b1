"""Matching columns, and how the file is read."""

from pathlib import Path
from threading import Event

import pytest
from textual.message import Message
from textual.widgets import Button, Input, OptionList, Select

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.reading.delimiters import DELIMITERS, delimiter_named
from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school.remembered_matching import remember_matching, remembered_matching
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.choose_field import ChooseFieldScreen
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.reading_options import ReadingScreen
from tests.support.made_up import student, table
from tests.support.walk import Walk, begun, walking
from tests.tui.screens.wizard.conftest import MatchFile

pytestmark = pytest.mark.asyncio(loop_scope="module")


def file_with(folder: Path, headings: dict[str, str]) -> Path:
    """A file of three students in which some headings are replaced."""
    path = folder / "pupils.csv"
    rows = [{headings.get(key, key): value for key, value in student(n).items()} for n in range(3)]
    path.write_bytes(table(rows))
    return path


async def test_a_field_without_a_column_is_named_and_stops_the_import(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    screen = await match_file(file_with(tmp_path, {"Date of Birth": "Ankunft"}))
    assert "No column goes to Date of Birth, which every student needs." in shared_walk.text_of("#state")
    assert "“Ankunft” could be it. Press t to use all suggestions." in shared_walk.text_of("#state")
    assert screen.query_one("#import", Button).disabled
    await shared_walk.press("i")
    assert shared_walk.screen(MatchScreen) is screen
    assert "Not yet" in shared_walk.text


async def test_a_file_whose_rows_have_the_wrong_length_is_not_imported(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    path = tmp_path / "pupils.csv"
    path.write_text("Forename,Surname,DOB,Year,Reg\n" + "Ann,Lee,14/03/2013,8\n" * 120)
    screen = await match_file(path)
    assert "120 of 120 rows have more or fewer cells" in shared_walk.text_of("#state")
    assert "Press o to change how the file is read." in shared_walk.text_of("#state")
    assert screen.query_one("#import", Button).disabled


async def test_a_file_of_students_picked_for_staff_is_recognised(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    await match_file(file_with(tmp_path, {}), STAFF)
    assert shared_walk.text_of("#state") == (
        "! This looks like a list of students, not a list of staff. Press Esc, and import it as students."
    )
    assert "\n   import it as students." in shared_walk.text, "below the first word, not below the sign"


async def test_a_field_is_chosen_for_a_column(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    screen = await match_file(file_with(tmp_path, {"Date of Birth": "Ankunft"}))
    await shared_walk.press("down", "down", "enter")
    await shared_walk.on(ChooseFieldScreen)
    assert "“Ankunft” goes to" in shared_walk.text
    options = shared_walk.app.screen.query_one(OptionList)
    while options.highlighted != options.get_option_index("date_of_birth"):
        await shared_walk.press("down")
    await shared_walk.press("enter")
    await shared_walk.on(MatchScreen)
    assert screen.matching.targets[2] == "date_of_birth"
    assert "Date of Birth (chosen)" in shared_walk.text
    assert screen.table.selected_row == 2
    assert screen.check_action("import_data", ()) is True


async def test_one_key_uses_a_suggestion(shared_walk: Walk, match_file: MatchFile, tmp_path: Path) -> None:
    screen = await match_file(file_with(tmp_path, {"Gender": "Gendre"}))
    place = 3
    assert screen.check_action("take", ()) is None
    await shared_walk.press("down", "down", "down")
    column = screen.matching.columns[place]
    if column.target is None:
        assert screen.check_action("take", ()) is True
        await shared_walk.press("s")
    assert screen.matching.targets[place] == "gender"


async def test_one_key_uses_all_suggestions(shared_walk: Walk, match_file: MatchFile, tmp_path: Path) -> None:
    headings = {"Date of Birth": "Pupil ref", "Registration Group": "Registr. Gruppe", "UPN": "Kennung"}
    screen = await match_file(file_with(tmp_path, headings))
    assert [screen.matching.targets[n] for n in (2, 5, 6)] == [None, None, None]
    assert "Press t to use all suggestions." in shared_walk.text_of("#state")
    await shared_walk.press("t")
    assert [screen.matching.targets[n] for n in (2, 5, 6)] == ["date_of_birth", "registration_group", "upn"]
    assert "Every needed field has its column." in shared_walk.text_of("#state")
    assert screen.check_action("take_all", ()) is None


async def test_a_column_can_be_left_unused(
    shared_walk: Walk, match_file: MatchFile, pupils_csv: Path
) -> None:
    screen = await match_file(pupils_csv)
    await shared_walk.press("end", "ctrl+end", "x")
    assert screen.matching.targets[6] is None
    assert screen.check_action("unuse", ()) is None
    assert "chosen" not in shared_walk.text


async def test_two_columns_for_one_field_are_an_obstacle(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    path = tmp_path / "twice.csv"
    path.write_bytes(table([student(n) | {"Sex": "MF"[n % 2]} for n in range(3)]))
    screen = await match_file(path)
    screen._apply(screen.matching.with_target(3, "gender").with_target(7, "gender"))
    await shared_walk.settle()
    assert "Two columns go to Gender: “Gender” and “Sex”. Keep one of them." in shared_walk.text_of("#state")
    assert "Gender (twice)" in shared_walk.text
    assert screen.query_one("#import", Button).disabled
    await shared_walk.press("ctrl+end", "x")
    assert not screen.query_one("#import", Button).disabled


async def test_choosing_a_field_frees_the_column_that_went_to_it(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    path = tmp_path / "twice.csv"
    path.write_bytes(table([student(n) | {"Notes": "x"} for n in range(3)]))
    screen = await match_file(path)
    await shared_walk.press("ctrl+end", "enter")
    await shared_walk.on(ChooseFieldScreen)
    assert "now “Gender”" in shared_walk.text
    await shared_walk.choose("gender")
    await shared_walk.on(MatchScreen)
    assert screen.matching.targets[3] is None
    assert screen.matching.targets[7] == "gender"


async def test_a_matching_is_remembered_and_can_be_forgotten(data: DataFolder, tmp_path: Path) -> None:
    path = file_with(tmp_path, {"Gender": "Zusatz"})
    async with walking(data, tmp_path) as walk:
        school = walk.app.school
        screen_of = begun(data, path, stage="match")
        targets = [*screen_of.matching.targets[:3], "gender", *screen_of.matching.targets[4:]]
        remember_matching(school, screen_of.kind, screen_of.sheet.headings, targets)
        screen_of.discard()
        await walk.choose("students.csv")
        await walk.on(PickFileScreen)
        await walk.press("enter")
        screen = await walk.on(MatchScreen)
        assert "as before" in walk.text
        await walk.press("g")
        assert screen.matching.targets[3] is None
        assert screen.check_action("forget", ()) is None
        assert remembered_matching(school, screen.draft.kind, screen.draft.sheet.headings) is None


async def test_every_declared_encoding_and_delimiter_is_offered(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    await match_file(file_with(tmp_path, {}))
    await shared_walk.press("o")
    asking = await shared_walk.on(ReadingScreen)
    offered = {
        name: [str(option.prompt) for option in asking.query_one(f"#{name} OptionList", OptionList).options]
        for name in ("encoding", "delimiter")
    }
    assert offered["encoding"] == [encoding.label for encoding in ENCODINGS]
    assert offered["delimiter"] == [delimiter.label for delimiter in DELIMITERS]


async def test_the_way_a_file_is_read_can_be_changed(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    path = tmp_path / "title.csv"
    path.write_bytes(b"List of pupils\r\n" + table([student(n) for n in range(4)]))
    screen = await match_file(path)
    await shared_walk.press("o")
    asking = await shared_walk.on(ReadingScreen)
    header = asking.query_one("#header", Input)
    assert header.value == "2"
    await shared_walk.until(lambda: "Amira" in shared_walk.text)
    await shared_walk.press("tab", "tab")
    assert shared_walk.focus is header
    await shared_walk.replace("3")
    assert "3 rows" in shared_walk.text_of("#message")
    await shared_walk.replace("4000")
    assert shared_walk.text_of("#message") != "3 rows, 7 columns."
    assert asking.query_one("#ok", Button).disabled
    await shared_walk.press("enter")
    assert shared_walk.screen(ReadingScreen) is asking
    await shared_walk.replace("1")
    asking.query_one("#delimiter", Select).value = delimiter_named(";")
    await shared_walk.settle()
    assert "columns" in shared_walk.text_of("#message")
    await shared_walk.press("escape")
    await shared_walk.on(MatchScreen)
    assert screen.draft.sheet.header_row == 2


async def test_a_slow_preview_is_not_shown_after_other_options_are_chosen(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "title.csv"
    path.write_bytes(b"List of pupils\r\n" + table([student(n) for n in range(4)]))
    read_as, begun_slowly, goes_on = Draft.read_as, Event(), Event()
    dealt_with: list[object] = []
    dispatch = ReadingScreen._dispatch_message

    async def noted(screen: ReadingScreen, message: Message) -> None:
        await dispatch(screen, message)
        dealt_with.append(message)

    monkeypatch.setattr(ReadingScreen, "_dispatch_message", noted)

    def slow(draft: Draft, options: ReadOptions) -> Sheet:
        if options.header_row == 3:
            begun_slowly.set()
            assert goes_on.wait(20)
        return read_as(draft, options)

    monkeypatch.setattr(Draft, "read_as", slow)
    await match_file(path)
    await shared_walk.press("o", "tab", "tab")
    shared_walk.send("end", "ctrl+u", "3")
    await shared_walk.until(begun_slowly.is_set)
    shared_walk.send("end", "ctrl+u", "2")
    await shared_walk.until(lambda: shared_walk.app.screen.query_one("#header", Input).value == "2")
    await shared_walk.until(lambda: "4 rows" in shared_walk.text_of("#message"))
    goes_on.set()
    await shared_walk.until(
        lambda: [m for m in dealt_with if isinstance(m, ReadingScreen.Tried) and m.sheet.header_row == 3]
    )
    assert "4 rows" in shared_walk.text_of("#message")


async def test_chosen_reading_options_are_kept(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path
) -> None:
    path = file_with(tmp_path, {})
    screen = await match_file(path)
    await shared_walk.press("o", "tab", "tab")
    await shared_walk.replace("0")
    await shared_walk.press("enter")
    await shared_walk.on(MatchScreen)
    assert screen.draft.sheet.header_row is None
    assert "no headings" in shared_walk.text_of("#file")
    await shared_walk.press("o", "tab", "tab")
    assert shared_walk.app.screen.query_one("#header", Input).value == "0"


async def test_import_data_opens_put_right(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter")
        await walk.on(MatchScreen)
        await walk.press("tab", "enter")
        await walk.on(PutRightScreen)
        assert not any(isinstance(screen, (LoadScreen, MatchScreen)) for screen in walk.app.screen_stack)


async def test_enter_waits_for_the_preview_and_refuses_options_that_fail(
    shared_walk: Walk, match_file: MatchFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "title.csv"
    path.write_bytes(b"List of pupils\r\n" + table([student(n) for n in range(4)]))
    times, read_as = [], Draft.read_as

    def counted(draft: Draft, options: ReadOptions) -> Sheet:
        times.append(options)
        return read_as(draft, options)

    screen = await match_file(path)
    await shared_walk.press("o", "tab", "tab")
    monkeypatch.setattr(Draft, "read_as", counted)
    shared_walk.send("end", "ctrl+u", "9", "9", "enter")
    await shared_walk.settle()
    shared_walk.screen(ReadingScreen)
    assert "Row 99 can't have the headings" in shared_walk.text_of("#message")
    shared_walk.send("end", "ctrl+u", "3", "enter")
    assert await shared_walk.on(MatchScreen) is screen
    assert screen.draft.sheet.header_row == 3
    assert len([options for options in times if options.header_row == 3]) <= 2
