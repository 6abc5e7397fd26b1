"""An import as a recorded job, so that the next start can repair whatever a kill has interrupted.

What the job is about to do is on disk before the store is touched. The store takes all of it or nothing, so what is
stored afterwards shows how far the job got.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from backdrop_tui.errors import BackdropError, DataFolderError, rollback_on_error
from backdrop_tui.imports.absent_people import note_absent
from backdrop_tui.imports.recovery import exclusive_import, repair
from backdrop_tui.imports.stages import DONE, STORING, Progress, Stage, no_progress
from backdrop_tui.imports.undo_record import UndoRecord, undo_record_path
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import (
    ImportRecord,
    log_import,
    new_import_id,
    put_record,
    storable_name,
    timestamp,
)
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import add_missing_groups
from backdrop_tui.store.files import discard
from backdrop_tui.store.people import new_ids


class Job:
    """One import being carried out. Made by `recorded_import`."""

    def __init__(self, school: School, record: ImportRecord, draft: Draft | None, progress: Progress) -> None:
        self._school = school
        self._draft = draft
        self._progress = progress
        self.record = record
        """The import as it is recorded so far."""

    def start(self, stage: Stage) -> None:
        """Report that a stage of the import has started."""
        self._progress(stage)

    def note_left_out(self, rows: int, errors_file: Path | None) -> None:
        """Note how many rows are not imported and where they are kept. Written to disk by `store` or `succeed`."""
        name = storable_name(errors_file.name) if errors_file else ""
        self.record = replace(self.record, left_out=rows, errors_file=name)

    def store(self, kind: RecordKind, plan: Plan, based_on: Hashable) -> None:
        """Store what a plan adds and changes: all of it, or nothing.

        Who is stored but not in the file is noted first, and what is needed to finish or undo the import.

        Args:
            kind: What the people are.
            plan: What to do.
            based_on: The store's version that the plan was made for.

        Raises:
            DataFolderError: It can't be stored; nothing was.
            PeopleChangedError: The store has another version by now; nothing was stored.
        """
        if self.record.file:
            note_absent(self._school, kind, self.record.id, plan.absent, whole=plan.is_whole_school)
        if not (plan.added.height or plan.changed.height):
            return
        self.start(STORING)
        added = plan.added.with_columns(new_ids(plan.added.height))
        undo_record = UndoRecord.for_import(added, plan.changed, plan.before)
        undo_record.write(undo_record_path(self._school.folder, self.record.id))
        self._note(
            added=plan.added.height,
            updated=plan.updated,
            unchanged=plan.unchanged,
            groups=plan.new_groups(self._school.group_names()),
        )
        self._school.people.apply(kind.name, added, plan.changed, based_on=based_on)

    def succeed(self, plan: Plan) -> None:
        """Record that everything is stored, and remove the draft. What can't be recorded now is recorded at the next start."""
        self.record = replace(
            self.record,
            state="succeeded",
            added=plan.added.height,
            updated=plan.updated,
            unchanged=plan.unchanged,
            finished=timestamp(),
        )
        with suppress(DataFolderError):
            self._discard_draft()
            # The log comes before the record: as long as the record says "running", the next start adds to the log.
            log_import(self._school, self.record, Event.IMPORTED)
            with self._school.setup.transaction():
                add_missing_groups(self._school, self.record.groups)
                put_record(self._school, self.record)
            if not self.record.can_be_undone:
                discard(undo_record_path(self._school.folder, self.record.id))
        self.start(DONE)

    def fail(self, error: BackdropError) -> None:
        """Record why nothing was stored. Does nothing once everything is stored."""
        if self.record.state == "running":
            with suppress(DataFolderError):
                self._note(state="failed", message=error.message, finished=timestamp(), draft="")
                discard(undo_record_path(self._school.folder, self.record.id))

    def repair(self) -> None:
        """Repair the import at once where it was interrupted; what can't be repaired waits for the next start."""
        with suppress(BackdropError):
            repair(self._school)

    def _note(self, **changes: object) -> None:
        record = replace(self.record, **changes)  # type: ignore[arg-type]
        put_record(self._school, record)
        self.record = record

    def _discard_draft(self) -> None:
        if self._draft is not None:
            with suppress(DataFolderError):
                self._draft.discard()
                self.record = replace(self.record, draft="")


@contextmanager
def recorded_import(
    school: School,
    kind: RecordKind,
    file: str = "",
    draft: Draft | None = None,
    progress: Progress = no_progress,
) -> Iterator[Job]:
    """Record that an import is running for as long as the block lasts, and keep other imports and undos out.

    Args:
        school: Where to.
        kind: What is imported.
        file: The name of the file; empty where people are typed in by hand.
        draft: The draft that they come from, which is removed once everything is stored.
        progress: Told of each stage.

    Raises:
        DataFolderError: Another import is running, or this one can't be recorded.
    """
    with exclusive_import(school):
        record = ImportRecord(
            id=new_import_id(),
            kind=kind.name,
            file=storable_name(file),
            started=timestamp(),
            user=audit_log.os_user(),
            account=email_of(school) or "",
            draft=draft.facts.id if draft else "",
        )
        put_record(school, record)
        job = Job(school, record, draft, progress)
        with rollback_on_error(job.repair) as interrupted:
            try:
                yield job
            except BackdropError as error:
                interrupted.pop_all()
                job.fail(error)
                raise
