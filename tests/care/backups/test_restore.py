"""Restoring a backup: in one step, over whatever is there, and nothing of that is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from backdrop_tui.care.backups.backup import back_up
from backdrop_tui.care.backups.backup_file import read_backup
from backdrop_tui.care.backups.holdings import side_by_side, stored_holdings
from backdrop_tui.care.backups.restore import Restored, note_restore_told, restore
from backdrop_tui.care.backups.restore_marks import finish_restore
from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.imports.undo import undo
from backdrop_tui.people.changes import change_people
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import InUseError, NewerFormatError
from backdrop_tui.store.folder import DataFolder
from tests.store import contents
from tests.support.changing_commands import state_of
from tests.support.disk_states import DiskStates
from tests.support.imports import import_people, pupil, sign_up
from tests.support.made_up import NOW, STUDENTS


def restored(folder: DataFolder, backup: Path) -> Restored:
    """Restore a backup."""
    with School(folder) as school:
        return restore(school, read_backup(backup), NOW)


def events(school: School) -> list[str]:
    """What the audit log says has happened."""
    return [entry["event"] for entry in school.store.logged()]


def test_everything_is_as_it_was_and_what_it_replaces_is_a_data_folder_of_its_own(
    full: DataFolder, backup: Path
) -> None:
    before = state_of(full)
    with School(full) as school:
        change_people(school, STUDENTS, school.stored(STUDENTS)["id"].to_list(), {"registration_group": "9X"})
        undo(school, force=True)
        school.store.table("groups").put("New", {"rights": []})
    changed = state_of(full)
    done = restored(full, backup)
    assert state_of(full) == before
    kept = DataFolder(full.replaced / done.mark.kept_as)
    assert str(kept.path) in done.outcome
    assert state_of(kept) == changed
    with School(full) as school:
        undo(school)
        assert school.store.faults(thorough=True) == []
        assert events(school)[-5:] == ["backup", "people-edited", "import-undone", "restore", "import-undone"]
    assert {path.stat().st_mode & 0o077 for path in full.path.rglob("*")} == {0}


def test_a_new_computer_gets_everything_with_its_outbox(
    backup: Path, full: DataFolder, tmp_path: Path
) -> None:
    full.outbox.mkdir(mode=0o700)
    (full.outbox / "2026-x.eml").write_bytes(b"To: a@example.org\r\n\r\nDear \xff\r\n")
    with School(full) as school:
        back_up(school, backup, NOW, replace=True)
    new = DataFolder(tmp_path / "new")
    done = restored(new, backup)
    assert done.outcome == "Nothing was stored before."
    assert not any(new.replaced.iterdir())
    assert state_of(new) == state_of(full)
    assert contents(new.outbox) == contents(full.outbox)
    with School(new) as school:
        assert school.store.table("outbox").all() == []
        assert events(school)[-2:] == ["backup", "restore"]
        assert school.store.log_faults() == []


def test_messages_that_could_not_be_put_back_are_at_the_next_start(
    backup: Path, full: DataFolder, tmp_path: Path
) -> None:
    full.outbox.mkdir(mode=0o700)
    (full.outbox / "2026-x.eml").write_bytes(b"Dear")
    with School(full) as school:
        back_up(school, backup, NOW, replace=True)
    new = DataFolder(tmp_path / "new")
    new.create()
    new.outbox.write_text("in the way")
    assert (
        "The messages in the outbox will be there after the next start." in restored(new, backup).remarks[0]
    )
    new.outbox.unlink()
    with School(new) as school:
        assert finish_restore(school).startswith("The backup made on 2 March 2026 at 09:30 was restored on ")
        assert finish_restore(school) == ""
    assert contents(new.outbox) == {"2026-x.eml": b"Dear"}


DAMAGE: dict[str, Callable[[DataFolder], object]] = {
    "cut short": lambda folder: folder.students.write_bytes(folder.students.read_bytes()[:-60]),
    "missing": lambda folder: folder.setup.unlink(),
    "no journal": lambda folder: (folder.path / "journal").unlink(),
    "garbled journal": lambda folder: (folder.path / "journal").write_bytes(b"x\ny\n"),
    "no log": lambda folder: folder.log.unlink(),
    "altered log": lambda folder: folder.log.write_bytes(
        folder.log.read_bytes().replace(b"imported", b"imputed")
    ),
    "no undo data": lambda folder: shutil.rmtree(folder.imports),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_data_is_replaced_and_kept_as_it_is(full: DataFolder, backup: Path, damage: str) -> None:
    before = state_of(full)
    DAMAGE[damage](full)
    damaged = contents(full.path)
    done = restored(full, backup)
    assert state_of(full) == before
    kept = contents(full.replaced / done.mark.kept_as)
    for name in damaged.keys() - {
        "journal",
        "setup.json",
    }:  # where it can, it notes there what it is about to do
        assert kept[name] == damaged[name]
    with School(full) as school:
        assert school.store.faults(thorough=True) == []
        assert events(school)[-1] == "restore"


def test_what_is_there_is_shown_beside_what_the_backup_holds(full: DataFolder, backup: Path) -> None:
    with School(full) as school:
        import_people(school, pupil("Ray"))
        lines = side_by_side(read_backup(backup).holdings, stored_holdings(school))
        assert lines[0] == "                        In the backup           Stored now"
        assert lines[1] == "Organisation            Hill Top                Hill Top"
        assert lines[2] == "Students                4                       5"
    full.students.unlink()
    with School(full) as school:
        assert stored_holdings(school) is None
        assert side_by_side(read_backup(backup).holdings, None)[2].endswith("can't be read")


def test_data_of_a_newer_version_is_left_alone(full: DataFolder, backup: Path) -> None:
    full.students.write_bytes(full.students.read_bytes().replace(b'{"format":4}', b'{"format":99}'))
    journal = full.path / "journal"
    journal.unlink()
    before = contents(full.path)
    with School(full) as school:
        with pytest.raises(NewerFormatError):
            stored_holdings(school)
        with pytest.raises(NewerFormatError):
            restore(school, read_backup(backup), NOW)
    assert contents(full.path) == before


def test_it_waits_for_a_running_import_and_then_gives_up(
    full: DataFolder, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.store.locks.LOCK_SECONDS", 0.01)
    before = state_of(full)
    with School(full) as importing, importing.store.lease(), School(full) as school:
        with pytest.raises(InUseError, match="Another import or restore is running"):
            restore(school, read_backup(backup), NOW)
        assert finish_restore(school) == ""
    assert state_of(full) == before


def test_a_full_disk_leaves_everything_as_it_was(
    full: DataFolder, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(full)

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with School(full) as school:
        school.settings.put("phase", "primary")
        monkeypatch.setattr("backdrop_tui.store.files.write_new", full_disk)
        with pytest.raises(DataFolderError, match="no space left"):
            restore(school, read_backup(backup), NOW)
        monkeypatch.undo()
        assert school.settings.get("phase") == "primary"
        assert finish_restore(school) == ""
        school.settings.put("phase", "all-through")
    assert not any(full.replaced.iterdir())
    assert state_of(full) == before


def test_whatever_fails_before_it_is_done_leaves_nothing_behind(
    full: DataFolder, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with School(full) as school:
        school.settings.put("phase", "primary")
    before = set(contents(full.path))

    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with School(full) as school:
        for place in ("snapshot_files.SnapshotFiles.sync_folders", "folder_journal.FolderJournal.replace"):
            with monkeypatch.context() as patched:
                patched.setattr(f"backdrop_tui.store.tinydb.{place}", fails)
                with pytest.raises(DataFolderError, match="Input/output error"):
                    restore(school, read_backup(backup), NOW)
            assert school.settings.get("phase") == "primary"
            assert school.store.faults(thorough=True) == []
    assert set(contents(full.path)) == before


@pytest.mark.slow
def test_killed_anywhere_it_leaves_the_old_or_the_new_school_and_the_next_start_says_which(
    tmp_path: Path, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.create()
    with School(data) as school:
        sign_up(school)
        import_people(school, pupil("Lee"))
        back_up(school, tmp_path / "school.backup", NOW)
        import_people(school, pupil("May"))
    backup = read_backup(tmp_path / "school.backup")
    states = DiskStates(data.path, tmp_path / "killed")
    with School(data) as school:
        states.record(monkeypatch, lambda: restore(school, backup, NOW))
    outcomes = [next_start(DataFolder(copy)) for copy in states.copies]
    done = outcomes.index((["Lee"], "restored"))
    begun = outcomes.index((["Lee", "May"], "interrupted"))
    assert 0 < begun < done
    assert all(outcome == (["Lee", "May"], "") for outcome in outcomes[:begun])
    assert all(outcome == (["Lee", "May"], "interrupted") for outcome in outcomes[begun:done])
    assert all(outcome == (["Lee"], "restored") for outcome in outcomes[done:])


def next_start(folder: DataFolder) -> tuple[list[str], str]:
    """Who is stored after the next start, and what that says of the restore, in a word."""
    with School(folder) as school:
        words = finish_restore(school)
        assert finish_restore(school) == ""
        assert school.store.faults(thorough=True) == []
        surnames = school.stored(STUDENTS)["surname"].to_list()
    if not words:
        return surnames, ""
    return surnames, "restored" if "was restored" in words else "interrupted"


def test_what_was_told_is_not_told_again(full: DataFolder, backup: Path) -> None:
    with School(full) as school:
        done = restore(school, read_backup(backup), NOW)
        note_restore_told(school, done)
        assert finish_restore(school) == ""


def test_a_process_that_has_the_school_open_never_writes_old_data_over_the_new(
    full: DataFolder, backup: Path
) -> None:
    before = state_of(full)
    with School(full) as app:
        ids = app.stored(STUDENTS)["id"].to_list()
        change_people(app, STUDENTS, ids, {"registration_group": "9X"})
        app.settings.put("phase", "primary")
        restored(full, backup)
        assert app.stored(STUDENTS)["registration_group"].to_list() != ["9X"] * 4
        change_people(app, STUDENTS, ids[:1], {"registration_group": "7Q"})
    after = state_of(full)
    assert after.settings == before.settings
    assert sorted(after.students.values()) != ["9X"] * 4
    assert "7Q" in after.students.values()
    assert len(set(before.students.items()) - set(after.students.items())) == 1


def test_a_backup_that_says_it_is_sound_and_is_not_changes_nothing(full: DataFolder, backup: Path) -> None:
    read = read_backup(backup)
    read._lines.append(orjson.dumps(["documents", "meta", {"key": "x"}]))
    before = state_of(full)
    with (
        School(full) as school,
        pytest.raises(UnusableFileError, match="holds something that can't be stored"),
    ):
        restore(school, read, NOW)
    assert state_of(full) == before
