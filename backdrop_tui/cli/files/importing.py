"""`backdrop import`: checks a file, then stores the people in it."""

from pathlib import Path
from typing import Any

import click

from backdrop_tui.cli.files.options import file_options, take_file_options
from backdrop_tui.cli.options import data_option, open_school
from backdrop_tui.cli.output import say, say_error, write_json
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked

skip_errors_option = click.option(
    "--skip-errors", is_flag=True, help="Store the rows without errors, and leave the others out."
)
"""`--skip-errors`, for the commands that store a file."""
errors_to_option = click.option(
    "--errors-to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write the rows with errors. [default: NAME_errors.csv beside FILE]",
)
"""`--errors-to`, for the commands that store a file."""


@click.command("import", epilog="Example: backdrop import pupils.csv --skip-errors")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False)
)
@file_options
@skip_errors_option
@errors_to_option
@data_option
@click.pass_context
def import_command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    *,
    skip_errors: bool,
    errors_to: Path | None,
    **given: Any,  # noqa: ANN401 - the values of all options
) -> int:
    """Check FILE, then store the people in it. - is standard input.

    Several files with the same headings are imported as one. If rows have errors, nothing is stored; with --skip-errors, the other rows are. Either way, the rows with errors are
    written to an errors file. Exit status: 0 if people were stored, 1 if errors stopped it, 2 if the file can't be used.
    """
    options = take_file_options(given, files)
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.cli.files.import_file import import_file  # noqa: PLC0415
    from backdrop_tui.imports.completion import Terms  # noqa: PLC0415
    from backdrop_tui.imports.consent import whatever_is_ready, without_errors  # noqa: PLC0415
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

    with open_school(ctx) as school:
        require_unlocked(school, step_adding(KINDS[options.kind]))
        for file in files:
            refuse_overwriting(file, errors_to)
        consent = whatever_is_ready if skip_errors else without_errors
        terms = Terms(consent, options.existing or school.existing, errors_to)
        ending = import_file(school, files, options, terms)
        if options.format == "json":
            write_json(ending.as_json())
        else:
            say(ending.as_text())
            if ending.stopped is not None:
                say_error(ending.stopped.message)
    return 1 if ending.stopped is not None else 0


def refuse_overwriting(file: Path, errors_to: Path | None) -> None:
    """Raise `UnusableChoiceError` if a file that is imported would be overwritten by its own errors file."""
    try:
        same = errors_to is not None and errors_to.exists() and errors_to.samefile(file)
    except OSError:
        return  # reading or writing the file will report what is wrong
    if same:
        raise UnusableChoiceError("--errors-to is the file that you are importing. Choose another place.")
