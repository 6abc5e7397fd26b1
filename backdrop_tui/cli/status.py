"""`backdrop status`: set-up progress, and what to do next."""

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option, open_school
from backdrop_tui.cli.output import say, say_error, write_json
from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.wording import listed

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.school.import_history import ImportRecord
    from backdrop_tui.school.school import School
    from backdrop_tui.steps.progress import SetUpProgress, StepStatus

_VERIFY = "Next: run “backdrop verify-data” to see what can't be read, and what to do about it."


@click.command(
    "status",
    epilog="Example: backdrop status --format json",
    short_help="Show set-up progress, and what to do next.",
)
@format_option
@data_option
@click.pass_context
def status_command(ctx: click.Context, /, format: Format) -> int:  # noqa: A002 - the option's name
    """Show set-up progress, what to do next, and what is not as it was stored.

    The exit status is 4 if set-up can't be read; everything else is shown all the same.
    """
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.school.import_history import import_records  # noqa: PLC0415
    from backdrop_tui.steps.progress import set_up_progress, without_set_up  # noqa: PLC0415

    _recover(data_folder(ctx))
    _finish_restore(data_folder(ctx))
    with open_school(ctx, read_only=True) as school:
        soundness, is_readable, last_import = _soundness(school), True, None
        try:
            progress, last_import = set_up_progress(school), next(iter(import_records(school)), None)
        except DataFolderError as error:
            progress, is_readable = without_set_up(school), False
            if soundness == "sound":  # otherwise the remarks say what is wrong
                soundness = "damaged"
                say_error(error.message)
        if format == "json":
            write_json({**_as_json(progress), "data": soundness})
        else:
            say(_as_text(progress, last_import) if is_readable else _without_set_up(progress))
            if (owner := school.store.who()) is not None:
                say(f"An import or a restore is running, started {owner}.")
    return 0 if is_readable else DataFolderError.exit_status


def _soundness(school: "School") -> str:
    """Whether the data is sound, in a word: the worst of what is wrong."""
    try:
        states = {fault.state for fault in school.faults()}
    except NewerFormatError:
        return "newer"
    except DataFolderError:
        return "damaged"
    return next((state for state in ("newer", "missing", "damaged", "older") if state in states), "sound")


def _recover(folder: DataFolder) -> None:
    """Settle imports that were interrupted, so that none is reported as running that isn't. If that can't be done, say so."""
    from backdrop_tui.imports.recovery import needs_recovery, recover  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.school import School  # noqa: PLC0415

    interrupted = False
    with suppress(DataFolderError), School(folder, read_only=True) as school:
        interrupted = needs_recovery(school)
    if interrupted:
        try:
            with School(folder) as school:
                recover(school)
        except DataFolderError as error:
            say_error(f"An import was interrupted, and tidying up after it failed. {error.message}")


def _finish_restore(folder: DataFolder) -> None:
    """Say what became of restoring a backup, if that was cut off before it was said, and finish it."""
    from backdrop_tui.care.backups.restore_marks import finish_restore, needs_telling  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.school import School  # noqa: PLC0415

    is_untold = False
    with suppress(DataFolderError), School(folder, read_only=True) as school:
        is_untold = needs_telling(school)
    if not is_untold:
        return
    try:
        with School(folder) as school:
            if words := finish_restore(school):
                say_error(words)
    except DataFolderError as error:
        say_error(f"Restoring a backup could not be finished. {error.message}")


def _as_json(progress: "SetUpProgress") -> dict[str, object]:
    return {
        "organisation": progress.organisation,
        "steps": [
            {"key": status.step.key, "title": status.step.title, "state": status.state}
            for status in progress.steps
        ],
        "students": progress.students,
        "staff": progress.staff,
        "leavers": progress.leavers,
    }


def _as_text(progress: "SetUpProgress", last_import: "ImportRecord | None") -> str:
    lines = [
        progress.organisation or "Nobody has signed up yet.",
        "",
        *(
            f"{status.state.replace('-', ' '):<8} {status.step.title}{_remark(status)}"
            for status in progress.steps
        ),
        "",
        f"Stored: {progress.stored}.",
    ]
    if last_import is not None:
        lines.append(f"Last import: {last_import.summary}")
        if last_import.can_be_undone:
            lines.append(f"To undo it: backdrop undo --import {last_import.id}")
    return "\n".join([*lines, _next(progress)])


def _without_set_up(progress: "SetUpProgress") -> str:
    """What can be said if set-up can't be read."""
    return f"Set-up can't be read.\n\nStored: {progress.stored}.\n{_VERIFY}"


def _next(progress: "SetUpProgress") -> str:
    """What to do next."""
    step = progress.next_step
    if step is not None:
        return f"Next: {step.title} (backdrop {step.usage})"
    if progress.is_known:
        return "Set-up is complete."
    return _VERIFY


def _remark(status: "StepStatus") -> str:
    """A note in brackets after a step's title, if there is something to explain."""
    if status.check_failed:
        return " (could not be checked)"
    if status.state == "locked":
        return f" (complete {listed(f'“{step.title}”' for step in status.blockers)} first)"
    return f" ({status.remark})" if status.remark else ""
