"""Made-up schools: who is in them, and every true value about each pupil, as it ought to be stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.benchmarks.truth.names import COUNTRIES, Country
from tests.benchmarks.upns import LETTERS, with_check_letter

ACADEMIC_YEAR = 2026
"""The year in which the schools' academic year starts."""
TODAY = date(ACADEMIC_YEAR, 10, 5)
"""The day on which the files are checked."""
WHOLE_SCHOOL = range(14)
"""The numbers of Reception to Year 13: that of a year group is the age on 31 August, less four."""

_CODES = {-2: "N1", -1: "N2", 0: "R"}
_AUTHORITIES = ("201", "330", "352", "670", "801", "865", "886", "919", "938")


@dataclass(frozen=True)
class Pupil:
    """One made-up pupil: what ought to be stored."""

    first_name: str
    """The first name."""
    surname: str
    """The surname."""
    born: date
    """The date of birth."""
    gender: str | None
    """`M`, `F` or unknown."""
    year_group: str
    """The code of the year group."""
    registration_group: str
    """The registration group as the school mostly writes it."""
    upn: str | None
    """The UPN, if there is one yet."""

    @property
    def stored(self) -> dict[str, str | None]:
        """The true values, by the keys of the fields."""
        values: dict[str, str | None] = {key: value for key, value in vars(self).items() if key != "born"}
        return values | {"date_of_birth": self.born.isoformat()}


@dataclass(frozen=True)
class SchoolType:
    """What kind of school to make up."""

    years: range = WHOLE_SCHOOL
    """The numbers of its year groups."""
    form: str = "{year}{letter}"
    """How its registration groups are written; `year`, `number` (from 1) and `letter` (from A) are filled in."""
    out_of_year: float = 1 / 300
    """The share of its pupils who are taught a year above or below their age."""
    without_years: bool = False
    """Whether all pupils are outside the National Curriculum years (`X`)."""
    two_spellings: bool = False
    """Whether Years 1 to 6 are written `1-1A` instead, of which Year 1's look like Year 11's `11A`."""
    countries: tuple[Country, ...] = tuple(COUNTRIES.values())
    """Where its families' names come from: 4 in 10 are from the first country, the others from any."""


ALL_THROUGH = SchoolType()
"""Reception to Year 13, with registration groups like 7A."""


def code_of(number: int) -> str:
    """The code of a year group, given its number."""
    return _CODES.get(number, str(number))


def number_of(code: str) -> int | None:
    """The number of a year group, given its code; None if it is not one that goes by age."""
    by_code = {code_of(number): number for number in range(-2, 15)}
    return by_code.get(code)


def year_number(born: date, academic_year: int) -> int:
    """The number of the year group that a child belongs to by age, in the academic year that starts in `academic_year`."""
    return academic_year - born.year - 5 + (born < date(born.year, 9, 1))


def made_up_school(random: Random, size: int, school_type: SchoolType = ALL_THROUGH) -> tuple[Pupil, ...]:
    """A school of so many pupils, in the order in which an MIS lists them: by year group, then by name.

    A third of the pupils have a brother or a sister in the school; three in a hundred of those are twins. Three in a
    hundred pupils have no UPN, and two in a hundred a temporary one. No two have the same name and date of birth.
    """
    everyone: dict[tuple[str, str, date], Pupil] = {}
    people = _families(random, school_type)
    while len(everyone) < size:
        pupil = next(people)
        everyone.setdefault((pupil.first_name, pupil.surname, pupil.born), pupil)
    with_upns = (replace(p, upn=_upn(random, n, p)) for n, p in enumerate(everyone.values()))
    return tuple(sorted(with_upns, key=_mis_order))


def _mis_order(pupil: Pupil) -> tuple[int, str, str, str]:
    return (
        number_of(pupil.year_group) or 0,
        pupil.registration_group,
        pupil.surname,
        pupil.first_name,
    )


def _families(random: Random, school_type: SchoolType) -> Iterator[Pupil]:
    """Pupils without end, those of a family after one another."""
    countries = school_type.countries
    while True:
        country = countries[0] if random.random() < 0.4 else random.choice(countries)
        surname = random.choice(country.surnames)
        if random.random() < 0.1:
            surname = f"{surname}-{random.choice(random.choice(countries).surnames)}"
        eldest = _pupil(random, school_type, country, surname, _birthday(random, school_type))
        yield eldest
        if random.random() < 0.2:
            is_twin = random.random() < 0.03
            born = eldest.born if is_twin else _birthday(random, school_type)
            yield _pupil(random, school_type, country, surname, born)


def _birthday(random: Random, school_type: SchoolType) -> date:
    year = random.choice(school_type.years)
    start = date(ACADEMIC_YEAR - year - 5, 9, 1)
    days = (date(start.year + 1, 9, 1) - start).days
    return start + timedelta(random.randrange(days))


def _pupil(random: Random, school_type: SchoolType, country: Country, surname: str, born: date) -> Pupil:
    gender = random.choice("MF")
    year = year_number(born, ACADEMIC_YEAR)
    if random.random() < school_type.out_of_year:
        year = _neighbour(random, year, school_type.years)
    return Pupil(
        first_name=random.choice(country.girls if gender == "F" else country.boys),
        surname=surname,
        born=born,
        gender=None if random.random() < 0.02 else gender,
        year_group="X" if school_type.without_years else code_of(year),
        registration_group=_form(random, school_type, year),
        upn=None,
    )


def _neighbour(random: Random, year: int, years: range) -> int:
    """The year group above or below, if the school has one."""
    return random.choice([other for other in (year - 1, year + 1) if other in years] or [year])


def _form(random: Random, school_type: SchoolType, year: int) -> str:
    number = random.randrange(1, 5)
    form = "{year}-{number}{letter}" if school_type.two_spellings and 1 <= year <= 6 else school_type.form
    return form.format(year=code_of(year), number=number, letter="ABCD"[number - 1])


def _upn(random: Random, place: int, pupil: Pupil) -> str | None:
    """A UPN as a primary school gives it: authority, school, year of entry, and a number of three digits."""
    chance = random.random()
    if chance < 0.03:
        return None
    authority = _AUTHORITIES[place // 1000 % len(_AUTHORITIES)]
    school = 2000 + place // 1000
    rest = f"{authority}{school}{(pupil.born.year + 5) % 100:02}{place % 1000:03}"
    if chance < 0.05:
        rest = rest[:-1] + LETTERS[place % len(LETTERS)]
    return with_check_letter(rest)


def true_values(pupils: tuple[Pupil, ...]) -> Mapping[str, dict[str, str | None]]:
    """The true values of all pupils who have a UPN, by UPN."""
    return {pupil.upn: pupil.stored for pupil in pupils if pupil.upn}
