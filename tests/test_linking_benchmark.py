"""The two years of the benchmark of linking are what they are said to be, and what becomes of them is counted rightly."""

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import polars as pl
import pytest

from backdrop_tui.records.students import STUDENTS
from tests.benchmarks.linking import changes, mix_ups
from tests.benchmarks.linking.events import Event, happen_to_some
from tests.benchmarks.linking.file_damage import DAMAGES, EXPORTED, OF_STAFF, SLIPPED, FileDamage
from tests.benchmarks.linking.judge import judge
from tests.benchmarks.linking.listing import EVENTS, EVENTS_OF_STAFF, SCENARIOS
from tests.benchmarks.linking.outcome import Outcome
from tests.benchmarks.linking.population import children
from tests.benchmarks.linking.product import SecondImport, import_both
from tests.benchmarks.linking.scenario import Scenario, make
from tests.benchmarks.linking.staff import MIX_UPS, staff_years
from tests.benchmarks.linking.targets import TARGETS, Case
from tests.benchmarks.linking.two_years import TwoYears, two_years
from tests.benchmarks.truth.rows import HEADINGS
from tests.support.likeness import fold, is_like, is_long_form, is_near

ORDINARY = Scenario("ordinary", with_identifiers=True, is_ordinary=True)


@cache
def _made_up(size: int, *, with_upns: bool) -> TwoYears:
    return two_years(Random(1), size, with_upns=with_upns)


def _school(size: int = 300, *, with_upns: bool = True) -> TwoYears:
    """A school to change: the same each time."""
    return deepcopy(_made_up(size, with_upns=with_upns))


def test_the_same_seed_makes_the_same_two_files_and_another_seed_others() -> None:
    files = [
        (years.first_file(), years.second_file({})) for years in (make(ORDINARY, 60, n) for n in (1, 1, 2))
    ]
    assert files[0] == files[1] != files[2]


def test_a_seventh_of_the_school_leaves_and_a_seventh_comes_each_year() -> None:
    years = _school(1200)
    assert 1150 < len(years.stored) < 1250
    for share in (sum(e.has_left for e in years.entries), sum(e.is_new for e in years.entries)):
        assert 0.11 < share / len(years.rows) < 0.2


def test_everybody_moves_up_a_year_and_both_files_end_with_the_number_of_the_person() -> None:
    for entry in _school().entries:
        for facts in filter(None, (entry.before, entry.row)):
            assert facts["registration_group"].endswith(f" {entry.person}")
            assert facts["registration_group"].startswith(facts["year_group"])
        if entry.before and entry.row:
            assert entry.before["year_group"] != entry.row["year_group"]


def test_a_school_has_twins_namesakes_and_no_other_two_of_the_same_name_and_birth_date() -> None:
    pupils = children(Random(2), 1200)
    assert len(pupils) == 1200
    twins = Counter((p.surname, p.born) for p in pupils)
    assert sum(number > 1 for number in twins.values()) >= 15
    namesakes = Counter((p.first_name, p.surname) for p in pupils)
    assert sum(number > 1 for number in namesakes.values()) >= 10
    alike = Counter((p.first_name, p.surname, p.born) for p in pupils)
    assert sum(number > 1 for number in alike.values()) <= 1


def test_a_school_without_upns_has_none() -> None:
    years = _school(with_upns=False)
    assert {entry.row["upn"] for entry in years.rows if entry.row} == {""}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_an_event_happens_to_somebody_and_leaves_the_others_alone(event: Event) -> None:
    years, untouched = _school(), _school()
    assert happen_to_some(years, event, 0.05, Random(1)) > 0
    before = {entry.person: entry for entry in untouched.entries}
    for entry in years.entries:
        is_touched = (entry.before, entry.row) != (before[entry.person].before, before[entry.person].row)
        assert bool(entry.events) == is_touched or event.name in entry.events


@pytest.mark.parametrize("event", changes.OF_FACTS[:3], ids=lambda event: event.name)
def test_a_corrected_birth_date_is_near_the_stored_one(event: Event) -> None:
    years = _school()
    happen_to_some(years, event, 0.2, Random(1))
    for entry in years.entries:
        if entry.events and entry.before and entry.row:
            born, corrected = (
                date.fromisoformat(facts["date_of_birth"]) for facts in (entry.before, entry.row)
            )
            assert born != corrected
            assert is_near(born, corrected)


def test_another_spelling_is_the_same_name_once_folded() -> None:
    years = _school()
    happen_to_some(years, changes.SPELLING, 0.2, Random(1))
    for entry in years.entries:
        if entry.before and entry.row:
            assert [fold(entry.before[key]) for key in ("first_name", "surname")] == [
                fold(entry.row[key]) for key in ("first_name", "surname")
            ]


@pytest.mark.parametrize("event", mix_ups.OF_UPNS[:-1], ids=lambda event: event.name)
def test_a_borrowed_upn_is_stored_for_somebody_else(event: Event) -> None:
    years = _school()
    happen_to_some(years, event, 0.05, Random(1))
    holders = {entry.before["upn"]: entry.person for entry in years.stored if entry.before}
    borrowers = [entry for entry in years.rows if entry.borrowed]
    assert borrowers
    assert all(holders[(entry.row or {})["upn"]] != entry.person for entry in borrowers)


@pytest.mark.parametrize("damage", SLIPPED, ids=lambda damage: damage.name)
def test_a_slipped_column_has_the_values_of_the_rows_beside_it(damage: FileDamage) -> None:
    years, sound = _school(60), _school(60)
    damage.hit(years, Random(1))
    differing = [
        (n, key)
        for n, (entry, other) in enumerate(zip(years.rows, sound.rows, strict=True))
        for key in HEADINGS
        if (entry.row or {})[key] != (other.row or {})[key]
    ]
    assert len({key for _, key in differing}) == 1
    step = -1 if damage.name.endswith("down") else 1
    for n, key in differing:
        neighbour = sound.rows[n + step].row if 0 <= n + step < len(sound.rows) else None
        assert (years.rows[n].row or {})[key] in {"", (neighbour or {}).get(key)}


@pytest.mark.parametrize("event", EVENTS_OF_STAFF, ids=lambda event: event.name)
def test_something_happens_to_some_staff(event: Event) -> None:
    years = staff_years(Random(1), 150, with_addresses=True)
    assert happen_to_some(years, event, 0.02, Random(1)) > 0
    holders = {entry.before["email"]: entry.person for entry in years.stored if entry.before}
    borrowers = [entry for entry in years.rows if entry.borrowed]
    assert bool(borrowers) == (event in MIX_UPS)
    assert all(holders[(entry.row or {})["email"]] != entry.person for entry in borrowers)


def test_no_two_staff_have_one_name_or_one_address() -> None:
    years = staff_years(Random(1), 150, with_addresses=True)
    rows = [entry.row or {} for entry in years.rows]
    assert len({(fold(row["first_name"]), fold(row["surname"])) for row in rows}) == len(rows)
    assert len({row["email"] for row in rows}) == len(rows)


def test_another_schools_file_has_nobody_of_this_one() -> None:
    years = _school(120)
    next(damage for damage in DAMAGES if damage.finding == "another-school").hit(years, Random(1))
    assert not {entry.person for entry in years.rows} & {entry.person for entry in years.stored}


def test_every_event_and_every_damage_has_a_scenario() -> None:
    events = [event.name for event in (*EVENTS, *EVENTS_OF_STAFF)]
    damages = [damage.name for damage in (*DAMAGES, *OF_STAFF)]
    for happening in (*events, *damages):
        assert any(happening in scenario.name for scenario in SCENARIOS), happening
    assert len({s.name for s in SCENARIOS}) == len(SCENARIOS)


@pytest.mark.parametrize(
    ("name", "other", "like", "long_form"),
    [
        ("Zoë", "ZOE", True, True),
        ("Tom", "Thomas", True, True),
        ("Sam", "Samuel", True, True),
        ("Amelia", "Amelie", True, False),
        ("J", "James", False, False),
        ("Ava", "Zaid", False, False),
    ],
)
def test_first_names_are_like_each_other(name: str, other: str, like: bool, long_form: bool) -> None:  # noqa: FBT001
    assert (is_like(name, other), is_long_form(other, name)) == (like, long_form)


@pytest.mark.parametrize(
    ("other", "near"),
    [("2016-03-14", True), ("2016-03-24", True), ("2016-04-14", True), ("2016-04-15", False), ("2006-03-14", True)],
)  # fmt: skip
def test_birth_dates_are_near_each_other(other: str, near: bool) -> None:  # noqa: FBT001
    assert is_near(date(2016, 3, 14), date.fromisoformat(other)) == near


@pytest.fixture(scope="module")
def imported() -> tuple[TwoYears, SecondImport]:
    """Two years of a small school to which nothing happens, and what the product made of them."""
    years = _school(60)
    return years, import_both(STUDENTS, years)


def _outcome(imported: tuple[TwoYears, SecondImport], stored: pl.DataFrame) -> Outcome:
    years, second = imported
    return judge(years, replace(second, stored=stored), frozenset())


def test_an_ordinary_second_year_overwrites_and_duplicates_nobody(
    imported: tuple[TwoYears, SecondImport],
) -> None:
    outcome = _outcome(imported, imported[1].stored)
    assert outcome.rows == len(imported[0].rows)
    assert (outcome.silent, outcome.warned, outcome.doubled, outcome.needless) == (0, 0, 0, 0)


def test_a_record_that_somebody_else_wrote_is_overwritten(imported: tuple[TwoYears, SecondImport]) -> None:
    people = imported[1].stored
    rows_of_two = people.filter(pl.col("registration_group").is_in(_tags(imported[0])[:2]))
    assert rows_of_two.height == 2
    exchanged = rows_of_two.with_columns(pl.col("id").reverse())
    others = people.filter(~pl.col("id").is_in(rows_of_two["id"].implode()))
    assert _outcome(imported, pl.concat([others, exchanged])).silent == 2


def test_a_second_record_of_somebody_stored_is_a_duplicate(imported: tuple[TwoYears, SecondImport]) -> None:
    people = imported[1].stored
    second = people.filter(pl.col("registration_group") == _tags(imported[0])[0]).with_columns(
        id=pl.lit("new")
    )
    assert _outcome(imported, pl.concat([people, second])).doubled == 1


def _tags(years: TwoYears) -> list[str]:
    return [entry.row["registration_group"] for entry in years.stored if entry.row]


def test_facts_that_a_row_has_from_somebody_else_count_once_they_are_stored() -> None:
    years = _school(60)
    entry = next(entry for entry in years.stored if entry.row)
    entry.borrowed.add("surname")
    entry.row = (entry.row or {}) | {"surname": "Somebody-Else"}
    second = import_both(STUDENTS, years)
    number = f" {entry.person}"
    surname = pl.when(pl.col("registration_group").str.ends_with(number)).then(pl.lit("Somebody-Else"))
    spoilt = second.before.with_columns(surname=surname.otherwise("surname"))
    outcome = judge(years, replace(second, stored=spoilt), frozenset())
    assert outcome.silent + outcome.warned + outcome.stopped > 0


@pytest.mark.parametrize(
    ("outcome", "missed"),
    [
        (Outcome(rows=100, silent=1), {"records overwritten silently"}),
        (Outcome(rows=100, doubled=1), {"people duplicated silently"}),
        (Outcome(rows=100, doubled_aside=1, warned=1), set()),
        (Outcome(rows=100, asked=1), set()),
        (Outcome(rows=100, asked=2), {"questions in 100 ordinary rows with UPNs"}),
    ],
)
def test_a_case_misses_a_target_when_its_number_is_too_high(outcome: Outcome, missed: set[str]) -> None:
    case = Case(ORDINARY, 60, outcome, 1)
    assert {t.name for t in TARGETS if any(map(t.is_missed, t.concerned([case])))} == missed


def test_a_child_who_is_listed_twice_is_one_person_with_two_rows() -> None:
    years = _school(60)
    happen_to_some(years, mix_ups.LISTED_TWICE, 0.02, Random(1))
    numbers = Counter(entry.person for entry in years.rows)
    assert sorted(numbers.values())[-2:] == [1, 2]


def test_whoever_comes_back_had_left_and_is_stored() -> None:
    years = _school(1200)
    returning = [entry for entry in years.entries if entry.had_left]
    assert returning
    assert all(entry.before for entry in returning)


def test_without_the_numbers_there_are_as_few_registration_groups_as_in_a_school() -> None:
    years = _school(60)
    years.drop_numbers()
    assert len({entry.row["registration_group"] for entry in years.rows if entry.row}) <= 28


def test_an_export_has_the_ids_of_those_who_are_stored() -> None:
    years = _school(60)
    EXPORTED.hit(years, Random(1))
    ids = {entry.person: f"bd-{entry.person}" for entry in years.stored}
    lines = years.second_file(ids).decode().splitlines()[1:]
    for line, entry in zip(lines, years.rows, strict=True):
        assert line.endswith(f",bd-{entry.person}" if entry.before else ",")
