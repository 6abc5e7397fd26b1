"""What is still to be done for students who have left: their safeguarding files, and where they have gone.

“Keeping children safe in education” (Department for Education, statutory guidance; the paragraphs on child protection files in
part two) asks for the file to be transferred as soon as possible, within 5 days for a move in the year, or within the first 5 days
of a new term, separately from the main file, and for confirmation of receipt.

Days are counted as weekdays, because a school's holidays aren't known. Whoever leaves in July or August is taken to start elsewhere
in September, where the first weekday is taken as the first day of term. Both give the earliest day that the guidance can mean.
"""

from datetime import date
from typing import Literal

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.leaving import DESTINATION, FILE_SENT_ON, FILE_STATE, LEFT_ON, SENT, TO_SEND

Task = Literal["send-file", "get-receipt", "ask-about-file"]
"""What is to be done about a leaver's safeguarding file."""
SEND_FILE: Task = "send-file"
"""There is a file, which has not been sent."""
GET_RECEIPT: Task = "get-receipt"
"""The file has been sent, and the new school has not confirmed that it has it."""
ASK_ABOUT_FILE: Task = "ask-about-file"
"""Nobody has said yet whether there is a file."""

TASK = "task"
"""The column for what is to be done about the file, a `Task`; null if nothing is."""
DUE_ON = "due_on"
"""The column for the last day on which the file is to be sent (Date); null if it needn't be, or the leaving date isn't known."""
IS_LATE = "is_late"
"""The column for whether that day has passed, or can't be told (Boolean)."""
NEEDS_DESTINATION = "needs_destination"
"""The column for whether the student is of compulsory school age and nobody knows where they have gone (Boolean)."""

_DAYS = 5
_SUMMER = (7, 8)
_RANKS: tuple[tuple[Task, bool], ...] = (
    (SEND_FILE, True),
    (ASK_ABOUT_FILE, True),
    (SEND_FILE, False),
    (GET_RECEIPT, False),
    (ASK_ABOUT_FILE, False),
)
"""Tasks, each with whether it is late, the most urgent first."""


def by_urgency(leavers: pl.DataFrame, today: date) -> pl.DataFrame:
    """Students who have left with what is to be done for each, the most urgent first.

    What is late comes first, then files to send, receipts to ask for, files to ask about, unknown destinations, and the rest. Among
    equals, whatever is due first, or has waited longest, comes first.

    Args:
        leavers: Students who have left, as they are stored: `id` and `stored_keys` (String).
        today: The current date.

    Returns:
        The same columns, and `TASK` (String), `DUE_ON` (Date), `IS_LATE` and `NEEDS_DESTINATION` (Boolean).
    """
    tasks = leavers.with_columns(_task().alias(TASK), _needs_destination(today).alias(NEEDS_DESTINATION))
    has_to_go = pl.col(TASK).is_in([SEND_FILE, ASK_ABOUT_FILE])
    due = tasks.with_columns(pl.when(has_to_go).then(_due_on(_day(LEFT_ON))).alias(DUE_ON))
    judged = due.with_columns(
        (has_to_go & (pl.col(DUE_ON) < today).fill_null(value=True)).fill_null(value=False).alias(IS_LATE)
    )
    return judged.sort(
        _rank(),
        pl.coalesce(pl.col(DUE_ON), _day(FILE_SENT_ON)),
        LEFT_ON,
        pl.col("surname").str.to_lowercase(),
        pl.col("first_name").str.to_lowercase(),
    )


def is_outstanding() -> pl.Expr:
    """Whether anything is to be done for a student in a frame of `by_urgency` (Boolean)."""
    return pl.col(TASK).is_not_null() | pl.col(NEEDS_DESTINATION)


def is_of_compulsory_school_age(born: pl.Expr, day: date) -> pl.Expr:
    """Whether a child born on a Date is of compulsory school age on a day in England (Boolean).

    That begins on 31 March, 31 August or 31 December, on or after the fifth birthday, and ends on the last Friday in June of the
    school year in which the child turns 16 (Education Act 1996, section 8, and the orders made under it).
    """
    month = born.dt.month()
    start_month = pl.when(month <= 3).then(3).when(month <= 8).then(8).otherwise(12)
    start = pl.date(born.dt.year() + 5, start_month, 31)
    june_30 = pl.date(born.dt.year() + 16 + (month >= 9), 6, 30)
    since_friday = (june_30.dt.weekday().cast(pl.Int32) + 2) % 7
    end = june_30 - pl.duration(days=since_friday)
    return (start <= day) & (pl.lit(day) <= end)


def _task() -> pl.Expr:
    state = pl.col(FILE_STATE)
    return (
        pl.when(state.is_null()).then(pl.lit(ASK_ABOUT_FILE))
        .when(state == TO_SEND).then(pl.lit(SEND_FILE))
        .when(state == SENT).then(pl.lit(GET_RECEIPT))
    )  # fmt: skip


def _needs_destination(today: date) -> pl.Expr:
    """A child whose age isn't known counts as one of compulsory school age."""
    is_of_age = is_of_compulsory_school_age(_day(DATE_OF_BIRTH.key), today).fill_null(value=True)
    return (pl.col(DESTINATION).fill_null("") == "") & is_of_age


def _due_on(left: pl.Expr) -> pl.Expr:
    """The fifth weekday after a leaving Date, or in September if that is in the summer (Date)."""
    in_year = left.dt.add_business_days(_DAYS, roll="backward")
    term_starts = pl.date(left.dt.year(), 9, 1)
    in_september = term_starts.dt.add_business_days(_DAYS - 1, roll="forward")
    return pl.when(left.dt.month().is_in(_SUMMER)).then(in_september).otherwise(in_year)


def _rank() -> pl.Expr:
    of_tasks = (
        pl.when((pl.col(TASK) == task) & (pl.col(IS_LATE) == is_late)).then(place)
        for place, (task, is_late) in enumerate(_RANKS)
    )
    of_others = pl.when(NEEDS_DESTINATION).then(len(_RANKS)).otherwise(len(_RANKS) + 1)
    return pl.coalesce(*of_tasks, of_others)


def _day(key: str) -> pl.Expr:
    return pl.col(key).str.to_date("%Y-%m-%d", strict=False)
