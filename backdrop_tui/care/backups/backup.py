"""Backing up: everything about a school in one file, except drafts."""

import dataclasses
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backdrop_tui.care.backups import letters
from backdrop_tui.care.backups.backup_file import Backup, backup_bytes, is_backup, read_back, read_backup
from backdrop_tui.care.backups.restore_marks import TABLE as MARKS
from backdrop_tui.care.log_text import moment_of
from backdrop_tui.errors import UnusableChoiceError, rollback_on_error
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import try_to_log
from backdrop_tui.school.import_history import date_time_in_words
from backdrop_tui.school.school import School
from backdrop_tui.store import files
from backdrop_tui.store.errors import unknown_outcome
from backdrop_tui.store.port import StoredItem

_LEFT_OUT = {MARKS, letters.TABLE}
"""Tables that say only what a restore has left to do."""


class ExistsError(UnusableChoiceError):
    """There is a file already where a backup was to be written."""


@dataclass(frozen=True)
class BackedUp:
    """A backup that has been written and read back."""

    backup: Backup
    """The backup, as it was read back."""
    remarks: tuple[str, ...]
    """What the user should know besides, a sentence each."""


NAMES = "backdrop-*.backup"
"""The pattern of the names that `default_name` gives: of two, the later one comes last."""


def default_name(now: datetime) -> str:
    """A name for a backup that is made now."""
    return f"backdrop-{now:%Y-%m-%d-%H%M}.backup"


def last_backup(school: School) -> str:
    """When the last backup was made, in a sentence, going by the audit log. Raises `DataFolderError` if that can't be read."""
    moments = [moment_of(entry) for entry in school.store.logged() if entry.get("event") == Event.BACKED_UP]
    if not moments or moments[-1] is None:
        return "No backup has been made yet."
    return f"The last backup was made on {date_time_in_words(moments[-1])}."


def back_up(school: School, path: Path, now: datetime, *, replace: bool = False) -> BackedUp:
    """Write everything about a school, except drafts, into one file, and compare it with what was to be written.

    Args:
        school: The school. Others may work on it meanwhile.
        path: The file.
        now: The current time.
        replace: Whether to replace a backup that is there.

    Raises:
        ExistsError: There is a file that may not be replaced; nothing was written.
        UnusableChoiceError: The file can't be written; nothing was written.
        UnknownOutcomeError: It isn't known whether the file is there.
        DataFolderError: What is stored can't be read; nothing was written.
    """
    try:
        _refuse_place(school, path, may_replace=replace)
        data = backup_bytes(_everything(school), now)
        faults = school.store.faults(thorough=True)
        temporary = files.write_temporary(path, data)
        with rollback_on_error(lambda: files.discard(temporary)):
            if read_back(temporary) != data:
                raise UnusableChoiceError(
                    f"{path} can't be read back as it was written, so the disk may be failing. Choose another place."
                )
            backup = dataclasses.replace(read_backup(temporary), path=path)
            _refuse_place(school, path, may_replace=replace)
            files.move_into_place(temporary, path)
    except files.NotCutBackError:
        raise unknown_outcome() from None
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise UnusableChoiceError(f"{path} can't be written: {reason}. Choose another place.") from None
    remark = try_to_log(school, Event.BACKED_UP, people=backup.holdings.people)
    remarks = [f"This is in the backup as it is now: {fault.message}" for fault in faults]
    return BackedUp(backup, tuple(filter(None, [*remarks, remark])))


def _everything(school: School) -> Iterator[StoredItem]:
    yield from (item for item in school.store.items() if item.name not in _LEFT_OUT)
    yield from letters.letters(school)


def _refuse_place(school: School, path: Path, *, may_replace: bool) -> None:
    """Refuse to write where there is something else, or where a backup would be lost with what it is for.

    Raises:
        ExistsError: There is a file that may not be replaced.
        UnusableChoiceError: It is another place of that kind.
        UnusableFileError: What is there can't be read.
    """
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(school.folder.path)):
        raise UnusableChoiceError(
            f"{path} is in the data folder, and would be lost with it. Choose another place, preferably on another disk."
        )
    if path.is_dir():
        raise UnusableChoiceError(f"{path} is a folder. Give the name of a file in it.")
    if not path.exists() and not path.is_symlink():
        return
    if not may_replace:
        raise ExistsError(f"{path} already exists. Choose another name.")
    if path.is_symlink() or not is_backup(path):
        raise UnusableChoiceError(
            f"{path} isn't a backup of Back:drop, so it won't be replaced. Choose another name."
        )
