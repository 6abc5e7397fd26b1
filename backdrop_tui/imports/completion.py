"""Complete an import: check the rows again under the import lock, then store and record them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backdrop_tui.errors import rollback_on_error
from backdrop_tui.imports.consent import Consent
from backdrop_tui.imports.errors_saving import save_errors
from backdrop_tui.imports.jobs import Job, recorded_import
from backdrop_tui.imports.pipeline import check_again, is_up_to_date
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.imports.stages import CHECKING, PLANNING, Progress, no_progress
from backdrop_tui.imports.turn.terms import TurnTerms
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review, recipe_of
from backdrop_tui.intake.linking.plan import Existing, plan_import
from backdrop_tui.school.kept_answers import keep_answers
from backdrop_tui.school.recipes import remember_recipe
from backdrop_tui.school.remembered_matching import remember_matching
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.store.files import discard

_ATTEMPTS = 2
"""How often the rows are checked without keeping everybody else from storing anything."""


@dataclass(frozen=True)
class Terms:
    """What the user wants an import to do."""

    consent: Consent
    """What the user has agreed to import."""
    existing: Existing
    """What to do with people already stored."""
    errors_to: Path | None = None
    """Where to save the rows that are not imported; None for a new file beside the imported one."""
    turn: TurnTerms | None = None
    """What the user wants for the move to a new school year; None for a plain import, after which nobody has left."""


def complete(  # noqa: PLR0913 - what was seen and agreed, the day, the draft to remove, and who is told
    school: School,
    seen: Review,
    terms: Terms,
    *,
    today: date,
    draft: Draft | None = None,
    progress: Progress = no_progress,
) -> ImportResult:
    """Import the rows that are ready, save the others in an errors file, and remove the draft.

    If anything has been stored since the rows were checked, they are checked again, so that a UPN or an e-mail address is
    never stored for two people.

    Args:
        school: The school.
        seen: The rows as the user has seen them checked.
        terms: What the user wants.
        today: The current date.
        draft: The draft that the rows come from.
        progress: Called with each stage, in this thread.

    Raises:
        RowErrorsError: Rows have errors, and the user has not asked to leave them out; nothing was stored.
        UnknownOutcomeError: It isn't known whether it was stored.
        BackdropError: It can't be done; nothing was stored, and the draft is left as it is.
    """
    require_unlocked(school, step_adding(seen.kind))
    with recorded_import(school, seen.kind, seen.intake.file, draft, progress) as job:
        attempt = _Attempt(school, job, seen, terms, today)
        for _ in range(_ATTEMPTS):
            result = attempt.store(attempt.check())
            if result is not None:
                break
        else:
            with school.store.transaction():  # nobody else can store anything meanwhile
                result = attempt.store(attempt.check())
        assert result is not None  # noqa: S101 - inside the transaction, the check is up to date
    job.finish()
    return result


@dataclass(frozen=True)
class _Attempt:
    """An attempt to store what has been checked without keeping everybody else waiting for the check."""

    school: School
    job: Job
    seen: Review
    terms: Terms
    today: date

    def check(self) -> Review:
        """Check the rows against what is stored now. Raises what the consent raises if the user hasn't agreed to the outcome."""
        self.job.start(CHECKING)
        latest = check_again(self.school, self.seen, self.today)
        self.terms.consent(self.seen, latest)
        return latest

    def store(self, latest: Review) -> ImportResult | None:
        """Store the rows that are ready; None if something else has been stored since they were checked."""
        school, terms = self.school, self.terms
        errors_file = save_errors(school, latest, terms.errors_to)

        def discard_errors_file() -> None:
            if errors_file is not None and terms.errors_to is None:
                discard(errors_file)

        with rollback_on_error(discard_errors_file), school.store.transaction():
            if not is_up_to_date(school, latest, self.today):
                discard_errors_file()
                return None
            self.job.start(PLANNING)
            self.job.note_left_out(latest, errors_file)
            plan = plan_import(latest.kind, latest.ready, latest.linkage, latest.basis.stored, terms.existing)
            turn = terms.turn.planned(latest, plan) if terms.turn else None
            if turn is not None and terms.turn is not None:
                self.job.note_turn(turn)
                plan = turn.carried_out(terms.turn.left_on)
            added = self.job.store(latest.kind, plan, latest.intake.edits.academic_year)
            _remember(school, latest, self.today)
            _keep_answers(school, self.job.record.id, latest, dict(zip(plan.added_rows, added, strict=True)))
        return ImportResult.of(plan, latest, errors_file, self.job.record.groups, turn)


def _keep_answers(school: School, import_id: str, latest: Review, added: Mapping[int, str]) -> None:
    """Keep what the user has said about who rows are, as far as they are imported.

    Args:
        school: The school.
        import_id: The import.
        latest: The rows, checked.
        added: The ids of the people added, by row.
    """
    people = {**added, **dict(latest.linkage.links.iter_rows())}
    ready = latest.linkage.answered.join(latest.ready, on="row", how="semi")
    answers = {tuple(values): people[row] for row, *values in ready.iter_rows()}
    keep_answers(school, latest.kind, import_id, answers)


def _remember(school: School, latest: Review, today: date) -> None:
    """Remember where the columns go and what was fixed, for the next file with the same headings."""
    intake = latest.intake
    if intake.file:
        headings = intake.sheet.headings
        remember_matching(school, intake.kind, headings, intake.matching.targets, intake.matching.fills)
        remember_recipe(school, intake.kind, headings, recipe_of(latest), today)
