"""Undo imports: the last one that changed something, as a whole, then the one before it."""

from contextlib import suppress
from dataclasses import dataclass, replace

from backdrop_tui.errors import BackdropError, DataFolderError, UnusableChoiceError
from backdrop_tui.imports.recovery import exclusive_import
from backdrop_tui.imports.undo_record import UndoRecord, undo_record_path
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school import audit_log
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import (
    ImportRecord,
    import_records,
    log_import,
    put_record,
    timestamp,
)
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import remove_unused_groups
from backdrop_tui.store.files import discard
from backdrop_tui.store.people import retrying


@dataclass(frozen=True)
class EditedPerson:
    """Someone whom an import stored, and who has been edited by hand since."""

    id: str
    """Their id."""
    name: str
    """Their name as it is stored now."""


@dataclass(frozen=True)
class UndoPreview:
    """The import that would be undone, and what undoing it would do."""

    record: ImportRecord
    """The import."""
    removed: int
    """People added by it who are still stored, and would be removed."""
    restored: int
    """People changed by it who would get their former values back."""
    edited: tuple[EditedPerson, ...]
    """Those of them who have been edited by hand since; these edits would be lost."""


@dataclass(frozen=True)
class UndoResult:
    """What undoing an import did."""

    record: ImportRecord
    """The import, as it is recorded now."""
    removed: int
    """People who were removed."""
    restored: int
    """People who got their former values back."""
    groups: tuple[str, ...]
    """User groups that were removed because the import had created them and nobody is in them any more."""


class EditedSinceError(BackdropError):
    """Undoing an import would lose edits made by hand since; nothing was changed."""

    title = "People have been edited since"

    def __init__(self, preview: UndoPreview) -> None:
        count = len(preview.edited)
        people = f"{KINDS[preview.record.kind].counted(count)} {'has' if count == 1 else 'have'}"
        super().__init__(
            f"{people} been edited since the import of {preview.record.source}, and undoing it would lose those edits. "
            "Nothing was changed."
        )
        self.preview = preview
        """What undoing it would do, and who has been edited."""


def preview_undo(school: School) -> UndoPreview | None:
    """Work out what undoing the last import would do; None if there is nothing to undo.

    Raises:
        DataFolderError: The undo record can't be read.
    """
    record = _last_import(school)
    return _preview(school, record, _undo_record(school, record)) if record else None


def undo(school: School, *, force: bool = False, only: str | None = None) -> UndoResult:
    """Undo the last import that changed something: all of it, or nothing.

    People whom it added are removed, and people whom it changed get their former values back. Anyone who has been removed
    by hand since stays removed.

    Args:
        school: The school.
        force: Undo it even if people have been edited by hand since.
        only: The id of the import to undo. If another import is the last one by now, nothing is undone.

    Raises:
        UnusableChoiceError: There is nothing to undo, or another import is the last one by now.
        EditedSinceError: People have been edited by hand since.
        DataFolderError: It can't be undone; nothing was changed.
        PeopleChangedError: Someone else kept changing the same people; nothing was changed.
    """
    if not import_records(school):
        raise _nothing_to_undo()
    with exclusive_import(school):
        record = _last_import(school)
        if record is None:
            raise _nothing_to_undo()
        if only not in {None, record.id}:
            raise UnusableChoiceError("Another import has finished since. Check which one you want to undo.")
        undo_record = _undo_record(school, record)
        undoing = replace(
            record, state="undoing", message="", undone=timestamp(), undone_by=audit_log.os_user()
        )
        try:
            preview = retrying(lambda: _restore(school, undoing, undo_record, force=force))
        except BackdropError:
            with suppress(DataFolderError):
                put_record(school, record)
            raise
        undone = replace(undoing, state="undone")
        removed_groups: tuple[str, ...] = ()
        # What can't be recorded now is recorded at the next start.
        with suppress(DataFolderError):
            log_import(school, record, Event.IMPORT_UNDONE)
            with school.setup.transaction():
                removed_groups = remove_unused_groups(school, record.groups)
                put_record(school, undone)
            discard(undo_record_path(school.folder, record.id))
        return UndoResult(undone, preview.removed, preview.restored, removed_groups)


def _last_import(school: School) -> ImportRecord | None:
    """The last import that can be undone."""
    return next((record for record in import_records(school) if record.can_be_undone), None)


def _nothing_to_undo() -> UnusableChoiceError:
    return UnusableChoiceError("There is no import to undo.")


def _restore(school: School, record: ImportRecord, undo_record: UndoRecord, *, force: bool) -> UndoPreview:
    """Put people back as they were before an import. Returns what that did."""
    version = school.people.version(record.kind)
    preview = _preview(school, record, undo_record)
    if preview.edited and not force:
        raise EditedSinceError(preview)
    put_record(school, record)
    people = school.people.frame(record.kind)
    school.people.apply(
        record.kind,
        changed=undo_record.restored(people),
        removed=undo_record.added_ids(people).to_list(),
        based_on=version,
    )
    return preview


def _preview(school: School, record: ImportRecord, undo_record: UndoRecord) -> UndoPreview:
    people = school.people.frame(record.kind)
    edited = undo_record.edited_since(people).select("id", "first_name", "surname")
    return UndoPreview(
        record,
        removed=len(undo_record.added_ids(people)),
        restored=undo_record.restored(people).height,
        edited=tuple(
            EditedPerson(person_id, " ".join(filter(None, names))) for person_id, *names in edited.iter_rows()
        ),
    )


def _undo_record(school: School, record: ImportRecord) -> UndoRecord:
    path = undo_record_path(school.folder, record.id)
    undo_record = UndoRecord.read(path)
    if undo_record is None:
        raise DataFolderError(f"{path} is missing, so this import can't be undone. Nothing was changed.")
    return undo_record
