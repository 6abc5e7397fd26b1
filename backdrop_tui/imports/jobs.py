"""An import as a job that is recorded: a kill at any moment of it is made good at the next start.

What the job is about to do is on the disk before the store is touched. The store takes all of it or nothing, so what
is stored tells afterwards how far it came.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from backdrop_tui.errors import BackdropError, DataFolderError, rollback_on_error
from backdrop_tui.imports.absent_people import note_absent
from backdrop_tui.imports.recovery import alone, make_good
from backdrop_tui.imports.stages import DONE, Progress, Stage, nobody_looks
from backdrop_tui.imports.undo_record import Trace, trace_file
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import ImportRecord, file_name, new_id, note_in_log, now, put_record
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import add_missing_groups
from backdrop_tui.store.files import discard
from backdrop_tui.store.people import new_ids


class Job:
    """An import being done. Made by `begun`."""

    def __init__(self, school: School, record: ImportRecord, draft: Draft | None, progress: Progress) -> None:
        self._school = school
        self._draft = draft
        self._progress = progress
        self.record = record
        """How it stands."""

    def begins(self, stage: Stage) -> None:
        """Say that a stage begins."""
        self._progress(stage)

    def leaves_out(self, rows: int, errors_file: Path | None) -> None:
        """Note how many rows are not imported, and where they are kept. It is stored with what comes next."""
        name = file_name(errors_file.name) if errors_file else ""
        self.record = replace(self.record, left_out=rows, errors_file=name)

    def notes_absent(self, kind: RecordKind, plan: Plan) -> None:
        """Keep who is stored and not in the file: they may have left.

        Raises:
            DataFolderError: It can't be kept.
        """
        if self.record.file:
            note_absent(self._school, kind, self.record.id, plan.absent, whole=plan.is_of_all)

    def carry_out(self, kind: RecordKind, plan: Plan, based_on: Hashable) -> None:
        """Store people, all or none, and first what is needed to finish that or to take it back.

        Raises:
            DataFolderError: They can't be stored; nothing was.
            PeopleChangedError: The store is another one than the plan was made for; nothing was stored.
        """
        added = plan.added.with_columns(new_ids(plan.added.height))
        Trace.of(added, plan.changed, plan.before).write(trace_file(self._school.folder, self.record.id))
        self._note(
            added=plan.added.height,
            updated=plan.updated,
            unchanged=plan.unchanged,
            groups=groups_made(self._school, kind, plan),
        )
        self._school.people.apply(kind.name, added, plan.changed, based_on=based_on)

    def has_succeeded(self, plan: Plan) -> None:
        """Note that all of it is stored, and remove the draft. What can't be noted now is noted at the next start."""
        self.record = replace(
            self.record,
            state="succeeded",
            added=plan.added.height,
            updated=plan.updated,
            unchanged=plan.unchanged,
            finished=now(),
        )
        with suppress(DataFolderError):
            self._discard_draft()
            # Before the record says so: what is not in the log by then, the next start puts there.
            note_in_log(self._school, self.record, Event.IMPORTED)
            with self._school.setup.transaction():
                add_missing_groups(self._school, self.record.groups)
                put_record(self._school, self.record)
            if not self.record.can_be_undone:
                discard(trace_file(self._school.folder, self.record.id))
        self.begins(DONE)

    def has_failed(self, error: BackdropError) -> None:
        """Note why nothing was stored, unless all of it was."""
        if self.record.state == "running":
            with suppress(DataFolderError):
                self._note(state="failed", message=error.message, finished=now(), draft="")
                discard(trace_file(self._school.folder, self.record.id))

    def is_cut_off(self) -> None:
        """Make it good at once, where that can be done; the next start does it otherwise."""
        with suppress(BackdropError):
            make_good(self._school)

    def _note(self, **changed: object) -> None:
        record = replace(self.record, **changed)  # type: ignore[arg-type]
        put_record(self._school, record)
        self.record = record

    def _discard_draft(self) -> None:
        if self._draft is not None:
            with suppress(DataFolderError):
                self._draft.discard()
                self.record = replace(self.record, draft="")


@contextmanager
def begun(
    school: School,
    kind: RecordKind,
    file: str = "",
    draft: Draft | None = None,
    progress: Progress = nobody_looks,
) -> Iterator[Job]:
    """Record that an import is being done, as long as the block lasts; no other import or undo is done meanwhile.

    Args:
        school: Where to.
        kind: What is imported.
        file: The name of the file; empty where people are typed in by hand.
        draft: The draft that it comes from, which is removed once all is stored.
        progress: Told of each stage.

    Raises:
        DataFolderError: Another import is being done, or this one can't be recorded.
    """
    with alone(school):
        record = ImportRecord(
            id=new_id(),
            kind=kind.name,
            file=file_name(file),
            started=now(),
            user=audit_log.os_user(),
            account=email_of(school) or "",
            draft=draft.facts.id if draft else "",
        )
        put_record(school, record)
        job = Job(school, record, draft, progress)
        with rollback_on_error(job.is_cut_off) as cut_off:
            try:
                yield job
            except BackdropError as error:
                cut_off.pop_all()
                job.has_failed(error)
                raise


def groups_made(school: School, kind: RecordKind, plan: Plan) -> tuple[str, ...]:
    """The user groups that carrying out a plan makes.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    if "user_group" not in kind.keys:
        return ()
    named = {*plan.added["user_group"], *plan.changed["user_group"]} - {None, *school.groups()}
    return tuple(sorted(named))
