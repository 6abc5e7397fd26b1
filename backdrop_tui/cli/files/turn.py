"""`backdrop turn`: the move to a new school year, with a file of the whole school or without one."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.files.importing import errors_to_option, refuse_overwriting, skip_errors_option
from backdrop_tui.cli.files.options import FileOptions, file_options, take_file_options
from backdrop_tui.cli.options import data_option, open_school
from backdrop_tui.cli.output import say, say_error, write_json
from backdrop_tui.cli.progress import ProgressLines
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.cli.files.import_file import Ending
    from backdrop_tui.school.school import School


@click.command(
    "turn",
    epilog="Example: backdrop turn whole-school.csv --dry-run",
    short_help="Move up to a new school year: who joins, moves up and leaves.",
)
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--up",
    is_flag=True,
    help="Move all students up a year without a file; the last year of the school's phase leaves.",
)
@click.option(
    "--left-on",
    metavar="DATE",
    help="The day on which people leave, like 17/07/2026 or 2026-07-17. [default: today]",
)
@click.option("--dry-run", is_flag=True, help="Only show what would be done.")
@file_options
@skip_errors_option
@errors_to_option
@data_option
@click.pass_context
def turn_command(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    *,
    up: bool,
    left_on: str | None,
    dry_run: bool,
    skip_errors: bool,
    errors_to: Path | None,
    **given: Any,  # noqa: ANN401 - the values of all options
) -> int:
    """Import FILE, which has the whole school in it, and mark everyone who is not in it as having left.

    All of that is stored at once, or nothing is; “backdrop undo” undoes all of it. Nobody is deleted. Anyone who may be behind a row
    that is not imported stays as they are and is listed as unclear. If the file has only part of the school in it, the people of
    the other age groups stay, too; with --dismiss part-of-school they leave.

    The exit status is 1 if errors or open questions stopped it, as for “backdrop import”.
    """
    options = take_file_options(given, files)
    if up and (files or options.kind != "students"):
        raise UnusableChoiceError(
            "--up moves up the students who are stored, so it needs neither a file nor --kind."
        )
    if not up and not files:
        raise UnusableChoiceError(
            "Give the name of a file that has the whole school in it, or use --up to move everyone up without one."
        )
    with open_school(ctx, read_only=dry_run) as school:
        day = _day_of_leaving(left_on)
        if up:
            _move_up(school, day, options, dry_run=dry_run)
            return 0
        ending = _turn(school, files, options, day, errors_to, skip_errors=skip_errors, dry_run=dry_run)
        if ending.stopped is not None and options.format == "text":
            say_error(ending.stopped.message)
    return 1 if ending.stopped is not None else 0


def _day_of_leaving(text: str | None) -> date:
    from backdrop_tui.people.leaver_changes import past_day  # noqa: PLC0415 - loads polars

    today = date.today()  # noqa: DTZ011 - the school's own day
    return today if text is None else past_day(text, today, what="The date of leaving")


def _turn(  # noqa: PLR0913 - what the command is given
    school: "School",
    files: tuple[Path, ...],
    options: FileOptions,
    left_on: date,
    errors_to: Path | None,
    *,
    skip_errors: bool,
    dry_run: bool,
) -> "Ending":
    """Move to a new school year with a file, and print what was done."""
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.cli.files.import_file import import_file  # noqa: PLC0415
    from backdrop_tui.cli.files.turn_text import turn_json, turn_text  # noqa: PLC0415
    from backdrop_tui.imports.completion import Terms  # noqa: PLC0415
    from backdrop_tui.imports.consent import whatever_is_ready, without_errors  # noqa: PLC0415
    from backdrop_tui.imports.turn.terms import TurnTerms  # noqa: PLC0415
    from backdrop_tui.intake.linking.finding_types import PART_OF_SCHOOL  # noqa: PLC0415
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

    require_unlocked(school, step_adding(KINDS[options.kind]))
    for file in files:
        refuse_overwriting(file, errors_to)
    terms = Terms(
        whatever_is_ready if skip_errors else without_errors,
        options.existing or school.existing,
        errors_to,
        TurnTerms(left_on, part_may_leave=PART_OF_SCHOOL.code in options.dismiss),
    )
    others = tuple(code for code in options.dismiss if code != PART_OF_SCHOOL.code)
    ending = import_file(school, files, replace(options, dismiss=others), terms, dry_run=dry_run)
    turn = ending.result.turn
    assert turn is not None  # noqa: S101 - for the type checker
    is_done = not dry_run and ending.stopped is None
    if options.format == "json":
        write_json(turn_json(turn, dry_run=dry_run) | ending.as_json())
    else:
        what = f"{ending.as_text()}\n\n" if is_done or ending.stopped is not None else ""
        say(what + turn_text(turn, left_on, is_done=is_done))
    return ending


def _move_up(school: "School", left_on: date, options: FileOptions, *, dry_run: bool) -> None:
    """Move everybody up without a file, and print what was done."""
    from backdrop_tui.cli.files.turn_text import turn_json, turn_text  # noqa: PLC0415 - loads polars
    from backdrop_tui.imports.move_up import move_up, preview_moving_up  # noqa: PLC0415
    from backdrop_tui.imports.turn.terms import TurnTerms  # noqa: PLC0415
    from backdrop_tui.records.students import STUDENTS  # noqa: PLC0415

    require_unlocked(school, step_adding(STUDENTS))
    today = date.today()  # noqa: DTZ011 - the school's own day
    with ProgressLines() as progress:
        progress.stage("Moving everyone up")
        done = None if dry_run else move_up(school, TurnTerms(left_on), today=today)
        turn = done.turn if done else preview_moving_up(school, today)
    assert turn is not None  # noqa: S101 - for the type checker
    if options.format == "json":
        plan = turn.plan
        of_import = {
            "added": 0,
            "updated": plan.updated,
            "unchanged": plan.unchanged,
            "left_out": 0,
            "repeated": 0,
            "rights_raised": [],
            "errors_file": None,
        }
        write_json(turn_json(turn, dry_run=dry_run) | of_import)
    else:
        say(turn_text(turn, left_on, is_done=not dry_run))
