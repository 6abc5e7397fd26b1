"""What a text in none of the accepted forms probably means as a date.

No digit is dropped or made up: the suggestion has all the digits of the text, and only those. Exceptions are the century of a
year of two digits, and the next day where a time in UTC is midnight in London.
"""

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

from backdrop_tui.records.fields.dates import dated, month_number
from backdrop_tui.records.schema.context import Context

_DASHES = "[‐‑‒–—―−⁃]"
_SLASHES = "[⁄∕]"
_SEPARATORS = r"\s*[/.\-,\\_· ]+\s*"
_WEEKDAY = r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[, ]\s*"
_LIKE_DIGITS = {"O": "0", "o": "0", "l": "1", "I": "1"}
_MOMENT = r"(?i)^([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)? ?(?:z|([+-])([0-9]{2}):?([0-9]{2}))$"

# Patterns of the three parts of a date, by their order.
_NUMBERS = {
    "dmy": "^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})$",
    "mdy": "^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})$",
    "ymd": "^([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})$",
}
_NAMED = {
    "dmy": "^(?:the/)?([0-9]{1,2})(?:st|nd|rd|th)?/?(?:of/)?([a-z]{3,9})/?([0-9]{4}|[0-9]{2})$",
    "mdy": "^([a-z]{3,9})/([0-9]{1,2})(?:st|nd|rd|th)?/([0-9]{4}|[0-9]{2})$",
    "ymd": "^([0-9]{4})/?([a-z]{3,9})/?([0-9]{1,2})(?:st|nd|rd|th)?$",
}
# Of 7 digits, a leading zero has been lost, as in Excel; but 1112012 could be 11/1/2012 as well as 1/11/2012.
_RUN = {"dmy": "^([0-9]{1,2})([0-9]{2})([0-9]{4})$", "mdy": "^([0-9]{1,2})([0-9]{2})([0-9]{4})$"}
_RUN_WITH_SHORT_PART = {"dmy": "^([0-9]{2})([0-9])([0-9]{4})$", "mdy": "^([0-9]{2})([0-9])([0-9]{4})$"}
_RUN_YEAR_FIRST = {"ymd": "^([0-9]{4})([0-9]{2})([0-9]{2})$"}


def guessed_dates(texts: pl.Series, context: Context) -> pl.DataFrame:
    """What texts in none of the accepted forms mean.

    Args:
        texts: The texts (String), without a midnight time.
        context: The date order, today, and the academic year, which decides what is too long ago for a student.

    Returns:
        `guess` (Date: the day that is meant; null if there is no telling) and `is_sure` (Boolean: whether the text can mean
        no other day), one row for each text.
    """
    plain = texts.to_frame("text").select(
        folded=_folded(pl.col("text")), midnight=_midnight_in_london(pl.col("text"))
    )
    parted = [_day(plain["folded"], patterns, context) for patterns in (_NUMBERS, _NAMED)]
    runs = [
        _of_student(_day(plain["folded"], patterns, context), context)
        for patterns in (_RUN, _RUN_YEAR_FIRST, _RUN_WITH_SHORT_PART)
    ]
    days = [plain["midnight"], *parted, *runs]
    frame = pl.DataFrame([day.alias(str(place)) for place, day in enumerate(days)])
    in_parts, of_run = frame.columns[:3], frame.columns[3:]
    # Without separators, there must be only one way to make a student's date of birth of the digits.
    ways = pl.concat_list(of_run).list.drop_nulls().list.n_unique()
    return frame.select(
        guess=pl.coalesce(frame.columns), is_sure=pl.coalesce(in_parts).is_not_null() | (ways == 1)
    )


def _folded(text: pl.Expr) -> pl.Expr:
    """A text with a slash for whatever separates its parts, and digits for letters that look like them among digits only."""
    plain = text.str.normalize("NFKC").str.replace(_WEEKDAY, "")
    plain = plain.str.replace_all(_DASHES, "-").str.replace_all(_SLASHES, "/")
    parted = plain.str.replace_all(_SEPARATORS, "/").str.strip_chars("/")
    is_of_digits = parted.str.contains("^[0-9OolI/]+$") & parted.str.contains("[0-9]")
    in_digits = parted.str.replace_many(_LIKE_DIGITS)
    return pl.when(is_of_digits).then(in_digits).otherwise(parted.str.to_lowercase())


def _day(texts: pl.Series, patterns: Mapping[str, str], context: Context) -> pl.Series:
    """The Dates that folded texts are by patterns of three parts: in the column's order if possible, otherwise in another."""
    orders = ("mdy", "dmy", "ymd") if context.date_order == "mdy" else ("dmy", "mdy", "ymd")
    # Few files have such texts, and looking whether there are any takes next to no time.
    days = [
        _in_order(texts, order, patterns[order], context)
        for order in orders
        if order in patterns and texts.str.contains(patterns[order]).any()
    ]
    nothing = pl.repeat(None, len(texts), dtype=pl.Date, eager=True)
    return pl.select(pl.coalesce(pl.lit(day) for day in (*days, nothing))).to_series()


def _in_order(texts: pl.Series, order: str, pattern: str, context: Context) -> pl.Series:
    """The Dates that folded texts are by one pattern; null where there is no such day, or its year was mistyped."""
    parts = texts.str.extract_groups(pattern).struct.rename_fields(list(order)).struct.unnest()
    month = pl.coalesce(month_number(pl.col("m")).cast(pl.String), "m")
    days = parts.select(dated(pl.col("y"), month, pl.col("d"), context.today)).to_series()
    return days.set(~days.dt.year().is_between(1900, 2100), None)


def _of_student(days: pl.Series, context: Context) -> pl.Series:
    """Dates, null where no student was born."""
    earliest = context.cutoff - timedelta(days=26 * 366)
    return days.set(~days.is_between(earliest, context.today), None)


def _midnight_in_london(text: pl.Expr) -> pl.Expr:
    """The Date that a moment with an offset from UTC is the first second of in London; null for any other text.

    A program that stores dates as midnight in local time and exports them in UTC writes the evening before for every
    date in British Summer Time, which lasted all year round from 1968 to 1971.
    """
    groups = text.str.extract_groups(_MOMENT).struct
    hours, minutes, seconds, offset_hours, offset_minutes = (
        groups.field(str(place)).cast(pl.Int64, strict=False).fill_null(0) for place in (2, 3, 4, 6, 7)
    )
    sign = pl.when(groups.field("5") == "-").then(-1).otherwise(1)
    of_day = pl.duration(hours=hours, minutes=minutes, seconds=seconds)
    offset = pl.duration(hours=sign * offset_hours, minutes=sign * offset_minutes)
    utc = groups.field("1").str.to_datetime("%Y-%m-%d", strict=False, time_unit="ms") + of_day - offset
    local = utc.dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London")
    return pl.when(local.dt.time() == pl.time(0, 0, 0)).then(local.dt.date())
