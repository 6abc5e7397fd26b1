"""`backdrop import`: checks a file, then stores its people."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.options import FileOptions, data_folder, data_option, file_options, take_file_options
from backdrop_tui.cli.output import say, say_error
from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked

if TYPE_CHECKING:  # they load polars, for which `--help` need not wait
    from backdrop_tui.cli.intake import Taken
    from backdrop_tui.imports.pipeline import Outcome
    from backdrop_tui.school.school import School


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@file_options
@click.option("--skip-errors", is_flag=True, help="Store the rows without errors, and leave the others out.")
@click.option(
    "--errors-to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where rows with errors are written. [default: NAME_errors.csv beside FILE]",
)
@data_option
@click.pass_context
def import_command(
    ctx: click.Context,
    /,
    file: Path,
    *,
    skip_errors: bool,
    errors_to: Path | None,
    **given: Any,  # noqa: ANN401 - options, gathered at once
) -> int:
    """Check FILE, then store its people.

    With errors nothing is stored, or with --skip-errors the right rows; the others are written to an errors file.
    Ends with 0 where people were stored, 1 where errors stopped it, 2 where the file can't be used.
    """
    options = take_file_options(given)
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.cli import report  # noqa: PLC0415
    from backdrop_tui.cli.intake import take_in  # noqa: PLC0415
    from backdrop_tui.cli.reading import read  # noqa: PLC0415
    from backdrop_tui.intake.reading.source import load  # noqa: PLC0415
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(data_folder(ctx)) as school:
        require_unlocked(school, step_adding(KINDS[options.kind]))
        _refuse_overwriting(file, errors_to)
        taken = take_in(lambda: read(load(file), file, options), options, school)
        stopped = bool(taken.checked.counts.errors) and not skip_errors
        outcome = _would(school, taken, options, _rest(taken, file, errors_to)) if stopped else None
        if outcome is None:
            outcome = _done(school, taken, options, file, errors_to)
    if options.format == "json":
        report.write_json(report.outcome_as_json(outcome))
    elif stopped:
        say(report.stopped_as_text(taken, outcome))
        say_error(report.why_stopped(outcome))
    else:
        say(report.outcome_as_text(taken, outcome))
    return 1 if stopped else 0


def _would(school: "School", taken: "Taken", options: FileOptions, errors_file: Path | None) -> "Outcome":
    """What an import would have done that errors have stopped."""
    from backdrop_tui.cli.intake import would_do  # noqa: PLC0415 - loads polars
    from backdrop_tui.imports.pipeline import Outcome  # noqa: PLC0415

    return Outcome.of(would_do(taken, options, school), taken.checked.counts.errors, errors_file)


def _done(
    school: "School", taken: "Taken", options: FileOptions, file: Path, errors_to: Path | None
) -> "Outcome":
    """Write the rows with errors to their file, store the others."""
    from backdrop_tui.imports.jobs import begun  # noqa: PLC0415
    from backdrop_tui.imports.pipeline import Outcome, store  # noqa: PLC0415 - loads polars

    with begun(school, taken.kind, file.name) as job:
        errors_file = _rest(taken, file, errors_to)
        job.leaves_out(taken.checked.counts.errors, errors_file)
        try:
            if options.columns:
                school.remember(taken.kind, taken.sheet.headings, taken.matching.targets)
            plan = store(school, taken.kind, taken.checked.ready, options.existing or school.existing, job)
        except BackdropError:
            if errors_file is not None and errors_to is None:
                errors_file.unlink(missing_ok=True)
            raise
    return Outcome.of(plan, taken.checked.counts.errors, errors_file, job.record.groups)


def _rest(taken: "Taken", file: Path, errors_to: Path | None) -> Path | None:
    """Write the rows with errors to the file that was asked for, or to a new one beside theirs. Returns which."""
    from backdrop_tui.intake.output.csv_files import errors_file, free_name, write_private  # noqa: PLC0415 - loads polars

    if not taken.checked.counts.errors:
        return None
    place = errors_to or free_name(file)
    rows = taken.texts.filter(taken.checked.is_faulty)
    data = errors_file(taken.matching, taken.sheet, rows, taken.checked.problems)
    write_private(place, data, replace=errors_to is not None)
    return place


def _refuse_overwriting(file: Path, errors_to: Path | None) -> None:
    """Keep the file that is imported from being replaced by its own errors file."""
    try:
        same = errors_to is not None and errors_to.exists() and errors_to.samefile(file)
    except OSError:
        return  # reading or writing will say what is wrong
    if same:
        raise UnusableChoiceError("--errors-to names the file that is to be imported. Choose another place.")
