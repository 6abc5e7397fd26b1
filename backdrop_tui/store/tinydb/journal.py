"""What the journal of a data folder says.

The file `journal` is the one place that decides what is stored. Its first line lists every file at the last checkpoint with
format, count, size and checksum. Each line after it is one transaction, stored as a whole or not at all: changes of single
documents, files that were written whole, and entries of the audit log.

A file that was written whole is named by its size and checksum, and by the name that it had until it got its own. So a line counts
as soon as it is on the disk, whether or not the file has been given its own name by then.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Self

from backdrop_tui.store.audit_chain import LogEnd
from backdrop_tui.store.formats import FORMAT, stated_format
from backdrop_tui.store.port import FaultState

JOURNAL_FORMAT = 3
"""The format of the journal itself. Before 2, the entries of the audit log had no chain; before 3, there were no doubts."""
_EARLIER = 10
"""The number of earlier states of a file by which an older one is recognised."""
_serials = count(1)


class DamagedError(ValueError):
    """A journal isn't as it was written."""


@dataclass(frozen=True)
class Change:
    """The change of one document: a new one, another content, or its removal."""

    table: str
    """TinyDB's table."""
    number: int
    """TinyDB's number of the document."""
    document: dict[str, Any] | None
    """The whole new document; None removes it."""


@dataclass(frozen=True)
class Fingerprint:
    """A size and a checksum by which the content of a file is known, wherever it has been copied."""

    size: int
    """The number of bytes."""
    checksum: int
    """The CRC-32 of all of them."""

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The fingerprint of a file with this content."""
        return cls(len(data), zlib.crc32(data))


@dataclass(frozen=True)
class Doubt:
    """Why a file is not known to be right although it is as it was written: it wasn't as it had been stored before that."""

    state: FaultState
    """What it was then."""
    copy: str
    """The name of the copy that was kept of it, in the same folder."""


@dataclass(frozen=True)
class Snapshot:
    """The content of a whole file as it was written at once."""

    fingerprint: Fingerprint | None
    """Its fingerprint; None if the file comes from a version that kept none."""
    count: int
    """The number of documents in it."""
    format: int
    """Its format."""
    staged: str = ""
    """The name under which it was written; empty if it has always had its own."""
    earlier: tuple[Fingerprint, ...] = ()
    """What the file was before, the latest first."""
    doubt: Doubt | None = None
    """Why the content is in doubt, until someone accepts it; None if it isn't."""

    def after(self, before: "Snapshot | None") -> "Snapshot":
        """This snapshot as the successor of another one."""
        if before is None or before.fingerprint is None:
            return self
        earlier = (before.fingerprint, *before.earlier)[:_EARLIER]
        return replace(self, earlier=earlier, doubt=self.doubt or before.doubt)

    def compared(self, data: bytes) -> FaultState:
        """What another content of the file is: an older one, or none that this program has written."""
        return "older" if Fingerprint.of(data) in self.earlier else "damaged"

    def as_json(self) -> list[Any]:
        """The snapshot as a line of the journal has it."""
        states = [[state.size, state.checksum] for state in filter(None, (self.fingerprint, *self.earlier))]
        doubt = [self.doubt.state, self.doubt.copy] if self.doubt else []
        return [self.count, self.format, self.staged, *doubt, *states]

    @classmethod
    def from_json(cls, value: Any) -> Self:  # noqa: ANN401 - whatever a line contains
        """The snapshot in a line of the journal."""
        number, file_format, staged, *more = value
        doubt: list[Any] = [each for each in more if isinstance(each, str)]
        first, *earlier = (Fingerprint(*state) for state in more[len(doubt) :])
        return cls(first, number, file_format, staged, tuple(earlier), Doubt(*doubt) if doubt else None)


@dataclass(frozen=True)
class LogState:
    """The audit log as it was at a checkpoint."""

    size: int = 0
    """Its size in bytes."""
    end: LogEnd | None = field(default_factory=LogEnd)
    """Its last entry; None if an earlier version wrote it, without a chain."""
    staged: str = ""
    """The name under which it was written whole; empty if it has its own."""

    def as_json(self) -> list[Any]:
        """The state as the first line of a journal has it."""
        return [self.size, self.staged, *([self.end.line, self.end.hash] if self.end else [])]

    @classmethod
    def from_json(cls, value: Any) -> Self:  # noqa: ANN401 - whatever a line contains
        """The state in the first line of a journal."""
        size, staged, *end = value
        return cls(size, LogEnd(*end) if end else None, staged)


@dataclass
class FileRecord:
    """One file of the data folder, as the journal has it."""

    snapshot: Snapshot | None = None
    """The last content that was written whole; None if there is no file."""
    changes: list[Change] = field(default_factory=list)
    """What has changed since, in order."""
    changes_format: int | None = None
    """The format of the changes if it is an older one than this version writes."""
    is_removed: bool = False
    """Whether a transaction has removed the file."""
    serial: int = field(default_factory=lambda: next(_serials))
    """A number that is another one whenever `changes` no longer continue what they were."""

    @property
    def version(self) -> tuple[int, int]:
        """Differs whenever what is stored has changed."""
        return self.serial, len(self.changes)

    def renew(self) -> None:
        """Note that the file has to be read again."""
        self.serial = next(_serials)


@dataclass
class Contents:
    """What a journal says is stored."""

    format: int = JOURNAL_FORMAT
    """The format of the journal."""
    files: dict[str, FileRecord] = field(default_factory=dict)
    """The files by their path in the data folder. A file that was never stored isn't among them."""
    log_state: LogState = field(default_factory=LogState)
    """The audit log at the last checkpoint."""
    log: list[Any] = field(default_factory=list)
    """The entries that were added to the log since."""

    @property
    def length(self) -> int:
        """The number of changes and entries since the last checkpoint."""
        return len(self.log) + sum(len(record.changes) for record in self.files.values())

    @property
    def log_end(self) -> LogEnd | None:
        """The last entry of the audit log; None if an earlier version has written it, without a chain."""
        return LogEnd.of(self.log[-1]) if self.log else self.log_state.end

    def record(self, name: str) -> FileRecord:
        """The record of a file; an empty one if it was never stored."""
        return self.files.setdefault(name, FileRecord())

    def apply(self, line: Mapping[str, Any]) -> None:
        """Take over one line. Raises `DamagedError` if it isn't one."""
        try:
            if "log size" in line:  # as the journal's first format had it
                self.log_state = LogState(line["log size"], None if line["log size"] else LogEnd())
            if "log file" in line:
                self.log_state = LogState.from_json(line["log file"])
            for name, value in line.get("files", {}).items():
                snapshot = None if value is None else Snapshot.from_json(value)
                self.files[name] = FileRecord(snapshot, is_removed=snapshot is None)
            for name, changes in line.get("changes", {}).items():
                self.record(name).changes.extend(Change(*change) for change in changes)
            self.log.extend(line.get("log", ()))
        except (TypeError, ValueError, AttributeError):
            raise DamagedError from None

    def continue_from(self, before: "Contents") -> None:
        """Keep the serial numbers of the files that are as they were before a checkpoint."""
        for name, record in self.files.items():
            old = before.files.get(name)
            same = old is not None and not old.changes and _content(old) == _content(record)
            if old is not None and same:
                record.serial = old.serial


def _content(record: FileRecord) -> object:
    return record.snapshot and record.snapshot.fingerprint


def first_line(files: Mapping[str, Snapshot], log_state: LogState) -> dict[str, Any]:
    """The JSON of the first line of a journal."""
    listed = {name: snapshot.as_json() for name, snapshot in files.items() if snapshot.fingerprint}
    return {FORMAT: JOURNAL_FORMAT, "files": listed, "log file": log_state.as_json()}


def transaction_line(
    files: Mapping[str, Snapshot | None], changes: Mapping[str, Sequence[Change]], log: Iterable[Any]
) -> dict[str, Any]:
    """The JSON of the line of one transaction."""
    return {
        "files": {name: snapshot and snapshot.as_json() for name, snapshot in files.items()},
        "changes": {
            name: [[change.table, change.number, change.document] for change in of_file]
            for name, of_file in changes.items()
        },
        "log": list(log),
    }


class NewerJournalError(Exception):
    """The journal was written by a newer version."""


def start_of(line: Any) -> Contents:  # noqa: ANN401 - whatever a line contains
    """What the first line of a journal says is stored.

    Raises:
        NewerJournalError: A newer version has written the journal.
        DamagedError: It isn't a first line.
    """
    try:
        is_newer = stated_format(line) > JOURNAL_FORMAT
    except (AttributeError, ValueError):
        raise DamagedError from None
    if is_newer:
        raise NewerJournalError
    contents = Contents(stated_format(line))
    contents.apply(line)
    return contents
