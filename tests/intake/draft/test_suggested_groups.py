"""User groups that are suggested: which texts become which groups, before they are taken."""

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.records.staff import STAFF
from tests.intake.conftest import Begin
from tests.intake.draft.test_review import kind_of
from tests.support.made_up import CONTEXT, stored


def checked(begin: Begin, header: str, *rows: str) -> Review:
    return review(begin("\n".join([header, *rows]), STAFF).intake(), Basis(CONTEXT, stored(STAFF)))


def test_texts_that_resemble_groups_are_listed_with_the_groups_and_the_number_of_people(begin: Begin) -> None:
    rows = ["Al,A,Cook,DSL5", "Bo,B,Cook,Teachrs", "Cy,C,Cook,Teachrs", "Di,D,Cook,Teachers; DSLs"]
    reviewed = checked(begin, "First Name,Surname,Job Role,User Group", *rows)
    near = kind_of(reviewed, "group-near")
    assert fixes.suggested_replacements(reviewed, near) == [("DSL5", "DSLs", 1), ("Teachrs", "Teachers", 2)]
    assert fixes.take_suggestions(reviewed, near) is None
    change = fixes.take_suggestions(reviewed, near, possible_too=True)
    assert change is not None
    assert [text for _, _, text in change.cells] == ["DSLs", "Teachers", "Teachers"]


def test_job_roles_are_listed_with_the_groups_that_they_suggest_if_the_groups_are_missing(
    begin: Begin,
) -> None:
    rows = ["Al,A, Teacher ,", "Bo,B,PA to DSL,", "Cy,C,Teacher,", "Di,D,Cook,", "Ed,E,Teacher,Teachers"]
    reviewed = checked(begin, "First Name,Surname,Job Role,User Group", *rows)
    replacements = fixes.suggested_replacements(reviewed, kind_of(reviewed, "required"))
    assert replacements == [("Teacher", "Teachers", 2), ("PA to DSL", "Admin Team", 1)]


def test_job_roles_are_listed_if_the_file_has_no_column_for_the_user_group(begin: Begin) -> None:
    reviewed = checked(begin, "First Name,Surname,Job Role", "Al,A,Teacher", "Bo,B,SLT")
    replacements = fixes.suggested_replacements(reviewed, kind_of(reviewed, "required"))
    assert replacements == [("Teacher", "Teachers", 1), ("SLT", "SLTs", 1)]
    assert reviewed.checked.counts.errors == 2
