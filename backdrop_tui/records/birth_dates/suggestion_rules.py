"""How sure suggestions for birth dates and year groups are, in the light of the whole file."""

import polars as pl

from backdrop_tui.records.birth_dates.doubt import may_be_swapped
from backdrop_tui.records.birth_dates.evidence import fits_year_group, swapped_date
from backdrop_tui.records.birth_dates.file_dates import weighed_dates
from backdrop_tui.records.birth_dates.findings import is_any_open
from backdrop_tui.records.fields.date_of_birth import (
    AGE_IMPOSSIBLE,
    DATE_FORMAT,
    DATE_IMPOSSIBLE,
    DATE_MONTH_FIRST,
    DATE_OF_BIRTH,
    DATE_SERIAL,
)
from backdrop_tui.records.fields.dates import age_on, date_shown
from backdrop_tui.records.fields.year_group import (
    YEAR_AMBIGUOUS,
    YEAR_GROUP,
    YEAR_OPTIONS,
    YEAR_UNKNOWN,
    YEARS_MEANT,
    code_for_age,
)
from backdrop_tui.records.schema.columns import FilePeople, PeopleColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import SuggestionRule


def _judge_dates(
    faulty: pl.DataFrame, people: FilePeople, stored: pl.DataFrame, context: Context
) -> pl.DataFrame:
    """A date is sure unless the row's year group fits only another, or others in the file were swapped as it may be."""
    evidence = people.shared(weighed_dates, stored, context).as_read.evidence
    meant = date_shown(pl.col("suggestion"))
    other_year = pl.lit(value=False)
    if evidence.year_groups_are_evidence:
        fits = fits_year_group(meant, evidence.year_offset, context.cutoff)
        other_year = ~fits.fill_null(value=True)
    swappable = swapped_date(meant).is_not_null() & pl.lit(may_be_swapped(evidence))
    rows = _beside(people, faulty, YEARS_MEANT).with_columns(years=YEARS_MEANT.col)
    return rows.select("row", "suggestion", sure=pl.col("sure") & ~other_year & ~swappable)


def _judge_day_numbers(
    faulty: pl.DataFrame, people: FilePeople, stored: pl.DataFrame, context: Context
) -> pl.DataFrame:
    """What a day number stands for is sure unless others in the file count from 1904."""
    judged = _judge_dates(faulty, people, stored, context)
    counts_from_1904 = people.shared(weighed_dates, stored, context).as_read.evidence.serials_1904 > 0
    return judged.with_columns(sure=pl.col("sure") & (not counts_from_1904))


def _judge_year_groups(
    faulty: pl.DataFrame, people: FilePeople, stored: pl.DataFrame, context: Context
) -> pl.DataFrame:
    """Of several year groups that a text can mean, the one that the date of birth belongs to is suggested.

    It is sure as long as the date with day and month swapped doesn't belong to another of them, and no finding about
    dates or year groups waits for an answer.
    """
    born, by_date, if_swapped = pl.col("born"), pl.col("by_date"), pl.col("if_swapped")
    rows = (
        _beside(people, faulty, YEAR_OPTIONS, DATE_OF_BIRTH)
        .with_columns(born=DATE_OF_BIRTH.col.str.to_date("%Y-%m-%d"))
        .with_columns(
            by_date=code_for_age(age_on(born, context.cutoff)),
            if_swapped=code_for_age(age_on(swapped_date(born), context.cutoff)),
        )
    )
    options = YEAR_OPTIONS.col
    is_option = options.list.contains(by_date).fill_null(value=False)
    is_other_option = (options.list.contains(if_swapped) & (if_swapped != by_date)).fill_null(value=False)
    is_settled = ~is_other_option & (not is_any_open(people, stored, context))
    return rows.select(
        "row",
        suggestion=pl.when(options.is_null()).then("suggestion").when(is_option).then(by_date),
        sure=pl.when(options.is_null()).then("sure").otherwise(is_settled),
    )


def _beside(people: FilePeople, problems: pl.DataFrame, *columns: PeopleColumn) -> pl.DataFrame:
    """Problems with columns of their rows, in the same order."""
    return problems.hstack(people.frame_at(problems["row"], *columns).drop("row"))


BIRTH_DATE_SUGGESTIONS = (
    SuggestionRule(
        DATE_OF_BIRTH,
        frozenset({DATE_FORMAT, DATE_IMPOSSIBLE, DATE_MONTH_FIRST, AGE_IMPOSSIBLE}),
        _judge_dates,
    ),
    SuggestionRule(DATE_OF_BIRTH, frozenset({DATE_SERIAL}), _judge_day_numbers),
    SuggestionRule(YEAR_GROUP, frozenset({YEAR_AMBIGUOUS, YEAR_UNKNOWN}), _judge_year_groups),
)
