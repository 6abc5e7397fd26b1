"""Picking a file, and the sentences for files that can't be used."""

import shutil
import threading
from pathlib import Path

import pytest
from textual.widgets import Input

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports import pipeline
from backdrop_tui.intake.draft.draft import Draft, open_drafts
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard import load
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.walk import walking


async def test_only_what_can_be_a_csv_is_listed(data: DataFolder, school: Path) -> None:
    (school / "letter.docx").write_bytes(b"PK")
    (school / "more.TXT").write_text("a,b\n1,2\n")
    (school / "older").mkdir()
    async with walking(data, school) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        assert "pupils.csv" in walk.text
        assert "more.TXT" in walk.text
        assert "older" in walk.text
        assert "letter.docx" not in walk.text


async def test_a_folder_without_such_files_says_so(data: DataFolder, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with walking(data, empty) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        assert "No CSV file is in this folder" in walk.text


@pytest.mark.parametrize("way", ["absolute", "home", "beside"])
async def test_a_path_can_be_typed(data: DataFolder, school: Path, own_home: Path, way: str) -> None:
    own = own_home / "mine.csv"
    own.write_bytes((school / "pupils.csv").read_bytes())
    typed = {"absolute": str(school / "pupils.csv"), "home": "~/mine.csv", "beside": "pupils.csv"}[way]
    async with walking(data, school) as walk:
        await walk.press("enter", "tab")
        assert isinstance(walk.focus, Input)
        await walk.replace(typed)
        await walk.press("enter")
        await walk.on(MatchScreen)


async def test_a_path_that_is_not_there_is_said(data: DataFolder, school: Path) -> None:
    async with walking(data, school) as walk:
        await walk.press("enter", "tab")
        await walk.replace("nowhere.csv")
        await walk.press("enter")
        assert "There is no such file" in walk.said("#wrong")
        await walk.replace(str(school.parent))
        await walk.press("enter")
        assert str(school.parent) in walk.text
        walk.screen(PickFileScreen)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\0" * 200, b"%PDF-1.7\n%\xe2\xe3\n", b""])
async def test_a_file_that_can_not_be_used_is_said_and_another_can_be_picked(
    data: DataFolder, school: Path, content: bytes
) -> None:
    (school / "pupils.csv").write_bytes(content)
    async with walking(data, school) as walk:
        await walk.press("enter", "enter")
        await walk.on(LoadScreen)
        assert "This file can't be used." in walk.text
        assert "Press Esc to go back." in walk.text
        await walk.press("escape")
        await walk.on(PickFileScreen)
        await walk.press("escape")
        await walk.on(WelcomeScreen)
    assert not data.drafts.exists() or not any(data.drafts.iterdir())


async def test_a_file_that_may_not_be_read_is_said(
    data: DataFolder, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    async with walking(data, school) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        monkeypatch.setattr("backdrop_tui.intake.reading.source.os.open", refuse)
        await walk.press("enter")
        monkeypatch.undo()
        await walk.on(LoadScreen)
        assert "You don't have permission to read" in walk.text


async def test_a_folder_that_vanishes_is_no_reason_to_break(data: DataFolder, school: Path) -> None:
    async with walking(data, school) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        shutil.rmtree(school)
        await walk.press("enter")
        assert "There is no such file" in walk.said("#wrong")
        await walk.press("backspace")
        assert str(school.parent) in walk.text
        await walk.press("escape", "enter")
        await walk.on(PickFileScreen)


async def test_leaving_while_a_file_is_read_leaves_no_draft(
    data: DataFolder, pupils: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = LoadScreen(draft_id=None, path=pupils, kind=STUDENTS)
    async with walking(data) as walk:
        match = pipeline.match
        gone = threading.Event()

        def leave_meanwhile(school: School, kind: RecordKind, sheet: Sheet) -> Matching:
            walk.app.call_from_thread(screen.action_back)
            gone.wait()
            return match(school, kind, sheet)

        monkeypatch.setattr(load, "match", leave_meanwhile)
        walk.app.push_screen(screen)
        await walk.on(WelcomeScreen)
        await walk.until(lambda: not screen.is_attached)
        gone.set()
        await walk.until(lambda: data.drafts.exists() and not any(data.drafts.iterdir()))


async def test_the_next_start_looks_where_the_last_file_was_picked(
    data: DataFolder, school: Path, own_home: Path
) -> None:
    async with walking(data) as walk:
        assert walk.app.pick_from == own_home
        await walk.press("enter", "tab")
        await walk.replace(str(school / "pupils.csv"))
        await walk.press("enter")
        await walk.on(MatchScreen)
        await walk.press("escape", "escape")
    async with walking(data) as walk:
        assert walk.app.pick_from == school
    async with walking(data, own_home / "elsewhere") as walk:
        assert walk.app.pick_from == own_home / "elsewhere"
    shutil.rmtree(school)
    async with walking(data) as walk:
        assert walk.app.pick_from == own_home


@pytest.mark.parametrize("mark", ["'", '"'])
async def test_a_path_may_be_pasted_in_quotation_marks(data: DataFolder, school: Path, mark: str) -> None:
    async with walking(data, school.parent) as walk:
        await walk.press("enter", "tab")
        await walk.replace(f"{mark}{school / 'pupils.csv'}{mark}")
        await walk.press("enter")
        await walk.on(MatchScreen)


async def test_a_file_whose_matching_can_not_be_recalled_leaves_no_draft(
    data: DataFolder, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(School, "remembered", _in_use)
    async with walking(data, school) as walk:
        await walk.press("enter", "enter")
        await walk.on(LoadScreen)
        assert "It is in use." in walk.text
        assert open_drafts(data) == []


async def test_a_folder_that_can_not_be_noted_is_no_reason_to_stay(
    data: DataFolder, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(School, "note_picked_from", _in_use)
    async with walking(data, school) as walk:
        await walk.press("enter", "enter")
        await walk.on(MatchScreen)


async def test_a_draft_that_can_not_be_read_again_is_let_go_of(
    data: DataFolder, draft_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Draft, "read_as", _in_use)
        async with walking(data) as walk:
            await walk.press("home", "enter")
            await walk.on(LoadScreen)
            assert "It is in use." in walk.text
            patched.undo()
            Draft.open(data, draft_id).close()


def _in_use(*_: object, **__: object) -> None:
    raise DataFolderError("It is in use.")
