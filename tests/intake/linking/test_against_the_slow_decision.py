"""On many small random schools, linking decides what the slow, plain decision about who is who does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import polars as pl
import pytest

from backdrop_tui.intake.linking.finding_types import COLUMN_SLIPPED, FIRST_NAMES_ALIKE, NAMES_EXCHANGED
from backdrop_tui.intake.linking.linkage import Linkage
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.linking import linked
from tests.support.made_up import CONTEXT, STAFF, STUDENTS, people, stored
from tests.support.who_is_who import Verdict, decide
from tests.support.who_is_who_staff import decide_staff

Person = Mapping[str, str | None]

SCHOOLS = 60
"""Small schools that are decided about at once: so different that nobody of one could be in another."""
_NO_FINDINGS = replace(
    CONTEXT,
    dismissed=frozenset(finding.code for finding in (COLUMN_SLIPPED, FIRST_NAMES_ALIKE, NAMES_EXCHANGED)),
)
_MOST_PEOPLE = 4
_ALIKE, _DIFFERENT = 0.7, 0.25
"""The share of people who have much in common with others, and the share of fields in which those differ."""


@dataclass(frozen=True)
class _School:
    """A small school: the people stored, with their ids, and the rows of a file."""

    rows: Sequence[Person]
    known: Sequence[Person]


def _letters(school: int) -> str:
    """Two letters that no other school has."""
    return f"{chr(97 + school // 26)}{chr(97 + school % 26)}"


def _child(random: Random, school: int) -> Person:
    """A child of a school, in whom only few names, dates and numbers occur."""
    year, letters = 1900 + 3 * school, _letters(school)
    names = (f"Khan{letters}", f"Zara{letters}")
    return {
        "first_name": random.choice(("Amelia", "Amelie", "AMÉLIA", "Ame", "Zaid", "Thomas", "Tom", *names)),
        "surname": random.choice((f"Ali{letters}", f"Smith-{letters}", f"smith {letters}", *names)),
        # The first two are some days apart, and the third is the first with day and month swapped.
        "date_of_birth": random.choice(
            (f"{year}-04-03", f"{year}-04-05", f"{year}-03-04", f"{year + 2}-11-22")
        ),
        "gender": random.choice(("M", "F", None)),
        "registration_group": random.choice(("5A", "5B")),
        "upn": random.choice(
            (None, None, *(f"A{school:010}{end}" for end in ("11", "21", "31", "1B", "1C")))
        ),
        "admission_number": random.choice((None, None, None, f"{school}-1", f"{school}-2")),
        "former_upn": random.choice((None, None, None, f"A{school:010}11")),
    }


def _colleague(random: Random, school: int) -> Person:
    """A member of a school's staff, in whom only few names and addresses occur."""
    letters = _letters(school)
    address = random.choice((None, "ann", "ANN", "lee", "tom"))
    return {
        "first_name": random.choice(("Ann", "Anne", "ANN", "Tom", "Thomas")),
        "surname": f"{random.choice(('Lee', 'Fox'))}{letters}",
        "job_role": random.choice(("Teacher", "Head")),
        "user_group": "Teachers",
        "email": address and f"{address}@{letters}.uk",
    }


def _some(
    random: Random,
    school: int,
    person: Callable[[Random, int], Person],
    unique: Sequence[str],
    known: Sequence[Person] = (),
) -> list[Person]:
    """A few people, some of whom have much in common with each other or with people known.

    No two are the same, or share a value of a field in which a check would find that.
    """
    chosen: list[Person] = []
    for _ in range(random.randint(1, _MOST_PEOPLE)):
        new = person(random, school)
        others = [*known, *chosen]
        if others and random.random() < _ALIKE:
            other = random.choice(others)
            new = {key: value if random.random() < _DIFFERENT else other[key] for key, value in new.items()}
        shared = any(
            new[key] is not None and str(new[key]).lower() == str(other[key]).lower()
            for other in chosen
            for key in unique
        )
        if not shared and new not in chosen:
            chosen.append(new)
    return chosen


def _schools(seed: int, person: Callable[[Random, int], Person], unique: Sequence[str]) -> list[_School]:
    random = Random(seed)  # noqa: S311 - made-up people are no secret
    schools = []
    ids = 0
    for number in range(SCHOOLS):
        known = []
        for someone in _some(random, number, person, unique):
            ids += 1
            known.append({**someone, "id": f"bd-{ids}"})
        exported = [None, None, None, *(someone["id"] for someone in known)]
        rows = [
            {**row, "id": random.choice(exported)} for row in _some(random, number, person, unique, known)
        ]
        schools.append(_School(rows, known))
    return schools


def _link(kind: RecordKind, schools: Sequence[_School]) -> Linkage:
    """What linking decides about the rows of all schools, one after the other."""
    rows = [row for school in schools for row in school.rows]
    known = [person for school in schools for person in school.known]
    of_file = people(kind, *(_fields(kind, row) for row in rows)).with_columns(
        backdrop_id=pl.Series([row["id"] for row in rows], dtype=pl.String),
        former_upn=pl.Series([row.get("former_upn") for row in rows], dtype=pl.String),
    )
    return linked(
        kind, of_file, stored(kind, *(_fields(kind, person) for person in known)), context=_NO_FINDINGS
    )


def _fields(kind: RecordKind, person: Person) -> Person:
    return {key: value for key, value in person.items() if key in kind.keys}


def _expected(verdict: Verdict) -> str:
    """Whom a row is about, that it is new, or that it is asked about."""
    return verdict.id or ("new" if verdict.outcome == "new" else "asks")


def _decisions(linkage: Linkage, number: int) -> list[str]:
    """The same for the rows that were linked."""
    links = dict(linkage.links.iter_rows())
    asked = {*linkage.offered["row"], *linkage.duplicates["row"]}
    return ["asks" if row in asked else links.get(row, "new") for row in range(2, number + 2)]


def _assert_alike(
    kind: RecordKind,
    schools: Sequence[_School],
    slow: Callable[[Sequence[Person], Sequence[Person]], list[Verdict]],
) -> None:
    decisions = iter(_decisions(_link(kind, schools), sum(len(school.rows) for school in schools)))
    for school in schools:
        expected = [_expected(verdict) for verdict in slow(school.rows, school.known)]
        assert [next(decisions) for _ in school.rows] == expected, school


@pytest.mark.parametrize("seed", range(4))
def test_students_are_decided_about_alike(seed: int) -> None:
    _assert_alike(STUDENTS, _schools(seed, _child, ("upn", "admission_number")), decide)


@pytest.mark.parametrize("seed", range(4))
def test_staff_are_decided_about_alike(seed: int) -> None:
    _assert_alike(STAFF, _schools(seed, _colleague, ("email",)), decide_staff)
