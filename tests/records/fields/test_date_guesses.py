from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.schema.context import DateOrder
from tests.support.cells import SCHOOL, Cell, cell, column

LONDON = ZoneInfo("Europe/London")


def born(text: str, order: DateOrder = "dmy") -> Cell:
    return cell(DATE_OF_BIRTH, text, replace(SCHOOL, date_order=order))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("tomorrow", None),
        ("2012", None),
        ("14032012", "14/03/2012"),
        ("20120314", "14/03/2012"),
        ("March 14, 2012", "14/03/2012"),
        ("14th of March 2012", "14/03/2012"),
        ("Wed 14/03/2012", "14/03/2012"),
        ("14 / 03 / 2012", "14/03/2012"),
        ("14 03 2012", "14/03/2012"),
        ("14\\03\\2012", "14/03/2012"),
        ("14/03-2012", "14/03/2012"),
        ("14/03/2012.", "14/03/2012"),
        ("١٤/٠٣/٢٠١٢", None),
        ("14/03/201", None),
        ("14 Foo 2012", None),
        ("14/03/2012 abc", None),
        ("123/03/2012", None),
    ],
)
def test_a_text_that_is_not_a_date_is_an_error_with_a_likely_suggestion(
    text: str, suggestion: str | None
) -> None:
    result = born(text)
    assert result.errors == ["date-format"]
    assert result.stored is None
    assert result.suggestion("date-format") == suggestion
    assert "14/03/2012" in result.message("date-format")


@pytest.mark.parametrize(
    "text",
    [
        "14/O3/2O12",
        "l4/03/2012",
        "14-03-20I2",
        "14–03–2012",
        "14—03—2012",
        "14‑03‑2012",
        "14−03−2012",
        "14⁄03⁄2012",
        "１４／０３／２０１２",
        "14//03//2012",
        "14_03_2012",
        "14–Mar–2012",
        "14.03.12.",
        "the 14th of March 2012",
        "Wed, 14 Mar 2012",
        "2012 March 14",
        "2012-Mar-14",
        "Mar 14 12",
    ],
)
def test_a_slip_in_writing_a_date_leaves_one_meaning(text: str) -> None:
    result = born(text)
    assert result.errors == ["date-format"]
    assert result.suggestion("date-format") == "14/03/2012"
    assert result.is_sure("date-format")


@pytest.mark.parametrize(
    ("text", "suggestion", "sure"),
    [
        ("14032012", "14/03/2012", True),
        ("20120314", "14/03/2012", True),
        ("03142012", "14/03/2012", True),
        ("4032012", "04/03/2012", True),  # a leading zero has been lost
        ("1112012", "01/11/2012", False),  # or 11/1/2012
        ("20111220", "20/12/2011", True),  # 20/11/1220 was no student born
        ("140312", None, False),
        ("201203", None, False),
        ("14031912", None, False),
        ("30022012", None, False),
        ("140320122", None, False),
    ],
)
def test_a_run_of_digits_is_a_date_if_a_student_can_have_been_born_then(
    text: str, suggestion: str | None, *, sure: bool
) -> None:
    result = born(text)
    assert result.suggestion("date-format") == suggestion
    assert not suggestion or result.is_sure("date-format") is sure


def test_a_suggestion_keeps_to_the_date_order_of_the_column() -> None:
    assert born("03 04 2012", "dmy").suggestion("date-format") == "03/04/2012"
    assert born("03 04 2012", "mdy").suggestion("date-format") == "04/03/2012"
    assert born("4032012", "mdy").suggestion("date-format") == "03/04/2012"
    assert born("14 03 2012", "mdy").suggestion("date-format") == "14/03/2012"


@pytest.mark.parametrize(
    "text",
    [
        "13/06/2012 23:00",
        "2012-06-13 23:00:00",
        "14/06/2012 01:00:00",
        "14/03/2012 09:30",
        "2012-06-13T22:00:00Z",
        "2012-06-13T23:00:01Z",
        "2012-01-13T23:00:00Z",  # winter
        "2012-06-13T00:30:00+01:00",
    ],
)
def test_a_date_with_a_time_that_is_not_midnight_gets_no_suggestion(text: str) -> None:
    result = born(text)
    assert result.errors == ["date-format"]
    assert result.suggestion("date-format") is None
    assert "has a time" in result.message("date-format")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("2012-06-13T23:00:00.000Z", "14/06/2012"),
        ("2016-06-13T23:00:00Z", "14/06/2016"),
        ("2016-06-13 23:00:00Z", "14/06/2016"),
        ("2016-06-13T23:00Z", "14/06/2016"),
        ("2016-06-13T23:00:00+00:00", "14/06/2016"),
        ("2016-06-13T23:00:00.000+0000", "14/06/2016"),
        ("2016-06-14T00:00:00+01:00", "14/06/2016"),
        ("2016-06-30T23:00:00Z", "01/07/2016"),
        ("1969-12-31T23:00:00Z", "01/01/1970"),  # British Standard Time
        ("1975-12-31T23:00:00Z", None),
    ],
)
def test_midnight_in_london_written_in_utc_is_suggested_as_the_day_it_begins(
    text: str, suggestion: str | None
) -> None:
    result = born(text)
    assert result.suggestion("date-format") == suggestion
    assert not suggestion or result.is_sure("date-format")


def test_midnight_in_utc_is_the_day_itself_in_winter() -> None:
    assert born("2012-03-14T00:00:00.000Z").stored == "2012-03-14"
    assert not born("2012-03-14T00:00:00.000Z").problems


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates(date(1990, 1, 1), date(2026, 11, 1)), min_size=1, max_size=20))
def test_every_local_midnight_exported_in_utc_means_its_own_day(days: list[date]) -> None:
    utc = ZoneInfo("UTC")
    moments = [datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(utc) for day in days]
    cells = column(DATE_OF_BIRTH, [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in moments])
    for day, moment, result in zip(days, moments, cells, strict=True):
        if moment.hour:
            assert result.suggestion("date-format") == f"{day:%d/%m/%Y}"
        else:
            assert moment.date() == day
            assert "date-format" not in result.errors


def _digits(text: str) -> list[str]:
    """The digits of a text but for zeros, with letters that look like digits among them."""
    return sorted(text.replace("I", "1").replace("l", "1").translate({ord(c): None for c in "0oO/-. –"}))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789/-. –OlI", min_size=6, max_size=10))
def test_a_suggestion_has_the_digits_of_the_text_and_no_others(text: str) -> None:
    for problem in born(text).problems:
        if problem["code"] == "date-format" and (suggestion := problem["suggestion"]):
            without_century = suggestion[:6] + suggestion[8:]
            assert _digits(text) in (_digits(suggestion), _digits(without_century))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9_000))
def test_a_date_is_suggested_as_it_was_before_its_separators_were_lost(days: int) -> None:
    day = date(2001, 1, 13) + timedelta(days=days)
    suggestion = born(f"{day:%d%m%Y}").suggestion("date-format")
    assert suggestion == f"{day:%d/%m/%Y}"
