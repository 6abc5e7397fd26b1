"""Restoring an older backup brings nobody back who has been erased since it was made."""

from pathlib import Path

import pytest

from backdrop_tui.care.backups.backup import back_up
from backdrop_tui.care.backups.backup_file import read_backup
from backdrop_tui.care.backups.erased_again import erased_since
from backdrop_tui.care.backups.restore import Restored, restore
from backdrop_tui.care.backups.restore_marks import finish_restore
from backdrop_tui.care.erase import erase
from backdrop_tui.errors import DataFolderError
from backdrop_tui.people.changes import remove_people
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.erased_people import erased_people, note_erased
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.disk_states import DiskStates
from tests.support.erasable import LAST, finds, others, stored_zebedee
from tests.support.imports import import_people, person_id, undo_and_tell
from tests.support.made_up import NOW, STUDENTS


@pytest.fixture
def backup(school: School, tmp_path: Path) -> Path:
    """A backup with the person and two others, whose undo data, history and outbox name the person too."""
    import_people(school, *others(1, 2))
    import_people(school, stored_zebedee(), *others(1, 2), file="O'Quillfeather Zébédée.csv")
    import_people(school, stored_zebedee(registration_group="7B"), *others(1, 2))
    school.folder.subfolder(school.folder.outbox)
    (school.folder.outbox / "2026-x.eml").write_text(f"To: a@example.org\n\nAbout Zebedee {LAST}\n")
    back_up(school, tmp_path / "school.backup", NOW)
    return tmp_path / "school.backup"


def restored(folder: DataFolder, backup: Path) -> Restored:
    """Restore a backup, and close the school."""
    with School(folder) as school:
        return restore(school, read_backup(backup), NOW)


def test_nobody_who_was_erased_comes_back(school: School, backup: Path) -> None:
    person = person_id(school, LAST)
    stays = school.stored(STUDENTS).filter(school.stored(STUDENTS)["id"] != person)
    assert erased_since(school, read_backup(backup)) == ""
    erase(school, [person], Event.RETENTION)
    assert erased_since(school, read_backup(backup)) == (
        "1 person in the backup has been erased since. They will be erased again."
    )
    school.close()
    done = restored(school.folder, backup)
    assert done.outcome.startswith(
        "1 person in the backup who had been erased since was erased again, and isn't stored. What was stored"
    )
    assert done.remarks == ()
    with School(school.folder) as again:
        assert again.stored(STUDENTS).equals(stays)
        assert erased_people(again).among([person, *stays["id"]]) == {person}
        assert again.store.logged()[-1].items() >= {"event": "restore", "people": 3, "removed": 1}.items()
        assert again.store.faults(thorough=True) == []
        assert again.store.log_faults() == []
        assert "1 person in the backup who had been erased since" in finish_restore(again)
        assert undo_and_tell(again).erased == 1
        assert undo_and_tell(again).erased == 1
        assert again.stored(STUDENTS).equals(stays)
    assert finds(school.folder) == set()
    assert finds(school.folder, {person.encode()}) == set()
    assert [path for path in school.folder.replaced.iterdir() if path.name.startswith(".")] == []


def test_they_stay_erased_whatever_is_restored_next_and_wherever(
    school: School, backup: Path, tmp_path: Path
) -> None:
    person = person_id(school, LAST)
    erase(school, [person])
    back_up(school, tmp_path / "later.backup", NOW)
    new = DataFolder(tmp_path / "new")
    for each, number in ((tmp_path / "later.backup", 0), (backup, 1), (backup, 1)):
        assert restored(new, each).mark.erased == number
    assert finds(new) == set()


def test_those_who_were_erased_in_either_place_stay_erased(
    school: School, backup: Path, tmp_path: Path
) -> None:
    ids = school.stored(STUDENTS)["id"].to_list()
    other = DataFolder(tmp_path / "other")
    restored(other, backup)
    erase(school, ids[:1])
    with School(other) as elsewhere:
        erase(elsewhere, ids[1:2])
        back_up(elsewhere, tmp_path / "other.backup", NOW)
    assert restored(school.folder, tmp_path / "other.backup").mark.erased == 1
    assert restored(school.folder, backup).mark.erased == 2
    with School(school.folder) as again:
        assert len(erased_people(again).salts) == 2
        assert erased_people(again).among(ids) == {*ids[:2]}
        assert again.stored(STUDENTS)["id"].to_list() == ids[2:]
        assert erase(again, ids[:1]).was_done


def test_someone_removed_by_hand_before_the_backup_and_erased_since_is_not_in_its_undo_data(
    school: School, tmp_path: Path
) -> None:
    import_people(school, *others(1))
    import_people(school, stored_zebedee(), *others(1))
    person = person_id(school, LAST)
    remove_people(school, STUDENTS, [person])
    back_up(school, tmp_path / "school.backup", NOW)
    erase(school, [person])
    school.close()
    assert restored(school.folder, tmp_path / "school.backup").mark.erased == 1
    assert finds(school.folder, {person.encode()}) == set()


def test_an_erasure_that_was_not_finished_leaves_nothing_in_what_is_kept(
    school: School, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = person_id(school, LAST)
    compact, calls = school.store.compact, []

    def failing() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise DataFolderError("There is no space left.")
        compact()

    with monkeypatch.context() as patched:
        patched.setattr(school.store, "compact", failing)
        with pytest.raises(DataFolderError, match="no longer stored"):
            erase(school, [person])
    restore(school, read_backup(backup), NOW)
    assert erase(school, [person]).was_done
    school.close()
    assert finds(school.folder) == set()


def test_if_it_cannot_be_read_who_was_erased_that_is_said(school: School, backup: Path) -> None:
    erase(school, [person_id(school, LAST)])
    school.close()
    school.folder.setup.write_bytes(school.folder.setup.read_bytes()[:-60])
    with School(school.folder, read_only=True) as damaged:
        assert erased_since(damaged, read_backup(backup)) == ""
    done = restored(school.folder, backup)
    assert done.remarks[0].startswith("Who has been erased since this backup was made can't be read")


def test_a_disk_that_fails_while_it_is_read_who_was_erased_brings_nobody_back(
    school: School, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase(school, [person_id(school, LAST)])
    stored = school.stored(STUDENTS)

    def fails(_: object) -> None:
        raise DataFolderError("setup.json can't be used: Input/output error.") from OSError()

    with monkeypatch.context() as patched:
        patched.setattr("backdrop_tui.care.backups.erased_again.erased_people", fails)
        with pytest.raises(DataFolderError, match="Input/output error"):
            restore(school, read_backup(backup), NOW)
    assert school.stored(STUDENTS).equals(stored)


def test_if_an_erasure_cannot_be_finished_before_nobody_comes_back_and_what_is_kept_is_said(
    school: School, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = person_id(school, LAST)
    erase(school, [person])
    note_erased(school, [person], is_finished=False)

    def fails() -> None:
        raise DataFolderError("There is no space left.")

    with monkeypatch.context() as patched:
        patched.setattr(school.store, "compact", fails)
        done = restore(school, read_backup(backup), NOW)
    assert done.remarks[0].startswith("Erasing someone had been interrupted and could not be finished")
    assert done.mark.erased == 1
    assert LAST not in school.stored(STUDENTS)["surname"].to_list()


@pytest.mark.timeout(300)  # on a busy computer that takes its time
@pytest.mark.parametrize("most", [8, pytest.param(1_000, marks=pytest.mark.slow)])
def test_wherever_it_is_killed_nobody_comes_back_and_the_next_start_leaves_nothing_of_them(
    school: School, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    erase(school, [person_id(school, LAST)])
    school.close()
    states = DiskStates(school.folder.path, tmp_path / "killed")
    with School(school.folder) as again:
        states.record(monkeypatch, lambda: restore(again, read_backup(backup), NOW))
    words = []
    places = [*states.copies[:: max(1, len(states.copies) // most)], states.copies[-1]]
    for place in dict.fromkeys(places):
        killed = DataFolder(place)
        with School(killed) as started:
            assert LAST not in started.stored(STUDENTS)["surname"].to_list(), place.name
            words.append(finish_restore(started))
            assert started.store.faults(thorough=True) == []
        assert finds(killed) == set(), place.name
    assert any("interrupted before anything" in each for each in words)
    assert "1 person in the backup who had been erased since" in words[-1]


def test_a_failure_while_they_are_erased_again_changes_nothing(
    school: School, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase(school, [person_id(school, LAST)])
    stored = school.stored(STUDENTS)

    def fails(*_: object) -> None:
        raise DataFolderError("There is no space left.")

    monkeypatch.setattr("backdrop_tui.care.erase.files_left", fails)
    with pytest.raises(DataFolderError, match=r"^There is no space left\.$"):
        restore(school, read_backup(backup), NOW)
    assert school.stored(STUDENTS).equals(stored)
    assert finish_restore(school) == ""
    assert [*school.folder.replaced.iterdir()] == []
