"""Made-up children as the linking of two years needs them: with twins, and with others of the same name."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

from tests.benchmarks.linking.names import ALIKE, MANY_COUNTRIES
from tests.benchmarks.truth.school import Pupil, SchoolType, made_up_school

FIRST_YEAR, LAST_YEAR = 0, 6
"""The numbers of a primary school's year groups: from Reception to Year 6."""
TWINS = 0.015
"""The share of the children who get a twin: as many as in England."""
ALIKE_TWINS = 0.25
"""The share of the twins whose first names are easily taken for each other."""
NAMESAKES = 0.01
"""The share of the children who get a namesake born on another day."""
CHILDREN_PER_SAME_BIRTHDAY = 3000
"""Among so many children, two have the same name and birth date."""

_SCHOOL = SchoolType(years=range(FIRST_YEAR - 1, LAST_YEAR + 1), countries=MANY_COUNTRIES)


def children(random: Random, number: int) -> list[Pupil]:
    """So many children: those of a primary school, and those who come to it next year."""
    made_up = _Children(made_up_school(random, number, _SCHOOL))
    places = iter(random.sample(range(number), number))
    for _ in range(round(TWINS * number)):
        made_up.make_twins(random, next(places), next(places))
    for _ in range(round(NAMESAKES * number)):
        made_up.make_namesakes(next(places), next(places))
    if random.random() < number / CHILDREN_PER_SAME_BIRTHDAY:
        made_up.make_namesakes(next(places), next(places), same_birth_date=True)
    return made_up.pupils


class _Children:
    """Children of whom no two have the same name and birth date, unless they are made so."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self.pupils = list(pupils)
        self._keys = set(map(_key, self.pupils))

    def make_twins(self, random: Random, first: int, second: int) -> None:
        """Make two children twins, who keep their UPNs."""
        elder, other = self.pupils[first], self.pupils[second]
        names = (elder.first_name, other.first_name)
        genders = (elder.gender, other.gender)
        if random.random() < ALIKE_TWINS:
            gender = random.choice("FM")
            names, genders = random.choice(ALIKE[gender]), (gender, gender)
        twin = replace(elder, first_name=names[1], gender=genders[1], upn=other.upn)
        if names[0] != names[1] and _key(twin) not in self._keys:
            self._put(first, replace(elder, first_name=names[0], gender=genders[0]))
            self._put(second, twin)

    def make_namesakes(self, first: int, second: int, *, same_birth_date: bool = False) -> None:
        """Give a child the name of another, and the birth date as well or not."""
        child, other = self.pupils[first], self.pupils[second]
        namesake = replace(
            child if same_birth_date else other,
            first_name=child.first_name,
            surname=child.surname,
            gender=child.gender,
            upn=other.upn,
        )
        if same_birth_date or _key(namesake) not in self._keys:
            self._put(second, namesake)

    def _put(self, place: int, pupil: Pupil) -> None:
        self.pupils[place] = pupil
        self._keys.add(_key(pupil))


def _key(pupil: Pupil) -> tuple[str, str, date]:
    return pupil.first_name, pupil.surname, pupil.born
