"""The file picker, and files that can't be used."""

import shutil
import stat
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.imports import pipeline
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard import load
from backdrop_tui.tui.screens.wizard.file_list import PlainEntry, PlainNavigation
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.shell.picked import Picked
from tests.support.walk import Walk, walking

pytestmark = pytest.mark.asyncio(loop_scope="module")

Picker = Callable[[Path], Awaitable[list[Picked | None]]]


@pytest.fixture
def pick(shared_walk: Walk) -> Picker:
    """Opens the file picker on a folder, and returns a list to which the result is added."""

    async def show(folder: Path) -> list[Picked | None]:
        picked: list[Picked | None] = []
        shared_walk.app.push_screen(PickFileScreen(STUDENTS, folder), picked.append)
        await shared_walk.on(PickFileScreen)
        return picked

    return show


async def test_only_files_that_can_be_csv_are_listed(
    shared_walk: Walk, pick: Picker, csv_folder: Path
) -> None:
    (csv_folder / "letter.docx").write_bytes(b"PK")
    (csv_folder / "more.TXT").write_text("a,b\n1,2\n")
    (csv_folder / "older").mkdir()
    await pick(csv_folder)
    assert "pupils.csv" in shared_walk.text
    assert "more.TXT" in shared_walk.text
    assert "older" in shared_walk.text
    assert "letter.docx" not in shared_walk.text


async def test_a_folder_without_such_files_gets_a_hint(
    shared_walk: Walk, pick: Picker, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    await pick(empty)
    assert "There are no CSV files in this folder" in shared_walk.text
    assert "type a path." in shared_walk.text


@pytest.mark.parametrize("way", ["absolute", "home", "beside"])
async def test_a_path_can_be_typed(
    shared_walk: Walk, pick: Picker, csv_folder: Path, own_home: Path, way: str
) -> None:
    in_home, beside = own_home / "mine.csv", csv_folder / "pupils.csv"
    in_home.write_bytes(beside.read_bytes())
    typed = {"absolute": str(beside), "home": "~/mine.csv", "beside": "pupils.csv"}[way]
    picked = await pick(csv_folder)
    await shared_walk.press("tab")
    assert isinstance(shared_walk.focus, Input)
    await shared_walk.replace(typed)
    await shared_walk.press("enter")
    assert picked == [Picked((in_home if way == "home" else beside,))]


@pytest.mark.parametrize("mark", ["'", '"'])
async def test_a_path_may_be_pasted_in_quotation_marks(
    shared_walk: Walk, pick: Picker, csv_folder: Path, mark: str
) -> None:
    picked = await pick(csv_folder.parent)
    await shared_walk.press("tab")
    await shared_walk.replace(f"{mark}{csv_folder / 'pupils.csv'}{mark}")
    await shared_walk.press("enter")
    assert picked == [Picked((csv_folder / "pupils.csv",))]


async def test_a_path_that_does_not_exist_is_refused(
    shared_walk: Walk, pick: Picker, csv_folder: Path
) -> None:
    picked = await pick(csv_folder)
    await shared_walk.press("tab")
    await shared_walk.replace("nowhere.csv")
    await shared_walk.press("enter")
    assert "There is no such file" in shared_walk.text_of("#error")
    await shared_walk.replace(str(csv_folder.parent))
    await shared_walk.press("enter")
    assert _shows_folder(shared_walk, csv_folder.parent)
    assert picked == []


async def test_a_folder_that_vanishes_does_no_harm(shared_walk: Walk, pick: Picker, csv_folder: Path) -> None:
    await pick(csv_folder)
    shutil.rmtree(csv_folder)
    await shared_walk.press("enter")
    assert "There is no such file" in shared_walk.text_of("#error")
    await shared_walk.press("backspace")
    assert _shows_folder(shared_walk, csv_folder.parent)
    await shared_walk.press("escape")
    await pick(csv_folder)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\0" * 200, b"%PDF-1.7\n%\xe2\xe3\n", b""])
async def test_after_an_unusable_file_another_can_be_picked(
    data: DataFolder, csv_folder: Path, content: bytes
) -> None:
    (csv_folder / "pupils.csv").write_bytes(content)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter")
        await walk.on(LoadScreen)
        assert "This file can't be used." in walk.text
        assert "Press Esc to go back." in walk.text
        await walk.press("escape")
        await walk.on(PickFileScreen)
        await walk.press("escape")
        await walk.on(WelcomeScreen)
    assert not data.drafts.exists() or not any(data.drafts.iterdir())


async def test_a_file_without_read_permission_is_refused(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    async with walking(data, csv_folder) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        monkeypatch.setattr("backdrop_tui.intake.reading.source.os.open", refuse)
        await walk.press("enter")
        monkeypatch.undo()
        await walk.on(LoadScreen)
        assert "You don't have permission to read" in walk.text


async def test_leaving_while_a_file_is_read_leaves_no_draft(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = LoadScreen(picked=Picked((pupils_csv,)), kind=STUDENTS)
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


async def test_the_next_start_opens_the_folder_of_the_last_file(
    data: DataFolder, csv_folder: Path, own_home: Path
) -> None:
    async with walking(data) as walk:
        assert walk.app.pick_from == own_home
        await walk.press("enter", "tab")
        await walk.replace(str(csv_folder / "pupils.csv"))
        await walk.press("enter")
        await walk.on(MatchScreen)
        await walk.press("escape", "escape")
    async with walking(data) as walk:
        assert walk.app.pick_from == csv_folder
    async with walking(data, own_home / "elsewhere") as walk:
        assert walk.app.pick_from == own_home / "elsewhere"
    shutil.rmtree(csv_folder)
    async with walking(data) as walk:
        assert walk.app.pick_from == own_home


async def test_no_draft_is_left_if_the_earlier_matching_can_not_be_read(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "remembered_matching", _in_use)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter")
        await walk.on(LoadScreen)
        assert "It is in use." in walk.text
        assert open_drafts(data) == []


async def test_a_file_opens_even_if_its_folder_can_not_be_remembered(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(School, "remember_folder", _in_use)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter")
        await walk.on(MatchScreen)


async def test_a_draft_whose_file_can_not_be_read_is_closed(
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


@pytest.mark.parametrize(
    ("keys", "mode"), [(("left", "enter"), 0o600), (("enter",), 0o644), (("escape",), 0o644)]
)
async def test_a_file_that_others_can_read_can_be_made_private(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], mode: int
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.flow.others_can_read", lambda _: True)
    path = csv_folder / "pupils.csv"
    path.chmod(0o644)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter")
        await walk.on(ConfirmScreen)
        assert "Other users of this computer can read pupils.csv." in walk.text
        await walk.press(*keys)
        await walk.on(MatchScreen)
    assert stat.S_IMODE(path.stat().st_mode) == mode


async def test_a_file_that_cant_be_made_private_is_read_all_the_same(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.flow.others_can_read", lambda _: True)

    def fail(path: Path) -> None:
        raise UnusableFileError(f"{path} can't be made private.")

    monkeypatch.setattr("backdrop_tui.tui.flow.make_private", fail)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(MatchScreen)
        assert "can't be made private" in walk.notices()[-1]


@pytest.mark.parametrize(
    ("names", "kind", "likeliest"),
    [
        (["School pupils.csv", "School staff.csv"], STAFF, "School staff.csv"),
        (["a staff_2026.csv", "b list.csv", "c Pupils.csv"], STUDENTS, "c Pupils.csv"),
        (["a staff.csv", "b list.csv"], STUDENTS, "b list.csv"),
        (["a.csv", "b.csv"], STAFF, "a.csv"),
        (["pupils.csv"], STAFF, "pupils.csv"),
    ],
)
async def test_the_cursor_begins_on_the_file_that_is_called_like_the_people_who_are_wanted(
    shared_walk: Walk, tmp_path: Path, names: list[str], kind: RecordKind, likeliest: str
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("a,b\n1,2\n")
    shared_walk.app.push_screen(PickFileScreen(kind, folder), lambda _: None)
    await shared_walk.on(PickFileScreen)
    files = shared_walk.app.screen.query_one(PlainNavigation)
    await shared_walk.until(lambda: files.option_count == len(names) + 1)
    entry = files.get_option_at_index(files.highlighted or 0)
    assert isinstance(entry, PlainEntry)
    assert entry.location.name == likeliest


async def test_the_first_lines_of_the_file_under_the_cursor_are_shown(
    shared_walk: Walk, pick: Picker, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"PK\x03\x04xl/workbook")
    (folder / "b.csv").write_text("Name,Form\n\nZo\u00eb\x1b[31m[red]x,7A\n" * 20)
    await pick(folder)
    assert "This is an Excel workbook, not a CSV file." in shared_walk.text_of("#preview")
    await shared_walk.press("down")
    lines = str(shared_walk.app.screen.query_one("#preview", Static).render()).splitlines()
    assert lines[:2] == ["Name,Form", "Zo\u00eb\ufffd[31m[red]x,7A"]
    assert len(lines) == 12
    await shared_walk.press("home")
    assert shared_walk.text_of("#preview") == ""


def _shows_folder(walk: Walk, folder: Path) -> bool:
    """Whether a line of the screen is the path of a folder, whose beginning may be cut off."""
    return any(line.rstrip().endswith(folder.name) for line in walk.text.splitlines())
