"""The rule that reports all findings about birth dates and year groups."""

from collections.abc import Sequence

import polars as pl

from backdrop_tui.records.birth_dates.date_findings import date_findings
from backdrop_tui.records.birth_dates.file_dates import weighed_dates
from backdrop_tui.records.birth_dates.finding_types import (
    ACADEMIC_YEAR,
    DATES_1904,
    DATES_MIXED,
    DATES_MONTH_FIRST,
    DATES_SWAPPED,
    STORED_DATES_SWAPPED,
    YEAR_GROUPS_DOUBTFUL,
)
from backdrop_tui.records.birth_dates.year_findings import year_findings
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.findings import Finding, FindingRule


def find_all(people: FilePeople, stored: pl.DataFrame, context: Context) -> Sequence[Finding]:
    """All findings about birth dates and year groups, answered ones included; for `FilePeople.shared`."""
    dates = people.shared(weighed_dates, stored, context).current
    return [*date_findings(dates), *year_findings(dates, people, context)]


def is_any_open(people: FilePeople, stored: pl.DataFrame, context: Context) -> bool:
    """Whether any finding about birth dates or year groups is waiting for an answer."""
    findings = people.shared(find_all, stored, context)
    return any(not context.has_answered(finding.code) for finding in findings)


BIRTH_DATE_FINDINGS = FindingRule(
    (
        DATES_1904,
        DATES_MONTH_FIRST,
        DATES_SWAPPED,
        DATES_MIXED,
        ACADEMIC_YEAR,
        YEAR_GROUPS_DOUBTFUL,
        STORED_DATES_SWAPPED,
    ),
    lambda people, stored, context: people.shared(find_all, stored, context),
)
