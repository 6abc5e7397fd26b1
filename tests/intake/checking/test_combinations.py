"""Combinations of values are told apart by numbers, and say what every row has."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.intake.checking import combinations as combinations_module
from backdrop_tui.intake.checking import examine as examine_module
from backdrop_tui.intake.checking.columns import ExaminedColumns
from backdrop_tui.records.fields.date_of_birth import WRITTEN
from backdrop_tui.records.fields.gender import GENDER
from backdrop_tui.records.fields.names import SURNAME
from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.fields.year_group import YEAR_GROUP, YEAR_NUMBER, YEARS_MEANT
from backdrop_tui.records.schema.columns import Combinations
from backdrop_tui.records.students import STUDENTS
from tests.support.cells import SCHOOL

COLUMNS = (WRITTEN, YEARS_MEANT, YEAR_NUMBER, GENDER)


def _examined(*rows: tuple[str, str, str]) -> ExaminedColumns:
    """Rows with a date of birth, a year group and a gender, examined."""
    raw = pl.DataFrame(
        {"row": pl.Series(range(2, len(rows) + 2), dtype=pl.UInt32)}
        | {
            key: pl.Series([row[place] for row in rows], dtype=pl.String)
            for place, key in enumerate(("date_of_birth", "year_group", "gender"))
        }
    )
    with ThreadPoolExecutor(1) as pool:
        return ExaminedColumns.of(STUDENTS, raw, SCHOOL, pool)


def _agree(people: ExaminedColumns, combinations: Combinations) -> bool:
    """Whether the combination of every row has the row's values, and is counted as often as there are such rows."""
    names = [column.column_name for column in COLUMNS]
    of_rows = pl.DataFrame({"combination": combinations.of_rows}).join(
        combinations.different, on="combination", how="left", maintain_order="left"
    )
    counts = dict(combinations.different.select("combination", "len").iter_rows())
    return of_rows.select(names).equals(people.frame(*COLUMNS).drop("row")) and counts == Counter(
        combinations.of_rows
    )


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["14/03/2012", "2012-03-14", "03/14/2012", "40982", "soon", ""]),
            st.sampled_from(["10", "Year 10", "5/6", "N1", "X", "?"]),
            st.sampled_from(["F", "girl", "M", "boy", ""]),
        ),
        max_size=30,
    )
)
def test_each_row_has_the_values_of_its_combination(rows: list[tuple[str, str, str]]) -> None:
    people = _examined(*rows)
    assert _agree(people, people.combinations(*COLUMNS))


def test_there_are_numbers_for_any_number_of_combinations(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ("14/03/2012", "10", "F"), ("", "5/6", "boy"), ("14/03/2012", "10", "F")
    assert _examined(*rows).combinations(*COLUMNS).of_rows.dtype == pl.UInt32
    monkeypatch.setattr(combinations_module, "_TOO_MANY", 1)
    people = _examined(*rows)
    combinations = people.combinations(*COLUMNS)
    assert combinations.of_rows.dtype == pl.UInt64
    assert _agree(people, combinations)


def test_a_field_without_a_column_is_blank_in_every_combination() -> None:
    people = _examined(("14/03/2012", "10", "F"), ("14/03/2012", "10", "M"))
    different = people.combinations(YEAR_GROUP, REGISTRATION_GROUP).different
    assert different.select("year_group", "registration_group", "len").rows() == [("10", None, 2)]


def test_a_field_that_was_sifted_has_no_combinations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_module, "_mostly_different", lambda _raw: True)
    raw = pl.DataFrame({"row": pl.Series([2], dtype=pl.UInt32), "upn": ["H801200001001"], "surname": ["Oak"]})
    with ThreadPoolExecutor(1) as pool:
        people = ExaminedColumns.of(STUDENTS, raw, SCHOOL, pool)
    with pytest.raises(ValueError, match="fast path"):
        people.combinations(UPN, SURNAME)


def test_columns_of_some_rows_come_in_the_order_of_those_rows() -> None:
    people = _examined(("14/03/2012", "10", "F"), ("", "5/6", "boy"), ("14/03/2012", "X", "M"))
    rows = people.frame_at(pl.Series([4, 2], dtype=pl.UInt32), YEAR_GROUP, GENDER)
    assert rows.rows() == [(4, "X", "M"), (2, "10", "F")]
