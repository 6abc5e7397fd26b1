"""`backdrop status`: the steps of set-up, and how each stands."""

from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option
from backdrop_tui.cli.output import say
from backdrop_tui.store.folder import DataFolder

if TYPE_CHECKING:  # they load polars, for which `--help` need not wait
    from backdrop_tui.school.import_history import ImportRecord
    from backdrop_tui.steps import SetUpProgress


@click.command("status")
@format_option
@data_option
@click.pass_context
def status_command(ctx: click.Context, /, format: Format) -> None:  # noqa: A002 - the option's name
    """Show the steps of set-up, how each stands, and what to do next."""
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.cli.report import write_json  # noqa: PLC0415
    from backdrop_tui.school.import_history import imports  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415
    from backdrop_tui.steps import set_up_progress  # noqa: PLC0415

    folder = data_folder(ctx)
    _make_good(folder)
    with School(folder, read_only=True) as school:
        found, last = set_up_progress(school), next(iter(imports(school)), None)
    if format == "json":
        write_json(_as_json(found))
    else:
        say(_as_text(found, last))


def _make_good(folder: DataFolder) -> None:
    """Finish or take back what a kill has left, so that nothing is said to be running that isn't."""
    from backdrop_tui.imports.recovery import is_interrupted, recover  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(folder, read_only=True) as school:
        interrupted = is_interrupted(school)
    if interrupted:
        with School(folder) as school:
            recover(school)


def _as_json(found: "SetUpProgress") -> dict[str, object]:
    return {
        "organisation": found.organisation,
        "steps": [{"key": now.step.key, "title": now.step.title, "state": now.state} for now in found.steps],
        "students": found.students,
        "staff": found.staff,
    }


def _as_text(found: "SetUpProgress", last: "ImportRecord | None") -> str:
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415 - loads polars

    lines = [found.organisation or "Nobody has signed up yet.", ""]
    for now in found.steps:
        opened_by = ", ".join(step.title for step in now.opens_after)
        locked = f" (opened by: {opened_by})" if now.state == "locked" else ""
        lines.append(f"{now.state.replace('-', ' '):<8} {now.step.title}{locked}")
    students, staff = KINDS["students"].counted(found.students), KINDS["staff"].counted(found.staff)
    lines += ["", f"Stored: {students}, {staff}."]
    if last is not None:
        lines.append(f"Last import: {last.in_words}")
    lines.append(f"Next: {found.next_step.title}." if found.next_step else "Nothing is left to do.")
    return "\n".join(lines)
