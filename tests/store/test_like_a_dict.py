"""Whatever is done in whatever order, the store has the people that a plain dict would have."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from tests.store import KEYS, stock
from tests.support.one_person import add_one, change_one, remove_one

if TYPE_CHECKING:
    from backdrop_tui.store.port import Store

COLUMNS = ("id", *KEYS["students"])
values = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
persons = st.fixed_dictionaries(dict.fromkeys(KEYS["students"], values))
Row = dict[str, str | None]


def frame(rows: list[Row], columns: tuple[str, ...]) -> pl.DataFrame:
    """Rows as the store takes them."""
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))


class LikeADict(RuleBasedStateMachine):
    """Two openers of one folder, and a dict."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.folder = DataFolder(Path(self.place.name) / "data")
        self.folder.create()
        self.openers: list[Store] = [open_store(self.folder, KEYS) for _ in range(2)]
        self.model: dict[str, Row] = {}

    def some_people(self, data: st.DataObject) -> list[str]:
        """The ids of some of the people stored."""
        return data.draw(st.lists(st.sampled_from(sorted(self.model)), unique=True)) if self.model else []

    @rule(person=persons, who=st.integers(0, 1))
    def add(self, person: Row, who: int) -> None:
        """Add one person."""
        person_id = add_one(self.openers[who].people("students"), person)
        self.model[person_id] = {"id": person_id, **person}

    @rule(data=st.data(), person=persons, who=st.integers(0, 1))
    def change(self, data: st.DataObject, person: Row, who: int) -> None:
        """Change one person's values for all keys."""
        for person_id in self.some_people(data)[:1]:
            change_one(self.openers[who].people("students"), person_id, person)
            self.model[person_id] = {"id": person_id, **person}

    @rule(data=st.data(), who=st.integers(0, 1))
    def remove(self, data: st.DataObject, who: int) -> None:
        """Remove one person."""
        for person_id in self.some_people(data)[:1]:
            remove_one(self.openers[who].people("students"), person_id)
            del self.model[person_id]

    @rule(data=st.data(), added=st.lists(persons, max_size=3), who=st.integers(0, 1))
    def apply(self, data: st.DataObject, added: list[Row], who: int) -> None:
        """Make many changes at once."""
        ids_to_change = self.some_people(data)
        half = len(ids_to_change) // 2
        removed, changed = ids_to_change[:half], ids_to_change[half:]
        rows: list[Row] = [{"id": person_id, **data.draw(persons)} for person_id in changed]
        ids = (
            self.openers[who]
            .people("students")
            .apply(frame(added, KEYS["students"]), frame(rows, COLUMNS), removed)
        )
        for person_id in removed:
            del self.model[person_id]
        self.model |= {str(row["id"]): row for row in rows}
        self.model |= {person_id: {"id": person_id, **row} for person_id, row in zip(ids, added, strict=True)}

    @rule()
    def reopen(self) -> None:
        """Close, see that TinyDB as it is published finds the same people, and open again."""
        for store in self.openers:
            store.close()
        if self.folder.students.exists():
            assert stock(self.folder.students, "students") == list(self.model.values())
        self.openers = [open_store(self.folder, KEYS) for _ in range(2)]

    @rule(who=st.integers(0, 1))
    def open_again_as_after_a_kill(self, who: int) -> None:
        """Open without having closed."""
        self.openers[who] = open_store(self.folder, KEYS)

    @rule(size=st.integers(1, 60))
    def tear_the_journal(self, size: int) -> None:
        """What a kill leaves in the middle of a change."""
        journal = self.folder.path / "journal"
        if journal.exists():
            with journal.open("ab") as file:
                file.write(b'0123abcd {"changes":{"students.json":[["students",1,{"id":"bd-'[:size])

    @rule()
    def leave_a_temporary_file(self) -> None:
        """What a kill leaves in the middle of a snapshot."""
        (self.folder.path / ".students.json.0.staged").write_bytes(b"{")

    @invariant()
    def the_same_people(self) -> None:
        """Frames and single people agree with the dict."""
        for store in self.openers:
            assert store.people("students").frame().to_dicts() == list(self.model.values())
        for person_id, person in self.model.items():
            assert self.openers[0].people("students").get(person_id) == person

    def teardown(self) -> None:
        """Nothing is left over in the end."""
        for store in self.openers:
            store.close()
        assert not list(self.folder.path.glob(".*.staged"))
        self.place.cleanup()


TestLikeADict = LikeADict.TestCase
TestLikeADict.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
