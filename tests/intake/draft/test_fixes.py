import time

import pytest

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review, review
from tests.intake.conftest import Begin
from tests.intake.draft.test_review import kind_of
from tests.support.made_up import CONTEXT, STUDENTS, stored, student, table

NOBODY = stored(STUDENTS)


def look(draft: Draft) -> Review:
    return review(draft, CONTEXT, NOBODY)


def done(draft: Draft, change: Change | None) -> Review:
    assert change is not None
    draft.do(change)
    return look(draft)


def test_one_cell_is_set_and_its_title_names_nobody(begin: Begin) -> None:
    change = fixes.set_cell(look(begin(table([student(0)]))), 2, "surname", "Khan")
    assert (change.title, change.cells) == ("Surname in row 2", ((2, "surname", "Khan"),))


def test_half_a_character_does_not_spoil_the_draft(begin: Begin) -> None:
    draft = begin(table([student(0)]))
    assert done(draft, fixes.set_cell(look(draft), 2, "surname", "Kh\udcffan")).texts["surname"][0] == "Kh?an"


def test_all_that_are_alike_are_fixed_at_once_and_the_others_stay(begin: Begin) -> None:
    draft = begin(
        table([student(0, gender="Boy"), student(1, gender=" Boy "), student(2, gender="Girl"), student(3)])
    )
    found = done(draft, fixes.fix_alike(look(draft), "gender", "Boy", "M"))
    assert found.texts["gender"].to_list() == ["M", "M", "Girl", student(3)["Gender"]]
    assert fixes.fix_alike(found, "gender", "Boy", "M") is None


def test_every_suggestion_of_a_kind_is_taken(begin: Begin) -> None:
    draft = begin(table([student(0, gender="Boy"), student(1, gender="Girl"), student(2, gender="x")]))
    found = done(draft, fixes.take_suggestions(look(draft), kind_of(look(draft), "gender-unknown")))
    assert found.texts["gender"].to_list() == ["M", "F", "x"]
    assert draft.edits.done[-1].title == "Suggestions for Gender in 2 rows"
    assert fixes.take_suggestions(found, kind_of(found, "gender-unknown")) is None


def test_suggested_dates_are_day_first_in_a_month_first_file(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="2014, 4 March"), student(1, date_of_birth="03/25/2013")]))
    draft.do(Change("x", date_order="mdy"))
    found = look(draft)
    kinds = [kind for kind in found.kinds if kind.field == "date_of_birth" and kind.suggestions]
    for kind in kinds:
        found = done(draft, fixes.take_suggestions(found, kind))
    assert found.ready["date_of_birth"].to_list()[-1] == "2013-03-25"


@pytest.mark.parametrize(
    ("find", "put", "whole", "expected"),
    [
        ("9A", "9B", True, ["9B", "9A Red", "9C"]),
        ("9A", "9B", False, ["9B", "9B Red", "9C"]),
        (" Red", "", False, ["9A", "9A", "9C"]),
        ("9a", "9B", False, None),
        ("9A", "9A", False, None),
        ("", "x", False, None),
        (".", "x", False, None),
    ],
)
def test_find_and_replace_in_one_column(
    begin: Begin,
    find: str,
    put: str,
    whole: bool,  # noqa: FBT001 - a table of cases
    expected: list[str] | None,
) -> None:
    rows = [
        student(n, registration_group=group, surname="9A") for n, group in enumerate(["9A", "9A  Red", "9C"])
    ]
    draft = begin(table(rows))
    change = fixes.find_and_replace(look(draft), "registration_group", find, put, whole=whole)
    if expected is None:
        assert change is None
    else:
        found = done(draft, change)
        assert [text.replace("  ", " ") for text in found.texts["registration_group"]] == expected
        assert found.texts["surname"].to_list() == ["9A"] * 3


def test_replacing_leaves_rows_alone_that_are_left_out(begin: Begin) -> None:
    draft = begin(table([student(0, registration_group="9A"), student(5, registration_group="9A")]))
    draft.do(Change("x", left_out=(2,)))
    change = fixes.find_and_replace(look(draft), "registration_group", "9A", "9B", whole=True)
    assert change is not None
    assert change.cells == ((3, "registration_group", "9B"),)


def test_replacing_a_part_of_a_date_keeps_the_order_of_the_file(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/04/2113"), student(1, date_of_birth="03/25/2013")]))
    draft.do(Change("x", date_order="mdy"))
    found = done(draft, fixes.find_and_replace(look(draft), "date_of_birth", "/2113", "/2014", whole=False))
    assert found.ready["date_of_birth"].to_list() == ["2014-03-04", "2013-03-25"]


def test_a_field_without_a_column_has_nothing_to_replace(begin: Begin) -> None:
    draft = begin("First Name,Surname,Date of Birth,Year Group,Registration Group\nA,B,14/03/2012,9,9A\n")
    assert fixes.find_and_replace(look(draft), "upn", "x", "y", whole=False) is None


def test_rows_are_left_out_once_and_taken_back_once(begin: Begin) -> None:
    draft = begin(table([student(0), student(1)]))
    found = done(draft, fixes.leave_out(look(draft), [2, 3]))
    assert draft.edits.done[-1].title == "Left out 2 rows"
    assert fixes.leave_out(found, [2]) is None
    found = done(draft, fixes.take_back(found, [3]))
    assert found.left_out == {2}
    assert fixes.take_back(found, [3]) is None


def test_nothing_to_accept_is_no_change() -> None:
    from backdrop_tui.records.schema.problems import no_problems  # noqa: PLC0415 - only here

    assert fixes.accept(no_problems()) is None


def test_twenty_thousand_alike_are_quick(begin: Begin) -> None:
    draft = begin(table(student(n, gender="Boy", upn="") for n in range(20_000)))
    found = look(draft)
    assert kind_of(found, "gender-unknown").count == 20_000
    began = time.perf_counter()
    change = fixes.fix_alike(found, "gender", "Boy", "M")
    found = done(draft, change)
    assert time.perf_counter() - began < 3
    assert "gender-unknown" not in {kind.code for kind in found.kinds}
    began = time.perf_counter()
    draft.undo()
    look(draft)
    assert time.perf_counter() - began < 3
