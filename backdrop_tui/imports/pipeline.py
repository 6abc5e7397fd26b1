"""Importing people: what it would do, and doing it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.imports.jobs import Job, begun
from backdrop_tui.imports.stages import CHECKING, PLANNING, STORING, Progress, nobody_looks
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.linking.plan import Existing, Plan, plan_import
from backdrop_tui.intake.output.csv_files import errors_file, free_name, write_private
from backdrop_tui.records.rights.user_groups import former_group_names
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import USER_GROUP
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.store.people import retrying


@dataclass(frozen=True)
class Outcome:
    """What an import did."""

    added: int
    """People who are new."""
    updated: int
    """Rows that changed somebody stored."""
    unchanged: int
    """Rows whose person was stored already and stayed as it was."""
    left_out: int
    """Rows that were not imported."""
    errors_file: Path | None = None
    """Where those rows are kept."""
    groups: tuple[str, ...] = ()
    """User groups that it made."""
    other_first_name: int = 0
    """How many of those updated got another first name."""

    @classmethod
    def of(
        cls, plan: Plan, left_out: int, errors_file: Path | None = None, groups: tuple[str, ...] = ()
    ) -> "Outcome":
        """What carrying out a plan does."""
        others = int(plan.other_first_name.sum())
        return cls(plan.added.height, plan.updated, plan.unchanged, left_out, errors_file, groups, others)


def store(
    school: School, kind: RecordKind, ready: pl.DataFrame, existing: Existing, job: Job | None = None
) -> Plan:
    """Store people: all of them, or none.

    Args:
        school: Where to.
        kind: What they are.
        ready: `row` (UInt32) and the fields' keys (String): people without an error.
        existing: What to do with those who are stored already.
        job: The import that this belongs to; without one it is an import of its own, whose file has no name.

    Raises:
        DataFolderError: They can't be stored; nothing was.
        PeopleChangedError: Somebody else kept changing the same people; nothing was stored.
    """
    require_unlocked(school, step_adding(kind))
    if job is None:
        with begun(school, kind) as own:
            return store(school, kind, ready, existing, own)

    ready = _as_called_now(school, ready)

    def once() -> Plan:
        job.begins(PLANNING)
        version = school.people.version(kind.name)
        plan = plan_import(kind, ready, school.stored(kind), existing)
        job.notes_absent(kind, plan)
        if plan.added.height or plan.changed.height:
            job.begins(STORING)
            job.carry_out(kind, plan, version)
        return plan

    plan = retrying(once)
    job.has_succeeded(plan)
    return plan


def _as_called_now(school: School, ready: pl.DataFrame) -> pl.DataFrame:
    """People with their user group's present name: it may have been renamed since they were checked."""
    if USER_GROUP.key not in ready.columns:
        return ready
    former = dict(former_group_names(school.user_groups()))
    return ready.with_columns(pl.col(USER_GROUP.key).replace(former)) if former else ready


def complete(  # noqa: PLR0913 - what was seen, the day, the choice, and who looks
    school: School,
    draft: Draft,
    seen: Review,
    *,
    today: date,
    existing: Existing,
    progress: Progress = nobody_looks,
) -> Outcome:
    """Import what is right of a draft, keep the rest in an errors file, and remove the draft.

    A kill at any moment of it is made good by `recovery.recover`.

    Args:
        school: Where to.
        draft: What is imported.
        seen: The draft as it was when the user said yes.
        today: The day.
        existing: What to do with those who are stored already.
        progress: Told of each stage, in this thread.

    Raises:
        BackdropError: It can't be done; the draft is left as it is.
    """
    require_unlocked(school, step_adding(draft.kind))
    with begun(school, draft.kind, draft.facts.file, draft, progress) as job:
        job.begins(CHECKING)
        latest = review(draft, school.context(today), school.stored(draft.kind))
        if not latest.ready.equals(seen.ready):
            raise UnusableChoiceError("What is stored has changed in the meantime. Look at the rows again.")
        if not draft.facts.by_hand:
            school.remember(draft.kind, draft.sheet.headings, draft.matching.targets)
        written = save_errors(school, draft, latest)
        left = rest_of(latest)
        job.leaves_out(left.height, written)
        try:
            plan = store(school, draft.kind, latest.ready, existing, job)
        except BackdropError:
            if written is not None:
                written.unlink(missing_ok=True)
            raise
    return Outcome.of(plan, left.height, written, job.record.groups)


def rest_of(seen: Review) -> pl.DataFrame:
    """The rows that Complete would not import: `row` and raw text by key."""
    return seen.texts.filter(~pl.col("row").is_in(seen.ready["row"].implode()))


def save_errors(school: School, draft: Draft, seen: Review) -> Path | None:
    """Write the rows that are left to an errors file beside the draft's file, or in the data folder where that fails.

    Returns:
        Where it is; None where nothing is left.
    """
    left = rest_of(seen)
    if not left.height:
        return None
    data = errors_file(draft.matching, draft.sheet, left, seen.problems)
    spare = school.folder.path / (draft.facts.file or f"{draft.kind.name}.csv")
    places = [Path(draft.facts.path), spare] if draft.facts.path else [spare]
    return _first_that_works(lambda path: write_private(path, data, replace=False), places)


def _first_that_works(write: Callable[[Path], None], files: list[Path]) -> Path:
    """Write to a free name beside the first of these files that has room for it."""
    for file in files[:-1]:
        place = free_name(file)
        try:
            write(place)
        except BackdropError:
            continue
        return place
    place = free_name(files[-1])
    write(place)
    return place
