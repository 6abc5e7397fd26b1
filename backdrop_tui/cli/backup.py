"""`backdrop backup` and `backdrop restore`: everything into one file, and back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.confirming import confirm
from backdrop_tui.cli.options import data_folder, data_option, open_school
from backdrop_tui.cli.output import mark_committed, say, say_error
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.wording import counted

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.care.backups.backup_file import Backup
    from backdrop_tui.school.school import School

_file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.command(
    "backup",
    epilog="Example: backdrop backup hill-top.backup",
    short_help="Write everything, except drafts, into one file.",
)
@_file_argument
@click.option("--replace", is_flag=True, help="Replace FILE if it is a backup.")
@data_option
@click.pass_context
def backup_command(ctx: click.Context, /, file: Path, *, replace: bool) -> None:
    """Write everything about the school, except drafts, into FILE.

    The file is read back and compared with what is stored. Only you can read it. The app may be open meanwhile.
    Keep it on another disk, as safely as the data itself: it has everything about the students in it.
    """
    from backdrop_tui.care.backups.backup import ExistsError, back_up  # noqa: PLC0415 - loads polars

    if str(file) == "-":
        raise UnusableChoiceError("A backup is read back once it is written, so it needs the name of a file.")
    with open_school(ctx) as school:
        _require_data(school)
        try:
            done = back_up(school, file, datetime.now().astimezone(), replace=replace)
        except ExistsError as error:
            raise UnusableChoiceError(f"{error.message} To replace a backup, use --replace.") from None
        say(
            f"Everything is in {file}, which has been read back and compared: "
            f"{counted(done.backup.holdings.people, 'person', 'people')}, "
            f"{counted(done.backup.holdings.imports, 'import')}."
        )
        mark_committed(ctx)
        for remark in done.remarks:
            say_error(remark)


def _require_data(school: "School") -> None:
    """Refuse to back up a data folder that isn't there."""
    if not school.folder.path.exists():
        raise UnusableChoiceError(
            f"There is no data in {school.folder.path} yet, so there is nothing to back up."
        )


@click.command(
    "restore",
    epilog="Example: backdrop restore hill-top.backup",
    short_help="Replace everything that is stored with what is in a backup.",
)
@_file_argument
@click.option("--yes", is_flag=True, help="Replace it without asking.")
@data_option
@click.pass_context
def restore_command(ctx: click.Context, /, file: Path, *, yes: bool) -> None:
    """Read through the backup FILE, show what it holds beside what is stored now, and replace that.

    Everything is replaced in one step, drafts excepted. What is replaced is kept in the data folder. The audit log keeps its
    later lines. Whoever has been erased since doesn't come back. At a terminal you are asked first; otherwise --yes is needed.
    """
    from backdrop_tui.care.backups.backup_file import read_backup  # noqa: PLC0415 - loads polars
    from backdrop_tui.care.backups.restore import note_restore_told, restore  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    backup = read_backup(file)
    with School(data_folder(ctx), read_only=True) as school:
        can_say = say(_comparison(school, backup))
    confirm("Replace what is stored with what is in the backup?", yes=yes)
    with open_school(ctx) as school:
        done = restore(school, backup, datetime.now().astimezone())
        mark_committed(ctx)
        for remark in done.remarks:
            say_error(remark)
        if say(f"Restored. {done.outcome}") and can_say:
            note_restore_told(school, done)


def _comparison(school: "School", backup: "Backup") -> str:
    """What a backup holds beside what is stored now."""
    from backdrop_tui.care.backups.erased_again import erased_since  # noqa: PLC0415 - loads polars
    from backdrop_tui.care.backups.holdings import side_by_side, stored_holdings  # noqa: PLC0415
    from backdrop_tui.school.import_history import date_time_in_words  # noqa: PLC0415

    heading = f"{backup.path} was made on {date_time_in_words(backup.made.astimezone())}."
    erased = erased_since(school, backup)
    rows = side_by_side(backup.holdings, stored_holdings(school))
    return "\n".join([heading, "", *rows, "", *([erased, ""] if erased else [])])
