"""The journal beside a snapshot: one line a committed change.

The file `students.json.journal` belongs to one snapshot, `students.json`, which its first line names by size and
checksum. Each line after it is one change, all of it or none. Each line starts with a checksum that is carried on from line
to line, so that a damaged, a missing and a moved line are all found.

A line that names the next snapshot says: once that snapshot is in place, all lines before are in it. So a kill
between the two neither loses a change nor makes one twice.
"""

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

_CHECKSUM = 8
_CHUNK = 1 << 20


class DamagedError(ValueError):
    """What was read can't have been written like this."""


@dataclass(frozen=True)
class Change:
    """What becomes of one document."""

    table: str
    """TinyDB's table."""
    number: int
    """TinyDB's number of the document."""
    document: dict[str, Any] | None
    """The whole document as it shall be; None removes it."""


@dataclass(frozen=True)
class Stamp:
    """What tells one snapshot from another, wherever a backup or a copy has put it."""

    size: int
    checksum: int

    @classmethod
    def of_file(cls, descriptor: int | None) -> "Stamp":
        """The stamp of an open file; None is a file that isn't there."""
        size = checksum = 0
        while descriptor is not None and (part := os.pread(descriptor, _CHUNK, size)):
            size += len(part)
            checksum = zlib.crc32(part, checksum)
        return cls(size, checksum)

    @classmethod
    def of_bytes(cls, data: bytes) -> "Stamp":
        """The stamp of a file with this content."""
        return cls(len(data), zlib.crc32(data))


@dataclass(frozen=True)
class Journal:
    """A journal as it was read."""

    snapshot: Stamp | None = None
    """The snapshot that it belongs to; None where there is no journal, or not one whole line of it."""
    changes: list[Change] = field(default_factory=list)
    """All that was committed, in order."""
    next_snapshot: Stamp | None = None
    """The snapshot that holds all the changes; None unless a new one was announced behind the last change."""
    end: int = 0
    """How many bytes of the file are whole lines."""
    chain: int = 0
    """The last line's checksum, which the next one carries on."""


def first_line(snapshot: Stamp) -> tuple[bytes, int]:
    """The line that starts the journal of a snapshot, and its checksum."""
    return _line({"snapshot": [snapshot.size, snapshot.checksum]}, 0)


def change_line(changes: Sequence[Change], chain: int) -> tuple[bytes, int]:
    """The line of one commit behind a line with the checksum `chain`, and its own checksum."""
    return _line([[change.table, change.number, change.document] for change in changes], chain)


def next_snapshot_line(snapshot: Stamp, chain: int) -> tuple[bytes, int]:
    """The line that announces a new snapshot, and its checksum."""
    return _line({"next": [snapshot.size, snapshot.checksum]}, chain)


def _line(content: object, chain: int) -> tuple[bytes, int]:
    text = orjson.dumps(content)
    checksum = zlib.crc32(text, chain)
    return b"%08x %b\n" % (checksum, text), checksum


def read_journal(data: bytes) -> Journal:
    """Read a journal.

    A torn last line, as a kill or a power cut leaves it, was never committed and is left out. Raises `DamagedError` where
    another line isn't as it was written.
    """
    lines = data.split(b"\n")
    lines.pop()  # what stands behind the last newline is torn, or nothing
    if lines and b"\0" in lines[-1]:
        lines.pop()  # a hole: the disk got the line's end, not its middle
    journal = Journal()
    for line in lines:
        content, chain = _content(line, journal.chain)
        journal = replace(_with(journal, content), chain=chain, end=journal.end + len(line) + 1)
    return journal


def _with(journal: Journal, content: Any) -> Journal:  # noqa: ANN401 - whatever a line has
    """The journal with one line more."""
    match content:
        case [*changes]:
            journal.changes.extend(Change(*change) for change in changes)
            return replace(journal, next_snapshot=None)
        case {"next": [size, checksum]}:
            return replace(journal, next_snapshot=Stamp(size, checksum))
        case {"snapshot": [size, checksum]} if not journal.end:
            return replace(journal, snapshot=Stamp(size, checksum))
    raise DamagedError


def _content(line: bytes, chain: int) -> tuple[Any, int]:
    """What a line says and its checksum, or `DamagedError`."""
    text = line[_CHECKSUM + 1 :]
    checksum = zlib.crc32(text, chain)
    if line[: _CHECKSUM + 1] != b"%08x " % checksum:
        raise DamagedError
    return orjson.loads(text), checksum
