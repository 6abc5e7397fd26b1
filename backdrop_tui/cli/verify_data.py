"""`backdrop verify-data`: reads everything that is stored, and says what isn't as it was stored."""

from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option
from backdrop_tui.cli.output import note_done, say, write_json
from backdrop_tui.errors import DataFolderError

if TYPE_CHECKING:  # it loads polars, which `--help` doesn't need
    from backdrop_tui.school.school import School

_FAULTY = 4
"""The exit status if something isn't as it was stored."""


@click.command("verify-data", short_help="Check that everything is as it was stored.")
@click.option(
    "--accept",
    is_flag=True,
    help="Go on with what is there and can be read. Copies of the files as they are now are kept.",
)
@format_option
@data_option
@click.pass_context
def verify_data_command(ctx: click.Context, /, *, accept: bool, format: Format) -> int:  # noqa: A002 - the option's name
    """Read everything that is stored, and say what is missing, older, cut short or changed.

    With --accept, what is there is taken as it is from then on: of a damaged file of people or of set-up, what can still be read; of
    a missing file, nothing. The exit status is 4 if something is not as it was stored and --accept wasn't given.
    """
    from backdrop_tui.school.school import School  # noqa: PLC0415 - loads polars

    with School(data_folder(ctx), read_only=not accept) as school:
        problems = _problems(school)
        if accept and problems:
            school.store.accept()
            note_done(ctx)
        if format == "json":
            write_json({"problems": problems, "accepted": accept and bool(problems)})
        elif not problems:
            say(f"Everything in {school.store.where} is as it was stored.")
        else:
            say("\n".join([*problems, *(["Everything else is taken as it is now."] if accept else [])]))
        return _FAULTY if problems and not accept else 0


def _problems(school: "School") -> list[str]:
    """A sentence for everything that isn't as it was stored, or can't be read."""
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.import_history import import_records  # noqa: PLC0415

    faults = school.store.faults(thorough=True)
    problems = [fault.message for fault in faults]
    for kind in () if faults else KINDS.values():
        try:
            school.stored(kind)
            import_records(school)
        except DataFolderError as error:
            problems.append(error.message)
    return list(dict.fromkeys(problems))
