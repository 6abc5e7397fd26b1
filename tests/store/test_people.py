"""People are kept as they were given."""

from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.errors import PeopleChangedError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_people
from backdrop_tui.store.people import People
from tests.store import KEYS, stock, students


def test_nobody_is_an_empty_frame_with_all_columns(people: People) -> None:
    assert people.frame("students").schema == dict.fromkeys(("id", *KEYS["students"]), pl.String())
    assert people.count("students") == 0


def test_reading_a_missing_folder_finds_nobody_and_creates_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "none")
    with open_people(folder, KEYS) as people:
        assert people.count("students") == 0
        assert people.get("staff", "bd-0000000000000000") is None
    assert not folder.path.exists()


def test_storing_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "none")
    with open_people(folder, KEYS) as people, pytest.raises(DataFolderError, match="doesn't exist"):
        people.add_one("students", {"surname": "Smith"})
    assert not folder.path.exists()


def test_a_new_person_gets_an_id_that_no_upn_looks_like(people: People) -> None:
    person_id = people.add_one("students", {"surname": "O'Brien"})
    assert person_id.startswith("bd-")
    assert len(person_id) == 19
    assert people.get("students", person_id) == {
        "id": person_id,
        "first_name": None,
        "surname": "O'Brien",
        "upn": None,
    }


def test_a_change_leaves_the_other_keys(people: People) -> None:
    person_id = people.add_one("students", {"first_name": "Zoë", "surname": "Smith"})
    people.change_one("students", person_id, {"id": "ignored", "surname": "Jones"})
    assert people.frame("students").rows() == [(person_id, "Zoë", "Jones", None)]


def test_a_person_who_is_removed_is_no_longer_stored(people: People) -> None:
    person_id = people.add_one("staff", {"surname": "Smith"})
    people.remove_one("staff", person_id)
    assert people.count("staff") == 0
    with pytest.raises(PeopleChangedError):
        people.change_one("staff", person_id, {"surname": "Jones"})
    with pytest.raises(PeopleChangedError):
        people.remove_one("staff", person_id)


@pytest.mark.parametrize("person", [{"surnam": "Smith"}, {"surname": 7}])
def test_unknown_keys_and_values_that_are_not_text_are_refused(
    people: People, person: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="text in id, first_name"):
        people.add_one("students", person)
    assert people.count("students") == 0


def test_many_changes_are_stored_together(people: People) -> None:
    one, two, three = people.apply("students", added=students("One", "Two", "Three"))
    changed = people.frame("students").filter(id=two).with_columns(surname=pl.lit("Zwei"))
    (four,) = people.apply("students", students("Four"), changed, [one])
    assert people.frame("students")["id"].to_list() == [two, three, four]
    assert people.frame("students")["surname"].to_list() == ["Zwei", "Three", "Four"]


def test_single_and_bulk_changes_follow_each_other(people: People) -> None:
    (one,) = people.apply("students", students("One"))
    two = people.add_one("students", {"surname": "Two"})
    people.change_one("students", one, {"surname": "Eins"})
    people.apply("students", students("Three"))
    people.remove_one("students", two)
    assert people.frame("students")["surname"].to_list() == ["Eins", "Three"]


def test_a_removal_is_undone_with_the_same_ids(people: People) -> None:
    one, two = people.apply("students", students("One", "Two"))
    before = people.frame("students")
    people.apply("students", removed=[one, two])
    assert people.apply("students", added=before).to_list() == [one, two]
    assert people.frame("students").equals(before)


def test_people_with_an_id_and_people_without_are_added_together(people: People) -> None:
    given = students("One", "Two").with_columns(id=pl.Series(["bd-00000000000000aa", None]))
    old, new = people.apply("students", given)
    assert old == "bd-00000000000000aa"
    assert new.startswith("bd-")


def test_changes_that_no_longer_apply_are_refused_as_a_whole(people: People) -> None:
    one, two = people.apply("students", students("One", "Two"))
    before = people.frame("students")
    people.remove_one("students", two)
    stored = people.frame("students")
    with pytest.raises(PeopleChangedError, match="no longer"):
        people.apply("students", students("New"), before.with_columns(surname=pl.lit("X")))
    with pytest.raises(PeopleChangedError, match="no longer"):
        people.apply("students", students("New"), removed=[one, two])
    with pytest.raises(PeopleChangedError, match="already"):
        people.apply("students", before)
    assert people.frame("students").equals(stored)


def test_nobody_is_changed_twice_at_once(people: People) -> None:
    people.apply("students", students("One"))
    frame = people.frame("students")
    with pytest.raises(ValueError, match="twice"):
        people.apply("students", changed=pl.concat([frame, frame]))


def test_changes_based_on_an_older_version_are_refused(people: People) -> None:
    version = people.version("students")
    people.apply("students", students("One"), based_on=version)
    with pytest.raises(PeopleChangedError, match="just been changed"):
        people.apply("students", students("Two"), based_on=version)
    assert people.count("students") == 1


def test_the_version_differs_only_after_a_change(people: People) -> None:
    people.apply("students", students("One"))
    version = people.version("students")
    people.frame("students")
    assert people.version("students") == version
    people.add_one("students", {"surname": "Two"})
    assert people.version("students") != version


def test_published_tinydb_finds_one_document_a_person_after_closing(folder: DataFolder) -> None:
    with open_people(folder, KEYS) as people:
        people.apply("students", students('"Quoted"', "Ünïcode\u2028", "back\\slash"))
        people.add_one("students", {"surname": "Last"})
        people.add_one("staff", {"surname": "Head", "email": "head@example.org"})
        frames = {kind: people.frame(kind).to_dicts() for kind in KEYS}
    assert sorted(path.name for path in folder.path.iterdir() if path.suffix != ".lock") == [
        "staff.json",
        "students.json",
    ]
    for kind, expected in frames.items():
        assert stock(folder.people(kind), kind) == expected


def test_what_published_tinydb_has_written_is_read(folder: DataFolder) -> None:
    import tinydb  # noqa: PLC0415 - only the store knows it

    with tinydb.TinyDB(folder.students) as database:
        database.table("students").insert({"id": "bd-1", "first_name": "Zoë", "surname": "Smith"})
    with open_people(folder, KEYS) as people:
        assert people.frame("students").rows() == [("bd-1", "Zoë", "Smith", None)]
        people.change_one("students", "bd-1", {"upn": "R201100018042"})
    assert stock(folder.students, "students")[0]["upn"] == "R201100018042"


def test_opened_for_reading_only_nothing_is_written(folder: DataFolder) -> None:
    with open_people(folder, KEYS, read_only=True) as people:
        assert people.count("students") == 0
        with pytest.raises(DataFolderError, match="reading only"):
            people.add_one("students", {"surname": "Smith"})
    assert not list(folder.path.iterdir())
