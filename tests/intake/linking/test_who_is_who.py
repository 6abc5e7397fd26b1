"""The slow decision about who is who, which the product is compared with, follows the table line by line."""

import pytest

from tests.support.who_is_who import Facts, decide
from tests.support.who_is_who_staff import decide_staff

UPN, OTHER_UPN, TEMPORARY = "H801200001001", "R201100018042", "G80120000101A"
KEYS = ("first_name", "surname", "date_of_birth", "gender", "upn")
AMELIA = ("Amelia", "Khan", "2016-03-14", "F")


def _child(*values: str | None, id: str = "bd-1") -> Facts:  # noqa: A002 - the field's name
    return {"id": id} | dict(zip(KEYS, values, strict=True))


def _row(*values: str | None) -> Facts:
    return dict(zip(KEYS, values, strict=True))


@pytest.mark.parametrize(
    ("line", "upn", "stored_upn", "row", "outcome"),
    [
        (1, UPN, UPN, ("Amelie", "Khan", "2016-03-14", "F"), "recognised"),
        (2, UPN, UPN, ("Amelie", "Khan", "2016-03-16", "F"), "recognised"),
        (3, UPN, UPN, ("AMELIA", "Khan", "2018-11-02", "F"), "recognised"),
        (4, UPN, UPN, ("Amelie", "Khan", "2018-11-02", "F"), "upn-taken"),
        (5, UPN, UPN, ("Amelia", "Ali", "2016-03-14", "F"), "recognised"),
        (6, UPN, UPN, ("Amelia", "Ali", "2016-03-16", "F"), "upn-taken"),
        (7, UPN, UPN, ("Zaid", "Khan", "2016-03-14", "M"), "upn-taken"),
        (8, UPN, UPN, ("Zaid", "Khan", "2016-03-16", "M"), "upn-taken"),
        (9, UPN, UPN, ("Zaid", "Khan", "2018-11-02", "M"), "upn-taken"),
        (10, UPN, UPN, ("Zaid", "Ali", "2016-03-14", "M"), "upn-taken"),
        (11, UPN, UPN, ("Zaid", "Ali", "2018-11-02", "M"), "upn-taken"),
        (12, None, UPN, AMELIA, "recognised"),
        (12, TEMPORARY, UPN, AMELIA, "recognised"),
        (13, None, UPN, ("Ame", "Khan", "2016-03-14", None), "recognised"),
        (13, None, UPN, ("Ame", "Khan", "2016-03-14", "M"), "person-near"),
        (14, None, UPN, ("Amelie", "Khan", "2016-03-14", "F"), "person-near"),
        (15, None, UPN, ("Zara", "Khan", "2016-03-14", "F"), "person-near"),
        (23, None, UPN, ("Zaid", "Khan", "2016-03-14", "M"), "new"),
        (16, None, UPN, ("Amelia", "Ali", "2016-03-14", "F"), "person-near"),
        (17, None, UPN, ("Khan", "Amelia", "2016-03-14", "F"), "person-near"),
        (23, None, UPN, ("Zara", "Ali", "2016-03-14", "F"), "new"),
        (18, None, UPN, ("Amelia", "Khan", "2016-03-16", "F"), "person-near"),
        (23, None, UPN, ("Zara", "Khan", "2016-03-16", "F"), "new"),
        (23, None, UPN, ("Amelia", "Khan", "2018-11-02", "F"), "new"),
        (22, OTHER_UPN, UPN, AMELIA, "upn-changed"),
        (23, OTHER_UPN, UPN, ("Amelia", "Ali", "2016-03-14", "F"), "new"),
    ],
)
def test_each_line_of_the_table_decides(
    line: int, upn: str | None, stored_upn: str, row: tuple[str | None, ...], outcome: str
) -> None:
    verdict = decide([_row(*row, upn)], [_child(*AMELIA, stored_upn)])[0]
    assert (verdict.outcome, verdict.line) == (outcome, line)
    assert verdict.ids == (frozenset() if outcome == "new" else {"bd-1"})


def test_of_two_namesakes_the_one_with_the_upn_of_the_row_is_recognised() -> None:
    stored = [_child(*AMELIA, UPN), _child(*AMELIA, OTHER_UPN, id="bd-2")]
    assert [v.id for v in decide([_row(*AMELIA, OTHER_UPN)], stored)] == ["bd-2"]
    assert decide([_row(*AMELIA, None)], stored)[0].outcome == "person-ambiguous"


def test_a_row_with_the_upn_of_one_child_and_the_name_and_birth_date_of_another_is_about_the_other() -> None:
    zaid = ("Zaid", "Khan", "2018-11-02", "M")
    stored = [_child(*AMELIA, UPN), _child(*zaid, None, id="bd-2")]
    verdict = decide([_row(*zaid, UPN)], stored)[0]
    assert (verdict.outcome, set(verdict.ids)) == ("upn-taken", {"bd-2"})


def test_nobody_whom_another_row_is_about_is_asked_about() -> None:
    rows = [_row(*AMELIA, UPN), _row("Amelie", "Khan", "2016-03-14", "F", None)]
    assert [v.outcome for v in decide(rows, [_child(*AMELIA, UPN)])] == ["recognised", "new"]


def test_two_rows_that_may_be_one_child_by_a_short_form_both_ask() -> None:
    rows = [_row("Ame", "Khan", "2016-03-14", "F", None), _row("Ami", "Khan", "2016-03-14", "F", None)]
    stored = [_child("Am", *AMELIA[1:], None)]
    assert [v.outcome for v in decide(rows, stored)] == ["person-near", "person-near"]


def test_rows_of_the_same_name_and_birth_date_ask_if_that_child_is_stored_and_warn_if_not() -> None:
    rows = [_row(*AMELIA, None), _row(*AMELIA[:3], None, None)]
    assert [v.outcome for v in decide(rows, [_child(*AMELIA, None)])] == ["duplicate-person"] * 2
    assert [(v.outcome, set(v.warnings)) for v in decide(rows, [])] == [("new", {"duplicate-person"})] * 2


def test_what_differs_from_the_child_recognised_is_a_warning() -> None:
    verdict = decide([_row("Amelia", "Ali", "2016-03-14", "F", UPN)], [_child(*AMELIA, UPN)])[0]
    assert verdict.warnings == {"person-changed"}
    assert decide([_row(*AMELIA, TEMPORARY)], [_child(*AMELIA, UPN)])[0].warnings == {"upn-kept"}


def test_a_row_with_the_id_of_somebody_stored_is_about_them_unless_name_and_upn_are_others() -> None:
    zaid = ("Zaid", "Khan", "2018-11-02", "M")
    stored = [_child(*AMELIA, UPN)]
    assert decide([_child(*zaid, UPN)], stored)[0].id == "bd-1"
    assert decide([_child(*zaid, OTHER_UPN)], stored)[0].outcome == "new"


def _colleague(first_name: str, surname: str, email: str | None, id: str | None = None) -> Facts:  # noqa: A002 - as above
    return {"id": id, "first_name": first_name, "surname": surname, "email": email}


@pytest.mark.parametrize(
    ("row", "outcome", "warnings"),
    [
        (("Ann", "Lee", "ANN@s.uk"), "recognised", set()),
        (("Ann", "Fox", "ann@s.uk"), "recognised", {"person-changed"}),
        (("Anne", "Lee", "ann@s.uk"), "recognised", {"person-changed"}),
        (("Bob", "Lee", "ann@s.uk"), "email-taken", set()),
        (("Ann", "Lee", None), "recognised", set()),
        (("Ann", "Lee", "ann2@s.uk"), "person-near", set()),
        (("Ann", "Fox", "ann2@s.uk"), "new", set()),
        (("Ann", "Fox", None), "new", set()),
    ],
)
def test_staff_are_recognised_by_address_then_by_name(
    row: tuple[str, str, str | None], outcome: str, warnings: set[str]
) -> None:
    verdict = decide_staff([_colleague(*row)], [_colleague("Ann", "Lee", "ann@s.uk", "bd-1")])[0]
    assert (verdict.outcome, set(verdict.warnings)) == (outcome, warnings)


def test_two_staff_of_one_name_are_told_apart_by_address_only() -> None:
    stored = [_colleague("Ann", "Lee", f"ann{n}@s.uk", f"bd-{n}") for n in (1, 2)]
    assert decide_staff([_colleague("Ann", "Lee", "ann2@s.uk")], stored)[0].id == "bd-2"
    assert decide_staff([_colleague("Ann", "Lee", None)], stored)[0].outcome == "person-ambiguous"


def test_two_rows_of_one_name_ask_even_if_nobody_is_stored() -> None:
    rows = [_colleague("Ann", "Lee", None), _colleague("Ann", "Lee", "ann@s.uk")]
    assert [verdict.outcome for verdict in decide_staff(rows, [])] == ["duplicate-person"] * 2
