"""Damage is reported, and damaged files are left exactly as they are."""

from collections.abc import Callable

import orjson
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_people, open_setup
from tests.store import KEYS, contents, students

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
    with open_people(folder, KEYS) as people:
        for work in (
            lambda: people.frame("students"),
            lambda: people.get("students", "bd-1"),
            lambda: people.add_one("students", {"surname": "New"}),
            lambda: people.change_one("students", "bd-1", {"surname": "New"}),
            lambda: people.remove_one("students", "bd-1"),
            lambda: people.apply("students", students("New")),
        ):
            with pytest.raises(DataFolderError, match=r"students\.json is damaged") as caught:
                work()
            assert "Secret" not in caught.value.message
            assert caught.value.exit_status == 4
    assert contents(folder.path) == {"students.json": content}


def test_an_empty_file_means_nobody_only_if_nothing_was_ever_stored(folder: DataFolder) -> None:
    folder.students.touch()
    with open_people(folder, KEYS) as people:
        assert people.count("students") == 0
        people.apply("students", students("One"))
    folder.students.write_bytes(b"")
    with open_people(folder, KEYS) as people, pytest.raises(DataFolderError, match="damaged"):
        people.count("students")


def test_details_that_this_version_does_not_know_are_refused_and_kept(folder: DataFolder) -> None:
    content = table(**{"1": {**PERSON, "allergies": "Secret"}})
    folder.students.write_bytes(content)
    with open_people(folder, KEYS) as people, pytest.raises(DataFolderError, match="newer"):
        people.frame("students")
    assert folder.students.read_bytes() == content


@pytest.mark.parametrize("content", [b"Secret", b"[]", b'{"settings":{"x":{}}}', b'{"settings":{"1":7}}'])
def test_a_damaged_set_up_file_is_refused_and_kept(folder: DataFolder, content: bytes) -> None:
    folder.setup.write_bytes(content)
    with open_setup(folder) as setup:
        with pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
            setup.table("settings").all()
        with pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
            setup.table("settings").put("phase", {})
    assert contents(folder.path) == {"setup.json": content}


@pytest.mark.parametrize("key", [b"{}", b'{"key":5}', b'{"key":null}'])
def test_a_set_up_document_without_its_key_is_damage(folder: DataFolder, key: bytes) -> None:
    folder.setup.write_bytes(b'{"groups":{"1":' + key + b"}}")
    with open_setup(folder) as setup, pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
        setup.table("groups").all()


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
def test_a_damaged_journal_is_refused_and_kept(folder: DataFolder, damage: Callable[[bytes], bytes]) -> None:
    writer = open_people(folder, KEYS)
    for surname in ("One", "Two", "Three"):
        writer.add_one("students", {"surname": surname})
    journal = folder.path / "students.json.journal"
    journal.write_bytes(damage(journal.read_bytes()))
    before = contents(folder.path)
    with open_people(folder, KEYS) as people:
        with pytest.raises(DataFolderError, match="journal") as caught:
            people.frame("students")
        assert "Two" not in caught.value.message
        with pytest.raises(DataFolderError, match="journal"):
            people.add_one("students", {"surname": "New"})
    writer.close()
    assert contents(folder.path) == before


def test_a_journal_of_another_snapshot_is_refused_and_kept(folder: DataFolder) -> None:
    writer = open_people(folder, KEYS)
    writer.apply("students", students("One"))
    writer.add_one("students", {"surname": "Two"})
    folder.students.write_bytes(b'{"students":{}}')
    before = contents(folder.path)
    with open_people(folder, KEYS) as people, pytest.raises(DataFolderError, match="same backup"):
        people.frame("students")
    writer.close()
    assert contents(folder.path) == before


@pytest.mark.parametrize("tail", [b"0123", b'0badc0de [["students"', b"0badc0de [[\0\0\0\0\0\0]]\n"])
def test_a_torn_last_line_is_ignored_and_overwritten(folder: DataFolder, tail: bytes) -> None:
    writer = open_people(folder, KEYS)
    writer.add_one("students", {"surname": "One"})
    with (folder.path / "students.json.journal").open("ab") as journal:
        journal.write(tail)
    writer.add_one("students", {"surname": "Two"})
    with open_people(folder, KEYS) as people:
        assert people.frame("students")["surname"].to_list() == ["One", "Two"]
    writer.close()


def test_temporary_files_are_removed_at_the_next_start(folder: DataFolder) -> None:
    for name in (".students.json.0a.tmp", ".students.json.journal.0b.tmp", ".setup.json.0c.tmp"):
        (folder.path / name).write_bytes(b"half")
    open_people(folder, KEYS).close()
    open_setup(folder).close()
    assert contents(folder.path) == {}
