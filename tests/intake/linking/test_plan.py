import polars as pl
import pytest

from backdrop_tui.intake.linking.plan import Existing, Plan, plan_import
from backdrop_tui.records.leaving import STUDENT_STATE_KEYS
from tests.support.linking import linked
from tests.support.made_up import STUDENTS, people, stored

Person = dict[str, str | None]

AMIRA: Person = dict.fromkeys(STUDENTS.keys) | {
    "first_name": "Amira", "surname": "Khan", "date_of_birth": "2012-03-14", "gender": "F", "year_group": "9",
    "registration_group": "9A", "upn": "H801200001001",
}  # fmt: skip
BEN: Person = AMIRA | {"first_name": "Ben", "surname": "Lee", "upn": None, "gender": "M"}


def plan(rows: list[Person], stored_people: list[Person], existing: Existing = "update") -> Plan:
    ready, known = people(STUDENTS, *rows), stored(STUDENTS, *stored_people)
    return plan_import(STUDENTS, ready, linked(STUDENTS, ready, known), known, existing)


def numbers(planned: Plan) -> tuple[int, int, int]:
    return planned.added.height, planned.updated, planned.unchanged


def only(frame: pl.DataFrame) -> dict[str, str | None]:
    assert frame.height == 1
    return frame.drop(STUDENT_STATE_KEYS, strict=False).row(0, named=True)


def test_everyone_is_new_if_no_one_is_stored() -> None:
    planned = plan([AMIRA, BEN], [])
    assert numbers(planned) == (2, 0, 0)
    assert planned.added.columns == list(STUDENTS.keys)


def test_the_same_people_stay_as_they_are() -> None:
    assert numbers(plan([AMIRA, BEN], [BEN, AMIRA])) == (0, 0, 2)


def test_a_student_is_recognised_by_name_and_birth_date_too() -> None:
    planned = plan([BEN | {"upn": "T20110001804V"}], [BEN])
    assert only(planned.changed)["upn"] == "T20110001804V"


def test_a_blank_never_erases() -> None:
    blank = AMIRA | {"gender": None, "upn": None}
    assert numbers(plan([blank], [AMIRA])) == (0, 0, 1)


def test_fill_changes_only_what_is_blank() -> None:
    planned = plan([AMIRA | {"registration_group": "9B"}], [AMIRA | {"gender": None}], "fill")
    changed = only(planned.changed)
    assert {key: changed[key] for key in AMIRA} == AMIRA


def test_skip_changes_no_one_and_adds_new_people() -> None:
    planned = plan([AMIRA | {"registration_group": "9B"}, BEN], [AMIRA], "skip")
    assert numbers(planned) == (1, 0, 1)
    assert not planned.changed.height


def test_every_row_is_added_updated_or_unchanged() -> None:
    rows = [AMIRA, BEN, AMIRA | {"surname": "New"}, BEN | {"first_name": "New"}]
    assert sum(numbers(plan(rows, [AMIRA, BEN]))) == len(rows)


@pytest.mark.parametrize("existing", ["update", "fill", "skip"])
def test_a_plan_shows_everyone_in_the_file_as_they_would_be_stored(existing: Existing) -> None:
    planned = plan([AMIRA, BEN | {"gender": "F"}, BEN | {"first_name": "New"}], [AMIRA, BEN], existing)
    genders = dict(planned.people_after.select("first_name", "gender").iter_rows())
    assert genders == {"Amira": "F", "Ben": "F" if existing == "update" else "M", "New": "M"}


LEFT_AMIRA = AMIRA | {
    "status": "left",
    "left_on": "2026-07-17",
    "file_state": "sent",
    "file_sent_on": "2026-07-20",
}


@pytest.mark.parametrize("existing", ["update", "fill"])
def test_someone_who_had_left_and_is_in_the_file_comes_back(existing: Existing) -> None:
    planned = plan([AMIRA, BEN], [LEFT_AMIRA, BEN], existing)
    assert numbers(planned) == (0, 1, 1)
    assert planned.changed.equals(stored(STUDENTS, AMIRA))
    assert planned.before.equals(stored(STUDENTS, LEFT_AMIRA))


def test_people_who_are_to_be_left_alone_do_not_come_back_either() -> None:
    assert numbers(plan([AMIRA], [LEFT_AMIRA], "skip")) == (0, 0, 1)


def test_someone_who_has_left_is_not_absent_from_the_file() -> None:
    planned = plan([BEN], [LEFT_AMIRA, BEN])
    assert (planned.absent.to_list(), planned.present) == ([], 1)


def test_what_the_file_says_about_someone_stored_is_stored() -> None:
    planned = plan([AMIRA | {"surname": "Khan-Smith", "registration_group": "9B"}], [AMIRA])
    changed, before = only(planned.changed), only(planned.before)
    assert (changed["id"], changed["surname"], changed["registration_group"]) == ("bd-1", "Khan-Smith", "9B")
    assert before["surname"] == "Khan"


def test_an_identifier_that_is_not_to_be_stored_leaves_the_stored_one() -> None:
    planned = plan([AMIRA | {"upn": "H80120000100A", "registration_group": "9B"}], [AMIRA])
    changed = only(planned.changed)
    assert (changed["upn"], changed["registration_group"]) == ("H801200001001", "9B")


@pytest.mark.parametrize(
    ("stored_name", "in_file", "result"),
    [
        ("Zoë", "Zoe", "Zoë"), ("Zoe", "Zoë", "Zoë"), ("Smith-Jones", "Smith Jones", "Smith-Jones"),
        ("Smith Jones", "Smith-Jones", "Smith-Jones"), ("McDonald", "MCDONALD", "McDonald"), ("McDonald", "mcdonald", "McDonald"),
        ("MCDONALD", "McDonald", "McDonald"), ("Mc Donald", "McDonald", "McDonald"), ("O'Neill", "ONeill", "O'Neill"),
        ("ONeill", "O'Neill", "O'Neill"), ("Strauß", "Strauss", "Strauß"), ("Strauss", "Strauß", "Strauß"),
        ("Abbott", "Аbbott", "Abbott"), ("Аbbott", "Abbott", "Abbott"), ("TOM", "ТОМ", "TOM"), ("Abbott", "Ａbbott", "Abbott"),
    ],
)  # fmt: skip
def test_a_spelling_is_not_lost(stored_name: str, in_file: str, result: str) -> None:
    planned = plan([AMIRA | {"surname": in_file}], [AMIRA | {"surname": stored_name}])
    assert planned.people_after["surname"].to_list() == [result]
    assert planned.added.is_empty()
