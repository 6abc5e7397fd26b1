"""`backdrop subject-access`: everything held about one person."""

from pathlib import Path

import click

from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import json_bytes, say, write_json
from backdrop_tui.store.private_file import write_private


@click.command(
    "subject-access",
    epilog="Example: backdrop subject-access bd-5c1f0e6a9b7d2348 -o person.txt",
    short_help="Show everything held about one person.",
)
@click.argument("person_id", metavar="ID")
@format_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE, replacing it if it exists; only you can read it. [default: standard output]",
)
@data_option
@click.pass_context
def subject_access_command(
    ctx: click.Context,
    /,
    person_id: str,
    *,
    format: Format,  # noqa: A002 - the option's name
    output: Path | None,
) -> None:
    """Show everything held about one person, by the id that “backdrop list” prints, as it can be handed over on request.

    That it was shown is noted in the audit log, without saying about whom.
    """
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.care.subject_access import held_about  # noqa: PLC0415
    from backdrop_tui.care.subject_access_text import subject_access_text  # noqa: PLC0415

    with open_school(ctx) as school:
        held = held_about(school, person_id)
        text = subject_access_text(held, school.settings.text("organisation") or "", school.settings.today)
        if output is not None and str(output) != "-":
            write_private(output, (json_bytes(held) if format == "json" else text.encode()) + b"\n")
        elif format == "json":
            write_json(held)
        else:
            say(text)
