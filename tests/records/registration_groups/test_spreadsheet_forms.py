from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.registration_groups.spreadsheet_forms import LIKELY, spreadsheet_form

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def is_likely(text: str) -> bool:
    return bool(pl.Series([text]).str.contains(LIKELY).item())


@pytest.mark.parametrize(
    ("text", "originals"),
    [
        ("1.00E+01", {"1E1", "10E0"}),
        ("1E+01", {"1E1", "10E0"}),
        ("1,00E+01", {"1E1", "10E0"}),
        ("7.00E+02", {"7E2", "70E1", "700E0"}),
        ("1.10E+02", {"11E1", "110E0"}),
        ("10.00E+01", {"10E1", "1E2"}),
        ("02-Jan", {"2-1", "1-2", "2/1", "02-01", "2Jan", "Jan2", "January2"}),
        ("2-Jan", {"2-1", "1-2"}),
        ("Sep-10", {"9-10", "10-9", "9/10"}),
        ("07-Mar", {"7Mar", "7-3", "3-7"}),
        ("44198", {"2-1", "1-2"}),
        ("02/01/2021", {"2-1", "1-2"}),
        ("2021-01-02", {"2-1", "1-2"}),
        ("2021-01-02 00:00:00", {"2-1", "1-2"}),
        ("02-Jan-21", {"2-1", "1-2"}),
        ("1/13/2026", {"1-13", "13/1"}),
    ],
)
def test_what_a_spreadsheet_may_have_changed_is_worked_out(text: str, originals: set[str]) -> None:
    form = spreadsheet_form(text, 2026)
    assert form
    assert originals <= set(form.originals)
    assert is_likely(text)


@pytest.mark.parametrize(
    "text",
    ["7A", "10B", "1E1", "2-1", "9/1", "7-MAR", "7 Mar", "7MAR", "Oak", "71", "123", "1234", "123456", "99999", "12345", "7-A", "1-1A",
     "45-Jan", "40/13/2026", "13/14/2026", "1.00E01", "E+01", "May", "May-1", "7.1", "7.10", "11/A", ""],
)  # fmt: skip
def test_other_names_of_groups_are_left_alone(text: str) -> None:
    assert spreadsheet_form(text, 2026) is None


@settings(deadline=None)
@given(st.integers(1, 99), st.integers(0, 9))
def test_the_original_of_every_number_is_among_those_worked_out(number: int, exponent: int) -> None:
    shown = f"{number * 10**exponent:.2E}"
    form = spreadsheet_form(shown, 2026)
    assert form
    assert f"{number}E{exponent}" in form.originals
    assert is_likely(shown)


@settings(deadline=None)
@given(st.dates(date(2017, 1, 1), date(2026, 12, 31)), st.sampled_from("-/"))
def test_the_original_of_every_date_is_among_those_worked_out(day: date, separator: str) -> None:
    original, swapped = f"{day.day}{separator}{day.month}", f"{day.month}{separator}{day.day}"
    number = str((day - date(1899, 12, 30)).days)
    month = MONTHS[day.month - 1]
    for shown in (
        f"{day.day:02}-{month}",
        f"{day.day}-{month}",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        number,
    ):
        form = spreadsheet_form(shown, 2026)
        assert form, shown
        assert {original, swapped} <= set(form.originals)
        assert is_likely(shown)


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/.E+JanFeb :T", max_size=12))
def test_whatever_is_recognised_is_likely(text: str) -> None:
    assert is_likely(text) or spreadsheet_form(text, 2026) is None
