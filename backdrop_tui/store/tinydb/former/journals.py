"""Data folders of earlier versions, in which each TinyDB file had a journal of its own, such as `students.json.journal`.

That journal names the content that it adds to by size and checksum. A line that names the next content means that once that content
is in place, it holds all the changes before the line.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from backdrop_tui.store.checked_lines import read_checked_lines
from backdrop_tui.store.formats import stated_format
from backdrop_tui.store.migrations import current_format
from backdrop_tui.store.tinydb.journal import Change, DamagedError, FileRecord, Fingerprint, Snapshot
from backdrop_tui.store.tinydb.meta import START_LENGTH, format_at_start, format_of


@dataclass
class _Journal:
    """A journal of one file."""

    belongs_to: Fingerprint | None = None
    format: int = 1
    changes: list[Change] = field(default_factory=list)
    next_snapshot: Fingerprint | None = None


def former_journal(path: Path) -> Path:
    """Where the journal of a TinyDB file was."""
    return path.with_name(f"{path.name}.journal")


def former_record(path: Path, kind: str) -> FileRecord | None:
    """What an earlier version stored in one TinyDB file; None if it stored nothing.

    Raises:
        OSError: It can't be read.
        DamagedError: Its journal is damaged, or belongs to another content.
    """
    content, lines = _content(path), _content(former_journal(path)) or b""
    journal = _read(lines, current_format(kind))
    snapshot = Snapshot(None, 0, _stated(content)) if content else None
    if journal.format > current_format(kind):
        return FileRecord(Snapshot(None, 0, journal.format))
    # TinyDB makes an empty file when it opens one that isn't there.
    state = Fingerprint.of(content or b"")
    if not journal.changes or journal.next_snapshot == state:
        return FileRecord(snapshot) if snapshot else None
    if journal.belongs_to != state:
        raise DamagedError
    return FileRecord(snapshot, journal.changes, snapshot.format if snapshot else journal.format)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _stated(content: bytes) -> int:
    """The format that a TinyDB file states; 1 if it is damaged, which is reported when it is read."""
    if stated := format_at_start(content[:START_LENGTH]):
        return stated
    try:
        tables = orjson.loads(content)
        return format_of(tables) if isinstance(tables, dict) else 1
    except ValueError:
        return 1


def _read(data: bytes, newest_format: int) -> _Journal:
    lines = read_checked_lines(data)
    if not lines.contents:
        if lines.is_damaged:
            raise DamagedError
        return _Journal()
    journal = _started(lines.contents[0])
    if journal.format > newest_format:
        return journal
    if lines.is_damaged:
        raise DamagedError
    for line in lines.contents[1:]:
        _continue(journal, line)
    return journal


def _started(line: Any) -> _Journal:  # noqa: ANN401 - whatever a line contains
    match line:
        case {"snapshot": [size, checksum]}:
            try:
                return _Journal(Fingerprint(size, checksum), stated_format(line))
            except ValueError:
                pass
    raise DamagedError


def _continue(journal: _Journal, line: Any) -> None:  # noqa: ANN401 - whatever a line contains
    match line:
        case [*changes]:
            journal.changes += [Change(*change) for change in changes]
            journal.next_snapshot = None
        case {"next": [size, checksum]}:
            journal.next_snapshot = Fingerprint(size, checksum)
        case _:
            raise DamagedError
