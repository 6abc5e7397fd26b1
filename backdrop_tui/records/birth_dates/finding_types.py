"""The types of findings about birth dates and year groups, and of problems with single dates that need evidence."""

from backdrop_tui.records.fields.date_of_birth import AGE_UNUSUAL, DATE_SERIAL
from backdrop_tui.records.schema.findings import FindingType
from backdrop_tui.records.schema.problems import ProblemType

DATE_SWAPPED = ProblemType(
    "date-swapped", "{field} has day and month swapped", "warning", applies_possible=True
)
DATE_ORDER = ProblemType("date-order", "Day and month may be swapped", "warning")
YEAR_AGE = ProblemType("year-age", "{field} doesn't match the date of birth", "warning")

_OF_SWAPPED_DATES = frozenset({DATE_SWAPPED, DATE_ORDER, YEAR_AGE, AGE_UNUSUAL})
"""The warnings that a date gets if its day and month are the wrong way round."""

DATES_SWAPPED = FindingType(
    "dates-swapped", "Day and month are swapped", "error", explains=_OF_SWAPPED_DATES, comes_first=True
)
DATES_MONTH_FIRST = FindingType(
    "dates-month-first", "Dates have the month first", "error", explains=_OF_SWAPPED_DATES, comes_first=True
)
DATES_MIXED = FindingType("dates-mixed", "Some dates have day and month swapped", "error")
DATES_1904 = FindingType(
    "dates-1904",
    "Day numbers are four years too early",
    "warning",
    explains=frozenset({DATE_SERIAL, DATE_SWAPPED, YEAR_AGE, AGE_UNUSUAL}),
)
ACADEMIC_YEAR = FindingType(
    "academic-year",
    "The list is for another academic year",
    "error",
    explains=frozenset({YEAR_AGE}),
    is_remembered=False,
)
YEAR_GROUPS_DOUBTFUL = FindingType(
    "year-groups-doubtful",
    "Most year groups don't match the dates of birth",
    "warning",
    explains=frozenset({YEAR_AGE}),
)
STORED_DATES_SWAPPED = FindingType(
    "stored-dates-swapped", "Stored dates of birth look swapped", "note", is_remembered=False
)
