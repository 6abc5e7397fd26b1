"""`backdrop erase`: removes one person everywhere."""

from dataclasses import asdict

import click

from backdrop_tui.cli.confirming import confirm
from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import mark_committed, say, write_json

yes_option = click.option(
    "--yes", is_flag=True, help="Don't ask for confirmation. Needed where there is no terminal."
)
"""`--yes`, for commands that remove something for good."""


@click.command(
    "erase",
    epilog="Example: backdrop erase bd-5c1f0e6a9b7d2348",
    short_help="Remove everything about one person, for good.",
)
@click.argument("person_id", metavar="ID")
@yes_option
@format_option
@data_option
@click.pass_context
def erase_command(ctx: click.Context, /, person_id: str, *, yes: bool, format: Format) -> None:  # noqa: A002 - the option's name
    """Remove everything about one person, by the id that “backdrop list” prints: from the people stored, undo data, drafts, errors
    files, the outbox, and kept copies of older files.

    It first says what retention asks for, where the safeguarding file is, and what will be removed; then it asks. If it is
    interrupted, run it again: it finishes.
    """  # noqa: D205 - click prints the first paragraph as it is
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.care.erase import erase, look_for  # noqa: PLC0415
    from backdrop_tui.care.erase_texts import receipt_text, warning  # noqa: PLC0415

    with open_school(ctx) as school:
        traces = look_for(school, [person_id])
        if traces.subjects:
            if format == "text":
                say("\n\n".join(warning(school, traces, school.settings.today)) + "\n")
            confirm("Erase everything about this person?", yes=yes)
        receipt = erase(school, [person_id])
        mark_committed(ctx)
        if format == "json":
            write_json(asdict(receipt))
        else:
            say("\n".join(receipt_text(receipt)))
