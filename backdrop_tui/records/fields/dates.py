"""Dates: from their parts, as ages, and as people read and write them."""

import re
from datetime import date

import polars as pl

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember")
_MONTH_NUMBERS = (
    {short: n for n, short in enumerate(_MONTHS, start=1)}
    | {short + rest: n for n, (short, rest) in enumerate(zip(_MONTHS, _LONG, strict=True), start=1)}
    | {"sept": 9}
)


def day_of(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """A Date from three texts or numbers; null if there is no such day."""
    return pl.concat_str(year, month, day, separator="-").str.to_date("%Y-%m-%d", strict=False)


def dated(year: pl.Expr, month: pl.Expr, day: pl.Expr, today: date) -> pl.Expr:
    """A Date from three texts; a year of two digits is 20yy, or 19yy if 20yy would be in the future."""
    short = year.str.len_chars() == 2
    born = day_of(pl.when(short).then(pl.concat_str(pl.lit("20"), year)).otherwise(year), month, day)
    # No day is missed by subtracting 100 years: wherever 19yy has a 29 February, so does 20yy.
    return pl.when(short & (born > today)).then(born.dt.offset_by("-100y")).otherwise(born)


def part(name: str, place: int) -> pl.Expr:
    """The text that one group of a pattern matched (String).

    Args:
        name: The column that `str.extract_groups` gave.
        place: The number of the group, from 1.
    """
    return pl.col(name).struct.field(str(place))


def month_number(name: pl.Expr) -> pl.Expr:
    """The number of a month, given its name in lower case; null if there is no such month."""
    return name.replace_strict(_MONTH_NUMBERS, default=None, return_dtype=pl.Int32)


def age_on(born: pl.Expr, day: date) -> pl.Expr:
    """Age in whole years on a day, given the Date of birth (Int16)."""
    later = (born.dt.month() > day.month) | ((born.dt.month() == day.month) & (born.dt.day() > day.day))
    return (pl.lit(day.year) - born.dt.year().cast(pl.Int32) - later.cast(pl.Int32)).cast(pl.Int16)


def shown(day: pl.Expr) -> pl.Expr:
    """A Date as people read and type it (String): dd/mm/yyyy."""
    return day.dt.strftime("%d/%m/%Y")


def date_shown(text: pl.Expr) -> pl.Expr:
    """The Date that a text in the form of `shown` stands for."""
    return text.str.to_date("%d/%m/%Y", strict=False)


def iso_to_shown(stored: str) -> str:
    """A stored date as dd/mm/yyyy; a text that is not an ISO date is returned unchanged."""
    try:
        return date.fromisoformat(stored).strftime("%d/%m/%Y")
    except ValueError:
        return stored


def iso_to_words(stored: str) -> str:
    """A stored date in words, `14 March 2012`; a text that is not an ISO date is returned unchanged."""
    try:
        return in_words(date.fromisoformat(stored))
    except ValueError:
        return stored


def shown_to_iso(typed: str) -> str:
    """A date typed as day/month/year in ISO form, which is read correctly even if the file has the month first.

    Any other text is returned unchanged.
    """
    parts = re.fullmatch(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*", typed)
    if not parts:
        return typed
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])).isoformat()
    except ValueError:
        return typed


def in_words(day: date) -> str:
    """A day in words: `14 March 2012`."""
    return f"{day.day} {day:%B %Y}"
