"""`backdrop verify-data`: reads everything that is stored, and says what isn't as it was stored."""

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option
from backdrop_tui.cli.output import mark_committed, say, say_error, write_json

_FAULTY = 4
"""The exit status if something isn't as it was stored."""


@click.command(
    "verify-data",
    epilog="Example: backdrop verify-data",
    short_help="Check that everything is as it was stored.",
)
@click.option(
    "--accept",
    is_flag=True,
    help="Go on with what can be read. Copies of the files as they are now are kept.",
)
@format_option
@data_option
@click.pass_context
def verify_data_command(ctx: click.Context, /, *, accept: bool, format: Format) -> int:  # noqa: A002 - the option's name
    """Read everything that is stored, and say what is missing, older, cut short or changed.

    With --accept, what is there is taken as it is from then on: of a damaged file of people or of set-up, what can still be read; of
    a missing file, nothing. The exit status is 4 if something is not as it was stored and --accept wasn't given.
    """
    from backdrop_tui.care.checking import accept_data, problems_of  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(data_folder(ctx), read_only=not accept) as school:
        problems = problems_of(school)
        if accept and problems:
            remark = accept_data(school, len(problems))
            mark_committed(ctx)
            if remark:
                say_error(remark)
        if format == "json":
            write_json({"problems": problems, "accepted": accept and bool(problems)})
        elif not problems:
            say(f"Everything in {school.store.where} is as it was stored.")
        else:
            say("\n".join([*problems, *(["Everything else is taken as it is now."] if accept else [])]))
        return _FAULTY if problems and not accept else 0
