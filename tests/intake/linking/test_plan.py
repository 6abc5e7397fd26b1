import polars as pl
import pytest

from backdrop_tui.intake.linking.plan import Existing, Plan, plan_import
from backdrop_tui.records.leaving import STUDENT_STATE_KEYS
from tests.support.made_up import STAFF, STUDENTS, people, stored

Person = dict[str, str | None]

AMIRA: Person = dict.fromkeys(STUDENTS.keys) | {
    "first_name": "Amira", "surname": "Khan", "date_of_birth": "2012-03-14", "gender": "F", "year_group": "9",
    "registration_group": "9A", "upn": "H801200001001",
}  # fmt: skip
BEN: Person = AMIRA | {"first_name": "Ben", "surname": "Lee", "upn": None, "gender": "M"}
LEE: Person = {
    "first_name": "Jo", "surname": "Lee", "job_role": "Teacher", "user_group": "Teachers", "email": "jo@school.org",
}  # fmt: skip


def plan(rows: list[Person], stored_people: list[Person], existing: Existing = "update") -> Plan:
    return plan_import(STUDENTS, people(STUDENTS, *rows), stored(STUDENTS, *stored_people), existing)


def plan_staff(rows: list[Person], stored_people: list[Person]) -> Plan:
    return plan_import(STAFF, people(STAFF, *rows), stored(STAFF, *stored_people), "update")


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


@pytest.mark.parametrize(
    "change", [{"surname": "Khan-Smith"}, {"date_of_birth": "2012-04-14"}, {"first_name": "Amy"}]
)
def test_a_student_is_recognised_by_upn_if_surname_or_birth_date_agrees(change: Person) -> None:
    planned = plan([AMIRA | change], [AMIRA])
    assert numbers(planned) == (0, 1, 0)
    assert only(planned.changed) == {"id": "bd-1"} | AMIRA | change
    assert only(planned.before) == {"id": "bd-1"} | AMIRA


def test_the_same_upn_with_another_surname_and_birth_date_is_someone_else() -> None:
    assert numbers(plan([AMIRA | {"surname": "Roe", "date_of_birth": "2011-01-01"}], [AMIRA])) == (1, 0, 0)


def test_a_student_is_recognised_by_name_and_birth_date_too() -> None:
    planned = plan([BEN | {"upn": "T20110001804V"}], [BEN])
    assert only(planned.changed)["upn"] == "T20110001804V"


def test_a_new_upn_of_someone_recognised_by_name_is_stored() -> None:
    assert only(plan([AMIRA | {"upn": "T20110001804V"}], [AMIRA]).changed)["upn"] == "T20110001804V"


@pytest.mark.parametrize("key", ["first_name", "surname", "date_of_birth"])
def test_name_and_birth_date_must_all_agree(key: str) -> None:
    other = {"first_name": "Bo", "surname": "Ray", "date_of_birth": "2012-03-15"}[key]
    assert numbers(plan([BEN | {key: other}], [BEN])) == (1, 0, 0)


def test_upper_and_lower_case_make_no_difference_but_are_stored_as_in_the_file() -> None:
    planned = plan([BEN | {"first_name": "BEN", "surname": "lee"}], [BEN])
    assert only(planned.changed)["first_name"] == "BEN"


def test_a_blank_never_erases() -> None:
    blank = AMIRA | {"gender": None, "upn": None}
    assert numbers(plan([blank], [AMIRA])) == (0, 0, 1)


def test_fill_changes_only_what_is_blank() -> None:
    planned = plan([AMIRA | {"registration_group": "9B"}], [AMIRA | {"gender": None}], "fill")
    assert only(planned.changed) == {"id": "bd-1"} | AMIRA


def test_skip_changes_no_one_and_adds_new_people() -> None:
    planned = plan([AMIRA | {"registration_group": "9B"}, BEN], [AMIRA], "skip")
    assert numbers(planned) == (1, 0, 1)
    assert not planned.changed.height


def test_each_row_is_linked_to_one_of_several_namesakes() -> None:
    first, second = BEN | {"registration_group": "9A"}, BEN | {"registration_group": "9B"}
    assert numbers(plan([first, second], [first, second])) == (0, 0, 2)


def test_a_third_row_is_linked_to_the_last_of_two_namesakes() -> None:
    assert numbers(plan([BEN, BEN, BEN], [BEN, BEN])) == (0, 0, 3)


def test_a_namesake_recognised_by_upn_leaves_the_other_one_to_the_other_row() -> None:
    twin = AMIRA | {"upn": None, "registration_group": "9B"}
    for stored_people in ([AMIRA, twin], [twin, AMIRA]):
        for rows in ([AMIRA, twin], [twin, AMIRA]):
            assert numbers(plan(rows, stored_people)) == (0, 0, 2)


def test_a_row_that_adds_nothing_is_linked_to_someone_who_has_a_row_already() -> None:
    assert numbers(plan([AMIRA, AMIRA | {"upn": None}], [AMIRA])) == (0, 0, 2)


def test_two_upns_are_two_students_whatever_their_names() -> None:
    other = AMIRA | {"upn": "T20110001804V"}
    planned = plan([AMIRA, other], [AMIRA | {"upn": None}])
    assert numbers(planned) == (1, 1, 0)
    assert only(planned.added)["upn"] == "T20110001804V"
    assert numbers(plan([AMIRA, other], [AMIRA])) == (1, 0, 1)


def test_swapped_rows_of_namesakes_find_their_own_upns() -> None:
    other = AMIRA | {"upn": "T20110001804V"}
    assert numbers(plan([other, AMIRA], [AMIRA, other])) == (0, 0, 2)


def test_two_rows_about_one_student_both_count() -> None:
    bare = BEN | {"gender": None}
    planned = plan([bare | {"upn": "H801200001001"}, bare | {"gender": "M"}], [bare])
    assert only(planned.changed) == {"id": "bd-1"} | BEN | {"upn": "H801200001001"}
    assert numbers(planned) == (0, 2, 0)


def test_when_filling_the_first_of_two_rows_counts() -> None:
    bare = BEN | {"gender": None}
    planned = plan([bare | {"gender": "F"}, bare | {"gender": "M"}], [bare], "fill")
    assert only(planned.changed)["gender"] == "F"


def test_staff_are_recognised_by_email_in_upper_or_lower_case() -> None:
    planned = plan_staff([LEE | {"surname": "Khan-Lee", "email": "JO@school.org"}], [LEE])
    assert only(planned.changed)["surname"] == "Khan-Lee"


def test_staff_without_an_email_are_recognised_by_name() -> None:
    assert numbers(plan_staff([LEE | {"email": None}], [LEE])) == (0, 0, 1)
    assert only(plan_staff([LEE], [LEE | {"email": None}]).changed)["email"] == "jo@school.org"


def test_every_row_is_added_updated_or_unchanged() -> None:
    rows = [AMIRA, BEN, AMIRA | {"surname": "New"}, BEN | {"first_name": "New"}]
    assert sum(numbers(plan(rows, [AMIRA, BEN]))) == len(rows)


def test_thousands_of_namesakes_can_be_linked() -> None:
    assert numbers(plan([BEN] * 3000, [BEN] * 2000)) == (0, 0, 3000)


def test_a_twin_with_the_wrong_upn_does_not_replace_the_other_twin() -> None:
    """Amy's row has Ann's UPN by mistake, and Ann's row has none: both must be there afterwards."""
    ann = AMIRA | {"first_name": "Ann"}
    planned = plan([ann | {"upn": None}, ann | {"first_name": "Amy"}], [ann])
    assert numbers(planned) == (1, 1, 0)
    assert sorted(str(name) for name in planned.people_after["first_name"]) == ["Amy", "Ann"]


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
