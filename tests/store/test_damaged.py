"""Damage is reported, and damaged files are left exactly as they are."""

from collections.abc import Callable

import orjson
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store
from tests.store import KEYS, KEYS_AND_STATUS, contents, students
from tests.support.one_person import add_one, change_one, remove_one

PERSON = {"id": "bd-1", "first_name": "Secret", "surname": "Smith", "upn": None}


def table(**people: object) -> bytes:
    """A file of students."""
    return orjson.dumps({"students": people})


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 100,
        b"Secret",
        b"[]",
        b'{"students":[]}',
        b'{"students":{\n"1":{"id":"Secret',
        b'{"students":{\n"1":{"id":"Secret"},\n"2":{"id":Secret}\n}}\n',
        table(one=PERSON),
        table(**{"1": "Secret"}),
        table(**{"1": PERSON, "2": PERSON}),
        table(**{"1": {**PERSON, "id": None}}),
        table(**{"1": {**PERSON, "surname": 7}}),
        table(**{"1": {"first_name": "Secret"}}),
        b'{"students":{\n"1":{"id":"bd-1","first_name":"Secret","surname":7,"upn":null}\n}}\n',
        orjson.dumps({"students": {"1": PERSON}, "Secret": {}}),
    ],
)
def test_a_damaged_file_of_people_is_refused_and_kept(folder: DataFolder, content: bytes) -> None:
    folder.students.write_bytes(content)
    with open_store(folder, KEYS_AND_STATUS) as store:
        for work in (
            lambda: store.people("students").frame(),
            lambda: store.people("students").get("bd-1"),
            lambda: add_one(store.people("students"), {"surname": "New"}),
            lambda: change_one(store.people("students"), "bd-1", {"surname": "New"}),
            lambda: remove_one(store.people("students"), "bd-1"),
            lambda: store.people("students").apply(students("New")),
        ):
            with pytest.raises(DataFolderError, match=r"students\.json is damaged") as caught:
                work()
            assert "Secret" not in caught.value.message
            assert caught.value.exit_status == 4
    assert folder.students.read_bytes() == content


def test_an_empty_file_means_nobody_only_if_nothing_was_ever_stored(folder: DataFolder) -> None:
    folder.students.touch()
    with open_store(folder, KEYS) as store:
        assert store.people("students").frame().height == 0
        store.people("students").apply(students("One"))
    folder.students.write_bytes(b"")
    with open_store(folder, KEYS) as store, pytest.raises(DataFolderError, match="damaged"):
        store.people("students").frame()


def test_details_that_this_version_does_not_know_are_refused_and_kept(folder: DataFolder) -> None:
    content = table(**{"1": {**PERSON, "allergies": "Secret"}})
    folder.students.write_bytes(content)
    with open_store(folder, KEYS) as store, pytest.raises(DataFolderError, match="is damaged"):
        store.people("students").frame()
    assert folder.students.read_bytes() == content


@pytest.mark.parametrize("content", [b"Secret", b"[]", b'{"settings":{"x":{}}}', b'{"settings":{"1":7}}'])
def test_a_damaged_set_up_file_is_refused_and_kept(folder: DataFolder, content: bytes) -> None:
    folder.setup.write_bytes(content)
    with open_store(folder, KEYS) as store:
        with pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
            store.table("settings").all()
        with pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
            store.table("settings").put("phase", {})
    assert folder.setup.read_bytes() == content


@pytest.mark.parametrize("key", [b"{}", b'{"key":5}', b'{"key":null}'])
def test_a_set_up_document_without_its_key_is_damage(folder: DataFolder, key: bytes) -> None:
    folder.setup.write_bytes(b'{"groups":{"1":' + key + b"}}")
    with open_store(folder, KEYS) as store, pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
        store.table("groups").all()


def three_stored(folder: DataFolder) -> Store:
    """A store into which someone has just been stored three times."""
    with open_store(folder, KEYS) as store:
        add_one(store.people("students"), {"surname": "Zero"})
    store = open_store(folder, KEYS)
    for surname in ("One", "Two", "Three"):
        add_one(store.people("students"), {"surname": surname})
    return store


def first_line_lost(journal: bytes) -> bytes:
    return journal.partition(b"\n")[2]


def middle_line_lost(journal: bytes) -> bytes:
    lines = journal.splitlines(keepends=True)
    return b"".join([*lines[:2], *lines[3:]])


def lines_swapped(journal: bytes) -> bytes:
    lines = journal.splitlines(keepends=True)
    return b"".join([lines[0], lines[2], lines[1], *lines[3:]])


def letter_changed(journal: bytes) -> bytes:
    return journal.replace(b"Two", b"Twp")


def last_letter_changed(journal: bytes) -> bytes:
    return journal.replace(b"Three", b"Thref")


@pytest.mark.parametrize(
    "damage", [first_line_lost, middle_line_lost, lines_swapped, letter_changed, last_letter_changed]
)
def test_with_a_damaged_journal_what_came_before_can_be_read_and_nothing_can_be_stored(
    folder: DataFolder, damage: Callable[[bytes], bytes]
) -> None:
    writer = three_stored(folder)
    journal = folder.path / "journal"
    journal.write_bytes(damage(journal.read_bytes()))
    before = contents(folder.path)
    with open_store(folder, KEYS) as store:
        assert set(store.people("students").frame()["surname"]) <= {"Zero", "One", "Two"}
        with pytest.raises(DataFolderError, match="journal is damaged") as caught:
            add_one(store.people("students"), {"surname": "New"})
        assert "Two" not in caught.value.message
    writer.close()
    assert contents(folder.path) == before


def test_changes_are_not_made_to_a_file_that_they_do_not_belong_to(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store:
        store.people("students").apply(students("One"))
    writer = open_store(folder, KEYS)
    add_one(writer.people("students"), {"surname": "Two"})
    folder.students.write_bytes(b'{"students":{}}')
    before = contents(folder.path)
    with (
        open_store(folder, KEYS) as store,
        pytest.raises(DataFolderError, match=r"students\.json is damaged"),
    ):
        store.people("students").frame()
    assert contents(folder.path) == before


@pytest.mark.parametrize("tail", [b"0123", b'0badc0de [["students"', b"0badc0de [[\0\0\0\0\0\0]]\n"])
def test_a_torn_last_line_is_ignored_and_overwritten(folder: DataFolder, tail: bytes) -> None:
    writer = open_store(folder, KEYS)
    add_one(writer.people("students"), {"surname": "One"})
    with (folder.path / "journal").open("ab") as journal:
        journal.write(tail)
    add_one(writer.people("students"), {"surname": "Two"})
    with open_store(folder, KEYS) as store:
        assert store.people("students").frame()["surname"].to_list() == ["One", "Two"]
    writer.close()


def test_what_a_kill_has_left_is_removed_at_the_next_start(folder: DataFolder) -> None:
    for name in (".students.json.0a.staged", ".journal.0b.tmp"):
        (folder.path / name).write_bytes(b"half")
    open_store(folder, KEYS).close()
    assert not list(folder.path.glob(".*"))
