"""The files of a data folder are TinyDB's, and nothing is written before something is stored."""

import errno
import os
from functools import partial
from pathlib import Path

import pytest
import tinydb

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from tests.store import KEYS, KEYS_AND_STATUS, contents, stock, students
from tests.support.one_person import add_one, change_one


def test_reading_a_missing_folder_finds_nobody_and_creates_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "none")
    with open_store(folder, KEYS) as store:
        assert store.people("students").frame().height == 0
        assert store.people("staff").get("bd-0000000000000000") is None
    assert not folder.path.exists()


def test_storing_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "none")
    with open_store(folder, KEYS) as store, pytest.raises(DataFolderError, match="doesn't exist"):
        add_one(store.people("students"), {"surname": "Smith"})
    assert not folder.path.exists()


def test_published_tinydb_finds_one_document_a_person_after_closing(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store:
        store.people("students").apply(students('"Quoted"', "Ünïcode\u2028", "back\\slash"))
        add_one(store.people("students"), {"surname": "Last"})
        add_one(store.people("staff"), {"surname": "Head", "email": "head@example.org"})
        frames = {kind: store.people(kind).frame().to_dicts() for kind in KEYS}
    assert set(contents(folder.path)) == {"journal", "staff.json", "students.json"}
    for kind, expected in frames.items():
        assert stock(folder.people(kind), kind) == expected


def test_what_published_tinydb_has_written_is_read(folder: DataFolder) -> None:
    with tinydb.TinyDB(folder.students) as database:
        database.table("students").insert({"id": "bd-1", "first_name": "Zoë", "surname": "Smith"})
    with open_store(folder, KEYS_AND_STATUS) as store:
        assert store.people("students").frame().rows() == [("bd-1", "Zoë", "Smith", None, "current")]
        change_one(store.people("students"), "bd-1", {"upn": "R201100018042"})
    assert stock(folder.students, "students")[0]["upn"] == "R201100018042"


def test_opened_for_reading_only_nothing_is_written(folder: DataFolder) -> None:
    with open_store(folder, KEYS, read_only=True) as store:
        assert store.people("students").frame().height == 0
        with pytest.raises(DataFolderError, match="reading only"):
            add_one(store.people("students"), {"surname": "Smith"})
    assert not list(folder.path.iterdir())


def test_a_transaction_is_one_line_of_the_journal(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store:
        table = store.table("groups")
        table.put("DSLs", {})
        lines = (folder.path / "journal").read_bytes().count(b"\n")
        with store.transaction(), store.transaction():
            table.put("TAs", {})
            table.put("Governors", {})
            table.remove("DSLs")
            assert [group["key"] for group in table.all()] == ["TAs", "Governors"]
            store.table("undo").put("one", {})
            store.people("students").apply(students(*["Lee"] * 300))
            store.log({"event": "imported"})
        assert (folder.path / "journal").read_bytes().count(b"\n") == lines + 1


def test_nothing_that_writes_is_done_for_whoever_only_reads(folder: DataFolder) -> None:
    with open_store(folder, KEYS, read_only=True) as store:
        assert store.table("settings").get("phase") is None
        with pytest.raises(DataFolderError, match="reading only"):
            store.table("settings").put("phase", {})
        with pytest.raises(DataFolderError, match="reading only"):
            store.table("settings").remove("phase")
        for block in (store.transaction, store.lease):
            with pytest.raises(DataFolderError, match="reading only"), block():
                pass
        for change in (store.accept, store.compact, partial(store.replace_all, [], {}, "before")):
            with pytest.raises(DataFolderError, match="reading only"):
                change()
    assert not list(folder.path.iterdir())


def test_a_removed_document_stays_removed_even_if_its_file_cant_be_deleted(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with open_store(folder, KEYS) as store:
        store.table("undo").put("import", {})
    with monkeypatch.context() as patched, open_store(folder, KEYS) as store:
        patched.setattr(os, "unlink", refused)
        store.table("undo").remove("import")
        store.close()
    assert (folder.path / "imports" / "import.json").exists()
    for is_gone in (False, True):
        with open_store(folder, KEYS, read_only=True) as store:
            assert store.table("undo").get("import") is None
            assert store.faults(thorough=True) == []
        assert (folder.path / "imports" / "import.json").exists() != is_gone
        open_store(folder, KEYS).close()
