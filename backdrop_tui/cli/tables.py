"""`backdrop template` and `backdrop export`: write an empty CSV, or one with everyone stored."""

from pathlib import Path

import click

from backdrop_tui.cli.options import data_folder, data_option, open_school
from backdrop_tui.cli.output import say_error, write_file
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.output.csv_text import for_spreadsheet
from backdrop_tui.store.private_file import write_private

_kind_argument = click.argument("kind", required=False, type=click.Choice(["students", "staff"]))
_kind_option = click.option(
    "--kind",
    "kind_option",
    type=click.Choice(["students", "staff"]),
    help="Another way to choose students or staff.",
)
_out_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE, replacing it if it exists. [default: standard output]",
)


@click.command(
    "template",
    epilog="Example: backdrop template students -o students.csv",
    short_help="Write an empty CSV for students or staff, with headings.",
)
@_kind_argument
@_kind_option
@_out_option
@data_option
def template_command(kind: str | None, kind_option: str | None, output: Path | None) -> None:
    """Write an empty CSV for students or staff that has only the headings."""
    from backdrop_tui.intake.output.export import template  # noqa: PLC0415 - loads polars
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

    _write(template(KINDS[_chosen(kind, kind_option)]), output)


@click.command(
    "export",
    epilog="Example: backdrop export students -o students.csv",
    short_help="Write everyone at the school to a CSV that can be imported again.",
)
@_kind_argument
@_kind_option
@click.option(
    "--leavers", is_flag=True, help="Add everyone who has left. Importing that file brings them back."
)
@_out_option
@data_option
@click.pass_context
def export_command(
    ctx: click.Context, /, kind: str | None, kind_option: str | None, output: Path | None, *, leavers: bool
) -> None:
    """Write all students or all staff at the school to a CSV that can be imported again."""
    from backdrop_tui.intake.output.export import export  # noqa: PLC0415 - loads polars
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

    chosen = KINDS[_chosen(kind, kind_option)]
    with open_school(ctx, read_only=True) as school:
        people = school.stored(chosen) if leavers else school.current(chosen)
        _write(export(chosen, people), output)
        is_noted = school.folder.path.exists()
    if is_noted:
        _note(ctx, chosen.name, people.height)


def _note(ctx: click.Context, kind: str, number: int) -> None:
    """Note an export in the audit log."""
    from backdrop_tui.school.audit_log import Event  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.event_logging import try_to_log  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(data_folder(ctx)) as school:
        if remark := try_to_log(school, Event.EXPORTED, about=kind, people=number):
            say_error(remark)


def _chosen(argument: str | None, option: str | None) -> str:
    """The kind that was given, as an argument or an option."""
    if argument and option and argument != option:
        raise UnusableChoiceError(f"Choose students or staff: you gave both “{argument}” and “{option}”.")
    chosen = argument or option
    if chosen is None:
        raise UnusableChoiceError("Choose students or staff.")
    return chosen


def _write(data: bytes, output: Path | None) -> None:
    """Write to standard output, or to a file that only its owner can read."""
    if output is None or str(output) == "-":
        write_file(data)
    else:
        write_private(output, for_spreadsheet(data))
