"""Restoring a backup: everything in it replaces everything that is stored, in one step."""

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from backdrop_tui.care.backups.backup_file import Backup
from backdrop_tui.care.backups.erased_again import WithoutErased, without_erased
from backdrop_tui.care.backups.letters import put_letters_back
from backdrop_tui.care.backups.restore_marks import RestoreMark, forget_mark, remove_partial_folders
from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event, entry_of, os_user
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import UnknownOutcomeError


@dataclass(frozen=True)
class Restored:
    """A backup that has been restored."""

    mark: RestoreMark
    """What is noted about it."""
    outcome: str
    """Whom it has not brought back, and where what it replaced is, in sentences."""
    remarks: tuple[str, ...]
    """What the user should know besides, a sentence each."""


def restore(school: School, backup: Backup, now: datetime) -> Restored:
    """Replace everything that is stored with what is in a backup. What is replaced is kept, even if it can't be read.

    Whoever has been erased since the backup was made is erased from it first, so that nobody comes back.

    Args:
        school: The school. Others may work on it: their next look shows what was restored.
        backup: The backup.
        now: The current time, in this computer's time zone.

    Raises:
        InUseError: An import is running; nothing was changed.
        UnknownOutcomeError: It isn't known whether everything was replaced; the next start says so.
        NewerFormatError: A newer version has saved what is stored; nothing was changed.
        UnusableFileError: The backup holds something that can't be stored; nothing was changed.
        DataFolderError: It can't be done; nothing was changed.
    """
    school.folder.create()
    with school.store.lease():
        mark = _mark(school, backup, now)
        with suppress(DataFolderError):
            remove_partial_folders(school)
        with suppress(DataFolderError):  # what is stored may be damaged: that is what a backup is for
            if not mark.is_first:
                mark.put(school)
        try:
            contents = without_erased(school, backup)
            done = replace(mark, is_done=True, erased=contents.number)
            school.store.replace_all(
                [done.item, *contents.items], _entry(school, backup, contents), mark.kept_as
            )
        except ValueError:
            _forget(school)
            raise UnusableFileError(
                f"{backup.path} holds something that can't be stored. Use another backup."
            ) from None
        except UnknownOutcomeError:
            raise
        except DataFolderError:
            _forget(school)
            raise
        remarks = (*contents.remarks, *_put_letters_back(school))
    return Restored(done, done.outcome(school), remarks)


def note_restore_told(school: School, restored: Restored) -> None:
    """Note that the user has been told of a restore. If that can't be stored, the next start tells them again."""
    with suppress(DataFolderError):
        if RestoreMark.last(school) == restored.mark:
            replace(restored.mark, is_told=True).put(school)


def _mark(school: School, backup: Backup, now: datetime) -> RestoreMark:
    """The mark of a restore that begins now."""
    is_first = False
    with suppress(DataFolderError):
        is_first = next(school.store.items(), None) is None
    made, when = (time.astimezone(now.tzinfo).isoformat(timespec="seconds") for time in (backup.made, now))
    name = f"{now:%Y-%m-%dT%H%M%S}-{secrets.token_hex(2)}"
    return RestoreMark(name, made, when, os_user(), is_first)


def _entry(school: School, backup: Backup, contents: WithoutErased) -> dict[str, object]:
    """What the audit log says about it."""
    account = None
    with suppress(DataFolderError):
        account = email_of(school)
    entry = entry_of(account, Event.RESTORED, people=backup.holdings.people)
    return entry | {"removed": contents.number} if contents.number else entry


def _forget(school: School) -> None:
    with suppress(DataFolderError):
        forget_mark(school)


def _put_letters_back(school: School) -> tuple[str, ...]:
    try:
        put_letters_back(school)
    except DataFolderError as error:
        return (f"The messages in the outbox will be there after the next start. {error.message}",)
    return ()
