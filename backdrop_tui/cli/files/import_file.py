"""Importing a file given to `backdrop import`, and what is printed about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backdrop_tui.cli.files.answering import answered
from backdrop_tui.cli.files.check_text import missing_lines, unused_columns
from backdrop_tui.cli.files.fills_text import fill_lines
from backdrop_tui.cli.files.findings_text import answers_needed, finding_lines
from backdrop_tui.cli.files.fixing_options import option_lines
from backdrop_tui.cli.files.loading import load_all, path_of, protect
from backdrop_tui.cli.files.matching import matched
from backdrop_tui.cli.files.options import FileOptions
from backdrop_tui.cli.files.problems_text import error_lines
from backdrop_tui.cli.output import json_text
from backdrop_tui.cli.progress import READING, ProgressLines, checking
from backdrop_tui.imports.answers import without_needless_questions
from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import RowErrorsError, UnansweredError
from backdrop_tui.imports.errors_saving import save_errors
from backdrop_tui.imports.pipeline import basis_of, plan_for
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.matching.sheet_reading import read_files
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import academic_year_text
from backdrop_tui.wording import counted, listed


@dataclass(frozen=True)
class Ending:
    """How an import has ended."""

    review: Review
    """The file, as it was checked last."""
    result: ImportResult
    """What was done; where errors stopped the import, what would have been."""
    stopped: RowErrorsError | UnansweredError | None = None
    """The errors, or the unanswered findings, that stopped it; None where people were stored."""

    def as_json(self) -> dict[str, object]:
        """The object that `import --format json` prints."""
        result, names = self.result, self.review.context.row_names
        return {
            "added": result.added,
            "updated": result.updated,
            "unchanged": result.unchanged,
            "left_out": result.left_out,
            "repeated": result.repeated,
            "rights_raised": [
                {"row": names.name(row) if names.files else row, "from": before, "to": after}
                for row, before, after in result.rights_raised
            ],
            "errors_file": json_text(str(result.errors_file)) if result.errors_file else None,
        }

    def as_text(self) -> str:
        """What was done and what to know about it, or what stopped it and how to go on."""
        return _done_text(self) if self.stopped is None else _stopped_text(self)


def import_file(
    school: School,
    files: Sequence[Path],
    options: FileOptions,
    terms: Terms,
    *,
    dry_run: bool = False,
) -> Ending:
    """Check a file, or several as one, and store the people in them.

    Args:
        school: Where to.
        files: The files.
        options: How to read, match and check them.
        terms: What the user wants.
        dry_run: Whether to store nothing and write no errors file, and only work out what would be done.

    Raises:
        BackdropError: A file or an option can't be used, or the people can't be stored; nothing was.
    """
    protect(files, make_private=options.make_private)
    with ProgressLines() as progress:
        return _imported(school, files, options, terms, progress, dry_run=dry_run)


def _imported(  # noqa: PLR0913 - as `import_file`, and who is told
    school: School,
    files: Sequence[Path],
    options: FileOptions,
    terms: Terms,
    progress: ProgressLines,
    *,
    dry_run: bool,
) -> Ending:
    kind, today = KINDS[options.kind], date.today()  # noqa: DTZ011 - the school's own day
    progress.stage(READING)
    sheet = read_files(kind, load_all(files), options.reading)
    progress.stage(checking(sheet.cells.height))
    intake = matched(school, path_of(files), sheet, options, today)
    seen = answered(review(intake, basis_of(school, kind, today)), options)
    seen = without_needless_questions(seen, terms.existing, brings_back=terms.turn is not None)
    try:
        terms.consent(seen, seen)
        if dry_run:
            return Ending(seen, _intended(school, seen, terms))
        return Ending(seen, complete(school, seen, terms, today=today, progress=progress.stage_of_import))
    except (RowErrorsError, UnansweredError) as error:
        latest = error.review
        rest = None if dry_run else save_errors(school, latest, terms.errors_to)
        return Ending(latest, _intended(school, latest, terms, rest), error)


def _intended(school: School, seen: Review, terms: Terms, errors_file: Path | None = None) -> ImportResult:
    """What an import would do."""
    plan = plan_for(school, seen, terms.existing)
    if terms.turn is None:
        return ImportResult.of(plan, seen, errors_file)
    turn = terms.turn.planned(seen, plan)
    return ImportResult.of(turn.carried_out(terms.turn.left_on), seen, errors_file, turn=turn)


def _done_text(ending: Ending) -> str:
    """The counts, and what to know about what was stored."""
    sheet, result = ending.review.intake.sheet, ending.result
    counts = (
        f"{result.added:,} added, {result.updated:,} updated, {result.unchanged:,} unchanged, "
        f"{result.left_out:,} left out."
    )
    lines = [" ".join([f"{sheet.file}: {counts}", *_errors_file(result)]), *sheet.notes]
    if (year := ending.review.intake.edits.academic_year) is not None:
        lines.append(f"The school's academic year is now {academic_year_text(year)}.")
    if result.groups:
        lines.append(f"New user groups, with the same rights as {PATTERN_GROUP}: {listed(result.groups)}.")
    lines += missing_lines(ending.review, result.missing)
    lines += fill_lines(ending.review)
    if unused := unused_columns(ending.review.intake.matching):
        lines.append(f"Columns not used: {', '.join(unused)}.")
    if result.warnings:
        have = "has" if result.warnings == 1 else "have"
        lines.append(f"{counted(result.warnings, 'row')} {have} warnings. To list them, run backdrop check.")
    return "\n".join(lines)


def _stopped_text(ending: Ending) -> str:
    """What stopped the import, and how to go on."""
    seen = ending.review
    way_on = _errors_file(ending.result)
    if seen.unanswered:
        way_on.append(answers_needed(seen.unanswered))
    elif seen.counts.ready:
        others = seen.kind.singular if seen.counts.ready == 1 else seen.kind.counted(seen.counts.ready)
        way_on.append(f"Fix them, or use --skip-errors to store the other {others}.")
    missing = missing_lines(seen, ending.result.missing)
    parts = (
        finding_lines(seen.findings),
        [*error_lines(seen)],
        option_lines(seen),
        missing,
        [" ".join(way_on)],
    )
    return "\n\n".join("\n".join(part) for part in parts if part)


def _errors_file(result: ImportResult) -> list[str]:
    return [f"The rows with errors are in {result.errors_file}."] if result.errors_file else []
