"""Making good what a kill has left of an import, of an undo, or of moving people to another user group."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.group_moves import finish_moves, is_moving
from backdrop_tui.imports.older_files import bring_older_files_up_to_date, older_files
from backdrop_tui.imports.undo_record import UNDO, UndoRecord, undo_record_file
from backdrop_tui.intake.draft.draft import Draft, open_drafts
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
from backdrop_tui.store.files import discard, sweep, translating_os_errors
from backdrop_tui.store.formats import copied_name, is_newer
from backdrop_tui.store.locks import locked

_LOCK = "lock"


class _BusyError(DataFolderError):
    """Another import is being done."""


@contextmanager
def exclusive_import(school: School) -> Iterator[None]:
    """Keep every other import and undo out; first what a kill has left of earlier ones is made good.

    Raises:
        DataFolderError: Another one takes too long, or what was left can't be made good.
    """
    with _import_lock(school):
        if is_interrupted(school):
            repair(school)
        bring_older_files_up_to_date(school.folder)
        yield


def recover(school: School) -> tuple[ImportRecord, ...]:
    """Make good what a kill has left: each import that was cut off is finished, or marked as taken back.

    Files that were only half written are swept away, and those of an older version brought up to date. To be called at every start. It does nothing while another process does an import.

    Returns:
        The imports that were cut off, as they stand now; their `message` says what became of them.

    Raises:
        DataFolderError: What is stored can't be read or written. The next start tries again.
    """
    for folder in (school.folder.path, school.folder.outbox):
        sweep(folder)
    if not is_interrupted(school) and not older_files(school.folder):
        return ()
    try:
        with _import_lock(school, seconds=0):
            repaired = repair(school)
            bring_older_files_up_to_date(school.folder)
            return repaired
    except _BusyError:
        return ()


def is_interrupted(school: School) -> bool:
    """Tell whether an import, an undo or a move to another user group was not brought to its end, or left something.

    It may be that another process is doing it just now.
    """
    records = import_records(school)
    return (
        any(record.is_unfinished or _has_draft_left(record) for record in records)
        or bool(_unneeded(school, records))
        or is_moving(school)
    )


def repair(school: School) -> tuple[ImportRecord, ...]:
    """Settle whatever was cut off. Only while locked."""
    settled = []
    for record in import_records(school):
        if record.is_unfinished:
            ended = _settled(school, record)
            if ended.state == "succeeded":
                ended = _without_draft(school, ended)
            _log_what_was_cut_off(school, record, ended)  # rather twice than never
            put_record(school, ended)
            _settle_groups(school, ended)
            settled.append(ended)
        elif _has_draft_left(record) and (without := _without_draft(school, record)) != record:
            put_record(school, without)
    for path in _unneeded(school, import_records(school)):
        discard(path)
    finish_moves(school)
    return tuple(settled)


def _import_lock(school: School, seconds: float | None = None) -> AbstractContextManager[None]:
    """The lock that only one import or undo has at a time; waits for it as `locked` does."""
    folder = school.folder.subfolder(school.folder.imports)
    busy = _BusyError("Another import is running. Wait until it has finished, then try again.")
    return locked(folder / _LOCK, busy, seconds)


def _settled(school: School, record: ImportRecord) -> ImportRecord:
    """How an import stands that was cut off, or whose undoing was."""
    try:
        trace = UndoRecord.read(undo_record_file(school.folder, record.id))
    except NewerFormatError:
        raise
    except DataFolderError:
        trace = None
    changes = bool(record.added or record.updated)
    if trace is None and (changes or record.state == "undoing"):
        lost = "It was interrupted, and the file that shows how far it got is missing or damaged. Check who is stored."
        return _ended(record, "failed", lost)
    is_stored = trace is not None and trace.is_in(school.stored(KINDS[record.kind]))
    match record.state, is_stored:
        case "running", True:
            return _ended(
                record,
                "succeeded",
                "It was interrupted, and was finished at the next start. Everything in it is stored.",
            )
        case "running", False:
            return _ended(
                record,
                "interrupted",
                "It was interrupted before anything was stored. Nothing was changed. Import it again.",
            )
        case _, True:
            told = "Undoing it was interrupted before anything was changed. It can be undone again."
            return replace(record, state="succeeded", message=told, undone="", undone_by="")
    undone = "Undoing it was interrupted, and was finished at the next start. Everything in it is undone."
    return replace(record, state="undone", message=undone)


def _settle_groups(school: School, record: ImportRecord) -> None:
    """Keep the user groups that an import made, or remove them once it is undone."""
    if record.state == "succeeded":
        add_missing_groups(school, record.groups)
    elif record.state == "undone":
        remove_unused_groups(school, record.groups)


def _ended(record: ImportRecord, state: State, message: str) -> ImportRecord:
    draft = record.draft if state == "succeeded" else ""
    return replace(record, state=state, message=message, finished=timestamp(), draft=draft)


def _log_what_was_cut_off(school: School, before: ImportRecord, after: ImportRecord) -> None:
    event = {("running", "succeeded"): Event.IMPORTED, ("undoing", "undone"): Event.IMPORT_UNDONE}
    if found := event.get((before.state, after.state)):
        log_import(school, after, found)


def _has_draft_left(record: ImportRecord) -> bool:
    return record.state == "succeeded" and bool(record.draft)


def _without_draft(school: School, record: ImportRecord) -> ImportRecord:
    """Remove the draft of what is stored. Where somebody has it open, that waits until the next start."""
    if record.draft in {facts.id for facts in open_drafts(school.folder)}:
        try:
            Draft.open(school.folder, record.draft).discard()
        except DataFolderError:
            return record
    return replace(record, draft="")


def _unneeded(school: School, records: list[ImportRecord]) -> list[Path]:
    """Files with which no import can be undone any more. What a newer version saved is never one of them."""
    needed = {
        undo_record_file(school.folder, record.id).name
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
