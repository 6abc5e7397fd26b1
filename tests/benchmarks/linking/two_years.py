"""A school's people over two years: who is stored, who is in the second year's file, and who each row really is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from tests.benchmarks.linking.population import FIRST_YEAR, LAST_YEAR, children
from tests.benchmarks.truth.rows import HEADINGS, cells_as_csv
from tests.benchmarks.truth.school import TODAY, Pupil, code_of, number_of
from tests.benchmarks.upns import made_up_upn

SECOND_DAY = TODAY.replace(year=TODAY.year + 1)
"""The day on which the second year's file is checked."""
MOVING = 0.02
"""The share of the children who leave in the middle of the school, and the share of those who come."""
RETURNING = 0.005
"""The share of the people stored who have left before the first year, but come back for the second."""

Facts = dict[str, str]
"""What is known or written of a person, by the fields' keys, as it is stored; empty where it is blank."""


@dataclass
class Entry:
    """One person, as far as the two files know them."""

    person: int
    """Who it really is. Both files have this number at the end of a field that linking doesn't look at."""
    before: Facts | None
    """What is stored; None for somebody new."""
    row: Facts | None
    """What the second file says; None for somebody who has left."""
    events: list[str] = field(default_factory=list)
    """What happened between the years."""
    had_left: bool = False
    """Whether the person was stored as somebody who has left before the second file came."""
    id_of: int | None = None
    """The person whose Back:drop ID is in the row; None if there is none."""
    borrowed: set[str] = field(default_factory=set)
    """The keys of those fields in which the row has what belongs to somebody else."""

    @property
    def is_new(self) -> bool:
        """Whether the person is in the second file and not stored."""
        return self.before is None and self.row is not None

    @property
    def has_left(self) -> bool:
        """Whether the person is stored and not in the second file."""
        return self.before is not None and self.row is None


@dataclass
class TwoYears:
    """A school's people in the order of the second file."""

    headings: Mapping[str, str]
    """The headings of both files, by the fields' keys."""
    tag: str
    """The key of the field that ends with the person's number."""
    entries: list[Entry]
    """Everybody. Somebody who is in the file twice has two entries."""
    serial: int = 10**6
    """The number of the last UPN or address that was made up."""

    @property
    def rows(self) -> list[Entry]:
        """The entries that are in the second file, in the order of its rows."""
        return [entry for entry in self.entries if entry.row is not None]

    @property
    def stored(self) -> list[Entry]:
        """The entries that are stored."""
        return [entry for entry in self.entries if entry.before is not None]

    def first_file(self) -> bytes:
        """The file that was imported before, with everybody who is stored."""
        return cells_as_csv(map(_written, filter(None, (e.before for e in self.entries))), self.headings)

    def second_file(self, ids: Mapping[int, str]) -> bytes:
        """The second year's file.

        Args:
            ids: The Back:drop IDs of the people stored, for rows that have one.
        """
        cells = [_written(entry.row) for entry in self.rows if entry.row]
        if all(entry.id_of is None for entry in self.rows):
            return cells_as_csv(cells, self.headings)
        of_rows = ("" if entry.id_of is None else ids.get(entry.id_of, "") for entry in self.rows)
        with_ids = (row | {"id": row_id} for row, row_id in zip(cells, of_rows, strict=True))
        return cells_as_csv(with_ids, {**self.headings, "id": "Back:drop ID"})

    def drop_numbers(self) -> None:
        """Leave the numbers out of both files, so that they have no more different registration groups than a school has."""
        for entry in self.entries:
            for facts in filter(None, (entry.before, entry.row)):
                facts[self.tag] = facts[self.tag].rsplit(" ", 1)[0]

    def person(self, record: Mapping[str, str | None]) -> int:
        """Who wrote a record last: the person whose number is in it."""
        return int(str(record[self.tag]).rsplit(" ", 1)[1])

    def new_number(self) -> int:
        """A number that nobody has had yet."""
        self.serial += 1
        return self.serial

    def new_upn(self) -> str:
        """A permanent UPN that nobody has had yet."""
        upn = made_up_upn(self.new_number())
        return upn if upn[-1].isdigit() else self.new_upn()


def two_years(random: Random, size: int, *, with_upns: bool) -> TwoYears:
    """A primary school over two years with about so many children in each, to whom nothing has happened yet.

    Args:
        random: The dice.
        size: The number of children in a year.
        with_upns: Whether the school's files have UPNs.
    """
    number = round(size * (LAST_YEAR + 2 - FIRST_YEAR) / (LAST_YEAR + 1 - FIRST_YEAR))
    everybody = [pupil if with_upns else replace(pupil, upn=None) for pupil in children(random, number)]
    entries = [_entry(random, person, pupil) for person, pupil in enumerate(everybody)]
    return TwoYears(HEADINGS, "registration_group", entries)


def _entry(random: Random, person: int, pupil: Pupil) -> Entry:
    year = number_of(pupil.year_group) or 0
    chance = random.random()
    comes_later = year < FIRST_YEAR or chance < MOVING
    leaves = year >= LAST_YEAR or MOVING <= chance < 2 * MOVING
    before = facts_of(pupil, person)
    row = before | _in_year(pupil, person, year + 1)
    had_left = chance >= 1 - RETURNING
    if had_left:
        before |= _in_year(pupil, person, year - 1)
    return Entry(
        person,
        None if comes_later else before,
        None if leaves else row,
        had_left=had_left and not comes_later,
    )


def facts_of(pupil: Pupil, person: int) -> Facts:
    """What is stored of a pupil, with the person's number."""
    facts = {key: value or "" for key, value in pupil.stored.items()}
    return facts | {"registration_group": f"{pupil.registration_group} {person}"}


def _in_year(pupil: Pupil, person: int, year: int) -> Facts:
    """The year group and the registration group of a pupil in a year."""
    form = pupil.registration_group.removeprefix(pupil.year_group)
    return {"year_group": code_of(year), "registration_group": f"{code_of(year)}{form} {person}"}


def _written(facts: Facts) -> Facts:
    """What a file says, with its birth date day-first."""
    if not facts.get("date_of_birth"):
        return facts
    return facts | {"date_of_birth": date.fromisoformat(facts["date_of_birth"]).strftime("%d/%m/%Y")}
