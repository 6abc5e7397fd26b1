"""A snapshot and its journal as one process last saw them."""

import os
from contextlib import suppress
from pathlib import Path

from backdrop_tui.errors import rollback_on_error
from backdrop_tui.store import files
from backdrop_tui.store.tinydb.journal import Change, DamagedError, Journal, Stamp, read_journal

Mark = tuple[int, int, int, int]


def _mark(status: os.stat_result) -> Mark:
    """What changes when a file is replaced, or is written by a program that knows no journal."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _open_mark(descriptor: int | None) -> Mark | None:
    return None if descriptor is None else _mark(os.fstat(descriptor))


def _path_mark(path: Path) -> Mark | None:
    try:
        return _mark(path.stat())
    except FileNotFoundError:
        return None


class Seen:
    """Both files as they were when this was made. `close` it in the end.

    They stay open, so that their inode numbers can't be given to new files unnoticed. Raises `OSError`.
    """

    def __init__(self, snapshot: Path, journal: Path) -> None:
        self.paths = snapshot, journal
        self.snapshot_file = files.open_for_reading(snapshot)
        self.journal_file: int | None = None
        with rollback_on_error(self.close):
            self.journal_file = files.open_for_reading(journal)
            self.marks = _open_mark(self.snapshot_file), _open_mark(self.journal_file)
            self._journal_bytes = b"" if self.journal_file is None else files.read_all(self.journal_file)
        self.journal = Journal()
        """The journal, if it has a word to say: empty where the snapshot is all there is."""

    def read(self) -> None:
        """Read the journal. Raises `DamagedError` where it is damaged, or belongs to another snapshot."""
        journal = read_journal(self._journal_bytes)
        self._journal_bytes = b""
        if not journal.changes:
            return  # nothing to add, whatever snapshot it was for
        stamp = Stamp.of_file(self.snapshot_file)
        if journal.next_snapshot == stamp:
            return  # all of it is in the snapshot already
        if journal.snapshot != stamp:
            raise DamagedError
        self.journal = journal

    @property
    def changes(self) -> list[Change]:
        """What the journal changes in the snapshot, in order."""
        return self.journal.changes

    def is_current(self) -> bool:
        """Tell whether both files are still those that were read, and as they were then."""
        snapshot, journal = self.paths
        return self.marks == (_path_mark(snapshot), _path_mark(journal))

    def appended(self, journal: Journal) -> None:
        """Take over what this process has just added to the journal."""
        self.journal = journal
        self.marks = self.marks[0], _open_mark(self.journal_file)

    def base(self) -> bytes | None:
        """The snapshot's content; None where there is no snapshot."""
        return None if self.snapshot_file is None else files.read_all(self.snapshot_file)

    def close(self) -> None:
        """Let go of the files."""
        for descriptor in (self.snapshot_file, self.journal_file):
            if descriptor is not None:
                with suppress(OSError):
                    os.close(descriptor)
        self.snapshot_file = self.journal_file = None
