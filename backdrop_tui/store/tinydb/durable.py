"""A file that survives kills, full disks and other processes: a snapshot, and a journal beside it.

What is stored is the snapshot and, on top of it, the journal's changes. A small change is one more line in the
journal; a big one is a new snapshot. Nothing here knows what a snapshot says, apart from its format.

One process writes at a time, under a lock. Reading takes no lock between processes and writes nothing: it starts again if a
writer got in between.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.store import files, locks
from backdrop_tui.store.checked_lines import append_checked_lines, checked_lines
from backdrop_tui.store.formats import format_label, keep_copy, refuse_newer
from backdrop_tui.store.migrations import current_format
from backdrop_tui.store.tinydb.file_state import FileState
from backdrop_tui.store.tinydb.journal import (
    Change,
    DamagedError,
    Fingerprint,
    change_line,
    first_line,
    next_snapshot_line,
)

if TYPE_CHECKING:
    from filelock import FileLock

_ATTEMPTS = 100
"""How often a reader starts again when writers keep getting in between."""

Version = tuple[int, int]
"""The number of times that the snapshot has changed, and the number of changes on top of it. For one `DurableFile` only."""


class DurableFile:
    """One file of the data folder. Several threads may share it; several processes may have one each.

    Everything that reads or writes raises `DataFolderError` if the disk or the lock refuses, or the files are damaged or newer
    than this version.
    """

    def __init__(self, path: Path, kind: str, compact: Callable[[], None]) -> None:
        """Name a file; nothing is read or written yet.

        Args:
            path: Where the snapshot is.
            kind: The kind of file in `migrations.STEPS`.
            compact: Writes all that is stored as a new snapshot in the current format, through `replace`.
        """
        self.path = path
        self.kind = kind
        self._compact = compact
        self._journal = path.with_name(f"{path.name}.journal")
        self._lock_path = path.with_name(f"{path.name}.lock")
        self._mutex = threading.RLock()
        self._state: FileState | None = None
        self._serial = 0

    @cached_property
    def _lock(self) -> "FileLock":
        import filelock  # noqa: PLC0415 - a process that only reads doesn't need it

        return filelock.FileLock(self._lock_path, mode=files.PRIVATE_FILE)

    @property
    def version(self) -> Version:
        """Differs whenever what is stored has changed, as far as `read_lock` or `write_lock` has noticed."""
        return self._serial, len(self._current_state().changes)

    @property
    def changes(self) -> Sequence[Change]:
        """What the journal changes in the snapshot, in order."""
        return self._current_state().changes

    @property
    def format(self) -> int:
        """The format of what is stored."""
        return self._current_state().format

    @property
    def is_outdated(self) -> bool:
        """Whether what is stored is in an older format, and has to be migrated as it is read."""
        return self.format < current_format(self.kind)

    def snapshot(self) -> bytes | None:
        """The snapshot's content; None if there is no snapshot.

        TinyDB creates an empty file when it opens one that isn't there. That is no snapshot, unless the lock's file shows that
        something was stored here before: then the content has been lost.
        """
        with files.translating_os_errors(self.path):
            content = self._current_state().snapshot_content()
            return content if content or self._lock_path.exists() else None

    @contextmanager
    def read_lock(self) -> Iterator[None]:
        """Keep other threads out, and catch up with other processes."""
        with self._mutex:
            self._refresh()
            yield

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Keep other threads and processes out, catch up with them, and bring an older file up to date.

        May be entered again inside itself.
        """
        with self._mutex:
            if self._lock.is_locked:
                yield
                return
            self._acquire()
            try:
                self._refresh()
                if self.is_outdated:
                    self._compact()
                yield
            finally:
                self._lock.release()

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes to the disk: all of them, or none. Only inside `write_lock`."""
        if not changes:
            return
        state = self._current_state()
        with files.translating_os_errors(self.path):
            if state.journal.end.offset:
                self._append(change_line(changes))
                state.changes.extend(changes)
            else:
                start = first_line(Fingerprint.of_file(state.snapshot_file), current_format(self.kind))
                data, _ = checked_lines([start, change_line(changes)])
                files.atomic_write(self._journal, data)
            self._refresh()

    def replace(self, content: bytes) -> None:
        """Make `content` the new snapshot, in place of the old one and all changes. Only inside `write_lock`.

        A copy of what is in an older format is kept first.
        """
        state = self._current_state()
        with files.translating_os_errors(self.path):
            if self.is_outdated:
                self._keep_copies()
            if state.changes and Fingerprint.of_bytes(content) == Fingerprint.of_file(state.snapshot_file):
                content += b"\n"  # otherwise a kill would leave open whether the changes are in it
            temporary = files.write_temporary(self.path, content)
            with rollback_on_error(lambda: files.discard(temporary)):
                if state.changes:
                    self._append(next_snapshot_line(Fingerprint.of_bytes(content)))
            files.move_into_place(temporary, self.path)
            files.discard(self._journal)
            self._refresh()

    def clean_up(self) -> None:
        """Bring an older file up to date, and put in order what a kill has left: a journal, temporary files.

        Nothing is lost if that can't be done now: the journal is as safe as the snapshot, and the next start tries again.
        Damage is reported when the file is read.
        """
        with suppress(DataFolderError):
            with self.read_lock():
                if not self._needs_cleaning_up():
                    return
            with self.write_lock():
                if self.changes:
                    self._compact()
                for path in files.temporaries(self.path):
                    files.discard(path)
                if not self.changes:
                    files.discard(self._journal)

    def clean_up_and_close(self) -> None:
        """Leave a snapshot alone, which any TinyDB can read, and close it."""
        try:
            self.clean_up()
        finally:
            self.close()

    def close(self) -> None:
        """Close the files, and write nothing. The next use opens them again."""
        with self._mutex:
            if self._state is not None:
                self._state.close()
                self._state = None

    def _needs_cleaning_up(self) -> bool:
        journal_file = self._current_state().journal_file
        return self.is_outdated or journal_file is not None or bool(files.temporaries(self.path))

    def _keep_copies(self) -> None:
        """Keep a copy of the snapshot and of its journal, as they are."""
        for path in (self.path, self._journal):
            if path.exists():
                keep_copy(path, format_label(self.format))

    def _current_state(self) -> FileState:
        if self._state is None:
            self._refresh()
        assert self._state is not None  # noqa: S101 - for the type checker: _refresh sets it or raises
        return self._state

    def _append(self, content: object) -> None:
        """Add a line to the journal."""
        state = self._current_state()
        end = append_checked_lines(self._journal, [content], state.journal.end)
        state.appended(replace(state.journal, end=end))

    def _acquire(self) -> None:
        with files.translating_os_errors(self.path):
            self.path.parent.stat()  # the lock would make the folder
            try:
                self._lock.acquire(timeout=locks.LOCK_SECONDS)
            except TimeoutError:  # filelock's is one
                raise self._in_use() from None

    def _in_use(self) -> DataFolderError:
        return DataFolderError(
            f"{self.path} is in use by another Back:drop window or command. Wait for it to finish or close it, then try again."
        )

    def _refresh(self) -> None:
        """Catch up with what other processes have done."""
        with files.translating_os_errors(self.path):
            if self._state is not None and self._state.is_current():
                return
            new = self._read_state()
        old, self._state = self._state, new
        if old is None:
            self._serial += 1
            return
        length = len(old.changes)
        if old.marks[0] != new.marks[0] or old.changes != new.changes[:length]:
            self._serial += 1
        old.close()

    def _read_state(self) -> FileState:
        """Read both files as they were at one moment."""
        for _ in range(_ATTEMPTS):
            state = FileState(self.path, self._journal, self.kind)
            with rollback_on_error(state.close):
                is_damaged = False
                try:
                    state.read()
                except DamagedError:
                    is_damaged = True
                # A writer may have come in between the opening of the one file and the other.
                if state.is_current():
                    refuse_newer(self.path, self.kind, state.format)
                    if is_damaged:
                        raise self._damaged_journal()
                    return state
            state.close()
            time.sleep(0.001)
        raise self._in_use()

    def _damaged_journal(self) -> DataFolderError:
        return DataFolderError(
            f"{self._journal.name} in {self.path.parent} is damaged, or does not belong to {self.path.name}. "
            "Restore both files from the same backup."
        )
