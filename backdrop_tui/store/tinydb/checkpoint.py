"""A checkpoint: all that the journal has is written into the files, and the journal starts again."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import orjson

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store import files
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.formats import format_label, json_with_format, keep_copy, upgraded
from backdrop_tui.store.migrations import current_format
from backdrop_tui.store.tinydb.folder_journal import FolderJournal
from backdrop_tui.store.tinydb.former.journals import former_journal
from backdrop_tui.store.tinydb.journal import (
    JOURNAL_FORMAT,
    FileRecord,
    Fingerprint,
    LogState,
    Snapshot,
    first_line,
    transaction_line,
)
from backdrop_tui.store.tinydb.log_file import chain_log, name_log, write_log
from backdrop_tui.store.tinydb.meta import kind_of
from backdrop_tui.store.tinydb.snapshot_files import SnapshotFiles


class File(Protocol):
    """One of the files, as the part of the program sees it that knows what is in it."""

    def whole(self) -> tuple[bytes, int]:
        """The whole content as it is to be stored now, in the current format, and the number of documents in it."""
        ...

    def committed(self) -> None:
        """Take over what has just been changed as what is stored."""
        ...

    def rolled_back(self) -> None:
        """Forget what has been changed, because it isn't stored."""
        ...


class Checkpoint:
    """What a checkpoint works on. Only under the lock, and outside a transaction."""

    def __init__(
        self, folder: DataFolder, journal: FolderJournal, snapshots: SnapshotFiles, known: Mapping[str, File]
    ) -> None:
        self._folder = folder
        self._journal = journal
        self._snapshots = snapshots
        self._known = known

    def is_needed(self) -> bool:
        """Whether there is anything to write into the files, or to put in order."""
        contents = self._journal.contents
        return (
            bool(contents.length)
            or self.is_outdated()
            or any(record.is_removed for record in contents.files.values())
            or bool(self._snapshots.unnamed())
        )

    def is_outdated(self) -> bool:
        """Whether the journal, a file or the log is in an older format, or the folder has no journal yet but something in it."""
        contents = self._journal.contents
        return (
            bool(contents.files and not self._journal.exists)
            or contents.log_end is None
            or contents.format < JOURNAL_FORMAT
            or any(_is_old(name, record) for name, record in contents.files.items())
        )

    def make(self) -> None:
        """Write everything into the files.

        A file that can't be read stays as it is, and its changes stay in the journal; so do entries that the log doesn't take.

        Raises:
            DataFolderError: It can't be done. What is stored is as it was.
        """
        contents = self._journal.contents
        snapshots: dict[str, Snapshot] = {}
        with files.translating_os_errors(self._folder.path):
            removed = [name for name, record in contents.files.items() if record.is_removed]
            left = {name: contents.files[name] for name in removed if not self._is_gone(name)}
            for name, record in contents.files.items():
                if record.is_removed:
                    continue
                snapshot = self._settled(name, record)
                if snapshot is None and record.changes:
                    left[name] = record
                snapshot = snapshot or record.snapshot
                if snapshot is not None:
                    snapshots[name] = snapshot
            # The journal is about to name them.
            self._snapshots.sync_folders(name for name, snapshot in snapshots.items() if snapshot.staged)
            log_state, log = self._settled_log()
            self._journal.restart(journal_lines(snapshots, left, log_state, log))
            for name, file in self._known.items():
                if name in contents.files and contents.files[name].changes and name not in left:
                    file.committed()
            self._snapshots.name(snapshots)
            with suppress(OSError):
                name_log(self._folder.path, log_state)
            self._snapshots.clean_up(snapshots, log_state.staged)

    def _settled_log(self) -> tuple[LogState, list[Any]]:
        """The log with all its entries, and those that it doesn't take."""
        contents, folder = self._journal.contents, self._folder.path
        with suppress(DataFolderError), files.translating_os_errors(self._folder.log):
            state = name_log(folder, contents.log_state)
            if contents.log_end is None:
                return chain_log(folder, state, contents.log), []
            return write_log(folder, state, contents.log, sync=True), []
        return contents.log_state, contents.log

    def _is_gone(self, name: str) -> bool:
        """Delete a file that a transaction has removed. Returns whether even a power cut won't bring it back."""
        path = self._folder.path / name
        try:
            path.unlink(missing_ok=True)
            if path.parent.exists():
                files.sync_folder(path.parent)
        except OSError:
            return False
        return True

    def _settled(self, name: str, record: FileRecord) -> Snapshot | None:
        """A file's content with all its changes; None if it can't be read."""
        is_old = _is_old(name, record)
        if not record.changes and not is_old and record.snapshot and record.snapshot.fingerprint:
            return record.snapshot
        try:
            if name in self._known:
                data, count = self._known[name].whole()
            else:
                loaded = self._snapshots.load(name)
                if loaded is None:
                    return None
                if not is_old:
                    return Snapshot(Fingerprint.of(loaded.data), 1, current_format(kind_of(name)))
                content = upgraded(self._folder.path / name, kind_of(name), orjson.loads(loaded.data))
                data, count = json_with_format(kind_of(name), content), 1
        except (DataFolderError, ValueError):
            return None
        if is_old:
            _keep_copies(self._folder.path / name, record)
        return self._snapshots.stage(name, data, count)


def _is_old(name: str, record: FileRecord) -> bool:
    """Whether a file, or what has changed in it, is in an older format."""
    formats = (record.snapshot.format if record.snapshot else None, record.changes_format)
    return any(old is not None and old < current_format(kind_of(name)) for old in formats)


def _keep_copies(path: Path, record: FileRecord) -> None:
    """Keep a copy of a file that is about to be written in a newer format, and of the journal that it had for itself."""
    old = record.snapshot.format if record.snapshot else record.changes_format
    for each in (path, former_journal(path)):
        if each.exists():
            keep_copy(each, format_label(old or 1))


def journal_lines(
    snapshots: Mapping[str, Snapshot], left: Mapping[str, FileRecord], log_state: LogState, log: list[Any]
) -> list[dict[str, Any]]:
    """The lines of a new journal.

    Args:
        snapshots: The files.
        left: Files that are yet to be removed, and those whose changes are yet to be written into them.
        log_state: The audit log.
        log: Entries that are yet to be written into it.
    """
    lines = [first_line(snapshots, log_state)]
    removed = dict.fromkeys(name for name, record in left.items() if record.is_removed)
    changes = {name: record.changes for name, record in left.items() if record.changes}
    if left or log:
        lines.append(transaction_line(removed, changes, log))
    return lines
