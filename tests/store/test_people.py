"""Whatever the engine, people are kept as they were given."""

import polars as pl
import pytest

from backdrop_tui.store.errors import PeopleChangedError
from backdrop_tui.store.port import Store
from tests.store import KEYS, students
from tests.support.one_person import add_one, change_one, remove_one


def test_nobody_is_an_empty_frame_with_all_columns(store: Store) -> None:
    assert store.people("students").frame().schema == dict.fromkeys(("id", *KEYS["students"]), pl.String())
    assert store.people("students").frame().height == 0


def test_a_new_person_gets_an_id_that_no_upn_looks_like(store: Store) -> None:
    person_id = add_one(store.people("students"), {"surname": "O'Brien"})
    assert person_id.startswith("bd-")
    assert len(person_id) == 19
    assert store.people("students").get(person_id) == {
        "id": person_id,
        "first_name": None,
        "surname": "O'Brien",
        "upn": None,
    }


def test_a_change_leaves_the_other_keys(store: Store) -> None:
    person_id = add_one(store.people("students"), {"first_name": "Zoë", "surname": "Smith"})
    change_one(store.people("students"), person_id, {"surname": "Jones"})
    assert store.people("students").frame().rows() == [(person_id, "Zoë", "Jones", None)]


def test_a_person_who_is_removed_is_no_longer_stored(store: Store) -> None:
    person_id = add_one(store.people("staff"), {"surname": "Smith"})
    remove_one(store.people("staff"), person_id)
    assert store.people("staff").frame().height == 0
    with pytest.raises(PeopleChangedError):
        change_one(store.people("staff"), person_id, {"surname": "Jones"})
    with pytest.raises(PeopleChangedError):
        remove_one(store.people("staff"), person_id)


def test_many_changes_are_stored_together(store: Store) -> None:
    one, two, three = store.people("students").apply(added=students("One", "Two", "Three"))
    changed = store.people("students").frame().filter(id=two).with_columns(surname=pl.lit("Zwei"))
    (four,) = store.people("students").apply(students("Four"), changed, [one])
    assert store.people("students").frame()["id"].to_list() == [two, three, four]
    assert store.people("students").frame()["surname"].to_list() == ["Zwei", "Three", "Four"]


def test_single_and_bulk_changes_follow_each_other(store: Store) -> None:
    (one,) = store.people("students").apply(students("One"))
    two = add_one(store.people("students"), {"surname": "Two"})
    change_one(store.people("students"), one, {"surname": "Eins"})
    store.people("students").apply(students("Three"))
    remove_one(store.people("students"), two)
    assert store.people("students").frame()["surname"].to_list() == ["Eins", "Three"]


def test_after_single_changes_everyone_is_in_one_piece_again(store: Store) -> None:
    one, two, _ = store.people("students").apply(added=students("One", "Two", "Three"))
    change_one(store.people("students"), two, {"surname": "Zwei"})
    change_one(store.people("students"), one, {"surname": "Eins"})
    people = store.people("students").frame()
    assert people["surname"].to_list() == ["Eins", "Zwei", "Three"]
    assert people.n_chunks() == 1


def test_a_removal_is_undone_with_the_same_ids(store: Store) -> None:
    one, two = store.people("students").apply(students("One", "Two"))
    before = store.people("students").frame()
    store.people("students").apply(removed=[one, two])
    assert store.people("students").apply(added=before).to_list() == [one, two]
    assert store.people("students").frame().equals(before)


def test_people_with_an_id_and_people_without_are_added_together(store: Store) -> None:
    given = students("One", "Two").with_columns(id=pl.Series(["bd-00000000000000aa", None]))
    old, new = store.people("students").apply(given)
    assert old == "bd-00000000000000aa"
    assert new.startswith("bd-")


def test_changes_that_no_longer_apply_are_refused_as_a_whole(store: Store) -> None:
    one, two = store.people("students").apply(students("One", "Two"))
    before = store.people("students").frame()
    remove_one(store.people("students"), two)
    stored = store.people("students").frame()
    with pytest.raises(PeopleChangedError, match="no longer"):
        store.people("students").apply(students("New"), before.with_columns(surname=pl.lit("X")))
    with pytest.raises(PeopleChangedError, match="no longer"):
        store.people("students").apply(students("New"), removed=[one, two])
    with pytest.raises(PeopleChangedError, match="already"):
        store.people("students").apply(before)
    assert store.people("students").frame().equals(stored)


def test_nobody_is_changed_twice_at_once(store: Store) -> None:
    store.people("students").apply(students("One"))
    frame = store.people("students").frame()
    with pytest.raises(ValueError, match="twice"):
        store.people("students").apply(changed=pl.concat([frame, frame]))


def test_the_version_differs_only_after_a_change(store: Store) -> None:
    store.people("students").apply(students("One"))
    version = store.people("students").version()
    store.people("students").frame()
    assert store.people("students").version() == version
    add_one(store.people("students"), {"surname": "Two"})
    assert store.people("students").version() != version
