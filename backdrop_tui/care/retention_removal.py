"""Removing what is due: drafts, messages and undo data without asking, people when someone has confirmed it."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from backdrop_tui.care.retention import DataCounts, DueData, due_data
from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.undo_record import remove_undo_record
from backdrop_tui.intake.draft.draft_folder import discard_draft
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.import_history import import_records, put_record, timestamp
from backdrop_tui.school.school import School


@dataclass(frozen=True)
class RemovedData(DataCounts):
    """How much was removed without asking."""

    @property
    def sentence(self) -> str:
        """What was removed, in a sentence or two."""
        again = " Invite staff lists these people as not invited." if self.welcome_messages else ""
        return f"Removed, because the settings say to keep it no longer: {self.in_words}.{again}"


def remove_due_data(school: School, now: datetime) -> RemovedData:
    """Remove the drafts, messages and undo data that are old enough, and note that in the audit log.

    What can't be removed now, such as a draft that is open elsewhere, is removed at the next start. Nothing is raised: this must
    not keep a command from doing what it is for.
    """
    removed = RemovedData()
    with suppress(BackdropError, OSError):
        if due := due_data(school, now):
            removed = _remove(school, due)
    return removed


def remove_undo_data(school: School, import_ids: Collection[str]) -> int:
    """Remove what is needed to undo some imports, and note with each that it has gone.

    Returns:
        The number of imports that could have been undone.

    Raises:
        DataFolderError: It can't be stored; nothing was changed.
    """
    with school.store.transaction():
        records = [each for each in import_records(school) if each.id in import_ids and each.can_be_undone]
        for record in records:
            remove_undo_record(school, record.id)
            put_record(school, replace(record, undo_removed=timestamp()))
    return len(records)


def _remove(school: School, due: DueData) -> RemovedData:
    drafts = 0
    for draft in due.drafts:
        with suppress(BackdropError):
            discard_draft(school.folder, draft)
            drafts += 1
    messages, welcome_messages = map(_remove_files, (due.messages, due.welcome_messages))
    with school.store.transaction():
        imports = remove_undo_data(school, {record.id for record in due.imports})
        removed = RemovedData(drafts, messages, welcome_messages, imports)
        counts = {name: number for name, number in vars(removed).items() if number}
        if counts:
            log_event(school, Event.RETENTION, **counts)
    return removed


def _remove_files(paths: Iterable[Path]) -> int:
    """Remove files. Returns the number of those that could be removed."""
    number = 0
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            number += 1
    return number
