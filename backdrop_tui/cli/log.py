"""`backdrop log`: the audit log, and whether it is as it was written."""

import click

from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import say, say_error, write_json

_BROKEN = 4
"""The exit status if a line is missing, changed or cut off."""


@click.command(
    "log",
    epilog="Example: backdrop log",
    short_help="Show the audit log, and check that nothing is missing from it.",
)
@format_option
@data_option
@click.pass_context
def log_command(ctx: click.Context, /, format: Format) -> int:  # noqa: A002 - the option's name
    """Show who did what and when, the oldest first, and check that no line is missing, changed or cut off.

    The log has nothing about any student or member of staff in it. The exit status is 4 if it isn't as it was written.
    """
    from backdrop_tui.care.log_text import log_lines  # noqa: PLC0415 - loads polars

    with open_school(ctx, read_only=True) as school:
        entries = [] if school.is_new else school.store.logged()
        faults = [] if school.is_new else school.store.log_faults()
        if format == "json":
            write_json({"entries": entries, "problems": faults})
        else:
            sound = [] if faults else ["", "No lines are missing, and none have been changed."]
            lines = [*log_lines(entries), *sound] if entries or faults else ["Nothing has been logged yet."]
            if lines:
                say("\n".join(lines))
        for fault in faults:
            say_error(fault)
    return _BROKEN if faults else 0
