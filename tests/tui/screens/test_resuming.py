"""Quitting, and resuming at the same place after the next start."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest

from backdrop_tui.care.retention_removal import RemovedData, remove_due_data
from backdrop_tui.intake.draft.draft_listing import ListedDraft, open_drafts
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.putting_right import cursor
from tests.support.walk import Walk, begun, walking


async def test_after_quitting_put_right_resumes_at_the_same_row_with_all_edits(
    data: DataFolder, csv_folder: Path
) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter", "i", "f", "enter", "n", "l", "u")
        screen = walk.screen(PutRightScreen)
        assert cursor(screen) == (9, "upn")
        await walk.press("ctrl+q")
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data, csv_folder) as walk:
        assert "Carry on with pupils.csv" in walk.text
        await walk.press("enter")
        again = await walk.on(PutRightScreen)
        await walk.settle()
        assert again.draft.edits == screen.draft.edits
        assert cursor(again) == (9, "upn")
        await walk.press("r")
        assert again.draft.edits.left_out
        await walk.press("u", "u")
        assert not again.draft.edits.cells


async def test_quitting_in_the_middle_of_an_edit_keeps_what_was_saved(
    data: DataFolder, pupils_csv: Path
) -> None:
    begun(data, pupils_csv).close()
    async with walking(data) as walk:
        await walk.press("home", "enter")
        await walk.on(PutRightScreen)
        await walk.press("y", "enter", "x", "ctrl+q")
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data) as walk:
        await walk.press("home", "enter")
        screen = await walk.on(PutRightScreen)
        assert screen.draft.edits.cells == {(5, "gender"): "M"}


async def test_after_quitting_match_and_check_resume_where_they_were(
    data: DataFolder, csv_folder: Path
) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter")
        await walk.on(MatchScreen)
        await walk.press("ctrl+q")
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter")
        await walk.on(MatchScreen)
        await walk.press("i", "c")
        await walk.on(PreviewScreen)
        await walk.press("ctrl+q")
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter")
        await walk.on(PreviewScreen)
        await walk.press("escape")
        await walk.on(PutRightScreen)
        await walk.press("ctrl+q")
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data, csv_folder) as walk:
        await walk.press("enter")
        await walk.on(PutRightScreen)


async def test_quitting_the_form_keeps_the_line_that_is_being_typed(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.choose("students.hand")
        await walk.on(ByHandScreen)
        await walk.replace("Amira")
        await walk.press("ctrl+q")
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data) as walk:
        await walk.press("enter")
        screen = await walk.on(ByHandScreen)
        assert screen.form.values["first_name"] == "Amira"


async def test_a_draft_can_be_discarded_after_a_question(data: DataFolder, pupils_csv: Path) -> None:
    begun(data, pupils_csv).close()
    async with walking(data) as walk:
        await walk.press("home", "d")
        await walk.on(ConfirmScreen)
        await walk.press("enter")
        await walk.on(WelcomeScreen)
        assert "Carry on with pupils.csv" in walk.text
        await walk.press("home", "d", "left", "enter")
        await walk.on(WelcomeScreen)
        await walk.until(lambda: "Carry on with" not in walk.text)
        assert walk.app.screen.check_action("discard", ()) is False
    assert not any(data.drafts.iterdir())


async def test_a_draft_that_is_removed_at_the_start_because_it_is_too_old_is_not_offered(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(data, pupils_csv)
    draft.close()
    is_listed = threading.Event()

    def list_drafts(folder: DataFolder) -> list[ListedDraft]:
        drafts = open_drafts(folder)
        is_listed.set()
        return drafts

    def remove_after_that(school: School, now: datetime) -> RemovedData:
        assert is_listed.wait(10)
        return remove_due_data(school, now + timedelta(days=91))

    monkeypatch.setattr("backdrop_tui.intake.draft.draft_listing.open_drafts", list_drafts)
    monkeypatch.setattr("backdrop_tui.care.retention_removal.remove_due_data", remove_after_that)
    async with walking(data) as walk:
        await walk.until(lambda: not draft.folder.exists())
        await walk.until(lambda: "Carry on with" not in walk.text)


async def test_a_draft_that_is_open_elsewhere_is_refused(data: DataFolder, pupils_csv: Path) -> None:
    draft = begun(data, pupils_csv)
    async with walking(data) as walk:
        await walk.press("home", "enter")
        assert "This file is open in another window" in walk.text
        await walk.press("escape")
        await walk.on(WelcomeScreen)
    draft.close()


async def test_the_user_is_told_that_the_last_change_may_be_missing(
    data: DataFolder, pupils_csv: Path
) -> None:
    draft = begun(data, pupils_csv)
    draft.do(Change("Gender in row 5", cells=((5, "gender", "M"),)))
    draft.close()
    with (data.drafts / draft.facts.id / "edits").open("ab") as edits:
        edits.write(b"\0" * 100)
    async with walking(data) as walk:
        await walk.press("home", "enter")
        await walk.on(ShowTextScreen)
        assert "your last change may be" in walk.text
        await walk.press("enter")
        screen = await walk.on(PutRightScreen)
        assert screen.draft.edits.cells == {(5, "gender"): "M"}


def move_and_replace(path: Path, name: str) -> None:
    """Rename a file, and put another one in its place."""
    path.rename(path.with_name(name))
    path.write_text("Forename,Surname\nAda,Okoro\n")


async def pick(walk: Walk, name: str) -> None:
    """Pick a file in the folder that the picker shows."""
    await walk.on(PickFileScreen)
    await walk.press("tab")
    await walk.paste(name)
    await walk.press("enter")


async def test_a_lost_file_is_chosen_again_and_the_changes_are_still_there(
    data: DataFolder, pupils_csv: Path
) -> None:
    draft = begun(data, pupils_csv)
    draft.do(Change("Gender in row 5", cells=((5, "gender", "M"),)))
    draft.close()
    (data.drafts / draft.facts.id / "source").unlink()
    move_and_replace(pupils_csv, "moved.csv")
    async with walking(data) as walk:
        label = "Carry on with pupils.csv  (students, started 2 March 2026 at 09:30, damaged)"
        await walk.until(lambda: label in walk.text)
        await walk.press("home", "enter")
        assert "Choose pupils.csv again to carry on with your 1 change." in " ".join(walk.text.split())
        await walk.press("enter")
        await pick(walk, "pupils.csv")
        await walk.on(LoadScreen)
        assert "This isn't the same as pupils.csv" in walk.text
        await walk.press("escape")
        await pick(walk, "moved.csv")
        await walk.on(PutRightScreen)
        assert walk.screen(PutRightScreen).draft.edits.cells == {(5, "gender"): "M"}


async def test_a_draft_of_which_hardly_anything_is_left_is_offered_and_discarded_after_a_question(
    data: DataFolder, pupils_csv: Path
) -> None:
    draft = begun(data, pupils_csv)
    draft.do(Change("Gender in row 5", cells=((5, "gender", "M"),)))
    draft.close()
    for name in ("source", "draft.json", "draft-copy.json"):
        (data.drafts / draft.facts.id / name).unlink()
    async with walking(data) as walk:
        assert "Carry on with part of a draft  (started 2 March 2026 at 09:30, damaged)" in walk.text
        await walk.press("home", "enter")
        assert "Only your 1 change to it is left." in " ".join(walk.text.split())
        await walk.press("escape")
        await walk.on(WelcomeScreen)
        await walk.press("home", "d")
        await walk.on(ConfirmScreen)
        assert any(data.drafts.iterdir())
        await walk.press("left", "enter")
        await walk.until(lambda: "Carry on with" not in walk.text)
    assert not any(data.drafts.iterdir())


async def test_a_draft_of_a_newer_version_is_refused_in_a_sentence(
    data: DataFolder, pupils_csv: Path
) -> None:
    draft = begun(data, pupils_csv)
    draft.close()
    facts = data.drafts / draft.facts.id / "draft.json"
    facts.write_bytes(newer := orjson.dumps(orjson.loads(facts.read_bytes()) | {"format": 99}))
    async with walking(data) as walk:
        assert "Carry on with pupils.csv" in walk.text
        await walk.press("home", "enter")
        assert "was saved by a newer version" in walk.text
        await walk.press("escape")
        await walk.on(WelcomeScreen)
    assert facts.read_bytes() == newer


async def test_a_damaged_data_folder_is_reported_and_left_untouched(
    data: DataFolder, pupils_csv: Path
) -> None:
    data.students.write_bytes(b'{"students": {"1": ')
    begun(data, pupils_csv).close()
    async with walking(data) as walk:
        await walk.until(
            lambda: "damaged" in walk.text or any("damaged" in notice for notice in walk.notices())
        )
    assert data.students.read_bytes() == b'{"students": {"1": '


async def test_a_file_that_has_changed_since_it_was_picked_is_named_on_opening(
    data: DataFolder, pupils_csv: Path
) -> None:
    begun(data, pupils_csv).close()
    with pupils_csv.open("ab") as file:
        file.write(b"more\n")
    async with walking(data) as walk:
        await walk.press("home", "enter")
        await walk.on(PutRightScreen)
        await walk.until(lambda: bool(list(walk.app._notifications)))
        (notice,) = walk.app._notifications
        assert notice.message == (
            "pupils.csv has changed since you picked it. To use the new one, pick it again."
        )
