"""How long data is kept, and what is due for removal.

Undo data, drafts and messages in the outbox are removed by themselves once they are old enough. People are only removed when someone
confirms it: a student who has left, so many years after birth if this is the last school known, or after another school has confirmed
that it has the safeguarding file. Whoever is marked to be kept is never due.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.intake.draft.draft_folder import draft_folders
from backdrop_tui.mail.outbox import messages_in_outbox
from backdrop_tui.people.invitation_results import invitations
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.leaving import FILE_STATE, LEFT, LEFT_ON, RECEIPT_ON, RECEIVED, STATUS
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.school.leaver_notes import reason_to_keep
from backdrop_tui.school.school import School
from backdrop_tui.store.port import Person
from backdrop_tui.wording import counted, listed


@dataclass(frozen=True)
class Retention:
    """How long one student's record is kept."""

    due_on: date | None
    """The day from which it is due for removal; None if that can't be told, or the student is at the school."""
    why: str
    """Why, as a sentence."""
    kept_because: str = ""
    """Why it is to be kept all the same; empty if it isn't."""

    def is_due(self, today: date) -> bool:
        """Whether it is due for removal."""
        return not self.kept_because and self.due_on is not None and self.due_on <= today


@dataclass(frozen=True)
class DueStudent:
    """A student whose record is due for removal."""

    person: Person
    """What is stored."""
    retention: Retention
    """Since when it is due, and why."""


@dataclass(frozen=True)
class DueData:
    """What is due for removal without anyone's confirmation."""

    drafts: tuple[str, ...]
    """The ids of drafts."""
    messages: tuple[Path, ...]
    """Messages in the outbox, without the welcome e-mails below."""
    welcome_messages: tuple[Path, ...]
    """Messages in the outbox that are the only welcome e-mail of a member of staff: no mail server has sent them one."""
    imports: tuple[ImportRecord, ...]
    """Imports that are so old that they can't be undone any more, the newest first."""

    def __bool__(self) -> bool:
        return bool(self.counts)

    @property
    def counts(self) -> "DataCounts":
        """How much it is."""
        return DataCounts(*map(len, (self.drafts, self.messages, self.welcome_messages, self.imports)))


@dataclass(frozen=True)
class DataCounts:
    """How much is removed without anyone's confirmation."""

    drafts: int = 0
    """Drafts."""
    messages: int = 0
    """Messages in the outbox, without the welcome e-mails below."""
    welcome_messages: int = 0
    """Welcome e-mails in the outbox of staff whom no mail server has sent one."""
    imports: int = 0
    """Imports whose undo data is removed."""

    def __bool__(self) -> bool:
        return any(vars(self).values())

    @property
    def in_words(self) -> str:
        """What it is, as a list: `2 drafts, 1 message and the undo data of 3 imports`."""
        never_sent = "that was never sent" if self.welcome_messages == 1 else "that were never sent"
        parts = (
            (self.drafts, counted(self.drafts, "draft")),
            (self.messages, counted(self.messages, "message")),
            (self.welcome_messages, f"{counted(self.welcome_messages, 'welcome e-mail')} {never_sent}"),
            (self.imports, f"the undo data of {counted(self.imports, 'import')}"),
        )
        return listed(text for number, text in parts if number)


def retention_of(school: School, student: Person) -> Retention:
    """How long a student's record is kept.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    kept = reason_to_keep(school, student["id"] or "")
    after_birth = school.settings.number("keep-leavers") or 0
    after_receipt = school.settings.number("keep-transferred") or 0
    if student[STATUS] != LEFT:
        return Retention(None, "A record is kept while the student is at the school.", kept)
    received = _day(student[RECEIPT_ON])
    if student[FILE_STATE] == RECEIVED and received is not None:
        why = f"Another school has confirmed that it has the file, so the record is kept for {_years(after_receipt)} after that."
        return Retention(_years_after(received, after_receipt), why, kept)
    born = _day(student[DATE_OF_BIRTH.key])
    why = f"This is the last school known to have the file, so the record is kept until {_years(after_birth)} after birth."
    if born is not None:
        return Retention(_years_after(born, after_birth), why, kept)
    left = _day(student[LEFT_ON])
    why = f"The date of birth isn't known, so the record is kept for {_years(after_birth)} after the student left."
    return Retention(left and _years_after(left, after_birth), why, kept)


def still_due(school: School, ids: Iterable[str], today: date) -> list[str]:
    """Those of some students, listed as due, who are due even now: someone may have marked one to be kept while it was asked.

    Raises:
        UnusableChoiceError: None of them is.
        DataFolderError: What is stored can't be read.
    """
    due = {student.person["id"] for student in due_students(school, today)}
    if not (still := [each for each in ids if each in due]):
        raise UnusableChoiceError("Nothing was changed: none of these students is due any more.")
    return still


def due_students(school: School, today: date) -> list[DueStudent]:
    """The students whose records are due for removal, whoever is due longest first.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    leavers = school.leavers(STUDENTS)
    judged = [DueStudent(person, retention_of(school, person)) for person in leavers.iter_rows(named=True)]
    due = [student for student in judged if student.retention.is_due(today)]
    return sorted(due, key=lambda student: (student.retention.due_on, student.person["surname"] or ""))


def number_kept(school: School, today: date) -> int:
    """The number of students who would be due if they weren't marked to be kept."""
    judged = (retention_of(school, person) for person in school.leavers(STUDENTS).iter_rows(named=True))
    return sum(
        bool(each.kept_because) and each.due_on is not None and each.due_on <= today for each in judged
    )


def due_data(school: School, now: datetime) -> DueData:
    """The drafts, messages and undo data that are old enough to be removed.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    if school.is_new or not school.folder.path.exists():
        return DueData((), (), (), ())
    before = {
        name: now - timedelta(days=school.settings.number(name) or 0)
        for name in ("keep-drafts", "keep-outbox", "keep-undo")
    }
    messages = [path for path, at in messages_in_outbox(school.folder) if at <= before["keep-outbox"]]
    welcome = {result.file for result in invitations(school).values() if result.state == "outbox"}
    return DueData(
        tuple(draft for draft, saved in _drafts(school) if saved <= before["keep-drafts"]),
        tuple(path for path in messages if path.name not in welcome),
        tuple(path for path in messages if path.name in welcome),
        _old_imports(school, before["keep-undo"]),
    )


def _drafts(school: School) -> Iterator[tuple[str, datetime]]:
    """All drafts by their ids, and when they were last worked on as far as that is known."""
    folders = draft_folders(school.folder)
    if not folders:
        return
    # They load half of the program, which most commands don't need.
    from backdrop_tui.intake.draft.draft_facts import DAMAGE, list_facts  # noqa: PLC0415
    from backdrop_tui.intake.draft.salvage import started_by_name  # noqa: PLC0415

    for folder in folders:
        try:
            facts = list_facts(folder)
            saved = datetime.fromisoformat(facts.saved or facts.started)
        except (DataFolderError, *DAMAGE):
            saved = started_by_name(folder)
        yield folder.name, saved.astimezone()


def _old_imports(school: School, before: datetime) -> tuple[ImportRecord, ...]:
    """The imports that have undo data and are older than that, or were made before one that is."""
    records = import_records(school)
    for place, record in enumerate(records):
        made = datetime.fromisoformat(record.finished or record.started).astimezone()
        if record.changed_something and made <= before:
            return tuple(each for each in records[place:] if each.can_be_undone)
    return ()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _years_after(day: date, years: int) -> date:
    """A day some years after another: 28 February if that year has no 29 February."""
    return pl.select(pl.lit(day).dt.offset_by(f"{years}y")).item()  # type: ignore[no-any-return]


def _years(number: int) -> str:
    return f"{number} year{'s' if number != 1 else ''}"
