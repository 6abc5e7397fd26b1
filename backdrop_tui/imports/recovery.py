"""What a kill can leave: an import that is recorded as running, and the draft of one that has been stored.

An import is stored in one transaction, so there is nothing half done to finish; only versions before that could leave some.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.group_moves import finish_former_moves
from backdrop_tui.imports.undo_record import (
    UndoRecord,
    orphaned_undo_records,
    remove_orphaned_undo_records,
    remove_undo_record,
)
from backdrop_tui.intake.draft.draft_folder import discard_draft, is_name_of_draft
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.import_history import ImportRecord, import_records, log_import, put_record, timestamp
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import add_missing_groups, remove_unused_groups
from backdrop_tui.store.errors import InUseError, NewerFormatError
from backdrop_tui.store.files import remove_stale_temporaries

_ABSENT = "absent"
"""The table of lists of people who were not in the last file, which earlier versions kept. Now each person says whether they have left."""
NOT_STORED = "It was interrupted before anything was stored. Nothing was changed. Import it again."
"""What is recorded about an import that was interrupted."""
_FINISHED = "It was interrupted, and was finished at the next start. Everything in it is stored."
_NOT_UNDONE = "Undoing it was interrupted before anything was changed. It can be undone again."
_UNDONE = "Undoing it was interrupted, and was finished at the next start. Everything in it is undone."
_LOST = "It was interrupted, and it isn't known how far it got. Check who is stored."


@contextmanager
def exclusive_import(school: School) -> Iterator[None]:
    """Keep all other imports and undos out while the block runs. Before that, settle what earlier ones have left.

    Raises:
        InUseError: Another import takes too long.
        DataFolderError: What was left can't be settled.
    """
    with school.store.lease():
        if _needs_settling(school):
            _settle(school)
        yield


def recover(school: School) -> tuple[ImportRecord, ...]:
    """Settle what a kill has left. To be called at every start. Does nothing if another process is importing.

    Returns:
        The imports that were interrupted, as recorded now; their `message` says how they ended.

    Raises:
        DataFolderError: What is stored can't be read or written. The next start tries again.
    """
    for folder in (school.folder.path, school.folder.outbox):
        remove_stale_temporaries(folder)
    if not _needs_settling(school):
        return ()
    try:
        with school.store.lease(0):
            return _settle(school)
    except InUseError:
        return ()


def needs_recovery(school: School) -> bool:
    """Tell whether an import is recorded as running, or something is left of one: its draft, or undo data that nothing can use.

    Another process may be working on it just now.
    """
    return (
        any(record.is_unfinished for record in import_records(school))
        or bool(_drafts_left(school))
        or bool(orphaned_undo_records(school))
        or bool(school.store.table("group_moves").all())
    )


def _needs_settling(school: School) -> bool:
    """Whether there is anything for `_settle` to do, even if it is only what an earlier version has left."""
    return needs_recovery(school) or bool(school.store.table(_ABSENT).keys())


def _settle(school: School) -> tuple[ImportRecord, ...]:
    """Settle everything that was interrupted. Call it only while holding the lease."""
    settled = []
    with school.store.transaction():
        for record in import_records(school):
            if record.is_unfinished:
                settled.append(_ended(school, record))
                put_record(school, settled[-1])
        finish_former_moves(school)
        absent = school.store.table(_ABSENT)
        for key in tuple(absent.keys()):
            absent.remove(key)
        # It is about people, and nothing else would find it.
        if removed := remove_orphaned_undo_records(school):
            log_event(school, Event.RETENTION, imports=removed)
    for draft_id in _drafts_left(school):
        with suppress(DataFolderError):  # one that is open elsewhere is removed at the next start
            discard_draft(school.folder, draft_id)
    return tuple(settled)


def _drafts_left(school: School) -> set[str]:
    """The ids of drafts whose imports have been stored."""
    stored = {record.draft for record in import_records(school) if record.state == "succeeded"}
    return {draft for draft in stored if is_name_of_draft(draft) and (school.folder.drafts / draft).is_dir()}


def _ended(school: School, record: ImportRecord) -> ImportRecord:
    """The record of an import that was interrupted. Only an earlier version can have stored anything of it."""
    try:
        undo_record = UndoRecord.find(school, record.id)
    except NewerFormatError:
        raise
    except DataFolderError:
        return replace(record, state="failed", message=_LOST, finished=timestamp())
    if undo_record is None and record.state == "undoing":
        return replace(record, state="failed", message=_LOST)
    stored = undo_record is not None and undo_record.is_stored_in(school.stored(KINDS[record.kind]))
    return _ended_stored(school, record) if stored else _ended_unstored(school, record)


def _ended_stored(school: School, record: ImportRecord) -> ImportRecord:
    """The record of an import of an earlier version that was interrupted while all of it was stored."""
    if record.state == "undoing":
        return replace(record, state="succeeded", message=_NOT_UNDONE, undone="", undone_by="")
    add_missing_groups(school, record.groups)
    log_import(school, record, Event.IMPORTED)
    return replace(record, state="succeeded", message=_FINISHED, finished=timestamp())


def _ended_unstored(school: School, record: ImportRecord) -> ImportRecord:
    """The record of an import that was interrupted while nothing of it was stored."""
    remove_undo_record(school, record.id)
    if record.state == "running":
        return replace(record, state="interrupted", message=NOT_STORED, finished=timestamp())
    remove_unused_groups(school, record.groups)
    log_import(school, record, Event.IMPORT_UNDONE)
    return replace(record, state="undone", message=_UNDONE)
