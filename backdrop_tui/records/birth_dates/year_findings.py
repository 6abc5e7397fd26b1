"""Findings about the year groups of a file, compared with its birth dates."""

import polars as pl

from backdrop_tui.records.birth_dates.file_dates import FileDates
from backdrop_tui.records.birth_dates.finding_types import ACADEMIC_YEAR, YEAR_GROUPS_DOUBTFUL
from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP, moved_up
from backdrop_tui.records.fields.year_group import (
    NUMBERS,
    YEAR_GROUP,
    YEAR_NUMBER,
    code_of_number,
    in_words,
    last_year_of,
)
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context, academic_year_in_words
from backdrop_tui.records.schema.findings import Finding, Remedy
from backdrop_tui.wording import counted

_FEWEST = 20
_NEARLY_ALL = 0.9


def year_findings(dates: FileDates, people: FilePeople, context: Context) -> list[Finding]:
    """What a file's year groups say about the academic year that they are for, or about themselves."""
    evidence = dates.evidence
    if not evidence.year_groups_are_evidence:
        return [_doubtful(dates, context)]
    enough = evidence.fitting >= _FEWEST and evidence.fitting >= _NEARLY_ALL * evidence.compared
    if evidence.year_offset and enough:
        return [_another_year(dates, people, context)]
    return []


def _doubtful(dates: FileDates, context: Context) -> Finding:
    evidence = dates.evidence
    year = academic_year_in_words(context.academic_year)
    return Finding(
        YEAR_GROUPS_DOUBTFUL,
        f"Only {evidence.fitting:,} of {counted(evidence.compared, 'date')} of birth fit the year group, whichever way they "
        f"are read. Check that the right column goes to Year Group, and that the academic year is {year}.",
        dates.rows_where(~pl.col("fits_own_year"))["row"],
        evidence.compared - evidence.fitting,
        evidence.fitting,
    )


def _another_year(dates: FileDates, people: FilePeople, context: Context) -> Finding:
    evidence = dates.evidence
    its_year = academic_year_in_words(context.academic_year + evidence.year_offset)
    return Finding(
        ACADEMIC_YEAR,
        f"This looks like a list for {its_year}: {evidence.fitting:,} of {counted(evidence.compared, 'student')} are in the "
        f"year group for their age in that year. The school's academic year is {academic_year_in_words(context.academic_year)}.",
        people.frame(YEAR_NUMBER).filter(YEAR_NUMBER.col.is_not_null())["row"],
        evidence.fitting,
        evidence.compared - evidence.fitting,
        _remedies(evidence.year_offset, people, context),
    )


def _remedies(year_offset: int, people: FilePeople, context: Context) -> tuple[Remedy, ...]:
    """Setting the school's year to the file's and, if the file is a year behind, moving everybody up."""
    its_year = context.academic_year + year_offset
    set_year = Remedy(
        f"Set the school's academic year to {academic_year_in_words(its_year)}",
        name="set-year",
        academic_year=its_year,
    )
    return (_move_up(people, context), set_year) if year_offset < 0 else (set_year,)


def _move_up(people: FilePeople, context: Context) -> Remedy:
    """Moving everyone up a year; those already in the school's last year are left out."""
    rows = people.frame(YEAR_NUMBER, REGISTRATION_GROUP).filter(YEAR_NUMBER.col.is_not_null())
    last_year = last_year_of(context.phase)
    leaving = YEAR_NUMBER.col >= NUMBERS[last_year]
    left_out, staying = rows.filter(leaving)["row"], rows.filter(~leaving)
    groups = staying.select("row", text=moved_up(REGISTRATION_GROUP.col, YEAR_NUMBER.col)).drop_nulls()
    cells = [
        staying.select("row", field=pl.lit(YEAR_GROUP.key), text=code_of_number(YEAR_NUMBER.col + 1)),
        groups.select("row", field=pl.lit(REGISTRATION_GROUP.key), text="text"),
    ]
    ending = (
        f"; {counted(len(left_out), 'student')} in {in_words(last_year)} left out" if len(left_out) else ""
    )
    title = f"Move {counted(staying.height, 'student')} up a year{ending}"
    return Remedy(title, name="move-up", cells=pl.concat(cells), left_out=left_out)
