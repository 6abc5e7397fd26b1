"""One person added, changed or removed; the program itself always stores frames."""

import polars as pl

from backdrop_tui.store.port import People, Person
from backdrop_tui.store.tinydb.people import TinyPeople
from tests.support.memory_store import MemoryPeople


def add_one(people: People, person: Person) -> str:
    """Store a new person; keys that are left out get None. Returns the person's id."""
    assert isinstance(people, TinyPeople | MemoryPeople)
    return str(people.apply(pl.DataFrame([person], schema=dict.fromkeys(people.keys, pl.String))).item())


def change_one(people: People, person_id: str, changes: Person) -> None:
    """Change a person's values for some keys, and leave the others."""
    assert isinstance(people, TinyPeople | MemoryPeople)
    person = {**(people.get(person_id) or {"id": person_id}), **changes}
    people.apply(changed=pl.DataFrame([person], schema=dict.fromkeys(people.keys, pl.String)))


def remove_one(people: People, person_id: str) -> None:
    """Remove a person."""
    people.apply(removed=[person_id])
