import polars as pl
import pytest

from backdrop_tui.intake.linking.plan import Existing, Plan, plan_import
from tests.support.made_up import STAFF, STUDENTS, people, stored

Person = dict[str, str | None]

AMIRA: Person = {
    "first_name": "Amira", "surname": "Khan", "date_of_birth": "2012-03-14", "gender": "F", "year_group": "9",
    "registration_group": "9A", "upn": "H801200001001", "admission_number": None,
}  # fmt: skip
BEN: Person = AMIRA | {"first_name": "Ben", "surname": "Lee", "upn": None, "gender": "M"}
LEE: Person = {
    "first_name": "Jo", "surname": "Lee", "job_role": "Teacher", "user_group": "Teachers", "email": "jo@school.org",
}  # fmt: skip


def plan(rows: list[Person], there: list[Person], existing: Existing = "update") -> Plan:
    return plan_import(STUDENTS, people(STUDENTS, *rows), stored(STUDENTS, *there), existing)


def plan_staff(rows: list[Person], there: list[Person]) -> Plan:
    return plan_import(STAFF, people(STAFF, *rows), stored(STAFF, *there), "update")


def numbers(found: Plan) -> tuple[int, int, int]:
    return found.added.height, found.updated, found.unchanged


def only(frame: pl.DataFrame) -> dict[str, str | None]:
    assert frame.height == 1
    return frame.row(0, named=True)


def test_nobody_stored_means_all_are_new() -> None:
    found = plan([AMIRA, BEN], [])
    assert numbers(found) == (2, 0, 0)
    assert found.added.columns == list(STUDENTS.keys)


def test_the_same_people_stay_as_they_are() -> None:
    assert numbers(plan([AMIRA, BEN], [BEN, AMIRA])) == (0, 0, 2)


@pytest.mark.parametrize(
    "change", [{"surname": "Khan-Smith"}, {"date_of_birth": "2012-04-14"}, {"first_name": "Amy"}]
)
def test_a_student_is_known_by_upn_where_surname_or_birth_agrees(change: Person) -> None:
    found = plan([AMIRA | change], [AMIRA])
    assert numbers(found) == (0, 1, 0)
    assert only(found.changed) == {"id": "bd-1"} | AMIRA | change
    assert only(found.before) == {"id": "bd-1"} | AMIRA


def test_the_same_upn_with_another_surname_and_birth_is_somebody_else() -> None:
    assert numbers(plan([AMIRA | {"surname": "Roe", "date_of_birth": "2011-01-01"}], [AMIRA])) == (1, 0, 0)


def test_a_student_is_known_by_name_and_birth_too() -> None:
    found = plan([BEN | {"upn": "T20110001804V"}], [BEN])
    assert only(found.changed)["upn"] == "T20110001804V"


def test_a_new_upn_of_somebody_known_by_name_is_taken_over() -> None:
    assert only(plan([AMIRA | {"upn": "T20110001804V"}], [AMIRA]).changed)["upn"] == "T20110001804V"


@pytest.mark.parametrize("key", ["first_name", "surname", "date_of_birth"])
def test_name_and_birth_must_all_agree(key: str) -> None:
    other = {"first_name": "Bo", "surname": "Ray", "date_of_birth": "2012-03-15"}[key]
    assert numbers(plan([BEN | {key: other}], [BEN])) == (1, 0, 0)


def test_case_does_not_count_but_is_taken_over() -> None:
    found = plan([BEN | {"first_name": "BEN", "surname": "lee"}], [BEN])
    assert only(found.changed)["first_name"] == "BEN"


def test_a_blank_never_erases() -> None:
    blank = AMIRA | {"gender": None, "upn": None}
    assert numbers(plan([blank], [AMIRA])) == (0, 0, 1)


def test_fill_changes_only_what_is_blank() -> None:
    found = plan([AMIRA | {"registration_group": "9B"}], [AMIRA | {"gender": None}], "fill")
    assert only(found.changed) == {"id": "bd-1"} | AMIRA


def test_skip_leaves_everything_alone_and_adds_the_new() -> None:
    found = plan([AMIRA | {"registration_group": "9B"}, BEN], [AMIRA], "skip")
    assert numbers(found) == (1, 0, 1)
    assert not found.changed.height


def test_of_several_alike_each_row_goes_with_one() -> None:
    first, second = BEN | {"registration_group": "9A"}, BEN | {"registration_group": "9B"}
    assert numbers(plan([first, second], [first, second])) == (0, 0, 2)


def test_a_third_row_of_a_pair_is_the_last_of_them() -> None:
    assert numbers(plan([BEN, BEN, BEN], [BEN, BEN])) == (0, 0, 3)


def test_one_alike_of_whom_the_upn_is_known_leaves_the_other_person_to_the_other_row() -> None:
    twin = AMIRA | {"upn": None, "registration_group": "9B"}
    for there in ([AMIRA, twin], [twin, AMIRA]):
        for rows in ([AMIRA, twin], [twin, AMIRA]):
            assert numbers(plan(rows, there)) == (0, 0, 2)


def test_a_row_with_nothing_of_its_own_is_about_somebody_who_has_a_row_already() -> None:
    assert numbers(plan([AMIRA, AMIRA | {"upn": None}], [AMIRA])) == (0, 0, 2)


def test_two_upns_are_two_students_whatever_their_names() -> None:
    other = AMIRA | {"upn": "T20110001804V"}
    found = plan([AMIRA, other], [AMIRA | {"upn": None}])
    assert numbers(found) == (1, 1, 0)
    assert only(found.added)["upn"] == "T20110001804V"
    assert numbers(plan([AMIRA, other], [AMIRA])) == (1, 0, 1)


def test_swapped_rows_of_students_alike_find_their_own_upns() -> None:
    other = AMIRA | {"upn": "T20110001804V"}
    assert numbers(plan([other, AMIRA], [AMIRA, other])) == (0, 0, 2)


def test_two_rows_about_one_student_both_count() -> None:
    bare = BEN | {"gender": None}
    found = plan([bare | {"upn": "H801200001001"}, bare | {"gender": "M"}], [bare])
    assert only(found.changed) == {"id": "bd-1"} | BEN | {"upn": "H801200001001"}
    assert numbers(found) == (0, 2, 0)


def test_when_filling_the_first_of_two_rows_counts() -> None:
    bare = BEN | {"gender": None}
    found = plan([bare | {"gender": "F"}, bare | {"gender": "M"}], [bare], "fill")
    assert only(found.changed)["gender"] == "F"


def test_staff_are_known_by_email_in_any_case() -> None:
    found = plan_staff([LEE | {"surname": "Khan-Lee", "email": "JO@school.org"}], [LEE])
    assert only(found.changed)["surname"] == "Khan-Lee"


def test_staff_are_known_by_name_otherwise() -> None:
    assert numbers(plan_staff([LEE | {"email": None}], [LEE])) == (0, 0, 1)
    assert only(plan_staff([LEE], [LEE | {"email": None}]).changed)["email"] == "jo@school.org"


def test_everybody_is_accounted_for() -> None:
    rows = [AMIRA, BEN, AMIRA | {"surname": "New"}, BEN | {"first_name": "New"}]
    assert sum(numbers(plan(rows, [AMIRA, BEN]))) == len(rows)


def test_many_alike_are_no_trouble() -> None:
    assert numbers(plan([BEN] * 3000, [BEN] * 2000)) == (0, 0, 3000)


def test_a_twin_with_the_wrong_upn_does_not_take_the_place_of_the_other() -> None:
    """Amy's row has Ann's UPN by mistake, and Ann's row has none: nobody may be gone afterwards."""
    ann = AMIRA | {"first_name": "Ann"}
    found = plan([ann | {"upn": None}, ann | {"first_name": "Amy"}], [ann])
    assert numbers(found) == (1, 1, 0)
    assert sorted(str(name) for name in found.people_after["first_name"]) == ["Amy", "Ann"]


@pytest.mark.parametrize("existing", ["update", "fill", "skip"])
def test_all_whom_the_file_is_about_are_there_as_they_will_be_stored(existing: Existing) -> None:
    found = plan([AMIRA, BEN | {"gender": "F"}, BEN | {"first_name": "New"}], [AMIRA, BEN], existing)
    genders = dict(found.people_after.select("first_name", "gender").iter_rows())
    assert genders == {"Amira": "F", "Ben": "F" if existing == "update" else "M", "New": "M"}
