"""Undo data and lists of absent people that an older version saved are brought up to date."""

from pathlib import Path

import orjson
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.absent_people import absent_people
from backdrop_tui.imports.older_files import older_files
from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.imports.undo import undo
from backdrop_tui.school.import_history import import_records, put_record
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.folder import DataFolder
from tests.store.test_full_disk import FullDisk
from tests.support.disk_states import DiskStates
from tests.support.made_up import STUDENTS
from tests.support.old_folders import copy_of


def test_a_kill_while_they_are_brought_up_to_date_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of("format-1", tmp_path / "data")
    states = DiskStates(folder.path, tmp_path / "killed")
    with School(folder) as school:
        import_records(school)  # opens set-up, which has a test of its own
        states.record(monkeypatch, lambda: recover(school))
    assert len(states.copies) > 10
    for copy in states.copies:
        with School(DataFolder(copy)) as school:
            recover(school)
            assert not older_files(school.folder)
            assert not needs_recovery(school)
            absent = absent_people(school, STUDENTS)
            assert absent is not None
            assert absent.file == "pupils-2026.csv"
            assert len(absent.ids) == 1
            for _ in range(3):
                undo(school)
            assert not school.stored(STUDENTS).height
            recover(school)
        assert [path.name for path in (copy / "imports").iterdir()] == ["lock"]


def test_without_room_on_the_disk_they_are_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of("format-1", tmp_path / "data")
    with School(folder) as school:
        import_records(school)
        with FullDisk(monkeypatch, "write", 0), pytest.raises(DataFolderError, match="no space left"):
            recover(school)
        assert len(older_files(folder)) == 5
        assert absent_people(school, STUDENTS) is not None
        recover(school)
        assert not older_files(folder)


def test_an_interrupted_import_is_not_settled_by_guesswork_if_its_undo_data_is_newer(tmp_path: Path) -> None:
    folder = copy_of("format-1", tmp_path / "data")
    with School(folder) as school:
        record = import_records(school)[0]
        put_record(school, type(record)(**vars(record) | {"state": "running"}))
        path = folder.imports / f"{record.id}.json"
        path.write_bytes(newer := orjson.dumps({"format": 99}))
        for _ in range(2):
            with pytest.raises(NewerFormatError):
                recover(school)
        assert import_records(school)[0].state == "running"
    assert path.read_bytes() == newer


def test_undo_data_of_a_newer_version_is_not_removed_even_if_no_import_needs_it(tmp_path: Path) -> None:
    folder = copy_of("format-1", tmp_path / "data")
    (folder.imports / "20270101-000000-abcdef.json").write_bytes(b'{"format":99}')
    (folder.imports / "20270101-000000-fedcba.json").write_bytes(b'{"format":2}')
    with School(folder) as school:
        recover(school)
        assert not needs_recovery(school)
    assert (folder.imports / "20270101-000000-abcdef.json").exists()
    assert not (folder.imports / "20270101-000000-fedcba.json").exists()
