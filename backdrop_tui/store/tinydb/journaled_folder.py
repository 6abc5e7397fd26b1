"""A data folder with one journal for all its files, so that a transaction over all of them is stored as a whole or not at all.

A small change is a part of the transaction's line in the journal. A file that changes a lot is written whole under a name of its
own first, and the line names it. At a checkpoint every file gets all its changes and its own name, and the journal starts again.

One process writes at a time, under a lock. Reading takes no lock between processes and writes nothing: it starts again if a
writer got in between.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.store import files
from backdrop_tui.store.audit_chain import chained
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.locks import SignedLock
from backdrop_tui.store.tinydb.checkpoint import Checkpoint, File
from backdrop_tui.store.tinydb.folder_journal import FolderJournal, in_use
from backdrop_tui.store.tinydb.journal import Change, FileRecord, Snapshot, transaction_line
from backdrop_tui.store.tinydb.log_file import write_log
from backdrop_tui.store.tinydb.snapshot_files import SnapshotFiles

_LONGEST = 2_000
"""The number of changes in the journal from which it is written into the files."""

_UNLOCKED_ATTEMPTS = 3
"""How often everything is read without a lock while others keep storing something."""
Result = TypeVar("Result")
Whole = Callable[[], tuple[bytes, int]]
"""Makes the whole content of a file as it is to be stored now, and the number of documents in it."""


@dataclass
class _Transaction:
    """What a transaction has done so far."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    """The documents changed, by file."""
    whole: dict[str, Whole | None] = field(default_factory=dict)
    """The files to be written whole; None for one to be removed."""
    log: list[Any] = field(default_factory=list)
    """The entries for the audit log."""


class JournaledFolder:
    """The files of a data folder. Several threads may share it; several processes may have one each."""

    def __init__(self, folder: DataFolder, *, read_only: bool = False) -> None:
        self.folder = folder
        """The data folder."""
        self.files: dict[str, File] = {}
        """The files that know what is in them, by name."""
        self.warnings: list[str] = []
        """What could not be done after something had been stored."""
        self.journal = FolderJournal(folder.path)
        """The journal. Only inside `reading` or `transaction`."""
        self.snapshots = SnapshotFiles(folder, self.journal)
        """The files that are written whole. Only inside `reading` or `transaction`."""
        self.checkpoint = Checkpoint(folder, self.journal, self.snapshots, self.files)
        """Writes what is in the journal into the files. Only inside `locked`."""
        self._read_only = read_only
        self._lock = SignedLock(folder.path / "journal.lock")
        self._mutex = threading.RLock()
        self._transaction: _Transaction | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep other threads out, and catch up with other processes."""
        with self._mutex:
            self.journal.refresh()
            if self._transaction is None:
                with files.translating_os_errors(self.folder.path):
                    self.snapshots.notice_changes(self.files)
            yield

    def at_one_moment(self, read: Callable[[], Result]) -> Result:
        """What a function reads while nobody stores anything. Others are kept from storing only if they never stop."""
        with self._mutex:
            for _ in range(_UNLOCKED_ATTEMPTS):
                self.journal.refresh()
                state, result = self.journal.state, read()
                self.journal.refresh()
                if self.journal.state == state:
                    return result
            with self.locked():
                return read()

    def record(self, name: str) -> FileRecord:
        """What the journal says about a file. Only inside `reading` or `transaction`."""
        return self.journal.record(name)

    def is_as_stored(self, name: str) -> bool:
        """Whether a file that has been read is as it was stored, and always was when it was written."""
        with self.reading():
            snapshot = self.record(name).snapshot
            return name not in self.snapshots.altered and not (snapshot and snapshot.doubt)

    def names(self) -> list[str]:
        """The names of all files. Only inside `reading` or `transaction`."""
        whole = self._transaction.whole if self._transaction else {}
        records = self.journal.contents.files
        stored = [name for name, record in records.items() if not record.is_removed]
        return [name for name in dict.fromkeys([*stored, *whole]) if name not in whole or whole[name]]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Store everything that the block changes as one, or nothing if it raises. May be entered again inside itself."""
        self.require_writable()
        with self._mutex:
            if self._transaction is not None:
                yield
                return
            with self.locked():
                if self.journal.damage is not None:
                    raise self.journal.damage
                if self.checkpoint.is_outdated():
                    self.checkpoint.make()
                self._transaction = _Transaction()
                try:
                    with rollback_on_error(self._roll_back):
                        yield
                        touched = self._commit(self._transaction)
                finally:
                    self._transaction = None
                for name in touched:
                    if name in self.files:
                        self.files[name].committed()
                self._after_commit()

    def _roll_back(self) -> None:
        for file in self.files.values():
            file.rolled_back()

    def change(self, name: str, changes: list[Change]) -> None:
        """Change documents in a file. Only inside `transaction`."""
        assert self._transaction is not None  # noqa: S101 - for the type checker
        self._transaction.changes.setdefault(name, []).extend(changes)
        # The changes of an altered file could not be told from those of what was there before.
        if name in self.snapshots.altered:
            self.write_whole(name, self.files[name].whole)

    def write_whole(self, name: str, whole: Whole | None) -> None:
        """Write a file whole at the end of the transaction, or remove it. Only inside `transaction`."""
        assert self._transaction is not None  # noqa: S101 - for the type checker
        self._transaction.whole[name] = whole

    def unstored(self, name: str) -> tuple[bool, Whole | None]:
        """Whether the transaction writes a file whole or removes it, and what makes its content."""
        whole = self._transaction.whole if self._transaction else {}
        return name in whole, whole.get(name)

    def add_to_log(self, entry: dict[str, Any]) -> None:
        """Add an entry to the audit log. Only inside `transaction`."""
        assert self._transaction is not None  # noqa: S101 - for the type checker
        self._transaction.log.append(entry)

    def settle(self) -> None:
        """Write what is in the journal into the files, so that any TinyDB can read them. What can't be done now is done later."""
        with suppress(DataFolderError), self._mutex, files.translating_os_errors(self.folder.path):
            self.journal.refresh()
            if self._read_only or self.journal.damage or not self.checkpoint.is_needed():
                return
            with self.locked():
                if not self.journal.damage:
                    self.checkpoint.make()

    def require_writable(self) -> None:
        """Raise `DataFolderError` if the folder was opened only for reading."""
        if self._read_only:
            raise DataFolderError("The data folder was opened for reading only.")

    def close(self) -> None:
        """Settle, and close the journal. The next use opens it again."""
        with self._mutex:
            self.settle()
            self.journal.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from writing, and catch up with them."""
        with self._mutex, self._lock.held(lambda by: in_use(self.folder.path, by)):
            self.journal.refresh()
            yield

    def _commit(self, transaction: _Transaction) -> set[str]:
        """Write a transaction to the disk: all of it, or nothing. Returns the names of the files that it has changed."""
        staged: dict[str, Snapshot | None] = {}
        with files.translating_os_errors(self.folder.path):
            with rollback_on_error(lambda: self.snapshots.discard(staged.values())) as undoing:
                for name, whole in transaction.whole.items():
                    staged[name] = whole and self.snapshots.stage(name, *whole())
                changes = {name: each for name, each in transaction.changes.items() if name not in staged}
                if not (staged or any(changes.values()) or transaction.log):
                    return set()
                self.snapshots.sync_folders(name for name, snapshot in staged.items() if snapshot)
                # None if an earlier version has written the log, without a chain.
                end = self.journal.contents.log_end
                log = transaction.log if end is None else chained(transaction.log, end)
                line = transaction_line(staged, changes, log)
                undoing.pop_all()  # If this is cut off, the line may be on the disk, and then needs what was staged.
                try:
                    self.journal.append(line)
                except OSError:
                    self.snapshots.discard(staged.values())
                    raise
            self.journal.contents.apply(line)
        return {*staged, *changes}

    def _after_commit(self) -> None:
        """Add to the log what has been stored. Nothing that fails now makes it unstored."""
        contents = self.journal.contents
        try:
            with files.translating_os_errors(self.folder.log):
                write_log(self.folder.path, contents.log_state, contents.log)
        except DataFolderError as error:
            self.warnings.append(f"The log could not be written: {error.message}")
        if contents.length > _LONGEST:
            with suppress(DataFolderError):
                self.checkpoint.make()
