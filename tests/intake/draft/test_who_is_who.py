"""Rows of a draft that are compared with the people stored, and what the user says about them."""

from collections.abc import Mapping

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from tests.intake.conftest import Begin
from tests.support.made_up import CONTEXT, STUDENTS, by_key, stored, student, table

Stored = Mapping[str, str | None]
OTHERS_UPN: Stored = {
    "first_name": "Zak", "surname": "Roe", "date_of_birth": "2010-01-01", "upn": student(0)["UPN"],
}  # fmt: skip


def errors(reviewed: Review) -> dict[int, str]:
    open_errors = reviewed.problems.filter(reviewed.problems["level"] == "error")
    return dict(open_errors.select("row", "code").iter_rows())


def basis(*people: Stored) -> Basis:
    return Basis(CONTEXT, stored(STUDENTS, *people))


def test_a_row_that_someone_has_to_settle_is_an_error_until_then(begin: Begin) -> None:
    draft = begin(table([student(0), student(1)]))
    reviewed = review(draft.intake(), basis(OTHERS_UPN))
    assert errors(reviewed) == {2: "upn-taken"}
    assert (reviewed.counts.ready, reviewed.counts.errors) == (1, 1)
    draft.do(Change("Two people", new=(2,)))
    reviewed = review(draft.intake(), basis(OTHERS_UPN))
    assert errors(reviewed) == {}
    assert reviewed.counts.ready == 2
    draft.undo()
    assert errors(review(draft.intake(), basis(OTHERS_UPN))) == {2: "upn-taken"}


def test_changing_what_a_row_is_recognised_by_withdraws_the_answer(begin: Begin) -> None:
    draft = begin(table([student(0)]))
    draft.do(Change("Two people", new=(2,)))
    draft.do(Change("Gender", cells=((2, "gender", "M"),)))
    assert draft.edits.answers.new == {2}
    draft.do(Change("Surname", cells=((2, "surname", "Reed"),)))
    assert draft.edits.answers.new == frozenset()
    draft.do(Change("The same", same=((2, "bd-1"),)))
    assert dict(draft.edits.answers.same) == {2: "bd-1"}


def test_a_upn_that_two_rows_share_is_settled_before_it_is_compared_with_those_stored(begin: Begin) -> None:
    draft = begin(table([student(0, surname="Oak"), student(0, surname="Elm")]))
    reviewed = review(draft.intake(), basis(OTHERS_UPN))
    assert errors(reviewed) == {2: "upn-duplicate", 3: "upn-duplicate"}
    assert reviewed.linkage.offered.is_empty()
    draft.do(Change("UPN", cells=((3, "upn", ""),)))
    assert errors(review(draft.intake(), basis(OTHERS_UPN))) == {2: "upn-taken"}


def as_stored(row: Mapping[str, str]) -> dict[str, str | None]:
    """A made-up student as the store has them, with the date in stored form."""
    return by_key(row) | {"date_of_birth": "-".join(reversed(row["Date of Birth"].split("/")))}


def test_two_rows_with_one_name_are_a_warning_unless_that_child_is_stored(begin: Begin) -> None:
    twice = [student(0, upn=""), student(0, upn="", registration_group="7B", first_name="AMIRA")]
    draft = begin(table(twice))
    levels = review(draft.intake(), basis(as_stored(student(1)))).problems.select("code", "level").rows()
    assert levels == [("duplicate-person", "warning")] * 2
    levels = review(draft.intake(), basis(as_stored(twice[0]))).problems.select("code", "level").rows()
    assert levels == [("duplicate-person", "error")] * 2


def test_dates_that_are_swapped_are_settled_before_anyone_is_asked_about_a_child(begin: Begin) -> None:
    children = [
        student(number, date_of_birth=f"{2 + number:02}/09/2013", year_group="7", upn="")
        for number in range(7)
    ]
    swapped = [child | {"Date of Birth": f"09/{2 + number:02}/2013"} for number, child in enumerate(children)]
    draft = begin(table(swapped))
    reviewed = review(draft.intake(), basis(*map(as_stored, children)))
    (finding,) = reviewed.unanswered
    assert finding.code == "dates-swapped"
    assert errors(reviewed) == {}
    draft.do(fixes.apply_remedy(finding, finding.remedies[0]))
    reviewed = review(draft.intake(), basis(*map(as_stored, children)))
    assert errors(reviewed) == {}
    assert reviewed.linkage.links.height == 7
    draft.undo()
    draft.do(fixes.dismiss(finding))
    reviewed = review(draft.intake(), basis(*map(as_stored, children)))
    assert set(errors(reviewed).values()) == {"person-near"}
