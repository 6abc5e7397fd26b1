"""What linking decides about several rows and people together, and what it reports."""

from collections.abc import Mapping

import polars as pl
import pytest

from backdrop_tui.intake.linking.answers import DIGESTED, Answers, KeptAnswers
from backdrop_tui.intake.linking.linkage import Linkage
from tests.support.linking import decisions, linked
from tests.support.made_up import STAFF, STUDENTS, people, stored

Person = Mapping[str, str | None]

ANN: Person = {
    "first_name": "Ann",
    "surname": "Lee",
    "date_of_birth": "2014-03-10",
    "gender": "F",
    "year_group": "7",
    "registration_group": "7A",
    "upn": "H801200001001",
}
BROTHER: Person = {
    **ANN,
    "first_name": "Ben",
    "date_of_birth": "2012-05-09",
    "gender": "M",
    "upn": "X801200002001",
}
STRANGER: Person = {
    **ANN,
    "first_name": "Zak",
    "surname": "Roe",
    "date_of_birth": "2013-07-21",
    "upn": "R201100018042",
}
JO: Person = {
    "first_name": "Jo", "surname": "Lee", "job_role": "Teacher", "user_group": "Teachers", "email": "jo@school.org",
}  # fmt: skip


def link_students(rows: list[Person], known: list[Person], **more: object) -> Linkage:
    return linked(STUDENTS, people(STUDENTS, *rows), stored(STUDENTS, *known), **more)  # type: ignore[arg-type]


def link_staff(rows: list[Person], known: list[Person], **more: object) -> Linkage:
    return linked(STAFF, people(STAFF, *rows), stored(STAFF, *known), **more)  # type: ignore[arg-type]


def with_ids(rows: list[Person], ids: list[str | None]) -> pl.DataFrame:
    return people(STUDENTS, *rows).with_columns(backdrop_id=pl.Series(ids, dtype=pl.String))


def codes(linkage: Linkage) -> dict[int, list[str]]:
    by_row = linkage.problems.group_by("row").agg("code").sort("row")
    return {row: sorted(of_row) for row, of_row in by_row.iter_rows()}


def rejecting(linkage: Linkage, row: int) -> Answers:
    """What saying that a row is about none of the people stored leaves behind."""
    compared = linkage.compared.filter(pl.col("row") == row)
    return Answers(new=frozenset({row}), rejected=frozenset(compared.iter_rows()))


def test_siblings_whose_upns_are_swapped_are_asked_about_and_each_offered_themselves() -> None:
    rows: list[Person] = [{**ANN, "upn": BROTHER["upn"]}, {**BROTHER, "upn": ANN["upn"]}]
    linkage = link_students(rows, [ANN, BROTHER])
    assert decisions(linkage) == {2: ("upn-taken", "bd-1"), 3: ("upn-taken", "bd-2")}


def test_a_twin_with_a_similar_name_and_the_wrong_upn_is_asked_about() -> None:
    amelie: Person = {**ANN, "first_name": "Amelie", "upn": "X801200002001"}
    amelia: Person = {**ANN, "first_name": "Amelia"}
    linkage = link_students([{**amelie, "upn": amelia["upn"]}], [amelia, amelie])
    assert decisions(linkage) == {2: ("upn-taken", "bd-2")}


def test_a_message_about_someone_elses_upn_says_nothing_about_them_that_the_row_has_not() -> None:
    linkage = link_students([{**STRANGER, "upn": ANN["upn"]}], [ANN])
    (message,) = linkage.problems["message"]
    assert "first name, surname and date of birth" in message
    assert not any(value in message for value in ("Ann", "Lee", "2014", "10/03"))


def test_of_two_namesakes_the_one_with_the_rows_upn_counts_and_without_it_someone_has_to_choose() -> None:
    namesake: Person = {**ANN, "upn": BROTHER["upn"]}
    assert decisions(link_students([namesake], [ANN, namesake])) == {2: "bd-2"}
    expected = ("person-ambiguous", "bd-1", "bd-2")
    assert decisions(link_students([{**ANN, "upn": None}], [ANN, namesake])) == {2: expected}
    assert decisions(link_students([{**ANN, "upn": STRANGER["upn"]}], [ANN, namesake])) == {2: expected}


def test_nobody_is_asked_about_someone_whom_another_row_is_about() -> None:
    twin: Person = {**ANN, "first_name": "Amy", "upn": None}
    assert decisions(link_students([ANN, twin], [ANN])) == {2: "bd-1"}
    assert decisions(link_students([twin], [ANN])) == {2: ("person-near", "bd-1")}


def test_the_same_name_with_another_upn_is_asked_about_even_if_another_row_is_about_that_person() -> None:
    linkage = link_students([ANN, {**ANN, "upn": BROTHER["upn"]}], [ANN])
    assert decisions(linkage) == {2: "bd-1", 3: ("upn-changed", "bd-1")}


def test_a_short_form_is_asked_about_if_two_rows_could_be_the_person() -> None:
    rows: list[Person] = [{**ANN, "first_name": name, "upn": None} for name in ("Liz", "Beth")]
    elizabeth: Person = {**ANN, "first_name": "Elizabeth", "upn": None}
    expected = ("person-near", "bd-1")
    assert decisions(link_students(rows, [elizabeth])) == {2: expected, 3: expected}


def test_where_the_upns_say_nothing_the_admission_number_decides() -> None:
    known: Person = {**ANN, "upn": None, "admission_number": "0042"}
    assert decisions(link_students([{**known, "surname": "Cole"}], [known])) == {2: "bd-1"}
    linkage = link_students([{**STRANGER, "upn": None, "admission_number": "0042"}], [known])
    assert linkage.problems.select("code", "field", "value").rows() == [
        ("upn-taken", "admission_number", "0042")
    ]


def test_a_former_upn_of_someone_else_is_asked_about_even_if_the_name_and_birth_date_are_stored() -> None:
    known: Person = {**STRANGER, "upn": None}
    rows = people(STUDENTS, known).with_columns(former_upn=pl.lit(ANN["upn"]))
    assert decisions(linked(STUDENTS, rows, stored(STUDENTS, ANN, known))) == {2: ("upn-taken", "bd-2")}


def test_a_former_upn_is_recognised() -> None:
    rows = people(STUDENTS, {**ANN, "upn": BROTHER["upn"]}).with_columns(former_upn=pl.lit(ANN["upn"]))
    assert decisions(linked(STUDENTS, rows, stored(STUDENTS, ANN))) == {2: "bd-1"}


def test_an_exported_id_comes_first() -> None:
    rows = with_ids([{**ANN, "surname": "Cole", "date_of_birth": "2012-01-30", "upn": None}], ["bd-1"])
    linkage = linked(STUDENTS, rows, stored(STUDENTS, ANN))
    assert decisions(linkage) == {2: "bd-1"}
    assert codes(linkage) == {2: ["person-changed"]}


@pytest.mark.parametrize("ids", [["bd-9"], ["bd-1"]])
def test_an_exported_id_is_ignored_if_nobody_has_it_or_nothing_else_agrees(ids: list[str | None]) -> None:
    for row in (STRANGER, {**STRANGER, "upn": None}):
        assert decisions(linked(STUDENTS, with_ids([row], ids), stored(STUDENTS, ANN))) == {}


def test_an_exported_id_does_not_bring_someone_elses_upn_along() -> None:
    rows = with_ids([{**ANN, "upn": BROTHER["upn"]}], ["bd-1"])
    assert decisions(linked(STUDENTS, rows, stored(STUDENTS, ANN, BROTHER))) == {2: ("upn-taken", "bd-1")}


def test_a_temporary_upn_never_replaces_a_permanent_one() -> None:
    linkage = link_students([{**ANN, "upn": "H80120000100A"}], [ANN])
    assert codes(linkage) == {2: ["upn-kept"]}
    assert linkage.withheld.rows() == [(2, "upn")]


def test_two_rows_about_one_person_are_duplicates() -> None:
    linkage = link_students([ANN, {**ANN, "upn": None, "registration_group": "7B"}], [ANN])
    assert codes(linkage) == {2: ["duplicate-person"], 3: ["duplicate-person"]}
    assert linkage.duplicates["rows"].to_list() == [[2, 3], [2, 3]]


def test_namesakes_who_are_recognised_as_different_people_are_none() -> None:
    namesake: Person = {**ANN, "upn": BROTHER["upn"]}
    assert codes(link_students([ANN, namesake], [ANN, namesake])) == {}


def test_two_staff_of_one_name_are_duplicates_even_if_nobody_is_stored() -> None:
    rows: list[Person] = [JO, {**JO, "email": None}]
    assert codes(link_staff(rows, [])) == {2: ["duplicate-person"], 3: ["duplicate-person"]}
    assert codes(link_staff(rows, [], answers=Answers(new=frozenset({3})))) == {}


def test_a_row_with_the_name_of_a_row_that_is_asked_about_is_a_duplicate_of_it() -> None:
    bob: Person = {**JO, "first_name": "Bob", "email": "bob@school.org"}
    rows: list[Person] = [{**JO, "email": None}, {**JO, "email": "bob@school.org"}]
    assert codes(link_staff(rows, [bob])) == {2: ["duplicate-person"], 3: ["email-taken"]}
    assert codes(link_staff(rows, [bob], answers=Answers(new=frozenset({3})))) == {3: ["email-kept"]}


def test_a_row_that_the_user_says_is_the_same_updates_that_person() -> None:
    row: Person = {**ANN, "surname": "Cole", "upn": None}
    linkage = link_students([row], [ANN], answers=Answers(same={2: "bd-1"}))
    assert decisions(linkage) == {2: "bd-1"}
    assert codes(linkage) == {}


def test_what_is_stored_is_kept_for_a_row_that_the_user_says_is_the_same() -> None:
    row: Person = {**ANN, "first_name": "ANN", "surname": "Cole", "upn": "H80120000100A"}
    linkage = link_students([row], [ANN], answers=Answers(same={2: "bd-1"}))
    assert sorted(linkage.withheld.rows()) == [(2, "first_name"), (2, "upn")]
    assert codes(linkage) == {2: ["upn-kept"]}


def test_a_row_that_the_user_says_is_new_is_new_without_someone_elses_upn() -> None:
    linkage = link_students([{**STRANGER, "upn": ANN["upn"]}], [ANN], answers=Answers(new=frozenset({2})))
    assert decisions(linkage) == {}
    assert linkage.withheld.rows() == [(2, "upn")]
    assert codes(linkage) == {2: ["upn-kept"]}


def test_a_row_that_is_new_can_still_be_about_someone_stored_since() -> None:
    row: Person = {**ANN, "surname": "Cole", "upn": None}
    answers = rejecting(link_students([row], [ANN]), 2)
    assert decisions(link_students([row], [ANN], answers=answers)) == {}
    assert decisions(link_students([row], [ANN, row], answers=answers)) == {2: "bd-2"}
    assert decisions(link_students([row], [{**ANN, "surname": "Cole"}], answers=answers)) == {2: "bd-1"}


def test_a_row_that_is_new_is_not_asked_about_the_same_people_again() -> None:
    rows: list[Person] = [ANN, {**ANN, "upn": None, "registration_group": "7B"}]
    first = link_students(rows, [ANN])
    assert codes(first) == {2: ["duplicate-person"], 3: ["duplicate-person"]}
    linkage = link_students(rows, [ANN], answers=rejecting(first, 3))
    assert decisions(linkage) == {2: "bd-1"}
    assert codes(linkage) == {}


def test_a_person_keeps_their_own_upn_if_someone_else_has_the_rows() -> None:
    rows: list[Person] = [{**BROTHER, "upn": ANN["upn"]}]
    linkage = link_students(rows, [ANN, BROTHER], answers=Answers(same={2: "bd-2"}))
    assert decisions(linkage) == {2: "bd-2"}
    assert linkage.withheld.rows() == [(2, "upn")]


def test_an_answer_about_someone_who_is_not_stored_any_more_does_not_count() -> None:
    linkage = link_students(
        [{**ANN, "surname": "Cole", "upn": None}], [ANN], answers=Answers(same={2: "bd-7"})
    )
    assert decisions(linkage) == {2: ("person-near", "bd-1")}


def test_what_was_answered_for_an_earlier_file_is_not_asked_again() -> None:
    row: Person = {**BROTHER, "upn": ANN["upn"]}
    answered = link_students([row], [ANN, BROTHER], answers=Answers(same={2: "bd-2"})).answered
    salt = "00ff"
    digest = KeptAnswers(salt).digest(*answered.select(DIGESTED).row(0))
    kept = KeptAnswers(salt, {digest: "bd-2"})
    assert decisions(link_students([row], [ANN, BROTHER], kept=kept)) == {2: "bd-2"}
    other: Person = {**row, "surname": "Cole"}
    assert decisions(link_students([other], [ANN, BROTHER], kept=kept)) == {2: ("upn-taken", "bd-1")}


def test_a_staff_address_is_lost_if_someone_else_has_it() -> None:
    spouse: Person = {**JO, "first_name": "Max"}
    linkage = link_staff([spouse], [JO], answers=Answers(new=frozenset({2})))
    assert linkage.withheld.rows() == [(2, "email")]
    assert codes(linkage) == {2: ["email-kept"]}


def test_a_row_without_a_valid_birth_date_is_linked_with_nobody() -> None:
    assert decisions(link_students([{**ANN, "date_of_birth": None}], [ANN])) == {}
