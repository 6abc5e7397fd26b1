"""The columns of tables in which people's fields are edited."""

from collections.abc import Sequence

from backdrop_tui.records.students import STUDENTS
from backdrop_tui.tui.widgets.tables.editable_columns import field_columns
from backdrop_tui.tui.widgets.tables.window_table import TableColumn

FIELDS = STUDENTS.template_fields
LONGEST = {"first_name": 8, "surname": 13, "date_of_birth": 10, "gender": 4, "year_group": 7, "upn": 13}


def _columns(width: int, signed: Sequence[str] = ("gender", "surname")) -> dict[str, TableColumn]:
    columns = field_columns(FIELDS, width, LONGEST, signed=signed)
    assert sum(column.width for column in columns) <= width
    return {column.key: column for column in columns}


def test_a_sign_has_a_gap_before_it_even_where_long_surnames_have_to_give_way() -> None:
    for width in (66, 70, 73):
        columns = _columns(width)
        assert columns["gender"].lead == columns["surname"].lead == 2, f"{width}"
        assert columns["gender"].label == "  Gender"
        assert columns["upn"].lead == 1
        assert columns["upn"].width > LONGEST["upn"]


def test_columns_that_are_apart_anyway_need_no_other_gap() -> None:
    assert {column.lead for column in _columns(100).values()} == {1}


def test_two_texts_side_by_side_always_have_a_gap_before_their_sign() -> None:
    for width in (66, 85, 120):
        columns = field_columns(FIELDS, width, LONGEST, widened=["date_of_birth"], signed=["date_of_birth"])
        birth = next(column for column in columns if column.key == "date_of_birth")
        assert (birth.lead, birth.label) == (2, "  Birth"), f"{width}"
        assert birth.width >= len("  11/08/2014 → 08/11/2014"), f"{width}"
