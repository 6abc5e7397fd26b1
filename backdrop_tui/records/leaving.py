"""What is stored of people besides their fields: whether they have left, and where a student's safeguarding file is.

Nobody who leaves is deleted: they are marked, and keep their id, so that they are recognised if they come back.
"""

from datetime import date
from typing import Literal

import polars as pl

from backdrop_tui.records.schema.kind import RecordKind

STATUS = "status"
"""The key of whether someone is at the school: `CURRENT` or `LEFT`."""
CURRENT = "current"
"""The status of someone who is at the school."""
LEFT = "left"
"""The status of someone who has left."""
LEFT_ON = "left_on"
"""The key of the day on which someone left, such as `2026-07-17`; None if it isn't known."""
DESTINATION = "destination"
"""The key of the school that a student has gone to; None if it isn't known."""
FILE_STATE = "file_state"
"""The key of where a leaver's safeguarding file is, a `FileState`; None if nobody has said so yet."""
FILE_SENT_ON = "file_sent_on"
"""The key of the day on which the safeguarding file was sent."""
RECEIPT_ON = "receipt_on"
"""The key of the day on which the new school confirmed that it has the safeguarding file."""

STUDENT_STATE_KEYS = (STATUS, LEFT_ON, DESTINATION, FILE_STATE, FILE_SENT_ON, RECEIPT_ON)
"""What is stored of students besides their fields."""
STAFF_STATE_KEYS = (STATUS, LEFT_ON)
"""What is stored of staff besides their fields."""

FileState = Literal["none", "to-send", "sent", "received"]
"""Where a leaver's safeguarding file is."""
NO_FILE: FileState = "none"
"""There is no safeguarding file."""
TO_SEND: FileState = "to-send"
"""There is a file, and it has not been sent."""
SENT: FileState = "sent"
"""The file has been sent, and its receipt has not been confirmed."""
RECEIVED: FileState = "received"
"""The new school has confirmed that it has the file."""

HAS_LEFT = pl.col(STATUS).eq_missing(pl.lit(LEFT))
"""Whether a person stored has left (Boolean, never null)."""


def current_people(people: pl.DataFrame) -> pl.DataFrame:
    """The people stored who are at the school.

    Args:
        people: People with `status` (String) and more.
    """
    has_left = people.select(HAS_LEFT).to_series()
    return people.filter(~has_left) if has_left.any() else people


def as_current(kind: RecordKind, people: pl.DataFrame) -> pl.DataFrame:
    """People with the state of someone who is at the school, as for those who are new or have come back.

    Args:
        kind: The kind of people.
        people: People with or without the keys of their state.

    Returns:
        The same people with `kind.state_keys` (String): `status` is `CURRENT`, and the rest is null.
    """
    state = [pl.lit(CURRENT if key == STATUS else None, pl.String).alias(key) for key in kind.state_keys]
    return people.with_columns(state)


def as_left(people: pl.DataFrame, left_on: date) -> pl.DataFrame:
    """People with the state of someone who left on a day; what else is noted about their leaving stays.

    Args:
        people: People with `status` and `left_on` (String) and more.
        left_on: The day.
    """
    return people.with_columns(
        pl.lit(LEFT).alias(STATUS), pl.lit(left_on.isoformat(), pl.String).alias(LEFT_ON)
    )
