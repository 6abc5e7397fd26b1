"""A snapshot and its journal as one process has last read them."""

import os
from contextlib import suppress
from pathlib import Path

import orjson

from backdrop_tui.errors import rollback_on_error
from backdrop_tui.store import files
from backdrop_tui.store.migrations import current_format
from backdrop_tui.store.tinydb.journal import Change, DamagedError, Fingerprint, Journal, read_journal
from backdrop_tui.store.tinydb.meta import START_LENGTH, format_at_start, format_of

Mark = tuple[int, int, int, int]
"""What changes when a file is replaced, or is written by a program that knows no journal: device, inode, size, time of the last change."""


def _mark(status: os.stat_result) -> Mark:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _open_mark(descriptor: int | None) -> Mark | None:
    return None if descriptor is None else _mark(os.fstat(descriptor))


def _path_mark(path: Path) -> Mark | None:
    try:
        return _mark(path.stat())
    except FileNotFoundError:
        return None


class FileState:
    """Both files as they were when this was made. To be closed in the end.

    They stay open, so that their inode numbers can't be given to new files unnoticed. Raises `OSError`.
    """

    def __init__(self, snapshot: Path, journal: Path, kind: str) -> None:
        self.paths = snapshot, journal
        self.kind = kind
        self.snapshot_file = files.open_for_reading(snapshot)
        self.journal_file: int | None = None
        with rollback_on_error(self.close):
            self.journal_file = files.open_for_reading(journal)
            self.marks = _open_mark(self.snapshot_file), _open_mark(self.journal_file)
            self._journal_bytes = b"" if self.journal_file is None else files.read_all(self.journal_file)
        self.journal = Journal()
        """The journal, if it adds anything: empty if the snapshot is all there is."""
        self.format = 0
        """The format of what is stored, once `read` has been called."""

    def read(self) -> None:
        """Find out the format, and read the journal unless the format is newer than this version.

        Raises `DamagedError` if the journal is damaged, or belongs to another snapshot.
        """
        newest = current_format(self.kind)
        self.format = self._snapshot_format() or newest
        if self.format > newest:
            return
        journal = read_journal(self._journal_bytes, newest)
        self._journal_bytes = b""
        if journal.format > newest:
            self.format = journal.format
            return
        if not journal.changes:
            return  # nothing to add, whatever snapshot it was for
        fingerprint = Fingerprint.of_file(self.snapshot_file)
        if journal.next_snapshot == fingerprint:
            return  # all of it is in the snapshot already
        if journal.snapshot != fingerprint:
            raise DamagedError
        self.journal = journal
        if not fingerprint.size:
            self.format = journal.format

    def _snapshot_format(self) -> int | None:
        """The snapshot's format; None if there is none, or only a damaged one, which is reported when it is read."""
        if self.snapshot_file is None:
            return None
        if stated := format_at_start(os.pread(self.snapshot_file, START_LENGTH, 0)):
            return stated
        with suppress(ValueError):
            tables = orjson.loads(files.read_all(self.snapshot_file))
            return format_of(tables) if isinstance(tables, dict) else None
        return None

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

    def snapshot_content(self) -> bytes | None:
        """The snapshot's content; None if there is no snapshot."""
        return None if self.snapshot_file is None else files.read_all(self.snapshot_file)

    def close(self) -> None:
        """Close the files."""
        for descriptor in (self.snapshot_file, self.journal_file):
            if descriptor is not None:
                with suppress(OSError):
                    os.close(descriptor)
        self.snapshot_file = self.journal_file = None
