"""Undoing imports: the last one that changed something, as a whole, then the one before."""

from contextlib import suppress
from dataclasses import dataclass, replace

from backdrop_tui.errors import BackdropError, DataFolderError, UnusableChoiceError
from backdrop_tui.imports.recovery import exclusive_import
from backdrop_tui.imports.undo_record import UndoRecord, undo_record_file
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school import audit_log
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import ImportRecord, imports, note_in_log, now, put_record
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import remove_unused_groups
from backdrop_tui.store.files import discard
from backdrop_tui.store.people import retrying


@dataclass(frozen=True)
class EditedPerson:
    """Somebody whom an import stored, and who was edited by hand since."""

    id: str
    """Their id."""
    name: str
    """Their name as it is stored now."""


@dataclass(frozen=True)
class Undoable:
    """The import that would be undone, and what that would do."""

    record: ImportRecord
    """The import."""
    removed: int
    """How many people it added are still stored, and would be removed."""
    restored: int
    """How many people would get their former values back."""
    edited: tuple[EditedPerson, ...]
    """Those of them who were edited by hand since, and would lose that."""


@dataclass(frozen=True)
class Undone:
    """What undoing an import did."""

    record: ImportRecord
    """The import, as it stands now."""
    removed: int
    """People who were removed."""
    restored: int
    """People who got their former values back."""
    groups: tuple[str, ...]
    """User groups that the import had made and that nobody is in any more, so that they went too."""


class EditedSinceError(BackdropError):
    """Undoing an import would lose what was edited by hand since; nothing was changed."""

    title = "People were edited since"

    def __init__(self, found: Undoable) -> None:
        count = len(found.edited)
        kind = KINDS[found.record.kind]
        who = f"{kind.counted(count)} {'was' if count == 1 else 'were'}"
        super().__init__(
            f"{who} edited since the import of {found.record.what}, and undoing it would lose that. "
            "Nothing was changed."
        )
        self.found = found
        """What undoing it would do, and who was edited."""


def undoable(school: School) -> Undoable | None:
    """Look what undoing would do; None where there is nothing to undo.

    Raises:
        DataFolderError: What is needed can't be read.
    """
    found = next((record for record in imports(school) if record.can_be_undone), None)
    return _look(school, found, _trace(school, found)) if found else None


def undo(school: School, *, force: bool = False, only: str | None = None) -> Undone:
    """Undo the last import that changed something: all of it, or nothing.

    People whom it added are removed, people whom it changed get their former values back. Who was removed by hand since
    stays removed.

    Args:
        school: Where.
        force: Do it even though people were edited by hand since.
        only: The id of the import that is meant: another one is left alone.

    Raises:
        UnusableChoiceError: There is nothing to undo, or the last import is another one by now.
        EditedSinceError: People were edited by hand since.
        DataFolderError: It can't be done; nothing was changed.
        PeopleChangedError: Somebody else kept changing the same people; nothing was changed.
    """
    if not imports(school):
        raise _nothing()
    with exclusive_import(school):
        record = next((record for record in imports(school) if record.can_be_undone), None)
        if record is None:
            raise _nothing()
        if only not in {None, record.id}:
            raise UnusableChoiceError("Another import came in the meantime. Look again.")
        trace = _trace(school, record)
        undoing = replace(record, state="undoing", message="", undone=now(), undone_by=audit_log.os_user())
        try:
            found = retrying(lambda: _take_back(school, undoing, trace, force=force))
        except BackdropError:
            with suppress(DataFolderError):
                put_record(school, record)
            raise
        undone = replace(undoing, state="undone")
        gone: tuple[str, ...] = ()
        # What can't be noted now is noted at the next start.
        with suppress(DataFolderError):
            note_in_log(school, record, Event.IMPORT_UNDONE)
            with school.setup.transaction():
                gone = remove_unused_groups(school, record.groups)
                put_record(school, undone)
            discard(undo_record_file(school.folder, record.id))
        return Undone(undone, found.removed, found.restored, gone)


def _nothing() -> UnusableChoiceError:
    return UnusableChoiceError("There is no import to undo.")


def _take_back(school: School, record: ImportRecord, trace: UndoRecord, *, force: bool) -> Undoable:
    """Put people back as they were before an import. Returns what that did."""
    version = school.people.version(record.kind)
    found = _look(school, record, trace)
    if found.edited and not force:
        raise EditedSinceError(found)
    put_record(school, record)
    people = school.people.frame(record.kind)
    school.people.apply(
        record.kind,
        changed=trace.restored(people),
        removed=trace.removed(people).to_list(),
        based_on=version,
    )
    return found


def _look(school: School, record: ImportRecord, trace: UndoRecord) -> Undoable:
    people = school.people.frame(record.kind)
    edited = trace.edited(people).select("id", "first_name", "surname")
    return Undoable(
        record,
        removed=len(trace.removed(people)),
        restored=trace.restored(people).height,
        edited=tuple(
            EditedPerson(person_id, " ".join(filter(None, names))) for person_id, *names in edited.iter_rows()
        ),
    )


def _trace(school: School, record: ImportRecord) -> UndoRecord:
    trace = UndoRecord.read(undo_record_file(school.folder, record.id))
    if trace is None:
        raise DataFolderError(
            f"{undo_record_file(school.folder, record.id)} is missing, so that this import can't be undone. Nothing was changed."
        )
    return trace
