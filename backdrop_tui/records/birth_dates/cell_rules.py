"""Rules for single birth dates and year groups that need the evidence of the whole file."""

import polars as pl

from backdrop_tui.records.birth_dates.certainty import is_surely_swapped
from backdrop_tui.records.birth_dates.doubt import doubtful_dates
from backdrop_tui.records.birth_dates.evidence import IS_OPEN, IS_SWAPPED
from backdrop_tui.records.birth_dates.file_dates import AGE, weighed_dates
from backdrop_tui.records.birth_dates.finding_types import (
    DATE_ORDER,
    DATE_SWAPPED,
    YEAR_AGE,
)
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.dates import shown
from backdrop_tui.records.fields.year_group import (
    YEAR_GROUP,
    YEAR_NUMBER,
    code_for_age,
    codes_in,
    in_words,
    words,
)
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context, academic_year_in_words
from backdrop_tui.records.schema.kind import AcrossRule, breaches, no_breaches
from backdrop_tui.records.schema.rules import sentence
from backdrop_tui.wording import listed


def _swapped_dates(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows whose date of birth fits the year group, or is what is stored, only with day and month swapped."""
    dates = people.shared(weighed_dates, stored, context)
    rows = dates.current.rows_where(IS_SWAPPED)
    if rows.is_empty():
        return no_breaches()
    by_bits = {bits: _in_words(bits) for bits in rows["years"].drop_nulls().unique()}
    year = pl.col("years").replace_strict(by_bits, default=None, return_dtype=pl.String)
    born, swapped = shown(pl.col("born")), shown(pl.col("swapped"))
    offset = dates.current.evidence.year_offset
    when = f" in {academic_year_in_words(context.academic_year + offset)}" if offset else ""
    by_year = sentence(
        f"{{}} doesn't fit {{}}{when}, but {{}} does. Check whether day and month are swapped.",
        born,
        year,
        swapped,
    )
    by_store = sentence(
        "{} is stored for this student, not {}. Check whether day and month are swapped.", swapped, born
    )
    message = pl.when(pl.col("by_year").is_not_null()).then(by_year).otherwise(by_store)
    return breaches(rows, message, swapped, is_surely_swapped(dates.as_read.evidence))


def _in_words(year_bits: int) -> str:
    """The year groups in a set of bits: `Year 5 or Year 6`."""
    return listed(map(in_words, codes_in(year_bits)), conjunction="or")


def _open_dates(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows whose date of birth could be read either way, in a file in which other dates are the wrong way round."""
    dates = people.shared(weighed_dates, stored, context)
    rows = dates.as_read.rows_where(doubtful_dates(dates.as_read.evidence, context))
    if rows.is_empty():
        return no_breaches()
    born, swapped = (pl.col(name).dt.strftime("%-d %B %Y") for name in ("born", "swapped"))
    template = "Other dates in this column have day and month swapped. This one was read as {}"
    message = (
        pl.when(IS_OPEN)
        .then(sentence(f"{template}, but may be {{}}. Check which one is right.", born, swapped))
        .otherwise(sentence(f"{template}. Check that this is right.", born))
    )
    return breaches(dates.unchanged(rows), message)


def _wrong_year(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows whose date of birth belongs to another year group, in the school's own academic year."""
    age, number = AGE.col, YEAR_NUMBER.col
    sixth_former = (age == 19) & (number == 14)
    misfits = age.is_between(2, 19) & (number != age - 4) & ~sixth_former
    dates = people.shared(weighed_dates, stored, context).current
    rows = dates.rows_where(misfits & ~IS_SWAPPED)["row"]
    message = sentence(
        "Born on {}, this student would be in {} by age in "
        f"{academic_year_in_words(context.academic_year)}, but is entered as {{}}. Check which one is right.",
        shown(DATE_OF_BIRTH.col.str.to_date("%Y-%m-%d")),
        words(code_for_age(age)),
        words(YEAR_GROUP.col),
    )
    return breaches(people.frame_at(rows, YEAR_GROUP, DATE_OF_BIRTH, AGE), message)


BIRTH_DATE_RULES = (
    AcrossRule(DATE_SWAPPED, DATE_OF_BIRTH, _swapped_dates),
    AcrossRule(DATE_ORDER, DATE_OF_BIRTH, _open_dates),
    AcrossRule(YEAR_AGE, YEAR_GROUP, _wrong_year),
)
