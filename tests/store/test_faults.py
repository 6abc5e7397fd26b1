"""Whatever happens to a file is reported, everything else keeps working, and nothing is believed to be empty that wasn't."""

import errno
import itertools
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.tinydb.journal import Snapshot
from backdrop_tui.store.tinydb.snapshot_files import SnapshotFiles
from tests.store import KEYS, contents, stock
from tests.store.test_transactions import change_everything
from tests.support.one_person import add_one

Damage = Callable[[Path], object]

DAMAGES: dict[str, tuple[Damage, str]] = {
    "missing": (Path.unlink, "is missing"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "zeros": (lambda path: path.write_bytes(b"\0" * path.stat().st_size), "is damaged"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "is damaged"),
    "altered": (lambda path: path.write_bytes(path.read_bytes() + b"\n"), "changed by another program"),
}
FILES = ("students.json", "staff.json", "setup.json", "imports/import.json")


@pytest.fixture
def stored(folder: DataFolder) -> DataFolder:
    """A folder with a bit of everything in it."""
    with open_store(folder, KEYS) as store:
        change_everything(store, 1)
    return folder


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_reported_and_everything_else_keeps_working(
    stored: DataFolder, name: str, damage: str
) -> None:
    damaging, message = DAMAGES[damage]
    path = stored.path / name
    damaging(path)
    found = path.read_bytes() if path.exists() else None
    with open_store(stored, KEYS) as store:
        (fault,) = store.faults(thorough=True)
        assert (fault.what, message in fault.message) == (name, True)
        assert fault.is_readable == (damage == "altered")
        others: dict[str, Callable[[], object]] = {
            "students.json": lambda: add_one(store.people("students"), {"surname": "New"}),
            "staff.json": lambda: add_one(store.people("staff"), {"surname": "New"}),
            "setup.json": lambda: store.table("settings").put("phase", {"value": 2}),
            "imports/import.json": lambda: store.table("undo").get("import"),
        }
        for other, work in others.items():
            if other != name or fault.is_readable:
                work()
            else:
                with pytest.raises(DataFolderError):
                    work()
    copies = [content for other, content in contents(stored.path).items() if other.startswith(name)]
    assert found is None or found in copies


def test_an_altered_file_that_is_written_again_is_kept_beside_it(stored: DataFolder) -> None:
    stored.students.write_bytes(altered := stored.students.read_bytes().replace(b"Many 1", b"Many 2"))
    with open_store(stored, KEYS) as store:
        add_one(store.people("students"), {"surname": "New"})
        assert store.people("students").frame()["surname"].to_list() == ["Many 2"] * 300 + ["New"]
    assert (stored.path / "students.json.altered").read_bytes() == altered
    with open_store(stored, KEYS) as store:
        (fault,) = store.faults()
        assert f"What was there is kept as {stored.students}.altered." in fault.message
        assert (fault.state, fault.is_readable) == ("damaged", True)
        assert store.people("students").frame().height == 301


@pytest.mark.parametrize("number", [1, 400])
def test_an_older_file_stays_in_doubt_until_it_is_accepted(stored: DataFolder, number: int) -> None:
    older = stored.students.read_bytes()
    new = pl.DataFrame(dict.fromkeys(KEYS["students"], ["New"] * number))
    with open_store(stored, KEYS) as store:
        add_one(store.people("students"), {"surname": "Lost"})
    stored.students.write_bytes(older)
    for _ in range(2):
        with open_store(stored, KEYS) as store:
            store.people("students").apply(added=new)
    with open_store(stored, KEYS) as store:
        (fault,) = store.faults(thorough=True)
        assert "an older one had taken its place" in fault.message
        assert (fault.state, store.people("students").frame().height) == ("older", 300 + 2 * number)
        add_one(store.people("students"), {"surname": "In the journal"})
        store.accept()
        assert store.faults(thorough=True) == []
    with open_store(stored, KEYS) as store:
        assert store.faults(thorough=True) == []
        assert store.people("students").frame().height == 301 + 2 * number
    assert (stored.path / "students.json.altered").read_bytes() == older


def test_a_document_knows_whether_it_is_what_was_stored(stored: DataFolder) -> None:
    path = stored.path / "imports" / "import.json"
    with open_store(stored, KEYS) as store:
        undo = store.table("undo")
        assert undo.get("import") is not None
        assert undo.is_as_stored("import")
        path.write_bytes(path.read_bytes() + b"\n")
        document = undo.get("import")
        assert document is not None
        assert not undo.is_as_stored("import")
        undo.put("import", document)
        assert not undo.is_as_stored("import")
        assert store.table("settings").is_as_stored("phase")
        store.accept()
        assert undo.is_as_stored("import")


def test_what_is_replaced_as_a_whole_is_no_longer_in_doubt(stored: DataFolder) -> None:
    stored.students.write_bytes(stored.students.read_bytes() + b"\n")
    with open_store(stored, KEYS) as store:
        add_one(store.people("students"), {"surname": "New"})
        store.replace_all(list(store.items()), {"event": "restored"}, "before")
        assert store.faults(thorough=True) == []


def test_an_older_file_is_recognised(stored: DataFolder) -> None:
    older = stored.students.read_bytes()
    with open_store(stored, KEYS) as store:
        add_one(store.people("students"), {"surname": "New"})
    stored.students.write_bytes(older)
    with open_store(stored, KEYS) as store:
        (fault,) = store.faults()
        assert "is an older one" in fault.message
        assert fault.is_readable
        assert store.people("students").frame().height == 300


def test_a_file_that_the_disk_fails_to_read_once_is_not_given_up_when_the_rest_is_accepted(
    stored: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored.students.write_bytes(stored.students.read_bytes()[:-100])
    real, reads = SnapshotFiles.content, itertools.count(1)

    def content(self: SnapshotFiles, name: str, snapshot: Snapshot | None) -> bytes | None:
        if name == "imports/import.json" and next(reads) == 1:
            raise OSError(errno.EIO, "Input/output error")
        return real(self, name, snapshot)

    with open_store(stored, KEYS) as store:
        kept = store.table("undo").get("import")
        with monkeypatch.context() as patched:
            patched.setattr(SnapshotFiles, "content", content)
            store.accept()
        assert next(reads) > 2
        assert store.faults(thorough=True) == []
        assert store.table("undo").get("import") == kept is not None
        assert store.people("students").frame().height == 298


def test_whole_lines_of_a_file_that_was_cut_short_are_offered_and_taken(stored: DataFolder) -> None:
    stored.students.write_bytes(cut := stored.students.read_bytes()[:-100])
    with open_store(stored, KEYS) as store:
        (fault,) = store.faults()
        assert "keep the 298 people who can still be read" in fault.message
        with pytest.raises(DataFolderError):
            store.people("students").frame()
        store.accept()
        assert store.people("students").frame().height == 298
        assert store.faults(thorough=True) == []
    assert (stored.path / "students.json.altered").read_bytes() == cut
    assert len(stock(stored.students, "students")) == 298


def test_whole_entries_of_set_up_that_was_cut_short_are_offered_and_taken(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store:
        store.table("account").put("account", {"name": "Jo"})
        for name in ("phase", "theme", "lead-name"):
            store.table("settings").put(name, {"value": name})
    folder.setup.write_bytes(folder.setup.read_bytes()[:-10])
    with open_store(folder, KEYS) as store:
        (fault,) = store.faults()
        assert "keep the 3 entries of set-up that can still be read" in fault.message
        store.accept()
        assert store.faults(thorough=True) == []
        assert store.table("account").get("account") == {"name": "Jo", "key": "account"}
        assert [each["key"] for each in store.table("settings").all()] == ["phase", "theme"]
    assert len(stock(folder.setup, "settings")) == 2


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (b'"value":"theme"', b'"value":\0theme"', {"phase": "settings", "Mentors": "groups"}),
        (b'"settings":{', b'"sett\0ngs":{', {"Mentors": "groups"}),
        (b'"groups":{', b'"groups"}}', {"phase": "settings", "theme": "settings"}),
        (b"}\n}}", b"", {"phase": "settings", "theme": "settings"}),
    ],
)
def test_entries_never_get_into_another_table(
    folder: DataFolder, old: bytes, new: bytes, kept: dict[str, str]
) -> None:
    with open_store(folder, KEYS) as store:
        for name in ("phase", "theme"):
            store.table("settings").put(name, {"value": name})
        store.table("groups").put("Mentors", {})
    folder.setup.write_bytes(folder.setup.read_bytes().replace(old, new))
    with open_store(folder, KEYS) as store:
        store.accept()
        tables = {name: store.table(name).all() for name in ("settings", "groups")}
    assert {each["key"]: name for name, documents in tables.items() for each in documents} == kept


@pytest.mark.parametrize("damage", DAMAGES)
def test_accepting_leaves_nothing_to_report(stored: DataFolder, damage: str) -> None:
    for name in FILES:
        DAMAGES[damage][0](stored.path / name)
    with open_store(stored, KEYS) as store:
        assert len(store.faults(thorough=True)) == len(FILES)
        store.accept()
        assert store.faults(thorough=True) == []
        change_everything(store, 2)
    with open_store(stored, KEYS) as store:
        assert store.faults(thorough=True) == []
        assert store.table("settings").get("phase") == {"value": 2, "key": "phase"}


@pytest.mark.parametrize("name", ["students", "staff"])
def test_without_its_journal_and_a_file_nobody_is_believed_never_to_have_been_stored(
    stored: DataFolder, name: str
) -> None:
    (stored.path / "journal").unlink()
    stored.people(name).unlink()
    before = contents(stored.path)
    with open_store(stored, KEYS) as store:
        assert "journal is missing" in store.faults()[0].message
        with pytest.raises(DataFolderError, match="journal is missing"):
            store.people(name).frame()
        with pytest.raises(DataFolderError, match="journal is missing"):
            store.table("settings").put("phase", {})
        assert store.table("settings").get("phase") == {"value": 1, "key": "phase"}
    assert contents(stored.path) == before
    with open_store(stored, KEYS) as store:
        store.accept()
        assert store.people(name).frame().height == 0
        store.table("settings").put("phase", {})


def test_a_folder_with_only_a_log_left_is_not_believed_to_be_new(stored: DataFolder) -> None:
    for name in (*FILES, "journal"):
        (stored.path / name).unlink()
    with open_store(stored, KEYS) as store:
        with pytest.raises(DataFolderError, match="journal is missing"):
            store.people("students").frame()
        with pytest.raises(DataFolderError, match="journal is missing"):
            store.table("account").put("account", {})


def test_a_person_with_a_damaged_key_is_no_detail_of_another_version(stored: DataFolder) -> None:
    damaged = stored.students.read_bytes().replace(b'"first_name"', b'"firsu_name"', 1)
    stored.students.write_bytes(damaged)
    with open_store(stored, KEYS) as store:
        with pytest.raises(DataFolderError, match=r"students\.json is damaged"):
            store.people("students").frame()
        (fault,) = store.faults(thorough=True)
        assert "keep the 299 people who can still be read" in fault.message
        store.accept()
        assert store.faults(thorough=True) == []
        assert store.people("students").frame().height == 299


@pytest.mark.parametrize("name", [*FILES, "log"])
def test_a_folder_in_place_of_a_file_is_named(stored: DataFolder, name: str) -> None:
    path = stored.path / name
    path.unlink()
    path.mkdir()
    (path / "file").write_text("kept")
    with open_store(stored, KEYS) as store:
        (fault,) = store.faults(thorough=True)
        assert f"{path} can't be used: it is a folder" in fault.message
        store.accept()
        assert store.faults(thorough=True) == []
    assert (path.with_name(f"{path.name}.damaged") / "file").read_text() == "kept"


def test_damage_done_while_the_store_is_open_is_noticed(stored: DataFolder) -> None:
    with open_store(stored, KEYS) as store:
        assert store.people("students").frame().height == 300
        add_one(store.people("students"), {"surname": "New"})
        stored.students.write_bytes(b"\0" * 40)
        with pytest.raises(DataFolderError, match=r"students\.json is damaged"):
            store.people("students").frame()
        assert store.people("staff").frame().height == 1
