"""What comparing a whole file with the people stored shows about its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import pytest

from backdrop_tui.intake.linking.answers import Answers
from backdrop_tui.intake.linking.linkage import Linkage
from backdrop_tui.records.schema.findings import Finding
from tests.support.linking import decisions, linked
from tests.support.made_up import CONTEXT, STAFF, STUDENTS, people, stored, upn

Person = Mapping[str, str | None]

_FIRST = ("Amira", "Ben", "Chloe", "Dev", "Ewa", "Finn", "Grace", "Hamza", "Isla", "Jack", "Kofi")
_LAST = ("Ahmed", "Brown", "Clarke", "Dunn", "Evans", "Foster", "Green")


def child(number: int, **changes: str | None) -> dict[str, str | None]:
    """A made-up child; each number is somebody else."""
    made: dict[str, str | None] = {
        "first_name": _FIRST[number % 11],
        "surname": _LAST[number % 7],
        "date_of_birth": f"{2009 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}",
        "gender": "FM"[number % 2],
        "year_group": str(7 + number % 5),
        "registration_group": "7A",
        "upn": upn(number),
    }
    return made | changes


SCHOOL = [child(number) for number in range(120)]


def link_students(rows: Sequence[Person], known: Sequence[Person] = SCHOOL, **more: object) -> Linkage:
    return linked(STUDENTS, people(STUDENTS, *rows), stored(STUDENTS, *known), **more)  # type: ignore[arg-type]


def shifted(key: str, by: int = 1, school: Sequence[Person] = SCHOOL) -> list[Person]:
    """A school in whose file one column is some rows too far down."""
    count = len(school)
    return [{**person, key: school[(place - by) % count][key]} for place, person in enumerate(school)]


def the_finding(linkage: Linkage, code: str) -> Finding:
    (finding,) = [finding for finding in linkage.findings if finding.code == code]
    return finding


def test_next_years_file_of_the_same_school_says_nothing() -> None:
    rows = [{**person, "registration_group": "8B"} for person in SCHOOL]
    linkage = link_students([*rows, *(child(number, surname="Newman") for number in range(200, 230))])
    assert linkage.findings == ()
    assert linkage.links.height == 120
    assert linkage.problems.is_empty()


@pytest.mark.parametrize("key", ["upn", "surname", "first_name", "date_of_birth"])
@pytest.mark.parametrize(("by", "neighbour"), [(1, "above"), (-1, "below")])
def test_a_column_that_has_slipped_by_a_row_is_named(key: str, by: int, neighbour: str) -> None:
    linkage = link_students(shifted(key, by))
    finding = the_finding(linkage, "column-slipped")
    assert finding.message.startswith(STUDENTS.label(key))
    assert neighbour in finding.message
    assert finding.is_error
    assert not finding.remedies
    assert linkage.problems.is_empty()  # nobody is asked about single rows before that is settled


@pytest.mark.parametrize("key", ["surname", "first_name", "date_of_birth"])
def test_a_column_that_has_slipped_is_noticed_in_a_school_without_upns(key: str) -> None:
    school = [{**person, "upn": None} for person in SCHOOL]
    assert (
        STUDENTS.label(key)
        in the_finding(link_students(shifted(key, 1, school), school), "column-slipped").message
    )


def test_a_column_that_has_slipped_only_from_some_row_on_is_noticed() -> None:
    rows = [*SCHOOL[:100], *shifted("surname")[100:110], *SCHOOL[110:]]
    finding = the_finding(link_students(rows), "column-slipped")
    assert set(finding.rows) <= set(range(102, 112))


def test_a_column_that_was_sorted_by_itself_is_noticed() -> None:
    names = sorted(str(person["surname"]) for person in SCHOOL)
    rows = [{**person, "surname": name} for person, name in zip(SCHOOL, names, strict=True)]
    assert "Surname" in the_finding(link_students(rows), "column-slipped").message


def test_a_few_new_surnames_and_corrected_birth_dates_are_no_slipped_column() -> None:
    rows: list[Person] = [*SCHOOL]
    for place in (3, 30, 31, 60):
        rows[place] = {**rows[place], "surname": "Newman"}
    for place in (7, 8, 9, 10):
        rows[place] = {**rows[place], "date_of_birth": "2012-02-29"}
    assert not [finding for finding in link_students(rows).findings if finding.code == "column-slipped"]


def test_many_permanent_upns_after_temporary_ones_are_no_slipped_column() -> None:
    known = [{**person, "upn": f"H8012000{n:04}A"} for n, person in enumerate(SCHOOL[:20])]
    linkage = link_students(SCHOOL, [*known, *SCHOOL[20:]])
    assert linkage.findings == ()
    assert linkage.links.height == len(SCHOOL)


def test_a_column_of_names_that_has_slipped_in_a_file_of_staff_is_named() -> None:
    staff = [
        {
            **colleague("Teachers"),
            **{key: person[key] for key in ("first_name", "surname")},
            "email": f"{n}@s.uk",
        }
        for n, person in enumerate(SCHOOL[:30])
    ]
    for key in ("first_name", "surname", "email"):
        linkage = linked(STAFF, people(STAFF, *shifted(key, 1, staff)), stored(STAFF, *staff))
        assert the_finding(linkage, "column-slipped").message.startswith(STAFF.label(key))
        assert linkage.problems.is_empty()


def test_new_addresses_for_all_staff_are_no_slipped_column() -> None:
    staff = [
        {
            **colleague("Teachers"),
            "first_name": person["first_name"],
            "surname": f"Lee-{n}",
            "email": f"{n}@s.uk",
        }
        for n, person in enumerate(SCHOOL[:30])
    ]
    rows = [{**person, "email": str(person["email"]).replace("s.uk", "trust.uk")} for person in staff]
    linkage = linked(STAFF, people(STAFF, *rows), stored(STAFF, *staff))
    assert linkage.findings == ()


def test_after_it_is_dismissed_each_row_is_asked_about() -> None:
    context = replace(CONTEXT, dismissed=frozenset({"column-slipped"}))
    linkage = link_students(shifted("upn"), context=context)
    assert linkage.findings == ()
    assert {code for code, *_ in map(tuple, decisions(linkage).values())} >= {"upn-taken"}
    assert linkage.links.is_empty()


def test_exchanged_names_are_one_finding_whose_remedy_exchanges_them_back() -> None:
    rows = [{**person, "first_name": person["surname"], "surname": person["first_name"]} for person in SCHOOL]
    for with_upns in (rows, [{**row, "upn": None} for row in rows]):
        finding = the_finding(link_students(with_upns), "names-exchanged")
        (remedy,) = finding.remedies
        assert remedy.cells is not None
        assert remedy.cells.height == 240
        first = remedy.cells.filter(pl.col("row") == 2).sort("field")
        assert first["text"].to_list() == ["Amira", "Ahmed"]


def test_preferred_first_names_are_one_finding_whose_remedy_keeps_the_stored_ones() -> None:
    school = [
        {**person, "first_name": "Thomas"} if place % 8 == 0 else person
        for place, person in enumerate(SCHOOL)
    ]
    rows = [
        {**person, "first_name": "Tom"} if person["first_name"] == "Thomas" else person for person in school
    ]
    finding = the_finding(link_students(rows, school), "first-names-alike")
    assert "“Tom” for “Thomas”" in finding.message
    (remedy,) = finding.remedies
    assert remedy.cells is not None
    assert set(remedy.cells["text"]) == {"Thomas"}
    assert len(finding.rows) == 15


def test_another_schools_file_is_noticed() -> None:
    names = [f"{first}{last}" for first in ("Ab", "Be", "Co") for last in ("ra", "lo", "ni", "ta")]
    rows = [child(number, first_name=names[number % 12], surname="Other") for number in range(500, 620)]
    finding = the_finding(link_students(rows), "another-school")
    assert finding.is_error
    assert len(finding.rows) >= 100


def test_a_list_of_joiners_or_a_new_intake_is_not_another_school() -> None:
    joiners = [child(number, surname="Joiner") for number in range(500, 512)]
    assert link_students(joiners).findings == ()
    intake = [
        child(number, surname="Newman", date_of_birth=f"2019-{1 + number % 12:02}-05")
        for number in range(500, 620)
    ]
    assert link_students(intake).findings == ()


def test_kept_spellings_are_noted() -> None:
    school = [{**SCHOOL[0], "surname": "O'Neill"}, *SCHOOL[1:]]
    linkage = link_students([{**SCHOOL[0], "surname": "ONEILL"}, *SCHOOL[1:]], school)
    assert the_finding(linkage, "name-spelling").rows.to_list() == [2]
    assert linkage.withheld.rows() == [(2, "surname")]


def colleague(group: str | None, **changes: str | None) -> Person:
    return {
        "first_name": "Ann", "surname": "Lee", "job_role": "Teacher", "user_group": group, "email": "ann@school.org", "status": "current",
    } | changes  # fmt: skip


def link_staff(row: Person, known: Person, **more: object) -> Linkage:
    kind = STAFF
    in_file = {key: value for key, value in row.items() if key in kind.keys}
    return linked(kind, people(kind, in_file), stored(kind, known), **more)  # type: ignore[arg-type]


def test_someone_who_would_get_more_rights_is_named_and_asked_about() -> None:
    finding = the_finding(link_staff(colleague("DSLs"), colleague("Teachers")), "rights-raised")
    assert "row 2, Ann Lee, Teachers → DSLs" in finding.message
    (remedy,) = finding.remedies
    assert remedy.accepted == ((2, "user_group", "rights-raised"),)


@pytest.mark.parametrize("group", ["TAs", "Teachers", "Governors", None, "A group of our own"])
def test_someone_who_would_not_get_more_rights_is_not_asked_about(group: str | None) -> None:
    expected = ("rights-raised",) if group == "Governors" else ()
    linkage = link_staff(colleague(group), colleague("Teachers"))
    assert (
        tuple(finding.code for finding in linkage.findings) == expected
    )  # governors run reports, which teachers don't


def test_rights_are_given_only_to_those_for_whom_that_was_agreed() -> None:
    linkage = link_staff(
        colleague("DSLs"), colleague("Teachers"), answers=Answers(rights_given=frozenset({2}))
    )
    assert linkage.findings == ()
    assert linkage.withheld.is_empty()
    assert linkage.raised.select("row", "from", "to").rows() == [(2, "Teachers", "DSLs")]


def test_someone_keeps_their_old_group_if_the_rights_are_refused() -> None:
    context = replace(CONTEXT, dismissed=frozenset({"rights-raised"}))
    linkage = link_staff(colleague("DSLs"), colleague("Teachers"), context=context)
    assert linkage.findings == ()
    assert linkage.withheld.rows() == [(2, "user_group")]
    assert linkage.raised.is_empty()


def test_someone_who_comes_back_has_no_rights_until_that_is_agreed() -> None:
    linkage = link_staff(colleague("DSLs"), colleague("DSLs", status="left"))
    assert "row 2, Ann Lee, no user group → DSLs" in the_finding(linkage, "rights-raised").message
