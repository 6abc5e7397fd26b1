"""`backdrop report`: one page for the head or the safeguarding lead."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from backdrop_tui.cli.options import data_option, open_school
from backdrop_tui.cli.output import say, write_file
from backdrop_tui.store.private_file import write_private


@click.command(
    "report",
    epilog="Example: backdrop report -o report.html",
    short_help="Make one page for the head: who is stored, what changed, what is left to do.",
)
@click.option(
    "--format",
    type=click.Choice(["text", "html"], case_sensitive=False),
    help="Text to read here, or one HTML file that prints on A4. [default: html if FILE ends with .html, otherwise text]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE, which only you can read, replacing it if it exists. [default: standard output]",
)
@click.option("--names", is_flag=True, help="Name people. The audit log notes that you did.")
@data_option
@click.pass_context
def report_command(
    ctx: click.Context,
    /,
    format: Literal["text", "html"] | None,  # noqa: A002 - the option's name
    output: Path | None,
    *,
    names: bool,
) -> None:
    """Make one page for the head or the safeguarding lead.

    It says how many people are at the school by year and form, what the last imports changed, how many rows were left out and why, who
    has joined and left, who holds child-protection rights, and what is left to do. It names nobody unless you use --names.
    """
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.care.report.page import page_of  # noqa: PLC0415
    from backdrop_tui.care.report.text import as_text  # noqa: PLC0415

    to_file = output is not None and str(output) != "-"
    is_html = format == "html" or (
        format is None and output is not None and output.suffix.lower() in {".html", ".htm"}
    )
    with open_school(ctx, read_only=not names) as school:
        page = page_of(school, datetime.now().astimezone(), names=names)
        if is_html:
            from backdrop_tui.care.report.html import as_html  # noqa: PLC0415 - loads jinja2

            data = as_html(page)
        else:
            data = f"{as_text(page)}\n".encode(errors="replace")
        if output is not None and to_file:
            write_private(output, data)
        elif is_html:
            write_file(data)
        else:
            say(data.decode().rstrip("\n"))
