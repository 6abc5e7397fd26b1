"""`backdrop undo`: undoes the last import."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.confirming import confirm, is_at_terminal
from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import mark_committed, plain, say, write_json
from backdrop_tui.errors import UnusableChoiceError

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.imports.undo import UndoPreview, UndoResult
    from backdrop_tui.school.school import School

_MOST_NAMES = 200


@click.command(
    "undo",
    epilog="Example: backdrop undo",
    short_help="Undo the last import; run it again for the one before.",
)
@click.option("--import", "only", metavar="ID", help="Undo the import with this ID, and no other.")
@click.option(
    "--force", is_flag=True, help="Undo it even if people have been edited since; those edits are lost."
)
@click.option("--yes", is_flag=True, help="Don't ask for confirmation at a terminal.")
@format_option
@data_option
@click.pass_context
def undo_command(
    ctx: click.Context, /, *, only: str | None, force: bool, yes: bool, format: Format,  # noqa: A002 - the option's name
) -> None:  # fmt: skip
    """Undo the last import that changed something. Run it again to undo the one before.

    People whom the import added are removed, and people whom it changed get their former values back. An undo can't be undone,
    so at a terminal it says first what it will do, and asks.

    If this command is interrupted, run it again: it finishes, says so, and never undoes a second import.

    The exit status is 2 if there is nothing to undo, or if people have been edited since; they are listed.
    """
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.imports.undo import EditedSinceError, undo  # noqa: PLC0415
    from backdrop_tui.imports.untold_undo import note_undo_told  # noqa: PLC0415

    # The last thing of all, so that nothing is left that could be cut off once it is noted.
    with ExitStack() as last, open_school(ctx) as school:
        if is_at_terminal() and not yes:
            only = _confirmed(school, only, force=force)
        try:
            result = undo(school, force=force, only=only)
        except EditedSinceError as error:
            if format == "text":
                say(_edited_people(error.preview))
            raise UnusableChoiceError(f"{error.message} To undo it anyway, use --force.") from None
        mark_committed(ctx)
        if write_json(_as_json(result)) if format == "json" else say(_as_text(result)):
            last.callback(note_undo_told, school, result.record)


def _confirmed(school: "School", only: str | None, *, force: bool) -> str | None:
    """Ask whether to undo an import, unless nothing would be undone. Returns the id of the one that may be undone.

    What an interrupted undo has done is not asked about again.
    """
    from backdrop_tui.imports.undo import preview_undo  # noqa: PLC0415 - loads polars
    from backdrop_tui.imports.untold_undo import untold_undo  # noqa: PLC0415

    if untold_undo(school, only) is not None:
        return only
    preview = preview_undo(school)
    if preview is None or only not in {None, preview.record.id} or (preview.edited and not force):
        return only
    confirm(plain(" ".join([*preview.in_words, "Undo it?"])), yes=False)
    return preview.record.id


def _edited_people(preview: "UndoPreview") -> str:
    """The people who have been edited since, a line each."""
    lines = [f"{person.name}  {person.id}" for person in preview.edited[:_MOST_NAMES]]
    more = len(preview.edited) - len(lines)
    return "\n".join(["Edited since the import:", *lines, *([f"… and {more:,} more."] if more else [])])


def _as_json(result: "UndoResult") -> dict[str, object]:
    return {
        "kind": result.record.kind,
        "file": result.record.file,
        "removed": result.removed,
        "restored": result.restored,
        "erased": result.erased,
        "import": result.record.id,
        "was_finished": result.was_finished,
    }


def _the_import(result: "UndoResult") -> str:
    """What was undone, as the beginning of a sentence."""
    words = result.record.in_words
    return words[0].upper() + words[1:]


def _as_text(result: "UndoResult") -> str:
    if result.was_finished:
        return (
            f"{_the_import(result)} had already been undone when this command was interrupted. "
            "Nothing else was undone. To undo the import before it, run “backdrop undo” again."
        )
    return "\n".join([f"{_the_import(result)} has been undone: {result.in_words[0]}", *result.in_words[1:]])
