"""Mark people as having left, bring them back, and note where leavers have gone and where their safeguarding files are.

Every change takes effect at once, and can be undone by `people.changes.undo_change`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.changes import PeopleChange, edit_people
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.dates import in_words, shown_to_iso
from backdrop_tui.records.leaving import (
    DESTINATION,
    FILE_SENT_ON,
    FILE_STATE,
    HAS_LEFT,
    LEFT_ON,
    NO_FILE,
    RECEIPT_ON,
    RECEIVED,
    SENT,
    TO_SEND,
    FileState,
    as_current,
    as_left,
)
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school import text_input
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.leaver_notes import (
    confirm_departure,
    confirmed_departures,
    keep_record,
    withdraw_confirmation,
)
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import require_unlocked

_LONGEST_REASON = 200


@dataclass(frozen=True)
class FileAnswer:
    """Where leavers' safeguarding files are."""

    state: FileState
    """Where they are."""
    on: date | None = None
    """The day on which they were sent, or their receipt was confirmed; None for the other states."""


def file_answer(text: str, today: date) -> FileAnswer:
    """Where a safeguarding file is, as it was typed: `none`, `to-send`, `sent=DATE` or `receipt=DATE`.

    Raises:
        UnusableChoiceError: It is none of these, or the day can't be used.
    """
    word, equals, day = text.strip().partition("=")
    dated: dict[str, tuple[FileState, str]] = {
        "sent": (SENT, "The date of sending"),
        "receipt": (RECEIVED, "The date of the receipt"),
    }
    if equals and word in dated:
        state, what = dated[word]
        return FileAnswer(state, past_day(day, today, what=what))
    if not equals and word in {NO_FILE, TO_SEND}:
        return FileAnswer(NO_FILE if word == NO_FILE else TO_SEND)
    raise UnusableChoiceError(
        f"{text_input.quoted(text)} isn't something that can be noted about a file. Use none, to-send, sent=DATE or receipt=DATE."
    )


def past_day(text: str, today: date, *, what: str) -> date:
    """A day that was typed as 17/07/2026 or 2026-07-17.

    Args:
        text: The text as it was typed.
        today: The current date.
        what: What the day is, as the beginning of a sentence: "The date of leaving".

    Raises:
        UnusableChoiceError: It isn't a date, or it is in the future.
    """
    try:
        day = date.fromisoformat(shown_to_iso(text.strip()))
    except ValueError:
        raise UnusableChoiceError(
            f"{text_input.quoted(text)} is not a date. Type one like {today:%d/%m/%Y}."
        ) from None
    if day > today:
        raise UnusableChoiceError(f"{what} can't be in the future, and {in_words(day)} is.")
    return day


def mark_as_left(school: School, kind: RecordKind, ids: Collection[str], left_on: date) -> PeopleChange:
    """Mark people as having left on a day, or correct that day. Anyone who is no longer stored is skipped.

    Args:
        school: The school.
        kind: The kind of people.
        ids: The people's ids.
        left_on: The day.

    Raises:
        UnusableChoiceError: One of them was born later than that; nothing was changed.
        PeopleChangedError: None of the people is still stored.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    day = left_on.isoformat()

    def mark(before: pl.DataFrame) -> pl.DataFrame:
        if DATE_OF_BIRTH.key in kind.keys and (before[DATE_OF_BIRTH.key] > day).any():
            raise UnusableChoiceError(
                f"{in_words(left_on)} is before the date of birth. Check the date of leaving."
            )
        return as_left(before, left_on)

    return edit_people(school, kind, ids, mark)


def bring_back(school: School, kind: RecordKind, ids: Collection[str]) -> PeopleChange:
    """Make people who have left members of the school again. What was noted about their leaving goes.

    Raises:
        PeopleChangedError: None of the people is still stored as having left.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    return edit_people(school, kind, ids, lambda before: as_current(kind, before), HAS_LEFT)


def answer_about_files(school: School, ids: Collection[str], answer: FileAnswer) -> PeopleChange:
    """Note where the safeguarding files of students who have left are.

    Raises:
        UnusableChoiceError: A receipt would be from before the file was sent; nothing was changed.
        PeopleChangedError: None of the students is still stored as having left.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    day = answer.on.isoformat() if answer.on else None

    def note(before: pl.DataFrame) -> pl.DataFrame:
        if answer.state == RECEIVED and (before[FILE_SENT_ON] > day).any():
            raise UnusableChoiceError("The receipt can't be dated before the file was sent. Check the date.")
        sent = {SENT: pl.lit(day), RECEIVED: pl.col(FILE_SENT_ON)}.get(answer.state, pl.lit(None))
        return before.with_columns(
            pl.lit(answer.state).alias(FILE_STATE),
            sent.cast(pl.String).alias(FILE_SENT_ON),
            pl.lit(day if answer.state == RECEIVED else None, pl.String).alias(RECEIPT_ON),
        )

    return edit_people(school, STUDENTS, ids, note, HAS_LEFT)


def set_destination(school: School, ids: Collection[str], text: str) -> PeopleChange:
    """Note which school students who have left have gone to; a blank text removes it.

    Raises:
        UnusableChoiceError: The text can't be the name of a school; nothing was changed.
        PeopleChangedError: None of the students is still stored as having left.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    what = "The name of the school"
    destination = text_input.name(text, what=what) if text.strip() else None
    new = pl.lit(destination, pl.String).alias(DESTINATION)
    return edit_people(school, STUDENTS, ids, lambda before: before.with_columns(new), HAS_LEFT)


def confirm_departures(school: School, ids: Collection[str]) -> None:
    """Note that staff who have left have no access any more. Anyone who hasn't left is skipped.

    Raises:
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_SETTINGS)
    with school.store.transaction():
        leavers = school.leavers(STAFF).filter(pl.col("id").is_in(list(ids)))
        for person_id, left_on in leavers.select("id", LEFT_ON).iter_rows():
            confirm_departure(school, person_id, left_on)
        log_event(school, Event.DEPARTURES_CONFIRMED, about=STAFF.name, people=leavers.height)


def withdraw_confirmations(school: School, ids: Collection[str]) -> None:
    """Note that staff who have left may still have access, after that was confirmed too early. Others are skipped.

    Raises:
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_SETTINGS)
    with school.store.transaction():
        confirmed = confirmed_departures(school).keys() & set(ids)
        for person_id in confirmed:
            withdraw_confirmation(school, person_id)
        log_event(school, Event.CONFIRMATIONS_WITHDRAWN, about=STAFF.name, people=len(confirmed))


def keep_for_longer(school: School, kind: RecordKind, person_id: str, text: str) -> None:
    """Note why a person's record is to be kept when others are removed; a blank text removes that note.

    Raises:
        UnusableChoiceError: The text is too long, or has characters that can't be displayed; nothing was changed.
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_SETTINGS)
    reason = text_input.one_line(text, what="The reason", longest=_LONGEST_REASON)
    with school.store.transaction():
        keep_record(school, person_id, reason)
        log_event(school, Event.RECORD_KEPT, about=kind.name, kept=int(bool(reason)))
