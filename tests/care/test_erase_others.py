"""Erasing someone takes everything that is about them, under whatever name, and nothing that is about another child."""

import pytest

from backdrop_tui.care.erase import erase, look_for
from backdrop_tui.care.erase_texts import receipt_text, warning
from backdrop_tui.care.subject_access import held_about
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.school import School
from backdrop_tui.store.port import Person
from tests.support.imports import import_people
from tests.support.made_up import NOW, STAFF, STUDENTS, upn

HEADINGS = "Name,Date of Birth,Gender,Year Group,Registration Group,UPN,Note"


def stored(first: str, last: str, born: str, **values: str) -> Person:
    """A student, as the store has them."""
    return {"first_name": first, "surname": last, "date_of_birth": born} | {
        "year_group": "8",
        "registration_group": "8A",
        "gender": "M",
        **values,
    }


def id_of(school: School, first: str) -> str:
    people = school.stored(STUDENTS)
    return str(people.filter(people["first_name"] == first)["id"].item())


def rows_after(school: School, first: str, *rows: str, steps: tuple[Change, ...] = ()) -> list[str]:
    """What is left of a draft's rows when someone has been erased. An errors file with these rows has to have the same ones left."""
    text = "\n".join([HEADINGS, *rows, ""])
    errors_file = school.folder.path / "some_errors.csv"
    errors_file.write_text(text)
    draft = Draft.create(school.folder, STUDENTS, [SourceFile("a.csv", text.encode(), None)], NOW)
    for step in steps:
        draft.do(step)
    draft.close()
    erase(school, [id_of(school, first)])
    after = (draft.folder / "source").read_text().splitlines()[1:]
    if not steps:
        assert errors_file.read_text().splitlines()[1:] == after
    return after


def test_a_child_whose_name_contains_that_of_the_erased_one_keeps_it(school: School) -> None:
    import_people(
        school,
        stored("Mohammed", "Khan", "2013-10-01"),
        stored("Mohammed Ali", "Khan", "2013-11-02"),
        stored("Bea", "Brown", "2014-03-21"),
    )
    kept = [
        "Mohammed Ali Khan,02/11/2013,M,8,8A,,",
        '"Khan, Mohammed Ali",,M,8,8A,,a friend of Bea',
        "Bea Brown,21/03/2014,F,8,8A,,brother: Mohammed Ali Khan",
        "Mohammed Tariq Khan,09/05/2012,M,8,8A,,someone new",
        "Mohammed Khan,09/05/2012,M,8,8A,,a new namesake",
    ]
    named = "Bea Brown,21/03/2014,F,8,8A,,with {}"
    rows = [*kept, "Mohammed Khan,01/10/2013,M,8,8A,,", named.format("Mohammed Khan")]
    assert rows_after(school, "Mohammed", *rows) == [*kept, "", named.format("")]


def test_of_a_message_about_the_erased_child_no_date_of_birth_is_left(school: School) -> None:
    import_people(
        school, stored("Mohammed", "Khan", "2013-10-01"), stored("Mohammed Ali", "Khan", "2013-11-02")
    )
    message = '"{} is stored with a different date of birth. Check."'
    row = "Mohammed Ali Khan,02/11/2013,M,8,8A,,"
    (after,) = rows_after(school, "Mohammed", row + message.format("Mohammed Khan, born 01/10/2013,"))
    assert after == row + message.format(",")


@pytest.mark.parametrize(
    "name", ["Brown Bea", '"Brown, Bea"', "Bea Brown", "BEA MAY BROWN", "Brown Bea May", "Bea Former"]
)
def test_a_row_with_the_name_written_in_another_way_goes_as_a_whole(school: School, name: str) -> None:
    import_people(school, stored("Bea", "Brown", "2014-03-21"), stored("Ada", "Old", "2014-03-20"))
    other = "Ada Old,20/03/2014,M,8,8A,,"
    assert rows_after(school, "Bea", f"{name},21/03/2014,M,8,8A,BAD,x", other) == ["", other]


def test_names_in_other_scripts_go_and_those_of_others_stay(school: School) -> None:
    import_people(
        school,
        stored("민수", "김", "2014-03-14"),
        stored("미선", "강", "2014-04-15"),
        stored("सुनीता", "शर्मा", "2014-05-16"),
    )
    kept = ["강 미선,15/04/2014,M,8,8A,,", "곽 목사,15/06/2014,M,8,8A,,सुनीता शर्मा"]
    assert rows_after(school, "민수", "김 민수,14/03/2014,M,8,8A,,", *kept) == ["", *kept]
    (unreadable := school.folder.path / "students.json.damaged-1").write_text(
        '{"1": {"सुनीता", "शर्मा"\n강 미선'
    )
    erase(school, [id_of(school, "सुनीता")])
    left = [path for path in school.folder.path.rglob("*") if path.is_file()]
    assert [path for path in left if "सुनीता".encode() in path.read_bytes()] == []
    assert unreadable.read_text() == "강 미선"


def test_a_row_under_a_surname_that_was_never_stored_is_guessed_and_that_is_said(school: School) -> None:
    import_people(school, stored("Ada", "Now", "2014-03-20"), stored("Bea", "Brown", "2014-03-21"))
    errors_file = school.folder.path / "some_errors.csv"
    errors_file.write_text(f"{HEADINGS}\nAda Former,20/03/2014,M,8,8A,,\n")
    person = id_of(school, "Ada")
    (found,) = held_about(school, person)["errors_files"]
    assert found["found"][0]["cells"]["Name"] == "Ada Former"
    traces = look_for(school, [person])
    sentence = "1 row in drafts or errors files has another name, and is taken to be theirs because of"
    assert sentence in " ".join(warning(school, traces, NOW.date()))
    assert "Rows that were taken to be theirs under another name: 1." in receipt_text(erase(school, [person]))
    assert not errors_file.exists()


def test_a_student_with_the_name_of_a_member_of_staff_keeps_it(school: School) -> None:
    import_people(school, stored("Bea", "Brown", "2014-03-21"))
    import_people(school, {"first_name": "Zoe", "surname": "Lee", "email": "z@example.org"}, kind=STAFF)
    rows = ["Zoe Lee,20/03/2013,F,8,8A,,", '"Lee, Zoe",,F,8,8A,,']
    errors_file = school.folder.path / "some_errors.csv"
    errors_file.write_text("\n".join([HEADINGS, *rows, ",,,,,,mother: Zoe Lee", ""]))
    erase(school, school.stored(STAFF)["id"].to_list())
    assert errors_file.read_text().splitlines()[1:] == [*rows, ",,,,,,mother: "]


def test_rows_stay_of_which_the_user_has_said_that_they_are_about_others(school: School) -> None:
    import_people(
        school, stored("Bea", "Brown", "2014-03-21", upn=upn(1)), stored("Bee", "Brown", "2013-03-21")
    )
    bea, bee = (id_of(school, first) for first in ("Bea", "Bee"))
    kept = ["Bea Brown,21/03/2014,M,8,8A,,the other one", "Bea Brown,22/03/2014,M,8,8A,,new here"]
    steps = (Change("Same", same=((2, bea),)), Change("Other", same=((2, bee),)), Change("New", new=(3, 4)))
    rows = [*kept, f"Bea Brown,21/03/2014,M,8,8A,{upn(1)},new, but with her UPN"]
    assert rows_after(school, "Bea", *rows, steps=steps) == [*kept, ""]


def test_the_line_of_a_twin_in_a_damaged_copy_stays(school: School) -> None:
    import_people(school, stored("Bea", "Brown", "2014-03-21"), stored("Cleo", "Brown", "2014-03-21"))
    lines = '"Bea", "Brown", "2014-03-21"\n', '"Cleo", "Brown", "2014-03-21"\n'
    copy = school.folder.path / "students.json.damaged-1"
    copy.write_text("".join(lines))
    erase(school, [id_of(school, "Bea")])
    assert copy.read_text() == lines[1]
