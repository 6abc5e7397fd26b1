"""Mix-ups of two children in a file, and new children who are easily taken for somebody stored."""

from datetime import date, timedelta
from random import Random

from tests.benchmarks.linking.events import Event, coming, staying, write
from tests.benchmarks.linking.names import ALIKE
from tests.benchmarks.linking.two_years import Entry, Facts, TwoYears
from tests.support.likeness import fold


def _facts(entry: Entry) -> Facts:
    """What is known of a person before the second file, or else from it."""
    return entry.before or entry.row or {}


def _siblings(years: TwoYears, entry: Entry) -> list[Entry]:
    """Others who are stored with a UPN and have the same surname, but not the same first name."""
    first_name, surname = (fold(_facts(entry)[key]) for key in ("first_name", "surname"))
    return [
        other
        for other in years.stored
        if other is not entry
        and _facts(other)["upn"]
        and fold(_facts(other)["surname"]) == surname
        and fold(_facts(other)["first_name"]) != first_name
    ]


def _borrow_upn(entry: Entry, upn: str) -> bool:
    entry.borrowed.add("upn")
    return write(entry, upn=upn)


def _upns_swapped(years: TwoYears, entry: Entry, random: Random) -> bool:
    """Two siblings have each other's UPN."""
    upn = _facts(entry)["upn"]
    staying_ones = [other for other in _siblings(years, entry) if other.row and not other.events]
    if not upn or not staying_ones or (entry.row or {})["upn"] != upn:
        return False
    other = random.choice(staying_ones)
    other.events.append(UPNS_SWAPPED.name)
    return _borrow_upn(other, upn) and _borrow_upn(entry, _facts(other)["upn"])


def _twins_upns_swapped(years: TwoYears, entry: Entry, random: Random) -> bool:
    """Two siblings become twins, of different first names, and have each other's UPN."""
    others = [other for other in _siblings(years, entry) if other.row and not other.events]
    mine = entry.before
    if mine is None or not mine["upn"] or not others:
        return False
    twin = random.choice(others)
    if twin.before is None or twin.row is None:
        return False
    shared = {"date_of_birth": mine["date_of_birth"], "year_group": mine["year_group"]}
    twin.before = twin.before | shared
    twin.row = twin.row | shared | {"year_group": (entry.row or {})["year_group"]}
    twin.events.append(TWINS_SWAPPED.name)
    return _borrow_upn(entry, twin.before["upn"]) and _borrow_upn(twin, mine["upn"])


def _upn_of_sibling_who_left(years: TwoYears, entry: Entry, random: Random) -> bool:
    """A new child is typed with the UPN of a sibling who has left."""
    leavers = [other for other in _siblings(years, entry) if other.has_left]
    return bool(leavers) and _borrow_upn(entry, _facts(random.choice(leavers))["upn"])


def _upn_of_like_sibling_who_left(years: TwoYears, entry: Entry, random: Random) -> bool:
    """Amelia comes with the UPN of her sister Amelie, who has left."""
    leavers = [other for other in _siblings(years, entry) if other.has_left and not other.events]
    if not leavers:
        return False
    sibling, gender = random.choice(leavers), random.choice("FM")
    names = random.choice(ALIKE[gender])
    sibling.before = _facts(sibling) | {"first_name": names[0], "gender": gender}
    sibling.events.append(LIKE_SIBLINGS_UPN.name)
    write(entry, first_name=names[1], gender=gender)
    return _borrow_upn(entry, sibling.before["upn"])


def _upn_of_sibling_who_stays(years: TwoYears, entry: Entry, random: Random) -> bool:
    """A new child is typed with the UPN of a sibling, whose own row has none."""
    others = [other for other in _siblings(years, entry) if other.row and not other.events]
    if not others:
        return False
    sibling = random.choice(others)
    sibling.events.append(SIBLINGS_UPN.name)
    write(sibling, upn="")
    return _borrow_upn(entry, _facts(sibling)["upn"])


def _upn_twice(years: TwoYears, entry: Entry, random: Random) -> bool:
    """A new child is typed with the UPN of a sibling, whose own row has it too."""
    others = [other for other in _siblings(years, entry) if other.row and not other.events]
    if not others:
        return False
    sibling = random.choice(others)
    sibling.events.append(UPN_TWICE.name)
    return _borrow_upn(entry, _facts(sibling)["upn"])


def _upn_of_a_stranger(years: TwoYears, entry: Entry, random: Random) -> bool:
    """A child is typed with the UPN of somebody else, who has left."""
    leavers = [other for other in years.stored if other.has_left and _facts(other)["upn"]]
    return bool(leavers) and _borrow_upn(entry, _facts(random.choice(leavers))["upn"])


def _namesake(years: TwoYears, entry: Entry, random: Random) -> bool:
    """A new child has the name of somebody stored, born on another day."""
    other = _facts(random.choice(years.stored))
    names = {key: other[key] for key in ("first_name", "surname", "gender")}
    apart = date.fromisoformat(other["date_of_birth"]) - date.fromisoformat(_facts(entry)["date_of_birth"])
    return abs(apart) > timedelta(366) and write(entry, **names)


def _same_name_and_birth_date(years: TwoYears, entry: Entry, random: Random) -> bool:
    """A new child has the name and the birth date of somebody stored, and a UPN of its own, as the other has."""
    others = [
        other
        for other in years.stored
        if _facts(other)["upn"][-1:].isdigit() and _facts(other)["year_group"] in _YEARS_OF_COMING
    ]
    if not others or not _facts(entry)["upn"][-1:].isdigit():
        return False
    other = _facts(random.choice(others))
    keys = ("first_name", "surname", "gender", "date_of_birth")
    year = {"year_group": _YEARS_OF_COMING[other["year_group"]]}
    return write(entry, **{key: other[key] for key in keys}, **year)


_YEARS_OF_COMING = {"R": "1", "1": "2", "2": "3", "3": "4", "4": "5", "5": "6"}


def _new_twin(years: TwoYears, entry: Entry, random: Random) -> bool:
    """A new child is the twin of somebody stored."""
    others = [other for other in years.stored if other.row and not other.events]
    twin = random.choice(others)
    row, facts = twin.row or {}, _facts(twin)
    if fold(facts["first_name"]) == fold((entry.row or {})["first_name"]):
        return False
    shared = {key: facts[key] for key in ("surname", "date_of_birth")}
    return write(entry, **shared, year_group=row["year_group"])


def _listed_twice(years: TwoYears, entry: Entry, _random: Random) -> bool:
    """A child has two rows, in two registration groups."""
    row = entry.row or {}
    form, number = row[years.tag].rsplit(" ", 1)
    second = row | {years.tag: f"{form} bis {number}"}
    years.entries.append(Entry(entry.person, None, second, [LISTED_TWICE.name]))
    return True


UPNS_SWAPPED = Event("UPNs of siblings swapped", staying(_upns_swapped))
TWINS_SWAPPED = Event("UPNs of twins swapped", staying(_twins_upns_swapped))
LEFT_SIBLINGS_UPN = Event("joiners with the UPN of a sibling who left", coming(_upn_of_sibling_who_left))
LIKE_SIBLINGS_UPN = Event("joiners with the UPN of an Amelia who left", coming(_upn_of_like_sibling_who_left))
SIBLINGS_UPN = Event("joiners with the UPN of a sibling who stays", coming(_upn_of_sibling_who_stays))
UPN_TWICE = Event("joiners who share a sibling's UPN", coming(_upn_twice))
STRANGERS_UPN = Event("a UPN of somebody else", staying(_upn_of_a_stranger))
NAMESAKES = Event("joiners who are namesakes", coming(_namesake))
SAME_BIRTH_DATE = Event("joiners of the same name and birth date", coming(_same_name_and_birth_date))
NEW_TWINS = Event("joiners who are twins of somebody stored", coming(_new_twin))
LISTED_TWICE = Event("children listed twice", staying(_listed_twice))

OF_UPNS = (
    UPNS_SWAPPED, TWINS_SWAPPED, LEFT_SIBLINGS_UPN, LIKE_SIBLINGS_UPN, SIBLINGS_UPN, UPN_TWICE, STRANGERS_UPN, SAME_BIRTH_DATE,
)  # fmt: skip
"""Mix-ups that need UPNs."""
OF_PEOPLE = (NAMESAKES, NEW_TWINS, LISTED_TWICE)
"""Mix-ups that happen without UPNs as well."""
