"""The journal beside a snapshot: one line for each committed change.

The file `students.json.journal` belongs to one snapshot, `students.json`, which its first line names by size and checksum.
That line also states the format of the changes. Each line after it is one change, stored as a whole or not at all.

A line that names the next snapshot means that once that snapshot is in place, it holds all the changes before the line. So a kill
between the two neither loses a change nor makes one twice.
"""

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from backdrop_tui.store.checked_lines import START, LineEnd, read_checked_lines
from backdrop_tui.store.formats import FORMAT, stated_format

_CHUNK = 1 << 20


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
    """A size and a checksum by which a snapshot is known, even if it has been copied or restored from a backup."""

    size: int
    """The number of bytes."""
    checksum: int
    """The CRC-32 of all of them."""

    @classmethod
    def of_file(cls, descriptor: int | None) -> Self:
        """The fingerprint of an open file; None is a file that isn't there."""
        size = checksum = 0
        while descriptor is not None and (part := os.pread(descriptor, _CHUNK, size)):
            size += len(part)
            checksum = zlib.crc32(part, checksum)
        return cls(size, checksum)

    @classmethod
    def of_bytes(cls, data: bytes) -> Self:
        """The fingerprint of a file with this content."""
        return cls(len(data), zlib.crc32(data))


@dataclass(frozen=True)
class Journal:
    """A journal as it was read."""

    snapshot: Fingerprint | None = None
    """The snapshot that it belongs to; None if there is no journal, or not one whole line of it."""
    format: int = 1
    """The format of the changes."""
    changes: list[Change] = field(default_factory=list)
    """All changes that were committed, in order."""
    next_snapshot: Fingerprint | None = None
    """The snapshot that holds all the changes; None unless a new one was announced after the last change."""
    end: LineEnd = START
    """The end of the last whole line."""


def first_line(snapshot: Fingerprint, file_format: int) -> dict[str, Any]:
    """The JSON of the first line of a snapshot's journal."""
    return {"snapshot": [snapshot.size, snapshot.checksum], FORMAT: file_format}


def change_line(changes: Sequence[Change]) -> list[list[Any]]:
    """The JSON of the line of one commit."""
    return [[change.table, change.number, change.document] for change in changes]


def next_snapshot_line(snapshot: Fingerprint) -> dict[str, Any]:
    """The JSON of the line that announces a new snapshot."""
    return {"next": [snapshot.size, snapshot.checksum]}


def read_journal(data: bytes, newest_format: int) -> Journal:
    """Read a journal; one in a format above `newest_format` only as far as its format.

    A torn last line, as a kill or a power cut leaves it, was never committed and is left out. Raises `DamagedError` if
    another line isn't as it was written.
    """
    lines = read_checked_lines(data)
    journal = _started(lines.contents[0]) if lines.contents else Journal()
    if journal.format > newest_format:
        return journal
    if lines.is_damaged:
        raise DamagedError
    for content in lines.contents[1:]:
        journal = _continued(journal, content)
    return replace(journal, end=lines.end)


def _started(content: Any) -> Journal:  # noqa: ANN401 - whatever a line contains
    """The journal after its first line."""
    match content:
        case {"snapshot": [size, checksum]}:
            try:
                return Journal(Fingerprint(size, checksum), stated_format(content))
            except ValueError:
                raise DamagedError from None
    raise DamagedError


def _continued(journal: Journal, content: Any) -> Journal:  # noqa: ANN401 - whatever a line contains
    """The journal with one more line."""
    match content:
        case [*changes]:
            journal.changes.extend(Change(*change) for change in changes)
            return replace(journal, next_snapshot=None) if journal.next_snapshot else journal
        case {"next": [size, checksum]}:
            return replace(journal, next_snapshot=Fingerprint(size, checksum))
    raise DamagedError
