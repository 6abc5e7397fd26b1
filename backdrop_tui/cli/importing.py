"""`backdrop import`: checks a file, then stores its people."""

from pathlib import Path
from typing import Any

import click

from backdrop_tui.cli.options import data_folder, data_option, file_options, take_file_options


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
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
    ctx: click.Context, file: Path, *, skip_errors: bool, errors_to: Path | None, **given: Any  # noqa: ANN401
) -> int:
    """Check FILE, then store its people.

    With errors nothing is stored, or with --skip-errors the right rows; the others are written to an errors file.
    Ends with 0 where people were stored, 1 where errors stopped it, 2 where the file can't be used.
    """
    options = take_file_options(given)
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.cli.intake import take_in  # noqa: PLC0415
    from backdrop_tui.cli.report import outcome_as_json, outcome_as_text, write_json  # noqa: PLC0415
    from backdrop_tui.intake.output import errors_file, free_name, write_private  # noqa: PLC0415
    from backdrop_tui.intake.recognise import plan_import  # noqa: PLC0415
    from backdrop_tui.setup.importing import Outcome, store  # noqa: PLC0415
    from backdrop_tui.setup.school import School  # noqa: PLC0415

    folder = data_folder(ctx)
    with School(folder) as school:
        taken = take_in(file, options, school)
        checked, kind = taken.checked, taken.kind
        errors = len(checked.error_rows)
        written = None
        if errors:
            written = errors_to or free_name(file)
            rows = taken.texts.filter(checked.is_faulty)
            write_private(written, errors_file(taken.matching, taken.sheet, rows, checked.problems), replace=errors_to is not None)
        existing = options.existing or school.existing
        stopped = errors > 0 and not skip_errors
        if stopped:
            plan = plan_import(kind, checked.ready, school.stored(kind), existing)
        else:
            folder.create()
            plan = store(school, kind, checked.ready, existing)
            if options.columns:
                school.remember(kind, taken.sheet.headings, taken.matching.targets)
    outcome = Outcome.of(plan, errors, written)
    if options.format == "json":
        write_json(outcome_as_json(outcome))
    else:
        click.echo(outcome_as_text(taken, outcome, stopped=stopped))
    return 1 if stopped else 0
