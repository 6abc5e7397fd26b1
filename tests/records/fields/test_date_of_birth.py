from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.dates import iso_to_shown, shown_to_iso
from backdrop_tui.records.schema.context import DateOrder
from tests.support.cells import SCHOOL, TODAY, Cell, cell, column

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


def born(text: str, order: DateOrder = "dmy") -> Cell:
    return cell(DATE_OF_BIRTH, text, replace(SCHOOL, date_order=order))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("14/03/2012", "2012-03-14"),
        ("4/3/2012", "2012-03-04"),
        ("04-03-2012", "2012-03-04"),
        ("4.3.2012", "2012-03-04"),
        ("2012-03-14", "2012-03-14"),
        ("2012/3/4", "2012-03-04"),
        ("2012-03-14 00:00:00", "2012-03-14"),
        ("2012-03-14T00:00:00", "2012-03-14"),
        ("2012-03-14T00:00:00.000Z", "2012-03-14"),
        ("2012-03-14T00:00:00+00:00", "2012-03-14"),
        ("14/03/2012 00:00", "2012-03-14"),
        ("14/03/2012 00:00:00", "2012-03-14"),
        ("14/03/2012 12:00:00 AM", "2012-03-14"),
        ("14 Mar 2012", "2012-03-14"),
        ("14th March 2012", "2012-03-14"),
        ("1st September 2012", "2012-09-01"),
        ("2nd Sept 2012", "2012-09-02"),
        ("3rd Aug 2012", "2012-08-03"),
        ("14-Mar-12", "2012-03-14"),
        ("14-MAR-2012", "2012-03-14"),
        ("14 march, 2012", "2012-03-14"),
        ("14/Mar/2012", "2012-03-14"),
        (" 14/03/2012\u00a0", "2012-03-14"),
        ("29/02/2012", "2012-02-29"),
        ("14/03/12", "2012-03-14"),
    ],
)
def test_a_date_is_read_however_schools_write_it(text: str, stored: str) -> None:
    result = born(text)
    assert result.stored == stored
    assert not result.problems


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("22/11/26", "2026-11-22"),
        ("23/11/26", "2026-11-23"),
        ("31/12/08", "2008-12-31"),
        ("23-Nov-26", "2026-11-23"),
        ("1 Jan 00", None),
    ],
)
def test_a_year_of_two_digits_is_in_this_century_up_to_today(text: str, stored: str | None) -> None:
    result = born(text)
    if stored is None:
        assert "01/01/2000" in result.message("age-impossible")
    assert result.stored == stored


@pytest.mark.parametrize(
    ("text", "words"), [("24/11/26", "24/11/1926"), ("24-Nov-26", "24/11/1926"), ("01/01/99", "01/01/1999")]
)
def test_a_year_of_two_digits_that_would_be_in_the_future_is_in_the_last_century(
    text: str, words: str
) -> None:
    result = born(text)
    assert result.errors == ["age-impossible"]
    assert words in result.message("age-impossible")


@pytest.mark.parametrize("text", ["40982", "40982.0", "40982.00"])
def test_an_excel_day_number_is_read_with_a_warning(text: str) -> None:
    result = born(text)
    assert result.stored == "2012-03-14"
    assert not result.errors
    assert result.warnings == ["date-serial"]
    assert result.suggestion("date-serial") == "14/03/2012"


@pytest.mark.parametrize("text", ["", "  ", "N/A", "none", "-", "?", "NIL", "null", None])
def test_a_blank_date_is_missing(text: str | None) -> None:
    result = cell(DATE_OF_BIRTH, text)
    assert result.errors == ["required"]
    assert result.stored is None
    assert "Date of Birth is missing" in result.message("required")


@pytest.mark.parametrize(
    "text", ["31/02/2012", "29/02/2011", "00/03/2012", "14/00/2012", "32/01/2012", "31/04/12", "2012-02-30",
             "30 Feb 2012", "32/13/2012", "0/0/2012", "31/06/2012"]
)  # fmt: skip
def test_a_date_that_does_not_exist_is_impossible(text: str) -> None:
    result = born(text)
    assert result.errors == ["date-impossible"]
    assert result.suggestion("date-impossible") is None
    assert "not a real date" in result.message("date-impossible")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("03/14/2012", "14/03/2012"), ("3/14/2012", "14/03/2012"), ("03-31-12", "31/03/2012"), ("12.13.2011", "13/12/2011"),
     ("03/14/2012 00:00", "14/03/2012")],
)  # fmt: skip
def test_a_date_with_the_month_first_is_suggested_day_first(text: str, suggestion: str) -> None:
    result = born(text)
    assert result.errors == ["date-month-first"]
    assert result.suggestion("date-month-first") == suggestion
    assert result.stored is None


def test_the_message_of_a_month_first_date_says_what_it_should_be() -> None:
    message = born("03/14/2012").message("date-month-first")
    assert message == "03/14/2012 has the month first (there is no month 14). Write it as 14/03/2012."


@pytest.mark.parametrize(
    ("text", "future"), [("23/11/2026", False), ("24/11/2026", True), ("14/03/2112", True)]
)
def test_a_date_after_today_is_in_the_future(text: str, future: bool) -> None:  # noqa: FBT001 - a table's column
    assert ("date-future" in born(text).errors) is future


@pytest.mark.parametrize(
    ("text", "errors", "warnings"),
    [
        ("31/08/2000", ["age-impossible"], []),
        ("01/09/2000", [], ["age-unusual"]),
        ("31/08/2006", [], ["age-unusual"]),
        ("01/09/2006", [], []),
        ("31/08/2024", [], []),
        ("01/09/2024", [], ["age-unusual"]),
        ("01/10/2026", [], ["age-unusual"]),
        ("01/01/1900", ["age-impossible"], []),
    ],
)
def test_ages_are_counted_on_the_31_august_before_the_academic_year(
    text: str, errors: list[str], warnings: list[str]
) -> None:
    result = born(text)
    assert result.errors == errors
    assert result.warnings == warnings


def test_the_academic_year_is_the_schools_setting() -> None:
    next_year = replace(SCHOOL, academic_year=2027)
    assert cell(DATE_OF_BIRTH, "01/09/2000", next_year).errors == ["age-impossible"]
    assert cell(DATE_OF_BIRTH, "01/09/2001", next_year).warnings == ["age-unusual"]


def test_a_message_about_age_gives_the_age_and_the_day() -> None:
    message = born("31/08/2000").message("age-impossible")
    assert "31/08/2000" in message
    assert "26" in message
    assert "31 August 2026" in message


@pytest.mark.parametrize(
    ("text", "order", "stored"),
    [
        ("03/04/2012", "mdy", "2012-03-04"),
        ("03/14/2012", "mdy", "2012-03-14"),
        ("3-4-12", "mdy", "2012-03-04"),
        ("2012-03-04", "mdy", "2012-03-04"),
        ("4 Mar 2012", "mdy", "2012-03-04"),
        ("12/03/04", "ymd", "2012-03-04"),
        ("12-3-04", "ymd", "2012-03-04"),
        ("2012/03/04", "ymd", "2012-03-04"),
        ("04/03/2012", "ymd", "2012-03-04"),
    ],
)
def test_a_whole_column_can_be_read_in_another_order(text: str, order: DateOrder, stored: str) -> None:
    result = born(text, order)
    assert result.stored == stored
    assert not result.problems


def test_a_day_first_date_in_a_month_first_column_is_impossible_and_suggested() -> None:
    result = born("14/03/2012", "mdy")
    assert result.errors == ["date-impossible"]
    assert result.suggestion("date-impossible") == "14/03/2012"
    assert result.is_sure("date-impossible")


@pytest.mark.parametrize("text", ["2012-14-03", "2012/14/3"])
def test_a_date_with_the_year_first_and_the_month_last_is_impossible_and_suggested(text: str) -> None:
    assert born(text).suggestion("date-impossible") == "14/03/2012"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("01/01/0015", "01/01/2015"),
        ("0015-03-14", "14/03/2015"),
        ("31/08/0001", "31/08/2001"),
        ("31/08/0000", None),  # would be 26
        ("14/03/0027", None),  # would be in the future
        ("14/03/1015", None),
        ("14/03/1915", None),
    ],
)
def test_a_year_without_its_century_is_suggested_in_this_century(text: str, suggestion: str | None) -> None:
    result = born(text)
    assert result.errors == ["age-impossible"]
    assert result.suggestion("age-impossible") == suggestion


def _written(day: date) -> list[str]:
    month = MONTHS[day.month - 1]
    ordinal = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    short = month[:3]
    texts = [f"{day.day}{s}{day.month}{s}{day.year}" for s in "/-."]
    texts += [f"{day:%d{s}%m{s}%Y}" for s in "/-."] + [f"{day:%d{s}%m{s}%y}" for s in "/-."]
    texts += [
        f"{day:%Y-%m-%d}",
        f"{day:%Y-%m-%d} 00:00:00",
        f"{day:%Y-%m-%d}T00:00:00",
        f"{day:%d/%m/%Y} 00:00",
    ]
    texts += [
        f"{day.day} {short} {day.year}",
        f"{day.day}{ordinal} {month} {day.year}",
        f"{day.day:02}-{short}-{day:%y}",
    ]
    texts += [f"{day.day:02}-{short.upper()}-{day.year}", f"{day.day} {month.lower()} {day.year}"]
    return [*texts, str((day - date(1899, 12, 30)).days)]


@settings(max_examples=25, deadline=None)
@given(st.dates(min_value=date(2001, 1, 1), max_value=TODAY))
def test_any_date_in_any_accepted_form_is_read_as_that_date(day: date) -> None:
    texts = _written(day)
    assert [result.stored for result in column(DATE_OF_BIRTH, texts)] == [day.isoformat()] * len(texts)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="0123456789/-. JanFeb:", max_size=12))
def test_what_is_stored_is_always_a_date_in_the_past_and_never_beside_an_error(text: str) -> None:
    result = born(text)
    assert (result.stored is None) == bool(result.errors)
    if result.stored:
        assert TODAY - timedelta(days=27 * 366) < date.fromisoformat(result.stored) <= TODAY


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_stored_date_is_read_back_from_its_display_form(day: date) -> None:
    assert iso_to_shown(day.isoformat()) == f"{day:%d/%m/}{day.year}"
    assert shown_to_iso(iso_to_shown(day.isoformat())) == day.isoformat()
