"""Recovery after a kill: imports, undos and moves between user groups that were interrupted are finished or marked."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.group_moves import finish_moves, has_unfinished_moves
from backdrop_tui.imports.older_files import bring_older_files_up_to_date, older_files
from backdrop_tui.imports.undo_record import UNDO, UndoRecord, undo_record_path
from backdrop_tui.intake.draft.draft_folder import discard_draft
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import (
    ImportRecord,
    State,
    import_records,
    log_import,
    put_record,
    timestamp,
)
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import add_missing_groups, remove_unused_groups
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.files import discard, remove_stale_temporaries, translating_os_errors
from backdrop_tui.store.formats import copied_name, is_newer
from backdrop_tui.store.locks import locked

_LOCK = "lock"
_LOST = (
    "It was interrupted, and the file that shows how far it got is missing or damaged. Check who is stored."
)
_FINISHED = "It was interrupted, and was finished at the next start. Everything in it is stored."
_NOT_STORED = "It was interrupted before anything was stored. Nothing was changed. Import it again."
_NOT_UNDONE = "Undoing it was interrupted before anything was changed. It can be undone again."
_UNDONE = "Undoing it was interrupted, and was finished at the next start. Everything in it is undone."


class _BusyError(DataFolderError):
    """Another import is running."""


@contextmanager
def exclusive_import(school: School) -> Iterator[None]:
    """Keep all other imports and undos out while the block runs. Before that, repair what earlier ones have left.

    Raises:
        DataFolderError: Another import takes too long, or what was left can't be repaired.
    """
    with _import_lock(school):
        if needs_recovery(school):
            repair(school)
        bring_older_files_up_to_date(school.folder)
        yield


def recover(school: School) -> tuple[ImportRecord, ...]:
    """Repair what a kill has left: each import that was interrupted is finished, or marked as interrupted.

    Temporary files are removed, and files saved by an older version are brought up to date. To be called at every start.
    Does nothing if another process is importing.

    Returns:
        The imports that were interrupted, as recorded now; their `message` says how they ended.

    Raises:
        DataFolderError: What is stored can't be read or written. The next start tries again.
    """
    for folder in (school.folder.path, school.folder.outbox):
        remove_stale_temporaries(folder)
    if not needs_recovery(school) and not older_files(school.folder):
        return ()
    try:
        with _import_lock(school, seconds=0):
            repaired = repair(school)
            bring_older_files_up_to_date(school.folder)
            return repaired
    except _BusyError:
        return ()


def needs_recovery(school: School) -> bool:
    """Tell whether an import, an undo or a move between groups is unfinished, or has left files behind.

    Another process may be working on it just now.
    """
    records = import_records(school)
    return (
        any(record.is_unfinished or _has_draft_left(record) for record in records)
        or bool(_unneeded_files(school, records))
        or has_unfinished_moves(school)
    )


def repair(school: School) -> tuple[ImportRecord, ...]:
    """Finish or mark everything that was interrupted. Call it only while holding the lock.

    Returns:
        The imports that were interrupted, as recorded now.
    """
    repaired = []
    for record in import_records(school):
        if record.is_unfinished:
            ended = _ended(school, record)
            if ended.state == "succeeded":
                ended = _without_draft(school, ended)
            _log_ending(school, record, ended)  # before the record: logged twice is better than never
            put_record(school, ended)
            _store_groups(school, ended)
            repaired.append(ended)
        elif _has_draft_left(record) and (without := _without_draft(school, record)) != record:
            put_record(school, without)
    for path in _unneeded_files(school, import_records(school)):
        discard(path)
    finish_moves(school)
    return tuple(repaired)


def _import_lock(school: School, seconds: float | None = None) -> AbstractContextManager[None]:
    """The lock that only one import or undo holds at a time; waits for it as `locked` does."""
    folder = school.folder.subfolder(school.folder.imports)
    busy = _BusyError("Another import is running. Wait until it has finished, then try again.")
    return locked(folder / _LOCK, busy, seconds)


def _ended(school: School, record: ImportRecord) -> ImportRecord:
    """The record of an import that was interrupted, or whose undoing was, as what is stored shows it."""
    undo_record = _undo_record(school, record)
    changes_people = bool(record.added or record.updated)
    if undo_record is None and (changes_people or record.state == "undoing"):
        return _finished(record, "failed", _LOST)
    is_stored = undo_record is not None and undo_record.is_stored_in(school.stored(KINDS[record.kind]))
    match record.state, is_stored:
        case "running", True:
            return _finished(record, "succeeded", _FINISHED)
        case "running", False:
            return _finished(record, "interrupted", _NOT_STORED)
        case _, True:
            return replace(record, state="succeeded", message=_NOT_UNDONE, undone="", undone_by="")
    return replace(record, state="undone", message=_UNDONE)


def _undo_record(school: School, record: ImportRecord) -> UndoRecord | None:
    """The undo record of an import; None if it is missing or damaged. Raises `NewerFormatError` if a newer version saved it."""
    try:
        return UndoRecord.read(undo_record_path(school.folder, record.id))
    except NewerFormatError:
        raise
    except DataFolderError:
        return None


def _finished(record: ImportRecord, state: State, message: str) -> ImportRecord:
    draft = record.draft if state == "succeeded" else ""
    return replace(record, state=state, message=message, finished=timestamp(), draft=draft)


def _store_groups(school: School, record: ImportRecord) -> None:
    """Store the user groups that an import creates, or remove them after it has been undone."""
    if record.state == "succeeded":
        add_missing_groups(school, record.groups)
    elif record.state == "undone":
        remove_unused_groups(school, record.groups)


def _log_ending(school: School, before: ImportRecord, after: ImportRecord) -> None:
    """Add to the audit log what the interrupted process could not add any more."""
    events = {("running", "succeeded"): Event.IMPORTED, ("undoing", "undone"): Event.IMPORT_UNDONE}
    if event := events.get((before.state, after.state)):
        log_import(school, after, event)


def _has_draft_left(record: ImportRecord) -> bool:
    """Whether an import has been stored, but its draft has not been removed."""
    return record.state == "succeeded" and bool(record.draft)


def _without_draft(school: School, record: ImportRecord) -> ImportRecord:
    """Remove the draft of an import that has been stored. If it is open elsewhere, the next start removes it."""
    try:
        discard_draft(school.folder, record.draft)
    except DataFolderError:
        return record
    return replace(record, draft="")


def _unneeded_files(school: School, records: list[ImportRecord]) -> list[Path]:
    """Undo records and copies of them that no import needs any more, apart from those that a newer version saved."""
    needed = {
        undo_record_path(school.folder, record.id).name
        for record in records
        if record.is_unfinished or record.can_be_undone
    }
    folder = school.folder.imports
    with translating_os_errors(folder):
        files = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return [
        path
        for path in files
        if path.name != _LOCK and copied_name(path) not in needed and not is_newer(path, UNDO)
    ]
