"""Everyone who has left, with what is still to be done for each, the most urgent first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from backdrop_tui.records.fields.dates import iso_to_shown
from backdrop_tui.records.leaving import (
    DESTINATION,
    FILE_SENT_ON,
    FILE_STATE,
    LEFT_ON,
    NO_FILE,
    RECEIPT_ON,
    RECEIVED,
    SENT,
    TO_SEND,
)
from backdrop_tui.records.outstanding import (
    DUE_ON,
    IS_LATE,
    NEEDS_DESTINATION,
    TASK,
    by_urgency,
    is_outstanding,
)
from backdrop_tui.records.rights.user_groups import CHILD_PROTECTION_RIGHTS, UserGroup
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.searching import search_form, search_form_of
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.leaver_notes import confirmed_departures
from backdrop_tui.school.school import School

View = Literal["everyone", "outstanding", "no-destination"]
"""Which leavers are listed: all of them, those for whom something is to be done, or students who may have gone nowhere."""

Section = Literal["confirm-departure", "files", "destination", "settled"]
"""A part of the list of leavers, by what is to be done."""

CONFIRM = "confirm-departure"
"""What is to be done for staff who left with child-protection rights: to confirm that they have no access any more."""
DAYS_NOTE = (
    "Due dates count weekdays: 5 after leaving, or the first 5 of September. School holidays aren't known."
)
"""What due dates count, as a note for people who see them."""


@dataclass(frozen=True)
class Leavers:
    """The people of one kind who have left."""

    kind: RecordKind
    """The kind of people."""
    people: pl.DataFrame
    """The people, the most urgent first: `id`, the kind's `stored_keys` and `task` (String; null if nothing is to be done).

    Students also have what `records.outstanding.by_urgency` adds.
    """

    @property
    def outstanding(self) -> pl.DataFrame:
        """Those for whom something is to be done."""
        return self.viewed("outstanding")

    def viewed(self, view: View, words: str = "") -> pl.DataFrame:
        """Those in a view whose values contain every search word, ignoring case and accents."""
        people = self.people
        if self.kind is STUDENTS:
            views = {"outstanding": is_outstanding(), "no-destination": pl.col(NEEDS_DESTINATION)}
        else:
            views = {"outstanding": pl.col(TASK).is_not_null()}
        if view in views:
            people = people.filter(views[view])
        text = search_form_of(pl.concat_str(pl.col(pl.String).fill_null(""), separator="\n"))
        for word in search_form(words).split():
            people = people.filter(text.str.contains(word, literal=True))
        return people


def leavers_of(school: School, kind: RecordKind, today: date) -> Leavers:
    """Everyone of one kind who has left.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    people = school.leavers(kind)
    if kind is STUDENTS:
        return Leavers(kind, by_urgency(people, today))
    task = pl.when(_is_to_be_confirmed(school, people)).then(pl.lit(CONFIRM)).alias(TASK)
    order = (pl.col(TASK).is_null(), LEFT_ON, pl.col("surname").str.to_lowercase())
    return Leavers(kind, people.with_columns(task).sort(*order))


def number_to_confirm(school: School) -> int:
    """The number of staff who left with child-protection rights, and of whom nobody has confirmed that they have no access.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    return int(_is_to_be_confirmed(school, school.leavers(STAFF)).sum())


def file_in_words(person: Mapping[str, Any]) -> str:
    """Where a leaver's safeguarding file is, in a few words."""
    match person[FILE_STATE]:
        case None:
            return "not asked yet"
        case state if state == NO_FILE:
            return "no file"
        case state if state == TO_SEND:
            return "to send"
        case state if state == SENT:
            return f"sent {iso_to_shown(person[FILE_SENT_ON] or '')}".rstrip()
        case state if state == RECEIVED:
            return f"receipt {iso_to_shown(person[RECEIPT_ON] or '')}".rstrip()
    return str(person[FILE_STATE])


def task_in_words(person: Mapping[str, Any]) -> str:
    """What is to be done about a student's file, with the day by which; for staff whether to confirm that they have no access."""
    if FILE_STATE not in person:
        return "to be confirmed" if person[TASK] == CONFIRM else ""
    due = f", due {person[DUE_ON]:%d/%m/%Y}" if person[DUE_ON] else ""
    late = " (late)" if person[IS_LATE] and due else ""
    return f"file: {file_in_words(person)}{due}{late}"


def leaving_in_words(person: Mapping[str, Any]) -> str:
    """When someone left, and where to: `left on 17/07/2026 for Hill School`."""
    left = f"left on {iso_to_shown(person[LEFT_ON])}" if person[LEFT_ON] else "left, day not known"
    destination = person.get(DESTINATION)
    return f"{left} for {destination}" if destination else left


def place_of(kind: RecordKind, person: Mapping[str, Any]) -> str:
    """Where in the school someone belongs: `Year 10, 10B`, or `Class Teacher, Teachers`."""
    if kind is STUDENTS:
        year = person["year_group"]
        words = f"Year {year}" if year and year.isdigit() else year
        return ", ".join(filter(None, (words, person["registration_group"])))
    return ", ".join(filter(None, (person["job_role"], person["user_group"])))


def section_of(person: Mapping[str, Any]) -> Section:
    """Which part of a list of leavers someone is listed in."""
    if person[TASK] == CONFIRM:
        return "confirm-departure"
    if person[TASK]:
        return "files"
    return "destination" if person.get(NEEDS_DESTINATION) else "settled"


def sign_of(person: Mapping[str, Any]) -> str:
    """The sign of how urgent a leaver is: `!` for what is late or to be confirmed, `•` for what is to be done, `✓` for nothing."""
    if person.get(IS_LATE) or person[TASK] == CONFIRM:
        return "!"
    return "•" if person[TASK] or person.get(NEEDS_DESTINATION) else "✓"


def _is_to_be_confirmed(school: School, staff: pl.DataFrame) -> pl.Series:
    """Whether staff who have left held child-protection rights, and nobody has confirmed that they have no access (Boolean)."""
    groups = school.user_groups()
    confirmed = confirmed_departures(school)
    return pl.Series(
        [
            _held_child_protection_rights(group, groups)
            and not (person_id in confirmed and confirmed[person_id] == left_on)
            for person_id, group, left_on in staff.select("id", "user_group", LEFT_ON).iter_rows()
        ],
        dtype=pl.Boolean,
    )


def _held_child_protection_rights(name: str | None, groups: Iterable[UserGroup]) -> bool:
    """Whether the members of a group see what concerns child protection. What a group that no longer exists could isn't known."""
    group = next((group for group in groups if group.name == name), None)
    return name is not None and (group is None or bool(group.rights & CHILD_PROTECTION_RIGHTS))
