"""The journal of a data folder on the disk: reading it, following it, adding to it, starting it again."""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store import files
from backdrop_tui.store.checked_lines import START, append_checked_lines, checked_lines, read_checked_lines
from backdrop_tui.store.errors import InUseError, missing_file, newer_format
from backdrop_tui.store.tinydb.former.folder import former_contents, journal_is_lost, newer_file
from backdrop_tui.store.tinydb.former.journals import former_journal
from backdrop_tui.store.tinydb.journal import (
    Contents,
    DamagedError,
    FileRecord,
    NewerJournalError,
    first_line,
    start_of,
)
from backdrop_tui.store.tinydb.meta import TINYDB_FILES

_ATTEMPTS = 100
"""How often a reader starts again when writers keep getting in between."""
_NOTHING = FileRecord(serial=0)
"""The record of a file that was never stored."""

Mark = tuple[int, int, int, int]
"""What changes when a file is replaced or written: device, inode, size, time of the last change."""


class FolderJournal:
    """The journal of a data folder as one process has last read it. Only one thread at a time may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """The data folder."""
        self.path = folder / "journal"
        """Where the journal is."""
        self.contents = Contents()
        """What is stored."""
        self.damage: DataFolderError | None = None
        """Why nothing can be stored; None if all is well."""
        # Open, so that its inode number can't be given to a new journal unnoticed.
        self._descriptor: int | None = None
        self._marks: tuple[Mark | None, ...] | None = None
        self._end = START

    @property
    def exists(self) -> bool:
        """Whether the folder has a journal: not a new one, nor one of an earlier version."""
        return self._descriptor is not None

    @property
    def state(self) -> object:
        """A value that differs once anything has been stored, as of the last `refresh`."""
        return self._marks

    def record(self, name: str) -> FileRecord:
        """What the journal says about a file."""
        return self.contents.files.get(name, _NOTHING)

    def refresh(self) -> None:
        """Catch up with what other processes have done.

        Raises:
            NewerFormatError: A newer version has written the journal.
            DataFolderError: It can't be read.
        """
        with files.translating_os_errors(self.path):
            for _ in range(_ATTEMPTS):
                marks = self._current_marks()
                if marks == self._marks:
                    return
                if marks[0] is None:
                    self._read_former()
                elif not self._read_on():
                    self.reopen()
                if self._current_marks() == marks:
                    self._marks = marks
                    return
                time.sleep(0.001)
        raise in_use(self.folder)

    def is_current(self) -> bool:
        """Whether nothing has been stored since the last `refresh`. Raises `OSError`."""
        return self._current_marks() == self._marks

    def append(self, line: Mapping[str, Any]) -> None:
        """Add a line to the journal, which is created if need be. Only while no other process writes.

        Raises:
            OSError: It can't be written; the journal is as it was.
            UnknownOutcomeError: It isn't known whether it is written.
        """
        if self._descriptor is None:
            self.restart([first_line({}, self.contents.log_state)])
        self._marks = None
        self._end = append_checked_lines(self.path, [line], self._end)
        with suppress(OSError):  # it is stored, whatever fails now
            self._marks = (mark_of(self.path),)

    def restart(self, lines: list[dict[str, Any]]) -> None:
        """Replace the journal by a new one, unless it is the same. Only while no other process writes. Raises `OSError`."""
        data, _ = checked_lines(lines)
        if self._descriptor is None or files.read_all(self._descriptor) != data:
            self.replace(lines)
            self.reopen()

    def replace(self, lines: list[dict[str, Any]]) -> None:
        """Put a new journal in place, which the next `refresh` reads. Only while no other process writes.

        Raises:
            NotCutBackError: It isn't known which journal is there.
            OSError: It can't be written; the journal is as it was.
        """
        data, _ = checked_lines(lines)
        files.move_into_place(files.write_temporary(self.path, data), self.path)
        self._marks = None

    def reopen(self) -> None:
        """Read the whole journal. Raises `OSError`."""
        self.close()
        descriptor = files.open_for_reading(self.path)
        if descriptor is None:
            return
        self._descriptor = descriptor
        mark = _mark_of(os.fstat(descriptor))
        lines = read_checked_lines(files.read_all(descriptor))
        before, self.contents = self.contents, Contents()
        self.damage = self._damaged() if lines.is_damaged or not lines.contents else None
        try:
            for number, line in enumerate(lines.contents):
                if number:
                    self.contents.apply(line)
                else:
                    self.contents = start_of(line)
        except NewerJournalError:
            self.close()
            raise newer_format(self.path) from None
        except DamagedError:
            self.damage = self._damaged()
        self.contents.continue_from(before)
        self._end, self._marks = lines.end, (mark,)

    def close(self) -> None:
        """Close the journal. The next `refresh` opens it again."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
        self._descriptor, self._marks, self._end = None, None, START

    def _read_on(self) -> bool:
        """Read what was added to the open journal. Returns whether it is still the same one, and sound."""
        if self._descriptor is None or self._marks is None or self.damage:
            return False
        mark = _mark_of(os.fstat(self._descriptor))
        if mark != mark_of(self.path) or mark[2] <= self._end.offset:
            return False
        added = os.pread(self._descriptor, mark[2] - self._end.offset, self._end.offset)
        lines = read_checked_lines(added, self._end)
        if lines.is_damaged:
            return False
        for line in lines.contents:
            self.contents.apply(line)
        self._end = lines.end
        return True

    def _read_former(self) -> None:
        """Read what a folder has that has no journal."""
        self.close()
        try:
            self.contents, self.damage = former_contents(self.folder), None
        except DamagedError as error:
            raise DataFolderError(
                f"{error} in {self.folder} is damaged, or does not belong to the file beside it. "
                "Restore both files from the same backup."
            ) from None
        if (newer := newer_file(self.contents)) is not None:
            self.damage = newer_format(self.folder / newer)
        elif journal_is_lost(self.contents):
            self.damage = missing_file(self.path)

    def _current_marks(self) -> tuple[Mark | None, ...]:
        """What shows whether anything has been stored: the journal's mark, or the files' while there is no journal."""
        mark = mark_of(self.path)
        if mark is not None:
            return (mark,)
        paths = [self.folder / name for name in TINYDB_FILES]
        return (None, *map(mark_of, paths), *map(mark_of, map(former_journal, paths)))

    def _damaged(self) -> DataFolderError:
        return DataFolderError(
            f"{self.path} is damaged, so what was changed last may be lost. "
            "Restore the whole data folder from a backup, or run “backdrop verify-data”."
        )


def in_use(folder: Path, by: str = "") -> InUseError:
    """The error for a data folder that others keep busy for too long.

    Args:
        folder: The data folder.
        by: Who does, like `by jo on …`; empty if that isn't known.
    """
    return InUseError(f"{folder} is in use{by and f' {by}'}. Wait until that has finished, then try again.")


def _mark_of(status: os.stat_result) -> Mark:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def mark_of(path: Path) -> Mark | None:
    """What changes when a file is replaced or written; None if there is no file. Renaming it changes nothing. Raises `OSError`."""
    try:
        return _mark_of(path.stat())
    except FileNotFoundError:
        return None
