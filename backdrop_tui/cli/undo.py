"""`backdrop undo`: takes the last import back."""

from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option
from backdrop_tui.cli.output import say, write_json
from backdrop_tui.errors import UnusableChoiceError

if TYPE_CHECKING:  # they load polars, for which `--help` need not wait
    from backdrop_tui.imports.undo import Undoable, Undone

_MOST_NAMES = 200


@click.command("undo", short_help="Take the last import back; run again, the one before.")
@click.option("--force", is_flag=True, help="Do it even though people were edited since; that is lost.")
@format_option
@data_option
@click.pass_context
def undo_command(ctx: click.Context, /, *, force: bool, format: Format) -> None:  # noqa: A002 - the option's name
    """Undo the last import that changed something; run again, the one before.

    People whom it added are removed, people whom it changed get their former values back. Ends with 2 where there is
    nothing to undo, or where people were edited since; they are listed.
    """
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.imports.undo import EditedSinceError, undo  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(data_folder(ctx)) as school:
        try:
            done = undo(school, force=force)
        except EditedSinceError as error:
            if format == "text":
                say(_names(error.found))
            raise UnusableChoiceError(f"{error.message} --force undoes it all the same.") from None
    if format == "json":
        write_json(_as_json(done))
    else:
        say(_as_text(done))


def _names(found: "Undoable") -> str:
    """Who was edited since."""
    lines = [f"{person.name}  {person.id}" for person in found.edited[:_MOST_NAMES]]
    more = len(found.edited) - len(lines)
    return "\n".join(["Edited since:", *lines, *([f"… and {more:,} more."] if more else [])])


def _as_json(done: "Undone") -> dict[str, object]:
    return {
        "kind": done.record.kind,
        "file": done.record.file,
        "removed": done.removed,
        "restored": done.restored,
    }


def _as_text(done: "Undone") -> str:
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415 - loads polars

    kind = KINDS[done.record.kind]
    removed, restored = kind.counted(done.removed), kind.counted(done.restored)
    lines = [
        f"The import of {done.record.what} was undone: {removed} removed, {restored} put back as before."
    ]
    if done.groups:
        lines.append(f"User groups that went with it: {', '.join(done.groups)}.")
    return "\n".join(lines)
