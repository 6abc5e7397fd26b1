"""`backdrop list`, and exports with and without leavers."""

import csv
from datetime import date
from pathlib import Path

import pytest

from backdrop_tui.people.leaver_changes import FileAnswer, answer_about_files, mark_as_left, set_destination
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import colleague, import_people, person_id, pupil
from tests.support.made_up import STAFF, STUDENTS

FRIDAY = date(2026, 2, 13)


@pytest.fixture
def ids(data: DataFolder) -> dict[str, str]:
    """Four students and two members of staff by surname; three students and a safeguarding lead have left."""
    data.create()
    with School(data) as school:
        import_people(
            school, *(pupil(name, registration_group="7A") for name in ("Abbott", "Baker", "Cole", "dunn"))
        )
        import_people(school, colleague("Khan", "DSLs"), colleague("Lee", "TAs"), kind=STAFF)
        students = {name: person_id(school, name) for name in ("Abbott", "Baker", "Cole", "dunn")}
        staff = {name: person_id(school, name, STAFF) for name in ("Khan", "Lee")}
        mark_as_left(school, STUDENTS, [students["Abbott"], students["Baker"], students["Cole"]], FRIDAY)
        answer_about_files(school, [students["Abbott"]], FileAnswer("none"))
        set_destination(school, [students["Abbott"], students["Cole"]], "Hill School")
        mark_as_left(school, STAFF, [staff["Khan"]], FRIDAY)
    return students | staff


def test_students_and_staff_are_listed_with_their_ids(backdrop: Run, ids: dict[str, str]) -> None:
    ran = backdrop("list", "students")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"{ids['dunn']}  Zoë dunn  Year 7, 7A\n1 student.\n"
    assert backdrop("list", "staff").out == f"{ids['Lee']}  Jo Lee  Teacher, TAs\n1 member of staff.\n"


def test_leavers_are_listed_by_what_is_to_be_done(backdrop: Run, ids: dict[str, str]) -> None:
    assert backdrop("list", "leavers").out.splitlines() == [
        "Held child-protection rights. Confirm that they no longer have access:",
        f"! {ids['Khan']}  Jo Khan  Teacher, DSLs; left on 13/02/2026; to be confirmed",
        "",
        "Safeguarding files. The most urgent first:",
        f"! {ids['Baker']}  Zoë Baker  Year 7, 7A; left on 13/02/2026; file: not asked yet, due 20/02/2026 (late)",
        f"! {ids['Cole']}  Zoë Cole  Year 7, 7A; left on 13/02/2026 for Hill School; file: not asked yet, due 20/02/2026 (late)",
        "",
        "Nothing to be done:",
        f"✓ {ids['Abbott']}  Zoë Abbott  Year 7, 7A; left on 13/02/2026 for Hill School; file: no file",
        "",
        "Due dates count weekdays: 5 after leaving, or the first 5 of September. School holidays aren't known.",
        "4 listed.",
    ]


def test_only_those_for_whom_something_is_to_be_done_are_listed_if_asked_for(
    backdrop: Run, ids: dict[str, str]
) -> None:
    people = backdrop("list", "leavers", "--outstanding", "--format", "json").json["leavers"]
    assert [person["id"] for person in people] == [ids["Khan"], ids["Baker"], ids["Cole"]]
    assert [person["task"] for person in people] == ["confirm-departure", "ask-about-file", "ask-about-file"]
    assert (people[1]["kind"], people[1]["due_on"], people[1]["is_late"]) == ("students", "2026-02-20", True)
    assert [person["needs_destination"] for person in people[1:]] == [True, False]


@pytest.mark.usefixtures("ids")
def test_the_status_counts_leavers(backdrop: Run) -> None:
    status = backdrop("status", "--format", "json").json
    assert (status["students"], status["staff"], status["leavers"]) == (1, 1, 4)
    assert "Stored: 1 student, 1 staff, 4 leavers." in backdrop("status").out


@pytest.mark.usefixtures("signed_up")
def test_when_nobody_has_left_nobody_is_listed(backdrop: Run) -> None:
    assert backdrop("list", "leavers").out == "Nobody is listed.\n"
    assert backdrop("list", "leavers", "--format", "json").json == {"leavers": []}


@pytest.mark.parametrize("who", ["students", "staff"])
def test_only_leavers_can_be_outstanding(backdrop: Run, who: str) -> None:
    ran = backdrop("list", who, "--outstanding")
    assert (ran.status, ran.out) == (2, "")
    assert "Use --outstanding with leavers" in ran.error_line


def test_nothing_is_created_to_list_nobody(backdrop: Run, data: DataFolder) -> None:
    assert backdrop("list", "students").out == "0 students.\n"
    assert backdrop("list", "leavers").status == 0
    assert not data.path.exists()


def test_an_export_has_leavers_only_if_asked_for_and_everyones_id_in_the_last_column(
    backdrop: Run, ids: dict[str, str]
) -> None:
    for option, surnames in ((), ["dunn"]), (("--leavers",), ["Abbott", "Baker", "Cole", "dunn"]):
        rows = list(csv.DictReader(backdrop("export", "students", *option).out.splitlines()))
        assert [row["Surname"] for row in rows] == surnames
        assert [row["Back:drop ID"] for row in rows] == [ids[name] for name in surnames]
        assert list(rows[0])[-1] == "Back:drop ID"


@pytest.mark.usefixtures("ids")
def test_leavers_in_a_file_come_back_and_undo_makes_them_leavers_again(
    backdrop: Run, data: DataFolder, tmp_path: Path
) -> None:
    with School(data, read_only=True) as school:
        before = school.stored(STUDENTS)
    backdrop("export", "students", "--leavers", "-o", tmp_path / "all.csv")
    counts = backdrop("import", tmp_path / "all.csv", "--format", "json").json
    assert (counts["added"], counts["updated"], counts["unchanged"]) == (0, 3, 1)
    assert backdrop("status", "--format", "json").json["students"] == 4
    assert backdrop("undo").status == 0
    with School(data, read_only=True) as school:
        assert school.stored(STUDENTS).equals(before)
