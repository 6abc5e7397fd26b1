"""A file that survives kills, full disks and other processes: a snapshot, and a journal beside it.

What is stored is the snapshot and, on top of it, the journal's changes. A small change is one line more in the
journal; a big one is a new snapshot. Nothing here knows what a snapshot says.

One process writes at a time, under a lock. Reading takes no lock and writes nothing: it looks again if it was
overtaken.
"""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.store import files
from backdrop_tui.store.tinydb.file_state import Seen
from backdrop_tui.store.tinydb.journal import (
    Change,
    DamagedError,
    Stamp,
    change_line,
    first_line,
    next_snapshot_line,
)

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_SECONDS = 8.0
"""How long a writer waits for another one."""
_LOOKS = 100
"""How often a reader looks again when writers keep overtaking it."""

Version = tuple[int, int]
"""Which snapshot this is, by a number that counts up, and how many changes lie on it. For one `DurableFile` only."""


class DurableFile:
    """One file of the data folder. Several threads may share it; several processes may have one each.

    Everything that reads or writes raises `DataFolderError` where the disk, the lock or the files say no.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._journal = path.with_name(f"{path.name}.journal")
        self._lock_path = path.with_name(f"{path.name}.lock")
        self._mutex = threading.RLock()
        self._seen: Seen | None = None
        self._serial = 0

    @cached_property
    def _lock(self) -> "FileLock":
        import filelock  # noqa: PLC0415 - who only reads does without it

        return filelock.FileLock(self._lock_path, mode=files.PRIVATE_FILE)

    @property
    def version(self) -> Version:
        """Changes whenever what is stored has changed, as far as `reading` or `writing` has seen."""
        return self._serial, len(self._now().changes)

    @property
    def changes(self) -> Sequence[Change]:
        """What the journal changes in the snapshot, in order."""
        return self._now().changes

    def base(self) -> bytes | None:
        """The snapshot's content; None where there is no snapshot.

        TinyDB makes an empty file when it opens one that isn't there. That is no snapshot, unless something was stored
        here before, of which the lock's file tells: then the file has lost it.
        """
        with files.translating_os_errors(self.path):
            content = self._now().base()
            return content if content or self._lock_path.exists() else None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep other threads out, and catch up with other processes."""
        with self._mutex:
            self._refresh()
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other threads and processes out, and catch up with them. May be entered again inside itself."""
        with self._mutex:
            if self._lock.is_locked:
                yield
                return
            self._acquire()
            try:
                self._refresh()
                yield
            finally:
                self._lock.release()

    def commit(self, changes: Sequence[Change]) -> None:
        """Put changes on the disk as one, all or none. Only inside `writing`."""
        if not changes:
            return
        seen = self._now()
        with files.translating_os_errors(self.path):
            if seen.journal.end:
                self._append(*change_line(changes, seen.journal.chain))
                seen.changes.extend(changes)
            else:
                start, chain = first_line(Stamp.of_file(seen.snapshot_file))
                line, _ = change_line(changes, chain)
                files.atomic_write(self._journal, start + line)
            self._refresh()

    def replace(self, content: bytes) -> None:
        """Make `content` the new snapshot, in place of the old one and all changes. Only inside `writing`."""
        seen = self._now()
        with files.translating_os_errors(self.path):
            if seen.changes and Stamp.of_bytes(content) == Stamp.of_file(seen.snapshot_file):
                content += b"\n"  # else a kill would leave open whether the changes are in it
            temporary = files.write_beside(self.path, content)
            with rollback_on_error(lambda: files.discard(temporary)):
                if seen.changes:
                    self._announce(Stamp.of_bytes(content))
            files.put_in_place(temporary, self.path)
            files.discard(self._journal)
            self._refresh()

    def needs_tidying(self) -> bool:
        """Tell whether a journal or a temporary file lies beside the snapshot. Only inside `reading` or `writing`."""
        return self._now().journal_file is not None or bool(files.leftovers(self.path))

    def tidy(self) -> None:
        """Remove what a kill has left and nobody needs. Only inside `writing`."""
        for path in files.leftovers(self.path):
            files.discard(path)
        if not self.changes:
            files.discard(self._journal)

    def close(self) -> None:
        """Let go of the files, and write nothing. The next use opens them again."""
        with self._mutex:
            if self._seen is not None:
                self._seen.close()
                self._seen = None

    def _now(self) -> Seen:
        if self._seen is None:
            self._refresh()
        assert self._seen is not None  # noqa: S101 - for the type checker: _refresh sets it or raises
        return self._seen

    def _append(self, line: bytes, chain: int) -> None:
        seen = self._now()
        descriptor = files.open_for_appending(self._journal)
        try:
            files.append(descriptor, seen.journal.end, line)
        finally:
            os.close(descriptor)
        seen.appended(replace(seen.journal, end=seen.journal.end + len(line), chain=chain))

    def _announce(self, stamp: Stamp) -> None:
        """Say in the journal that the snapshot to come holds all its changes."""
        self._append(*next_snapshot_line(stamp, self._now().journal.chain))

    def _acquire(self) -> None:
        with files.translating_os_errors(self.path):
            self.path.parent.stat()  # the lock would make the folder
            try:
                self._lock.acquire(timeout=LOCK_SECONDS)
            except TimeoutError:  # filelock's is one
                raise self._in_use() from None

    def _in_use(self) -> DataFolderError:
        return DataFolderError(
            f"{self.path} is in use by another Back:drop. Wait until that one is done or close it, then try again."
        )

    def _refresh(self) -> None:
        """Catch up with what other processes have done."""
        with files.translating_os_errors(self.path):
            if self._seen is not None and self._seen.is_current():
                return
            new = self._look()
        old, self._seen = self._seen, new
        if old is None:
            self._serial += 1
            return
        length = len(old.changes)
        if old.marks[0] != new.marks[0] or old.changes != new.changes[:length]:
            self._serial += 1
        old.close()

    def _look(self) -> Seen:
        """See both files as they were at one moment."""
        for _ in range(_LOOKS):
            seen = Seen(self.path, self._journal)
            try:
                seen.read()
            except DamagedError:
                damaged = True
            else:
                damaged = False
            # A writer may have come in between the opening of the one file and the other.
            if seen.is_current():
                if not damaged:
                    return seen
                seen.close()
                raise DataFolderError(
                    f"{self._journal.name} in {self.path.parent} is damaged, or does not belong to {self.path.name}. "
                    "Nothing was changed. Put both files back from the same backup."
                )
            seen.close()
            time.sleep(0.001)
        raise self._in_use()
