"""What happens to the second year's file as a whole, usually in a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.benchmarks.linking.names import SHORT_FORMS
from tests.benchmarks.linking.two_years import Entry, Facts, TwoYears, two_years
from tests.benchmarks.truth.date_damage import swapped
from tests.support.likeness import fold

_OTHER_SCHOOL = 1_000_000
"""Added to the numbers of another school's children."""


@dataclass(frozen=True)
class FileDamage:
    """One way in which a whole file is damaged."""

    name: str
    """What happens, in a few words."""
    hit: Callable[[TwoYears, Random], None]
    """Does it to the rows."""
    finding: str
    """The code of the finding that it must lead to."""
    smallest: int = 0
    """The size of the smallest school in which it must."""


def _facts(entry: Entry) -> Facts:
    return entry.row or {}


def _put(entry: Entry, key: str, value: str, *, borrowed: bool = False) -> None:
    """Write a value in a row, which may be somebody else's."""
    if borrowed and fold(_facts(entry)[key]) != fold(value):
        entry.borrowed.add(key)
    entry.row = _facts(entry) | {key: value}


def slipped(key: str, what: str, rows: int = 1) -> FileDamage:
    """A column whose values are so many rows below (or, if negative, above) those they belong to, from some row on."""

    def hit(years: TwoYears, random: Random) -> None:
        of_file = years.rows
        start = random.randrange(len(of_file) // 3)
        part = of_file[start:]
        values = [_facts(entry)[key] for entry in part]
        moved = [*[""] * rows, *values[:-rows]] if rows > 0 else [*values[-rows:], *[""] * -rows]
        for entry, value in zip(part, moved, strict=True):
            _put(entry, key, value, borrowed=bool(value))

    where = f"{'down' if rows > 0 else 'up'}{f' {abs(rows)} rows' if abs(rows) > 1 else ''}"
    return FileDamage(f"{what} slipped {where}", hit, "column-slipped")


def sorted_alone(key: str, what: str) -> FileDamage:
    """A column that was sorted without the others."""

    def hit(years: TwoYears, _random: Random) -> None:
        of_file = years.rows
        values = sorted(_facts(entry)[key] for entry in of_file)
        for entry, value in zip(of_file, values, strict=True):
            _put(entry, key, value, borrowed=bool(value))

    return FileDamage(f"{what} sorted alone", hit, "column-slipped")


def _export(years: TwoYears, _random: Random) -> None:
    """Make it an export of the people stored, with their Back:drop IDs."""
    for entry in years.rows:
        entry.id_of = entry.person if entry.before else None


def _slip_ids(years: TwoYears, random: Random) -> None:
    """Let the Back:drop IDs of an export slip down a row."""
    _export(years, random)
    of_file = years.rows
    ids = [None, *(entry.id_of for entry in of_file[:-1])]
    for entry, id_of in zip(of_file, ids, strict=True):
        entry.id_of = id_of
        if id_of is not None:
            entry.borrowed.add("id")


def _exchange(years: TwoYears, _random: Random) -> None:
    for entry in years.rows:
        facts = _facts(entry)
        names = {"first_name": facts["surname"], "surname": facts["first_name"]}
        entry.row = facts | names


def _prefer(years: TwoYears, _random: Random) -> None:
    for entry in years.rows:
        name = _facts(entry)["first_name"]
        _put(entry, "first_name", SHORT_FORMS.get(name, name))


def _use_middle_names(years: TwoYears, random: Random) -> None:
    names = [_facts(entry)["first_name"] for entry in years.rows]
    for entry in years.rows:
        _put(entry, "first_name", random.choice(names))


def _swap_dates(share: float) -> Callable[[TwoYears, Random], None]:
    def hit(years: TwoYears, random: Random) -> None:
        for entry in years.rows:
            other = swapped(date.fromisoformat(_facts(entry)["date_of_birth"]))
            if other is not None and random.random() < share:
                _put(entry, "date_of_birth", other.isoformat())

    return hit


def _replace_school(years: TwoYears, random: Random) -> None:
    """Put another school's children in place of everybody."""
    with_upns = any(_facts(entry)["upn"] for entry in years.rows)
    others = two_years(random, len(years.rows), with_upns=with_upns)
    for entry in years.rows:
        entry.row = None
    for entry in others.rows:
        facts = _facts(entry)
        number = entry.person + _OTHER_SCHOOL
        tag = facts[years.tag].rsplit(" ", 1)[0]
        upn = years.new_upn() if facts["upn"] else ""
        years.entries.append(Entry(number, None, facts | {years.tag: f"{tag} {number}", "upn": upn}))


SLIPPED = tuple(
    slipped(key, what, rows)
    for key, what in {
        "upn": "UPNs",
        "surname": "surnames",
        "first_name": "first names",
        "date_of_birth": "birth dates",
    }.items()
    for rows in (1, -1)
)
"""Columns that are a row away from where they belong."""
MOVED = (
    slipped("upn", "UPNs", 3),
    slipped("surname", "surnames", 3),
    sorted_alone("upn", "UPNs"),
    sorted_alone("surname", "surnames"),
    sorted_alone("date_of_birth", "birth dates"),
)
"""Columns that are further away."""
EXCHANGED = FileDamage("first names and surnames exchanged", _exchange, "names-exchanged")
PREFERRED = FileDamage("first names replaced by preferred ones", _prefer, "first-names-alike", smallest=300)
MIDDLE_NAMES = FileDamage("first names replaced by middle ones", _use_middle_names, "column-slipped")
EXPORTED = FileDamage("an export with Back:drop IDs", _export, "")
IDS_SLIPPED = FileDamage("Back:drop IDs slipped down", _slip_ids, "")
DATES_SWAPPED = FileDamage("dates swapped by Excel", _swap_dates(1), "dates-swapped")
SOME_DATES_SWAPPED = FileDamage("a tenth of the dates swapped", _swap_dates(0.1), "")
OTHER_SCHOOL = FileDamage("another school's file", _replace_school, "another-school", smallest=120)

DAMAGES = (
    *SLIPPED,
    *MOVED,
    EXCHANGED,
    PREFERRED,
    MIDDLE_NAMES,
    EXPORTED,
    IDS_SLIPPED,
    DATES_SWAPPED,
    SOME_DATES_SWAPPED,
    OTHER_SCHOOL,
)
"""All that happens to files of children."""
OF_STAFF = (
    slipped("email", "addresses"),
    slipped("surname", "surnames"),
    slipped("first_name", "first names"),
)
"""What happens to files of staff."""
