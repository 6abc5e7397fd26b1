"""A school's staff over two years, and what happens to them and to their addresses."""

from dataclasses import replace
from random import Random

from tests.benchmarks.linking.changes import NEW_SURNAME, SHORT_OR_LONG, SPELLING, other_surname
from tests.benchmarks.linking.events import Event, Happening, coming, staying, write
from tests.benchmarks.linking.names import MANY_COUNTRIES
from tests.benchmarks.linking.two_years import Entry, Facts, TwoYears
from tests.benchmarks.truth.school import Pupil, SchoolType, made_up_school
from tests.support.likeness import fold, is_like

HEADINGS = {
    "first_name": "Forename",
    "surname": "Surname",
    "job_role": "Job Title",
    "user_group": "User Group",
    "email": "Work Email",
}
"""The headings of the files, by the fields' keys."""
MOVING = 0.1
"""The share of the staff who leave each year, and the share of those who come."""
_ROLES = {"Class Teacher": "Teachers", "Teaching Assistant": "TAs", "Office Administrator": "Admin Team"}
_SCHOOL = SchoolType(countries=MANY_COUNTRIES)


def staff_years(random: Random, size: int, *, with_addresses: bool) -> TwoYears:
    """A school's staff over two years, about so many in each, to whom nothing has happened yet. No two share a name.

    Args:
        random: The dice.
        size: The number of staff in a year.
        with_addresses: Whether the school's files have their e-mail addresses.
    """
    people = made_up_school(random, round(size * (1 + MOVING)), _SCHOOL)
    by_name = {(fold(person.first_name), fold(person.surname)): person for person in people}
    entries = []
    for number, person in enumerate(by_name.values()):
        facts = _facts_of(random, person, number, with_address=with_addresses)
        chance = random.random()
        before = None if chance < MOVING else facts
        entries.append(Entry(number, before, None if MOVING <= chance < 2 * MOVING else dict(facts)))
    return TwoYears(HEADINGS, "job_role", entries)


def _facts_of(random: Random, person: Pupil, number: int, *, with_address: bool) -> Facts:
    role = random.choice(list(_ROLES))
    return {
        "first_name": person.first_name,
        "surname": person.surname,
        "job_role": f"{role} {number}",
        "user_group": _ROLES[role],
        "email": _address(person.surname, number) if with_address else "",
    }


def _address(surname: str, number: int) -> str:
    letters = "".join(letter for letter in fold(surname) if letter.isascii() and letter.isalpha())
    return f"{letters or 'staff'}.{number}@hilltop.sch.uk"


def _new_address(years: TwoYears, entry: Entry, _random: Random) -> bool:
    row = entry.row or {}
    return bool(row["email"]) and write(entry, email=_address(row["surname"], years.new_number()))


def _new_surname_and_address(years: TwoYears, entry: Entry, random: Random) -> bool:
    surname = other_surname(random, entry)
    return bool((entry.row or {})["email"]) and write(
        entry, surname=surname, email=_address(surname, years.new_number())
    )


def _first_address(_years: TwoYears, entry: Entry, _random: Random) -> bool:
    if entry.before is None or not entry.before["email"]:
        return False
    entry.before = entry.before | {"email": ""}
    return True


def _no_address(_years: TwoYears, entry: Entry, _random: Random) -> bool:
    return write(entry, email="")


def _predecessors_address(*, of_spouse: bool) -> Happening:
    """Someone new has the address of someone who has left, with an unlike first name."""

    def happen(years: TwoYears, entry: Entry, random: Random) -> bool:
        row = entry.row or {}
        leavers = [
            other
            for other in years.stored
            if other.before
            and other.has_left
            and other.before["email"]
            and not is_like(other.before["first_name"], row["first_name"])
        ]
        if not leavers:
            return False
        before = random.choice(leavers).before or {}
        entry.borrowed.add("email")
        surname = before["surname"] if of_spouse else row["surname"]
        return write(entry, email=before["email"], surname=surname)

    return happen


def _addresses_swapped(years: TwoYears, entry: Entry, random: Random) -> bool:
    """Two colleagues have each other's address."""
    row = entry.row or {}
    others = [
        other
        for other in years.stored
        if other.row
        and other is not entry
        and not other.events
        and other.row["email"]
        and not is_like(other.row["first_name"], row["first_name"])
    ]
    if not others or not row["email"]:
        return False
    other = random.choice(others)
    other.events.append(ADDRESSES_SWAPPED.name)
    address = (other.row or {})["email"]
    for person, borrowed in ((other, row["email"]), (entry, address)):
        person.borrowed.add("email")
        write(person, email=borrowed)
    return True


def _namesake(years: TwoYears, entry: Entry, random: Random) -> bool:
    """Someone new has the name of someone who stays."""
    others = [other.before for other in years.stored if other.before and other.row and not other.events]
    other = random.choice(others)
    return write(entry, first_name=other["first_name"], surname=other["surname"])


def _listed_twice(years: TwoYears, entry: Entry, _random: Random) -> bool:
    """Someone has two rows, one for each job."""
    second = (entry.row or {}) | {"job_role": f"Midday Supervisor {entry.person}", "email": ""}
    years.entries.append(Entry(entry.person, None, second, [LISTED_TWICE.name]))
    return True


NEW_ADDRESS = Event("staff: another address", staying(_new_address), 0.01)
NEW_SURNAME_AND_ADDRESS = Event(
    "staff: a new surname and a new address", staying(_new_surname_and_address), 0.01, is_aside=True
)
FIRST_ADDRESS = Event("staff: an address for the first time", staying(_first_address), 0.02)
NO_ADDRESS = Event("staff: no address any more", staying(_no_address), 0.01)
SPOUSES_ADDRESS = Event(
    "staff: joiners with their spouse's address", coming(_predecessors_address(of_spouse=True))
)
PREDECESSORS_ADDRESS = Event(
    "staff: joiners with a predecessor's address", coming(_predecessors_address(of_spouse=False))
)
ADDRESSES_SWAPPED = Event("staff: addresses swapped", staying(_addresses_swapped))
NAMESAKES = Event("staff: joiners who are namesakes", coming(_namesake))
LISTED_TWICE = Event("staff: listed twice", staying(_listed_twice))

SPELT_OTHERWISE = replace(SPELLING, name=f"staff: {SPELLING.name}")
OF_NAMES = tuple(replace(event, name=f"staff: {event.name}") for event in (NEW_SURNAME, SHORT_OR_LONG))
"""Changes of names, after which only an address can tell who it is."""
OF_ADDRESSES = (NEW_ADDRESS, NEW_SURNAME_AND_ADDRESS, FIRST_ADDRESS, NO_ADDRESS)
"""What happens to addresses that belong to the person."""
MIX_UPS = (SPOUSES_ADDRESS, PREDECESSORS_ADDRESS, ADDRESSES_SWAPPED)
"""Addresses that belong to somebody else."""
OF_PEOPLE = (NAMESAKES, LISTED_TWICE)
"""Mix-ups that happen without addresses as well."""
