"""The made-up schools of the benchmark of truth are what they are said to be, or its numbers would mean nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.benchmarks.truth import date_damage, rows, text_damage, year_damage
from tests.benchmarks.truth.judge import judge
from tests.benchmarks.truth.outcome import Outcome
from tests.benchmarks.truth.product import check_file, converse, empty_school
from tests.benchmarks.truth.right import fits, groups_by_spelling, is_right
from tests.benchmarks.truth.rows import Damage, Row, spoil
from tests.benchmarks.truth.scenario import Scenario, make
from tests.benchmarks.truth.school import (
    ACADEMIC_YEAR,
    Pupil,
    SchoolType,
    code_of,
    made_up_school,
    year_number,
)
from tests.benchmarks.truth.targets import TARGETS, Case
from tests.benchmarks.upns import with_check_letter

PUPIL = Pupil("Zoë", "O'Neill", date(2014, 9, 8), "F", "7", "7A", "H801200001001")


def test_a_school_has_as_many_pupils_as_asked_for_and_no_two_alike() -> None:
    pupils = made_up_school(Random(1), 1200)
    assert len({(p.first_name, p.surname, p.born) for p in pupils}) == 1200
    upns = [p.upn for p in pupils if p.upn]
    assert 1100 < len(upns) == len(set(upns))


def test_pupils_are_in_the_year_group_of_their_age_except_for_the_stated_share() -> None:
    pupils = made_up_school(Random(1), 3000, SchoolType(out_of_year=0.02))
    out = [p for p in pupils if p.year_group != code_of(year_number(p.born, ACADEMIC_YEAR))]
    assert 0.01 < len(out) / 3000 < 0.03


@pytest.mark.parametrize(
    ("born", "number"),
    [(date(2021, 9, 1), 0), (date(2022, 8, 31), 0), (date(2021, 8, 31), 1), (date(2014, 9, 1), 7)],
)
def test_a_year_group_begins_on_1_september(born: date, number: int) -> None:
    assert year_number(born, 2026) == number


def test_check_letters_are_those_of_the_published_examples() -> None:
    assert with_check_letter("201100018042") == "R201100018042"
    assert with_check_letter("20110001804V") == "T20110001804V"


def test_a_school_has_families_and_every_year_group() -> None:
    pupils = made_up_school(Random(1), 1200)
    assert {p.year_group for p in pupils} == {code_of(number) for number in range(14)}
    assert Counter(p.surname for p in pupils).most_common(1)[0][1] > 5


def test_the_same_seed_makes_the_same_file_and_another_seed_another() -> None:
    scenario = Scenario("swapped", (date_damage.SWAPPED,))
    assert make(scenario, 0.2, 60, 1).data == make(scenario, 0.2, 60, 1).data
    assert make(scenario, 0.2, 60, 1).data != make(scenario, 0.2, 60, 2).data


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (rows.day_first, "04/03/2012"),
        (rows.month_first, "03/04/2012"),
        (rows.iso, "2012-03-04"),
        (rows.with_month_name, "4 Mar 2012"),
        (rows.short, "4.3.12"),
        (rows.day_number, "40972"),
        (rows.day_number_1904, "39510"),
        (rows.utc_midnight, "2012-03-04T00:00:00.000Z"),
    ],
)
def test_dates_are_written_in_each_style(style: Callable[[date], str], text: str) -> None:
    assert style(date(2012, 3, 4)) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2012, 6, 14), "2012-06-13T23:00:00.000Z"),
        (date(2012, 3, 25), "2012-03-25T00:00:00.000Z"),
        (date(2012, 3, 26), "2012-03-25T23:00:00.000Z"),
        (date(2012, 10, 28), "2012-10-27T23:00:00.000Z"),
        (date(2012, 10, 29), "2012-10-29T00:00:00.000Z"),
    ],
)
def test_midnight_is_23_utc_in_british_summer_time(day: date, text: str) -> None:
    assert rows.utc_midnight(day) == text


@pytest.mark.parametrize(
    ("damage", "text"),
    [
        (date_damage.SWAPPED, "09/08/2014"),
        (date_damage.LETTER_O, "O8/O9/2O14"),
        (date_damage.SOLID, "8092014"),
        (date_damage.YEAR_15, "08/09/0014"),
        (year_damage.year_off(-1), "6"),
        (year_damage.BOY_GIRL, "Girl"),
        (text_damage.GARBLED["UTF-8 read as cp1252"][0], "ZoÃ«"),
        (text_damage.GARBLED["UTF-8 read as mac-roman"][0], "Zo√´"),
        (text_damage.GARBLED["UTF-8 read as cp1252 twice"][0], "ZoÃƒÂ«"),
        (text_damage.REPLACED[0], "Zo\ufffd"),
        (text_damage.CAPITALS[1], "O'NEILL"),
        (text_damage.FORMULAS[0], '="08/09/2014"'),
    ],
)
def test_a_damage_writes_what_it_says(damage: Damage, text: str) -> None:
    row = Row.of(PUPIL)
    assert spoil([row], damage, 1, Random(3)) == 1
    assert row.cells[damage.key] in {text, text.lower(), text[:1]}
    assert row.damaged == {damage.key}


@pytest.mark.parametrize("damage", text_damage.UPNS[:4])
def test_a_mistyped_upn_never_passes_its_check(damage: Damage) -> None:
    row = Row.of(PUPIL)
    spoil([row], damage, 1, Random(1))
    upn = row.cells["upn"]
    assert "O" in upn or with_check_letter(upn[1:]) != upn


@pytest.mark.parametrize("rate", [0, 0.05, 1])
def test_a_damage_hits_its_share_of_the_rows_that_it_can_affect_and_only_its_column(rate: float) -> None:
    school = [Row.of(pupil) for pupil in made_up_school(Random(1), 300)]
    can_be_hit = sum(map(date_damage.SWAPPED.can_hit, school))
    number = spoil(school, date_damage.SWAPPED, rate, Random(1))
    assert number == round(rate * can_be_hit)
    changed = [
        (row, key) for row in school for key in row.cells if row.cells[key] != Row.of(row.pupil).cells[key]
    ]
    assert len(changed) == number
    assert {key for _, key in changed} <= {"date_of_birth"}


def test_excel_reads_registration_groups_as_dates_and_powers() -> None:
    forms = ("2-1", "1E1", "12E3", "7A")
    school = [Row.of(replace(PUPIL, registration_group=form)) for form in forms]
    spoil(school, year_damage.BY_EXCEL, 1, Random(1))
    assert [row.cells["registration_group"] for row in school] == ["02-Jan", "1.00E+01", "1.20E+04", "7A"]


def test_another_spelling_of_a_registration_group_is_right_unless_it_means_another_group() -> None:
    pupils = (PUPIL, replace(PUPIL, registration_group="1-1A"), replace(PUPIL, registration_group="11A"))
    groups = groups_by_spelling(pupils)
    assert is_right("registration_group", "7 a", pupils[0], groups)
    assert is_right("registration_group", "1-1a", pupils[1], groups)
    assert not is_right("registration_group", "11A", pupils[1], groups)
    assert not is_right("registration_group", "7B", pupils[0], groups)


def test_a_date_fits_by_the_academic_year_of_the_list() -> None:
    assert fits(PUPIL.born, "7", 2026)
    assert not fits(PUPIL.born, "7", 2025)
    assert not fits(date_damage.swapped(PUPIL.born), "7", 2026)
    assert not fits(PUPIL.born, "X", 2026)


def test_a_clean_file_has_nothing_wrong() -> None:
    outcome = _outcome(Scenario("clean"), 0)
    assert (outcome.before.total(), outcome.silent.total(), outcome.changed) == (0, 0, 0)


def test_wrong_values_with_a_warning_are_not_silent() -> None:
    outcome = _outcome(Scenario("years", (year_damage.year_off(3),), school=SchoolType(range(2, 9))), 0.2)
    assert outcome.before["year_group"] == outcome.damaged == 12
    assert outcome.silent.total() == 0


def test_a_case_misses_a_target_when_its_number_is_too_high() -> None:
    worse = Outcome(before=Counter(upn=1), after=Counter(upn=2))
    case = Case(Scenario("worse"), 0.05, 60, worse, 1)
    missed = [target.name for target in TARGETS if any(map(target.is_missed, target.concerned([case])))]
    assert missed == ["more wrong values in a column after all answers than before"]


def _outcome(scenario: Scenario, rate: float) -> Outcome:
    made = make(scenario, rate, 60, 1)
    with empty_school() as school:
        return judge(made, converse(check_file(school, made.data, scenario.today), scenario.answers))
