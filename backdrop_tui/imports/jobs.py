"""An import as a recorded job: everybody can see that it is running, and it is stored in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import polars as pl

from backdrop_tui.errors import BackdropError, DataFolderError, rollback_on_error
from backdrop_tui.imports.left_out import reasons
from backdrop_tui.imports.recovery import NOT_STORED, exclusive_import
from backdrop_tui.imports.stages import DONE, STORING, Progress, Stage, no_progress
from backdrop_tui.imports.turn.movements import Movement, Turn
from backdrop_tui.imports.undo_record import SettingChange, UndoRecord
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.records.leaving import as_current
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.import_history import (
    ImportRecord,
    State,
    import_records,
    log_import,
    new_import_id,
    put_record,
    storable_name,
    timestamp,
)
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import add_missing_groups
from backdrop_tui.store.new_ids import new_ids


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

    def note_left_out(self, latest: Review, errors_file: Path | None) -> None:
        """Note how many rows are not imported, why, and where they are kept. `store` records it."""
        self.record = replace(
            self.record,
            left_out=latest.unready.height,
            left_out_for=reasons(latest),
            errors_file=storable_name(errors_file.name) if errors_file else "",
            errors_folder=storable_name(str(errors_file.parent.absolute())) if errors_file else "",
        )

    def note_turn(self, turn: Turn) -> None:
        """Note that the import is a move to a new school year, and what it does besides. `store` records it."""
        counts = turn.counts
        self.record = replace(
            self.record,
            is_turn=True,
            returned=counts[Movement.RETURNING],
            left=counts[Movement.LEAVING],
            unclear=counts[Movement.UNCLEAR],
        )

    def store(self, kind: RecordKind, plan: Plan, academic_year: int | None = None) -> pl.Series:
        """Store what a plan adds and changes, what is needed to undo it, and the record.

        Call it inside a transaction in which the plan is up to date.

        Args:
            kind: What the people are.
            plan: What to do.
            academic_year: The year in which the school's academic year starts from now on; None to leave that setting as it is.

        Returns:
            The ids of the people added, in the order of `plan.added` (String).

        Raises:
            DataFolderError: It can't be stored.
        """
        self.start(STORING)
        ids = new_ids(plan.added.height)
        school, groups = self._school, plan.new_groups(self._school.group_names())
        year = None if academic_year is None else _set_academic_year(school, academic_year)
        if plan.added.height or plan.changed.height or year:
            added = as_current(kind, plan.added).with_columns(ids)
            school.store.people(kind.name).apply(added, plan.changed)
            UndoRecord.for_import(added, plan.changed, plan.before, year).put(school, self.record.id)
        add_missing_groups(school, groups)
        record = replace(
            self.record,
            state="succeeded",
            added=plan.added.height,
            updated=plan.updated,
            unchanged=plan.unchanged,
            groups=groups,
            academic_year=academic_year if year and academic_year else 0,
            finished=timestamp(),
        )
        put_record(school, record)
        log_import(school, record, Event.YEAR_TURNED if record.is_turn else Event.IMPORTED)
        self.record = record
        return ids

    def finish(self) -> None:
        """Remove the draft of an import that has been stored. If that can't be done now, the next start does it."""
        if self._draft is not None:
            with suppress(DataFolderError):
                self._draft.discard()
        self.start(DONE)

    def end(self, state: State, message: str) -> None:
        """Record that nothing was stored, unless it was. What can't be recorded now is recorded at the next start."""
        ended = replace(self.record, state=state, message=message, finished=timestamp(), draft="")
        with suppress(BackdropError), self._school.store.transaction():
            stored = next(record for record in import_records(self._school) if record.id == ended.id)
            if stored.state == "running":
                put_record(self._school, ended)


def _set_academic_year(school: School, year: int) -> SettingChange | None:
    """Change the setting of the academic year. Returns the change; None if it has that value already."""
    before = school.settings.stored_value("academic-year")
    if before == year:
        return None
    school.settings.put("academic-year", str(year))
    log_event(school, Event.SETTING_CHANGED, about="academic-year")
    return SettingChange("" if before is None else str(before), str(year))


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
        with rollback_on_error(lambda: job.end("interrupted", NOT_STORED)):
            try:
                yield job
            except BackdropError as error:
                job.end("failed", error.message)
                raise
