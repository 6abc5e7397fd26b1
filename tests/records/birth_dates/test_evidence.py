from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.intake.checking.columns import ExaminedColumns
from backdrop_tui.records.birth_dates.evidence import DateEvidence, weigh_dates
from backdrop_tui.records.birth_dates.file_dates import weighed_dates
from backdrop_tui.records.fields.year_group import YEAR_BITS
from backdrop_tui.records.fields.year_texts import CODES_OF_NUMBERS
from backdrop_tui.records.schema.context import DateOrder
from backdrop_tui.records.students import STUDENTS
from tests.support.cells import SCHOOL, people, stored_people

CUTOFF = date(2026, 8, 31)
_SCHEMA = {
    "born": pl.Date,
    "years": pl.Int32,
    "stored": pl.Date,
    "is_serial": pl.Boolean,
    "only": pl.String,
    "len": pl.UInt32,
}
AS_WRITTEN, SWAPPED = (date(2016, 10, 5), 5), (date(2016, 10, 5), 6)
"""A date and year group that settle each other: 5 October belongs to Year 5, 10 May to Year 6."""


def weigh(
    *dates: tuple[date, int | None, int], order: DateOrder = "dmy", only: str | None = None
) -> DateEvidence:
    """Evidence of dates, given with the number of their year group and the number of rows."""
    rows = [
        (born, None if year is None else _bit(year), None, False, only, count) for born, year, count in dates
    ]
    return weigh_dates(pl.DataFrame(rows, schema=_SCHEMA, orient="row"), CUTOFF, order)


def _bit(year: int) -> int:
    """The bit of a year group, given its number."""
    return YEAR_BITS[CODES_OF_NUMBERS[year]]


def settled(as_written: int, swapped: int) -> DateEvidence:
    """Evidence of as many rows settled as written and swapped, in a school whose other dates can't be swapped."""
    return weigh((*AS_WRITTEN, as_written), (*SWAPPED, swapped), (date(2016, 3, 14), 6, 2_000))


@pytest.mark.parametrize(
    ("as_written", "swapped", "verdict"),
    [
        (0, 2, "cell-by-cell"),
        (0, 3, "swapped"),
        (1, 4, "cell-by-cell"),
        (1, 5, "swapped"),
        (2, 37, "cell-by-cell"),
        (2, 38, "swapped"),
        (10, 190, "swapped"),
        (11, 189, "cell-by-cell"),
        (3, 0, "cell-by-cell"),
    ],
)
def test_nearly_all_or_all_but_one_of_the_settled_dates_make_a_column_swapped(
    as_written: int, swapped: int, verdict: str
) -> None:
    evidence = settled(as_written, swapped)
    assert (evidence.as_written, evidence.swapped) == (as_written, swapped)
    assert evidence.verdict == verdict


@pytest.mark.parametrize(
    ("month_first", "day_first", "swapped", "as_written", "verdict"),
    [
        (2, 0, 0, 0, "cell-by-cell"),
        (3, 0, 0, 0, "month-first"),
        (19, 1, 0, 0, "month-first"),
        (18, 1, 0, 0, "cell-by-cell"),
        (3, 0, 0, 2, "month-first"),
        (3, 0, 1, 2, "cell-by-cell"),
        (3, 0, 2, 2, "month-first"),
    ],
)
def test_a_column_is_month_first_if_its_unmistakable_dates_are_and_the_settled_ones_agree(
    month_first: int, day_first: int, swapped: int, as_written: int, verdict: str
) -> None:
    born = date(2016, 3, 14)
    rows = [
        (born, _bit(6), None, False, "mdy", month_first),
        (born, _bit(6), None, False, "dmy", day_first),
        (SWAPPED[0], _bit(SWAPPED[1]), None, False, None, swapped),
        (AS_WRITTEN[0], _bit(AS_WRITTEN[1]), None, False, None, as_written),
    ]
    dates = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    assert weigh_dates(dates, CUTOFF).verdict == verdict
    assert weigh_dates(dates, CUTOFF, "mdy").verdict != "month-first"


def test_the_year_that_fits_most_rows_wins_and_the_school_s_own_wins_a_tie() -> None:
    assert weigh((date(2016, 3, 14), 5, 60), (date(2016, 3, 15), 6, 40)).year_offset == -1
    assert weigh((date(2016, 3, 14), 7, 60), (date(2016, 3, 15), 6, 40)).year_offset == 1
    assert weigh((date(2016, 3, 14), 5, 50), (date(2016, 3, 15), 6, 50)).year_offset == 0
    assert weigh((*SWAPPED, 1)).year_offset == 0
    assert weigh((date(2016, 3, 14), 5, 2)).year_offset == 0
    assert weigh((date(2016, 3, 14), 5, 3)).year_offset == -1


@pytest.mark.parametrize(
    ("fitting", "others", "is_evidence"), [(0, 5, True), (3, 3, False), (6, 4, True), (59, 41, False)]
)
def test_year_groups_are_evidence_if_most_dates_fit_them(
    fitting: int, others: int, *, is_evidence: bool
) -> None:
    evidence = weigh((date(2016, 3, 14), 6, fitting), (date(2010, 3, 14), 2, others))
    assert (evidence.compared, evidence.fitting) == (fitting + others, fitting)
    assert evidence.year_groups_are_evidence is is_evidence


@pytest.mark.parametrize(
    ("as_written", "swapped", "fitting", "misfits", "hardly_any"),
    [
        (100, 40, 2_000, 0, True),
        (100, 40, 1_991, 9, True),  # 50 × (9 + 2 × 3) / 2,000 = 0.375, and 0.4 are few enough
        (100, 40, 1_990, 10, False),  # 0.408
        (20, 6, 50, 0, True),
        (20, 6, 50, 1, False),
        (0, 5, 0, 0, True),
        (3, 6, 0, 0, False),  # nothing shows how often year groups are wrong
    ],
)
def test_few_swapped_dates_are_right_if_dates_that_cannot_be_swapped_nearly_always_fit(
    as_written: int, swapped: int, fitting: int, misfits: int, *, hardly_any: bool
) -> None:
    born = date(2016, 3, 14)
    evidence = weigh((*AS_WRITTEN, as_written), (*SWAPPED, swapped), (born, 6, fitting), (born, 5, misfits))
    assert evidence.hardly_mistakes_any is hardly_any


def test_nobody_s_dates_prove_nothing() -> None:
    evidence = weigh()
    assert (evidence.compared, evidence.settled, evidence.verdict) == (0, 0, "cell-by-cell")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2001, 1, 1), date(2026, 11, 1)),
            st.sampled_from(["", "X", *YEAR_BITS]),
            st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%-d %b %Y"]),
            st.none() | st.dates(date(2001, 1, 1), date(2026, 11, 1)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_weighed_is_what_the_rows_say(rows: list[tuple[date, str, str, date | None]]) -> None:
    students = [
        {
            "date_of_birth": f"{born:{form}}",
            "year_group": year,
            "surname": f"Lee{'abcdefghijkl'[place]}",
            "upn": "",
        }
        for place, (born, year, form, _) in enumerate(rows)
    ]
    stored: list[dict[str, str | None]] = [
        {
            "first_name": "Amira",
            "surname": person["surname"],
            "date_of_birth": before.isoformat() if before else None,
        }
        for person, (_, _, _, before) in zip(students, rows, strict=True)
    ]
    with ThreadPoolExecutor(1) as pool:
        columns = ExaminedColumns.of(STUDENTS, people(STUDENTS, students), SCHOOL, pool)
    dates = weighed_dates(columns, stored_people(STUDENTS, stored), SCHOOL).current
    weighed = dates.rows_where(pl.lit(value=True))
    assert weighed["row"].to_list() == list(range(2, len(rows) + 2))
    for row, (born, year, form, before) in zip(weighed.iter_rows(named=True), rows, strict=True):
        is_month_first = form == "%m/%d/%Y"
        is_read_swapped = is_month_first and born.day <= 12
        assert row["born"] == (date(born.year, born.day, born.month) if is_read_swapped else born)
        assert row["years"] == YEAR_BITS.get(year)
        assert row["only"] == (
            None if "/" not in form or born.day <= 12 else "mdy" if is_month_first else "dmy"
        )
        can_be_swapped = row["born"].day <= 12 and row["born"].day != row["born"].month
        assert row["stored"] == (before if can_be_swapped else None)
