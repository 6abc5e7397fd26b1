"""The files of a data folder that are written whole, each under a name of its own until a checkpoint names it."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backdrop_tui.store import files
from backdrop_tui.store.errors import damaged_file, missing_file, newer_format
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.formats import keep_copy
from backdrop_tui.store.migrations import current_format
from backdrop_tui.store.tinydb.folder_journal import FolderJournal, Mark, in_use, mark_of
from backdrop_tui.store.tinydb.former.journals import former_journal
from backdrop_tui.store.tinydb.journal import Doubt, FileRecord, Fingerprint, Snapshot
from backdrop_tui.store.tinydb.meta import START_LENGTH, TINYDB_FILES, format_at_start, kind_of

if TYPE_CHECKING:
    from backdrop_tui.store.port import FaultState

_ATTEMPTS = 100


@dataclass(frozen=True)
class Loaded:
    """The content of a file, without the changes in the journal."""

    data: bytes
    """The content."""
    is_as_written: bool
    """Whether it is, byte for byte, what this program has written in the current format."""


class SnapshotFiles:
    """The whole contents that a journal names."""

    def __init__(self, folder: DataFolder, journal: FolderJournal) -> None:
        self._folder = folder
        self._journal = journal
        self.altered: dict[str, FaultState] = {}
        """The files, among those read, that are not as they were stored, and what they are."""
        self._marks: dict[str, Mark | None] = {}

    def load(self, name: str) -> Loaded | None:
        """The content of a file without the changes in the journal; None if there is none.

        Raises:
            NewerFormatError: A newer version saved it.
            DataFolderError: It can't be read, is missing or empty, or the changes in the journal don't belong to it.
        """
        path = self._folder.path / name
        with files.translating_os_errors(path):
            for _ in range(_ATTEMPTS):
                record = self._journal.record(name)
                self._marks[name] = self._mark(name, record.snapshot)
                data = self.content(name, record.snapshot)
                if self._journal.is_current():
                    return self._checked(name, record, data)
                self._journal.refresh()
        raise in_use(self._folder.path)

    def notice_changes(self, names: Iterable[str]) -> None:
        """Have files read again that have been changed, other than by a transaction, since they were read or written."""
        for name in names:
            record = self._journal.record(name)
            if name in self._marks and record.snapshot is not None:
                mark = self._mark(name, record.snapshot)
                if mark != self._marks[name]:
                    self._marks[name] = mark
                    record.renew()

    def size(self, name: str, snapshot: Snapshot | None) -> int | None:
        """The size of a file, whether or not it has its own name yet; None if there is no file. Raises `OSError`."""
        mark = self._mark(name, snapshot)
        return mark and mark[2]

    def _mark(self, name: str, snapshot: Snapshot | None) -> Mark | None:
        staged = mark_of(self._folder.path / snapshot.staged) if snapshot and snapshot.staged else None
        return staged or mark_of(self._folder.path / name)

    def content(self, name: str, snapshot: Snapshot | None) -> bytes | None:
        """What is in a file, whether or not it has its own name yet; None if there is no file. Raises `OSError`."""
        names = [snapshot.staged, name] if snapshot and snapshot.staged else [name]
        for each in names:
            descriptor = files.open_for_reading(self._folder.path / each)
            if descriptor is not None:
                try:
                    return files.read_all(descriptor)
                finally:
                    os.close(descriptor)
        return None

    def _checked(self, name: str, record: FileRecord, data: bytes | None) -> Loaded | None:
        """A file's content after comparing it with what the journal says."""
        path, snapshot = self._folder.path / name, record.snapshot
        self.altered.pop(name, None)
        stated = format_at_start(data[:START_LENGTH]) if data else None
        if max(stated or 0, snapshot.format if snapshot else 0) > current_format(kind_of(name)):
            raise newer_format(path)
        if snapshot is None:
            return self._unlisted(name, record, data)
        if data is None:
            raise missing_file(path)
        if snapshot.fingerprint is None:
            return Loaded(data, is_as_written=False)
        if snapshot.fingerprint == Fingerprint.of(data):
            return Loaded(data, is_as_written=snapshot.format == current_format(kind_of(name)))
        if not data or record.changes:
            raise damaged_file(path)
        self.altered[name] = snapshot.compared(data)
        return Loaded(data, is_as_written=False)

    def _unlisted(self, name: str, record: FileRecord, data: bytes | None) -> Loaded | None:
        """The content of a file of which the journal knows nothing, or only changes."""
        if record.is_removed:
            return None
        if data and record.changes:
            raise damaged_file(self._folder.path / name)
        if data:
            self.altered[name] = "damaged"
            return Loaded(data, is_as_written=False)
        # Without a sound journal, it isn't known that nobody was ever stored.
        if not record.changes and self._journal.damage and name in TINYDB_FILES:
            raise self._journal.damage
        return None

    def stage(self, name: str, data: bytes, count: int) -> Snapshot:
        """Write a whole file under a name of its own, in the current format. Raises `OSError`.

        If what is there now isn't as it was stored, a copy of it is kept, and the new file is in doubt.

        Args:
            name: The file.
            data: Its content.
            count: The number of documents in it.
        """
        path, doubt = self._folder.path / name, None
        if name in self.altered:
            doubt = Doubt(self.altered.pop(name), keep_copy(path, "altered").name)
        if not path.parent.exists():
            self._folder.subfolder(path.parent)
        # In the same folder: a power cut might keep only one half of a move to another one.
        staged = path.with_name(f".{path.name}.{os.urandom(4).hex()}.staged")
        files.write_new(staged, data)
        relative = str(staged.relative_to(self._folder.path))
        fingerprint, file_format = Fingerprint.of(data), current_format(kind_of(name))
        snapshot = Snapshot(fingerprint, count, file_format, relative, doubt=doubt)
        self._marks[name] = self._mark(name, snapshot)
        return snapshot.after(self._journal.record(name).snapshot)

    def discard(self, snapshots: Iterable[Snapshot | None]) -> None:
        """Remove staged files that no line of the journal names."""
        for snapshot in filter(None, snapshots):
            files.discard(self._folder.path / snapshot.staged)

    def name(self, snapshots: Mapping[str, Snapshot]) -> None:
        """Give files their own names. Until it is done, they are known by the names under which they were written."""
        staged = {name: snapshot for name, snapshot in snapshots.items() if snapshot.staged}
        with suppress(OSError):
            for name, snapshot in staged.items():
                path, written = self._folder.path / name, self._folder.path / snapshot.staged
                if written.exists():
                    _keep_if_strange(path, snapshot)
                    written.replace(path)
            self.sync_folders(staged)

    def sync_folders(self, names: Iterable[str]) -> None:
        """Wait until the names of files are on the disk. Raises `OSError`."""
        for folder in {(self._folder.path / name).parent for name in names}:
            files.sync_folder(folder)

    def unnamed(self) -> list[Path]:
        """Files that don't have their own names yet, or that a kill has left."""
        folder = self._folder.path
        return [*folder.glob(".*.staged"), *folder.glob("imports/.*.staged"), *folder.glob(".journal.*.tmp")]

    def clean_up(self, snapshots: Mapping[str, Snapshot], *others: str) -> None:
        """Remove what a kill or an earlier version has left, once these snapshots and other staged files are all that is needed."""
        needed = {*others, *(snapshot.staged for snapshot in snapshots.values())}
        for path in self.unnamed():
            if str(path.relative_to(self._folder.path)) not in needed:
                files.discard(path)
        for name in snapshots:
            files.discard(former_journal(self._folder.path / name))


def _keep_if_strange(path: Path, snapshot: Snapshot) -> None:
    """Keep a copy of a file that is about to be replaced if it isn't what this program has written there."""
    known = {snapshot.fingerprint, *snapshot.earlier}
    if snapshot.earlier and path.exists() and Fingerprint.of(path.read_bytes()) not in known:
        keep_copy(path, "altered")
