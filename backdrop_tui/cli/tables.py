"""`backdrop template` and `backdrop export`: tables that the program writes."""

from pathlib import Path

import click

from backdrop_tui.cli.options import data_folder, data_option
from backdrop_tui.cli.output import write
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.output.csv_text import for_spreadsheet
from backdrop_tui.store.private_file import write_private

_kind_argument = click.argument("kind", required=False, type=click.Choice(["students", "staff"]))
_kind_option = click.option(
    "--kind", "kind_option", type=click.Choice(["students", "staff"]), help="The same as the argument."
)
_out_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE, in place of what is there.",
)


@click.command("template", short_help="Write an empty CSV with the headings for students or staff.")
@_kind_argument
@_kind_option
@_out_option
@data_option
def template_command(kind: str | None, kind_option: str | None, output: Path | None) -> None:
    """Write an empty CSV with the headings of students or staff."""
    from backdrop_tui.intake.output.export import template  # noqa: PLC0415 - loads polars
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

    _write(template(KINDS[_chosen(kind, kind_option)]), output)


@click.command("export", short_help="Write who is stored as CSV, ready to be imported again.")
@_kind_argument
@_kind_option
@_out_option
@data_option
@click.pass_context
def export_command(
    ctx: click.Context, /, kind: str | None, kind_option: str | None, output: Path | None
) -> None:
    """Write the students or staff that are stored as CSV, ready to be imported again."""
    from backdrop_tui.intake.output.export import export  # noqa: PLC0415 - loads polars
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    chosen = KINDS[_chosen(kind, kind_option)]
    with School(data_folder(ctx), read_only=True) as school:
        _write(export(chosen, school.stored(chosen)), output)


def _chosen(argument: str | None, option: str | None) -> str:
    if argument and option and argument != option:
        raise UnusableChoiceError(f"Choose students or staff: “{argument}” and “{option}” were both given.")
    chosen = argument or option
    if chosen is None:
        raise UnusableChoiceError("Say students or staff.")
    return chosen


def _write(data: bytes, output: Path | None) -> None:
    """Write to a file that only its owner may read, or to standard output."""
    if output is None or str(output) == "-":
        write(data)
    else:
        write_private(output, for_spreadsheet(data))
