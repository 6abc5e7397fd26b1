"""Changes of what is true of a child, or of how it is written, between two years."""

import unicodedata
from datetime import date, timedelta
from random import Random

from tests.benchmarks.linking.events import Event, staying, write
from tests.benchmarks.linking.names import MANY_COUNTRIES, SHORT_FORMS
from tests.benchmarks.linking.two_years import Entry, Facts, TwoYears
from tests.benchmarks.truth.date_damage import swapped
from tests.benchmarks.upns import LETTERS, with_check_letter
from tests.support.likeness import fold, is_like

_LONG_FORMS = {short: name for name, short in SHORT_FORMS.items()}
_MOST_DAYS_OUT = 31


def _row(entry: Entry) -> Facts:
    return entry.row or {}


def other_surname(random: Random, entry: Entry) -> str:
    """A surname that isn't the one in a person's row."""
    country = random.choice(MANY_COUNTRIES)
    others = [name for name in country.surnames if fold(name) != fold(_row(entry)["surname"])]
    return random.choice(others)


def _new_surname(_years: TwoYears, entry: Entry, random: Random) -> bool:
    return write(entry, surname=other_surname(random, entry))


def _second_surname(_years: TwoYears, entry: Entry, random: Random) -> bool:
    return write(entry, surname=f"{_row(entry)['surname']}-{other_surname(random, entry)}")


def _without_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _spelling(name: str, random: Random) -> str:
    """Another spelling of a name, which is the same once folded."""
    spellings = [
        _without_accents(name),
        name.replace("-", " "),
        name.replace(" ", "-"),
        name.replace("'", ""),
        name.upper(),
    ]
    others = [spelling for spelling in spellings if spelling != name and fold(spelling) == fold(name)]
    return random.choice(others) if others else name


def _spelt_otherwise(_years: TwoYears, entry: Entry, random: Random) -> bool:
    row = _row(entry)
    key = random.choice(["first_name", "surname"])
    return write(entry, **{key: _spelling(row[key], random)})


def _short_or_long(_years: TwoYears, entry: Entry, _random: Random) -> bool:
    name = _row(entry)["first_name"]
    other = SHORT_FORMS.get(name) or _LONG_FORMS.get(name)
    return other is not None and write(entry, first_name=other)


def _other_first_name(_years: TwoYears, entry: Entry, random: Random) -> bool:
    row = _row(entry)
    country = random.choice(MANY_COUNTRIES)
    names = country.boys if row["gender"] == "M" else country.girls
    return write(
        entry, first_name=random.choice([name for name in names if not is_like(name, row["first_name"])])
    )


def _born(entry: Entry) -> date:
    return date.fromisoformat(_row(entry)["date_of_birth"])


def _day_swapped(_years: TwoYears, entry: Entry, _random: Random) -> bool:
    day = swapped(_born(entry))
    return day is not None and write(entry, date_of_birth=day.isoformat())


def _digit_out(_years: TwoYears, entry: Entry, random: Random) -> bool:
    """Another digit in the day or the month: a year would no longer belong to the year group."""
    born = _born(entry)
    days = [_replaced(born, day=born.day // 10 * 10 + digit) for digit in range(10)]
    months = [_replaced(born, month=born.month // 10 * 10 + digit) for digit in range(10)]
    others = [day for day in (*days, *months) if day is not None and day != born]
    return write(entry, date_of_birth=random.choice(others).isoformat())


def _replaced(born: date, **parts: int) -> date | None:
    try:
        return born.replace(**parts)
    except ValueError:
        return None


def _days_out(_years: TwoYears, entry: Entry, random: Random) -> bool:
    days = random.randrange(1, _MOST_DAYS_OUT + 1) * random.choice([-1, 1])
    return write(entry, date_of_birth=(_born(entry) + timedelta(days)).isoformat())


def _other_gender(_years: TwoYears, entry: Entry, _random: Random) -> bool:
    other = {"M": "F", "F": "M", "": ""}
    return write(entry, gender=other[_row(entry)["gender"]])


def _is_permanent(upn: str) -> bool:
    return upn[-1:].isdigit()


def _first_upn(_years: TwoYears, entry: Entry, _random: Random) -> bool:
    """The child has no UPN yet in the year before."""
    if entry.before is None or not _is_permanent(entry.before["upn"]):
        return False
    entry.before |= {"upn": ""}
    return True


def _permanent_for_temporary(years: TwoYears, entry: Entry, _random: Random) -> bool:
    if entry.before is None or not _is_permanent(entry.before["upn"]):
        return False
    entry.before |= {"upn": _temporary_upn(years)}
    return True


def _temporary_for_permanent(years: TwoYears, entry: Entry, _random: Random) -> bool:
    return _is_permanent(_row(entry)["upn"]) and write(entry, upn=_temporary_upn(years))


def _other_temporary(years: TwoYears, entry: Entry, _random: Random) -> bool:
    if entry.before is None or not entry.before["upn"]:
        return False
    entry.before |= {"upn": _temporary_upn(years)}
    return write(entry, upn=_temporary_upn(years))


def _temporary_upn(years: TwoYears) -> str:
    number = years.new_number()
    return with_check_letter(f"8012{number % 10**7:07}{LETTERS[number % len(LETTERS)]}")


def _blank_upn(_years: TwoYears, entry: Entry, _random: Random) -> bool:
    return write(entry, upn="")


def _corrected_upn(years: TwoYears, entry: Entry, _random: Random) -> bool:
    return _is_permanent(_row(entry)["upn"]) and write(entry, upn=years.new_upn())


def _adopted(years: TwoYears, entry: Entry, random: Random) -> bool:
    if not _is_permanent(_row(entry)["upn"]):
        return False
    return write(entry, surname=other_surname(random, entry), upn=years.new_upn())


NEW_SURNAME = Event("a new surname", staying(_new_surname), 0.012)
SECOND_SURNAME = Event("a second surname", staying(_second_surname), 0.003)
SPELLING = Event("another spelling", staying(_spelt_otherwise), 0.01)
SHORT_OR_LONG = Event("a short or long form of the first name", staying(_short_or_long), 0.01, is_aside=True)
OTHER_FIRST_NAME = Event("another first name", staying(_other_first_name), 0.003)
DAY_SWAPPED = Event("day and month of the birth date corrected", staying(_day_swapped), 0.0015)
DIGIT_OUT = Event("a digit of the birth date corrected", staying(_digit_out), 0.0015)
DAYS_OUT = Event("the birth date corrected by some days", staying(_days_out), 0.001)
OTHER_GENDER = Event("the gender corrected", staying(_other_gender), 0.002)
FIRST_UPN = Event("a UPN for the first time", staying(_first_upn), 0.01)
PERMANENT_UPN = Event("a permanent UPN after a temporary one", staying(_permanent_for_temporary), 0.005)
TEMPORARY_UPN = Event(
    "a temporary UPN instead of the permanent one", staying(_temporary_for_permanent), 0.001
)
OTHER_TEMPORARY = Event("another temporary UPN", staying(_other_temporary), 0.001)
BLANK_UPN = Event("no UPN any more", staying(_blank_upn), 0.003)
CORRECTED_UPN = Event("another permanent UPN", staying(_corrected_upn), 0.002)
ADOPTED = Event("a new UPN and a new surname", staying(_adopted), 0.0005, is_aside=True)

OF_NAMES = (NEW_SURNAME, SECOND_SURNAME, SPELLING, SHORT_OR_LONG, OTHER_FIRST_NAME)
"""Changes of names."""
OF_FACTS = (DAY_SWAPPED, DIGIT_OUT, DAYS_OUT, OTHER_GENDER)
"""Corrections of birth dates and genders."""
OF_UPNS = (
    FIRST_UPN, PERMANENT_UPN, TEMPORARY_UPN, OTHER_TEMPORARY, BLANK_UPN, CORRECTED_UPN, ADOPTED,
)  # fmt: skip
"""What happens to UPNs that belong to the child."""
