"""Completing an import: what was checked is checked once more under the import lock, then stored and recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.imports.jobs import Job, recorded_import
from backdrop_tui.imports.pipeline import check_again
from backdrop_tui.imports.stages import CHECKING, PLANNING, Progress, no_progress
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Intake, Review
from backdrop_tui.intake.linking.plan import Existing, Plan, plan_import
from backdrop_tui.intake.output.errors_file import errors_file, errors_file_path
from backdrop_tui.school.remembered_matching import remember_targets
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.store.files import discard
from backdrop_tui.store.people import retrying
from backdrop_tui.store.private_file import write_private
from backdrop_tui.wording import counted

Consent = Callable[[Review, Review], None]
"""Raises where the user, who has seen one review, would not agree to import what the latest review of the same rows has ready."""


@dataclass(frozen=True)
class Terms:
    """What the user wants of an import."""

    consent: Consent
    """What they have agreed to."""
    existing: Existing
    """What to do with people already stored."""
    errors_to: Path | None = None
    """Where to write the rows that are not imported; None for a new file beside theirs."""


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would have done."""

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
    different_first_name: int = 0
    """People updated whose first name has changed."""
    warnings: int = 0
    """Rows that were ready, but have warnings."""

    @classmethod
    def of(
        cls, plan: Plan, review: Review, errors_file: Path | None = None, groups: tuple[str, ...] = ()
    ) -> "ImportResult":
        """What carrying out a plan does.

        Args:
            plan: What to do with the rows that are ready.
            review: All rows.
            errors_file: Where those that are not ready are kept.
            groups: The user groups that were made.
        """
        return cls(
            added=plan.added.height,
            updated=plan.updated,
            unchanged=plan.unchanged,
            left_out=review.unready.height,
            errors_file=errors_file,
            groups=groups,
            different_first_name=int(plan.changes_first_name.sum()),
            warnings=review.counts.warnings,
        )


class RowErrorsError(BackdropError):
    """Rows have errors and were not to be left out; nothing was stored."""

    title = "Some rows have errors"
    exit_status = 1

    def __init__(self, review: Review, *, stored_since: bool = False) -> None:
        rows = counted(review.counts.errors, "row")
        have = "has" if review.counts.errors == 1 else "have"
        super().__init__(
            f"Nothing was stored. While this file was being checked, what is stored changed, and now {rows} {have} errors."
            if stored_since
            else f"Nothing was stored, because {rows} {have} errors."
        )
        self.review = review
        """The rows as they were checked last."""


def as_seen(seen: Review, latest: Review) -> None:
    """Agree only to the very people, and new user groups, that the user has seen.

    Raises:
        UnusableChoiceError: They are others by now.
    """
    if not latest.ready.equals(seen.ready) or _new_groups(latest) != _new_groups(seen):
        raise UnusableChoiceError(
            "The people or user groups stored have changed since you checked these rows. Check the rows again."
        )


def without_errors(seen: Review, latest: Review) -> None:
    """Agree to whatever is ready, as long as no row has an error.

    Raises:
        RowErrorsError: Rows have errors.
    """
    if latest.counts.errors:
        raise RowErrorsError(latest, stored_since=latest is not seen)


def whatever_is_ready(_seen: Review, _latest: Review) -> None:
    """Agree to whatever is ready, and leave the other rows out."""


def complete(  # noqa: PLR0913 - what was seen, what is wanted, the day, the draft, and who looks
    school: School,
    seen: Review,
    terms: Terms,
    *,
    today: date,
    draft: Draft | None = None,
    progress: Progress = no_progress,
) -> ImportResult:
    """Import the rows that are ready, keep the others in an errors file, and remove the draft.

    Rows are checked again if anything has been stored since they were checked, so that nobody else's UPN or e-mail
    address is stored twice. A kill at any moment is made good by `recovery.recover`.

    Args:
        school: Where to.
        seen: The rows as they were checked last.
        terms: What the user wants.
        today: The day.
        draft: The draft that they come from.
        progress: Told of each stage, in this thread.

    Raises:
        RowErrorsError: Rows have errors, which the user has not agreed to leave out; nothing was stored.
        BackdropError: It can't be done; nothing was stored, and the draft is left as it is.
    """
    require_unlocked(school, step_adding(seen.kind))
    with recorded_import(school, seen.kind, seen.intake.file, draft, progress) as job:
        return retrying(lambda: _attempt(school, job, seen, terms, today))


def _attempt(school: School, job: Job, seen: Review, terms: Terms, today: date) -> ImportResult:
    """Check again, and store what is ready.

    Raises:
        PeopleChangedError: Somebody changed people meanwhile; nothing was stored.
    """
    job.start(CHECKING)
    latest = check_again(school, seen, today)
    terms.consent(seen, latest)
    _remember_matching(school, latest.intake)
    rest = save_errors(school, latest, terms.errors_to)
    job.note_left_out(latest.unready.height, rest)
    job.start(PLANNING)
    plan = plan_import(latest.kind, latest.ready, latest.basis.stored, terms.existing)
    try:
        job.store(latest.kind, plan, latest.basis.version)
    except BackdropError:
        if rest is not None and terms.errors_to is None:
            discard(rest)
        raise
    job.succeed(plan)
    return ImportResult.of(plan, latest, rest, job.record.groups)


def _remember_matching(school: School, intake: Intake) -> None:
    """Remember where the columns of files with these headings go."""
    if intake.file:
        remember_targets(school, intake.kind, intake.sheet.headings, intake.matching.targets)


def save_errors(school: School, seen: Review, place: Path | None = None) -> Path | None:
    """Write the rows that are not ready to an errors file.

    Args:
        school: Whose data folder takes the file if it can't be written beside the rows' own.
        seen: The rows.
        place: Where the user wants it; None for a new file beside the rows' own.

    Returns:
        Where it is; None where every row is ready.

    Raises:
        UnusableChoiceError: It can't be written.
    """
    intake = seen.intake
    if not seen.unready.height:
        return None
    data = errors_file(intake.matching, intake.sheet, seen.unready, seen.problems)
    if place is not None:
        write_private(place, data)
        return place
    in_data_folder = school.folder.path / (intake.file or f"{intake.kind.name}.csv")
    return _first_that_works(
        lambda path: write_private(path, data, replace=False),
        [intake.path, in_data_folder] if intake.path else [in_data_folder],
    )


def _first_that_works(write: Callable[[Path], None], files: list[Path]) -> Path:
    """Write to a free name beside the first of these files that has room for it."""
    for file in files[:-1]:
        place = errors_file_path(file)
        try:
            write(place)
        except BackdropError:
            continue
        return place
    place = errors_file_path(files[-1])
    write(place)
    return place


def _new_groups(seen: Review) -> set[str]:
    """The user groups that rows name and that there are not."""
    if "user_group" not in seen.ready.columns:
        return set()
    return {*seen.ready["user_group"].drop_nulls()} - {*seen.basis.context.groups}
