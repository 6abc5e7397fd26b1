"""Every file states its format: an older one is brought up to date, a newer one is refused and left alone."""

import stat
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
import tinydb

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.checked_lines import checked_lines, read_checked_lines
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.formats import keep_copy
from backdrop_tui.store.migrations import STEPS, current_format
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store
from backdrop_tui.store.tinydb.journal import JOURNAL_FORMAT
from tests.store import KEYS, contents, stock, students
from tests.store.test_full_disk import FullDisk
from tests.support.disk_states import DiskStates
from tests.support.old_folders import FIRST_NAMES, STORED_KEYS, copy_of
from tests.support.one_person import add_one, change_one, remove_one

TINYDB_KINDS = ("students", "staff", "setup")
NEWER = {"meta": {"1": {"format": 99}}}
OPERATIONS: dict[str, Callable[[Store, str], object]] = {
    "frame": lambda store, kind: store.people(kind).frame(),
    "version": lambda store, kind: store.people(kind).version(),
    "get": lambda store, kind: store.people(kind).get("bd-1"),
    "add": lambda store, kind: add_one(store.people(kind), {"surname": "New"}),
    "change": lambda store, kind: change_one(store.people(kind), "bd-1", {"surname": "New"}),
    "remove": lambda store, kind: remove_one(store.people(kind), "bd-1"),
    "apply": lambda store, kind: store.people(kind).apply(removed=["bd-1"]),
}


def stated_format(path: Path) -> list[dict[str, object]]:
    """What TinyDB as it is published finds in a file's table `meta`."""
    with tinydb.TinyDB(path) as database:
        return [dict(document) for document in database.table("meta")]


def first_names(store: Store) -> dict[str, list[str]]:
    """The first names of everyone stored, by kind."""
    return {kind: store.people(kind).frame()["first_name"].to_list() for kind in STORED_KEYS}


def phase(folder: DataFolder, *, read_only: bool) -> object:
    """The school's phase, as set-up has it."""
    with open_store(folder, KEYS, read_only=read_only) as store:
        document = store.table("settings").get("phase")
    return document and document["value"]


def test_what_is_stored_states_the_current_format(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store, open_store(folder, KEYS) as store:
        store.people("students").apply(students("One"))
        add_one(store.people("staff"), {"surname": "Two"})
        store.table("settings").put("phase", {"value": "primary"})
        first_line = (folder.path / "journal").read_bytes().splitlines()[0]
        assert orjson.loads(first_line[9:])["format"] == JOURNAL_FORMAT
    for kind in TINYDB_KINDS:
        assert stated_format(folder.path / f"{kind}.json") == [{"format": current_format(kind)}]


def test_a_journal_without_doubts_is_brought_up_to_date(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store:
        store.table("settings").put("phase", {"value": "primary"})
    journal = folder.path / "journal"
    head, *others = read_checked_lines(journal.read_bytes()).contents
    journal.write_bytes(checked_lines([{**head, "format": 2}, *others])[0])
    assert phase(folder, read_only=True) == "primary"
    assert read_checked_lines(journal.read_bytes()).contents[0]["format"] == 2
    assert phase(folder, read_only=False) == "primary"
    assert read_checked_lines(journal.read_bytes()).contents[0]["format"] == JOURNAL_FORMAT


def test_nobody_left_is_a_file_that_states_its_format(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store:
        (person_id,) = store.people("students").apply(students("One"))
        remove_one(store.people("students"), person_id)
    assert stated_format(folder.students) == [{"format": current_format("students")}]
    assert stock(folder.students, "students") == []


@pytest.mark.parametrize("name", FIRST_NAMES)
def test_an_older_folder_is_brought_up_to_date_when_it_is_opened(tmp_path: Path, name: str) -> None:
    folder = copy_of(name, tmp_path / "data")
    before = contents(folder.path)
    open_store(folder, STORED_KEYS).close()
    for kind in TINYDB_KINDS:
        assert stated_format(folder.path / f"{kind}.json") == [{"format": current_format(kind)}]
    for kind, names in FIRST_NAMES[name].items():
        stored = stock(folder.people(kind), kind)
        assert [person["first_name"] for person in stored] == names
        assert all(person.keys() == {"id", *STORED_KEYS[kind]} for person in stored)
        assert {(person["status"], person["left_on"]) for person in stored} == {("current", None)}
    assert phase(folder, read_only=False) == ("secondary" if name == "format-1" else "primary")
    copies = {
        f"{file}.format-1": content for file, content in before.items() if file.startswith(TINYDB_KINDS)
    }
    assert {file: path.read_bytes() for file in copies if (path := folder.path / file).exists()} == copies
    assert {stat.S_IMODE((folder.path / file).stat().st_mode) for file in copies} == {0o600}


@pytest.mark.parametrize("name", FIRST_NAMES)
def test_an_older_folder_opened_for_reading_only_is_read_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    folder = copy_of(name, tmp_path / "data")
    before = contents(folder.path)
    with open_store(folder, STORED_KEYS, read_only=True) as store:
        assert first_names(store) == FIRST_NAMES[name]
        person = store.people("students").frame().row(0, named=True)
        assert store.people("students").get(person["id"]) == person
    assert phase(folder, read_only=True) == ("secondary" if name == "format-1" else "primary")
    assert contents(folder.path) == before


def test_what_an_older_version_stores_meanwhile_is_seen_by_a_reader(tmp_path: Path) -> None:
    folder = copy_of("format-1-killed", tmp_path / "data")
    journal = folder.path / "staff.json.journal"
    first, second = (orjson.loads(line[9:]) for line in journal.read_bytes().splitlines())
    colleague = [["staff", 2, {"id": "bd-2", "first_name": "Ann", "surname": "Lee"}]]
    with open_store(folder, STORED_KEYS, read_only=True) as store:
        assert store.people("staff").frame().height == 1
        journal.write_bytes(checked_lines([first, second, colleague])[0])
        assert store.people("staff").frame().select("first_name", "status").rows() == [
            ("Jo", "current"),
            ("Ann", "current"),
        ]


def test_every_step_is_used_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_of("format-1", tmp_path / "data")

    def add_initial(tables: dict[str, dict[str, dict[str, str]]]) -> object:
        for person in tables["staff"].values():
            person["job_role"] = f"{person['first_name'][0]}. {person['job_role']}"
        return tables

    monkeypatch.setitem(STEPS, "staff", (*STEPS["staff"], add_initial))
    roles = ["B. Designated Safeguarding Lead", "Z. Librarian"]
    with open_store(folder, STORED_KEYS, read_only=True) as store:
        assert store.people("staff").frame()["job_role"].to_list() == roles
    for _ in range(2):
        with open_store(folder, STORED_KEYS) as store:
            assert store.people("staff").frame()["job_role"].to_list() == roles
    assert stated_format(folder.staff) == [{"format": current_format("staff")}]


def test_a_kept_copy_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "students.json"
    for content in (b"one", b"two", b"two", b"one"):
        path.write_bytes(content)
        keep_copy(path, "format-1")
    copies = {"students.json.format-1": b"one", "students.json.format-1.2": b"two"}
    assert contents(tmp_path) == copies | {"students.json": b"one"}


@pytest.mark.timeout(300)  # many disks; on a busy computer that takes its time
@pytest.mark.parametrize("name", FIRST_NAMES)
def test_a_kill_while_an_older_folder_is_brought_up_to_date_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = copy_of(name, tmp_path / "data")
    before = contents(folder.path)
    states = DiskStates(folder.path, tmp_path / "killed")

    def open_and_close() -> None:
        open_store(folder, STORED_KEYS).close()

    states.record(monkeypatch, open_and_close)
    assert len(states.copies) > 20
    for copy in states.copies:
        killed = DataFolder(copy)
        for read_only in (True, False):
            with open_store(killed, STORED_KEYS, read_only=read_only) as store:
                assert first_names(store) == FIRST_NAMES[name]
        assert phase(killed, read_only=False) is not None
        for kind in TINYDB_KINDS:
            assert stated_format(copy / f"{kind}.json") == [{"format": current_format(kind)}]
            kept = copy / f"{kind}.json.format-1"
            assert kept.exists() == (kept.name.removesuffix(".format-1") in before)
            assert not kept.exists() or kept.read_bytes() == before[f"{kind}.json"]


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_an_older_folder_on_a_full_disk_can_be_read_and_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    folder = copy_of("format-1", tmp_path / "data")
    before = contents(folder.path)
    with FullDisk(monkeypatch, call, 0) as full, open_store(folder, STORED_KEYS) as store:
        assert full.failed
        assert first_names(store) == FIRST_NAMES["format-1"]
        with pytest.raises(DataFolderError, match="no space left"):
            add_one(store.people("students"), {"surname": "New"})
        assert contents(folder.path) == before
    with open_store(folder, STORED_KEYS) as store:
        add_one(store.people("students"), {"surname": "New"})
        assert store.people("students").frame().height == 8


@pytest.mark.parametrize("kind", ["students", "staff"])
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("read_only", [False, True])
def test_people_saved_by_a_newer_version_are_refused_and_left_alone(
    folder: DataFolder, kind: str, operation: str, *, read_only: bool
) -> None:
    folder.people(kind).write_bytes(orjson.dumps({kind: {"1": {"id": "bd-1", "born": [2012]}}} | NEWER))
    before = contents(folder.path)
    expected = DataFolderError if read_only else NewerFormatError
    with open_store(folder, KEYS, read_only=read_only) as store:
        with pytest.raises(expected) as caught:
            OPERATIONS[operation](store, kind)
        assert caught.value.exit_status == 4
    assert contents(folder.path) == before


def test_set_up_saved_by_a_newer_version_is_refused_and_left_alone(folder: DataFolder) -> None:
    folder.setup.write_bytes(orjson.dumps(NEWER | {"settings": []}))
    before = contents(folder.path)
    with open_store(folder, KEYS) as store:
        table = store.table("settings")
        for operation in (
            table.all,
            lambda: table.get("phase"),
            lambda: table.put("phase", {}),
            lambda: table.remove("phase"),
            lambda: store.transaction().__enter__(),
        ):
            with pytest.raises(NewerFormatError, match=r"setup\.json was saved by a newer version"):
                operation()
    assert contents(folder.path) == before


def test_a_journal_of_a_newer_version_is_refused_and_left_alone(folder: DataFolder) -> None:
    lines = [{"snapshot": [0, 0], "format": 99}, "whatever a newer version may have here"]
    journal = folder.path / "students.json.journal"
    journal.write_bytes(checked_lines(lines)[0])
    before = contents(folder.path)
    with open_store(folder, KEYS) as store, pytest.raises(NewerFormatError):
        store.people("students").frame()
    assert contents(folder.path) == before


def test_a_file_of_a_newer_version_put_beside_the_journal_is_refused_and_left_alone(
    folder: DataFolder,
) -> None:
    with open_store(folder, KEYS) as store:
        store.people("students").apply(students("One"))
    newer = orjson.dumps(NEWER | {"students": {}})
    folder.students.write_bytes(newer)
    with open_store(folder, KEYS) as store:
        with pytest.raises(NewerFormatError):
            store.people("students").frame()
        with pytest.raises(NewerFormatError):
            store.people("students").apply(students("Two"))
        add_one(store.people("staff"), {"surname": "Lee"})
    assert folder.students.read_bytes() == newer


@pytest.mark.parametrize(
    "meta", [[], {}, {"1": {}}, {"1": {"format": "2"}}, {"1": {"format": True}}, {"1": {"format": 0}}, {"1": {"format": 2}, "2": {}}]
)  # fmt: skip
def test_a_format_that_cannot_be_is_damage(folder: DataFolder, meta: object) -> None:
    content = orjson.dumps({"meta": meta, "students": {}})
    folder.students.write_bytes(content)
    with open_store(folder, KEYS) as store:
        with pytest.raises(DataFolderError, match=r"students\.json is damaged"):
            store.people("students").frame()
        with pytest.raises(DataFolderError, match=r"students\.json is damaged"):
            add_one(store.people("students"), {"surname": "New"})
    assert folder.students.read_bytes() == content


def test_a_file_that_published_tinydb_has_written_again_keeps_its_format(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store:
        store.people("students").apply(students("One"))
    with tinydb.TinyDB(folder.students, sort_keys=True) as database:
        database.table("students").insert({"id": "bd-2", "surname": "Two"})
    with open_store(folder, KEYS) as store:
        assert store.people("students").frame()["surname"].to_list() == ["One", "Two"]
    assert not [path for path in folder.path.iterdir() if "format" in path.name]


def test_nothing_is_left_open_by_a_refusal(folder: DataFolder) -> None:
    folder.students.write_bytes(orjson.dumps(NEWER))
    open_files = Path("/proc/self/fd")
    if not open_files.exists():
        pytest.skip("this system doesn't show open files")
    with open_store(folder, KEYS) as store:
        before = len(list(open_files.iterdir()))
        for _ in range(3):
            with pytest.raises(NewerFormatError):
                store.people("students").frame()
        assert len(list(open_files.iterdir())) == before
