"""The file of a backup: lines of JSON, and a checksum of them all.

The first line says what the file is, its format, when it was made, and the format of each kind of item. Each line after it is one item.
The last line has the number of items and the SHA-256 of everything before it, so that a file that is cut short or was changed is noticed.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from backdrop_tui import __version__
from backdrop_tui.care.backups.holdings import Holdings
from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.source import opened
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.store.errors import newer_format
from backdrop_tui.store.formats import FORMAT, stated_format
from backdrop_tui.store.new_ids import ANY_ID
from backdrop_tui.store.port import StoredItem
from backdrop_tui.store.stored_items import checked_items, current_formats, upgraded_items

BACKUP_FORMAT = 1
"""The format of the file itself."""
_HOLDS, _WHAT = "holds", "backup of Back:drop"
_LONGEST_START = 4096
_KEYS = {kind.name: kind.stored_keys for kind in KINDS.values()}
_CANT_UNDERSTAND = (ValueError, TypeError, KeyError, AttributeError)
"""What is raised where JSON isn't what it should be."""


@dataclass(frozen=True)
class Backup:
    """A backup that has been read through and found to be as it was written."""

    path: Path
    """The file."""
    made: datetime
    """When it was made."""
    holdings: Holdings
    """What it holds."""
    _formats: Mapping[str, int]
    _lines: list[bytes]

    def items(self) -> Iterator[StoredItem]:
        """All items, in the current formats."""
        raw = (StoredItem(*orjson.loads(line)) for line in self._lines)
        return upgraded_items(raw, self._formats)

    @property
    def ids(self) -> set[str]:
        """The ids of everyone whom anything in it is about."""
        ids = {str(item.content["id"]) for item in self.items() if item.part == "people"}
        return ids.union(*(map(bytes.decode, ANY_ID.findall(line)) for line in self._lines))


def backup_bytes(items: Iterable[StoredItem], made: datetime) -> bytes:
    """The content of a backup of some items."""
    head = {FORMAT: BACKUP_FORMAT, _HOLDS: _WHAT, "made": made.astimezone(UTC).isoformat(timespec="seconds")}
    head |= {"version": __version__, "formats": current_formats()}
    lines = [orjson.dumps([item.part, item.name, item.content]) for item in items]
    data = b"".join(line + b"\n" for line in chain([orjson.dumps(head)], lines))
    end = {"items": len(lines), "sha256": hashlib.sha256(data).hexdigest()}
    return data + orjson.dumps(end) + b"\n"


def is_backup(path: Path) -> bool:
    """Whether a file begins as backups do. Raises `UnusableFileError` if it can't be read."""
    with opened(path, "backup") as file:
        return _head(file.read(_LONGEST_START)) is not None


def read_backup(path: Path) -> Backup:
    """Read a backup to its end.

    Raises:
        UnusableFileError: It can't be read, isn't a backup, is cut short, or isn't as it was written.
        NewerFormatError: A newer version has made it.
    """
    with opened(path, "backup") as file:
        start = file.read(_LONGEST_START)
        head = _head(start)
        if head is None:
            raise UnusableFileError(
                f"{path} is not a backup of Back:drop. Choose a file that “backdrop backup” has written."
            )
        _refuse_newer(path, head)
        return _checked(path, head, start + file.read())


def _head(start: bytes) -> dict[str, Any] | None:
    """The first line of a backup; None if it isn't one."""
    try:
        head = orjson.loads(start.partition(b"\n")[0])
        return head if head[_HOLDS] == _WHAT else None
    except _CANT_UNDERSTAND:
        return None


def _refuse_newer(path: Path, head: Mapping[str, Any]) -> None:
    try:
        formats, known = head["formats"], current_formats()
        is_newer = stated_format(head) > BACKUP_FORMAT or any(
            number > known.get(kind, 0) for kind, number in formats.items()
        )
    except _CANT_UNDERSTAND:
        raise _altered(path) from None
    if is_newer:
        raise newer_format(path)


def _checked(path: Path, head: Mapping[str, Any], data: bytes) -> Backup:
    """A backup after comparing it with its last line."""
    before_end = data.rfind(b"\n", 0, -1) + 1
    try:
        end = orjson.loads(data[before_end:])
        checksum = end["sha256"]
    except _CANT_UNDERSTAND:
        raise UnusableFileError(f"{path} is cut short: its end is missing. Use another backup.") from None
    if checksum != hashlib.sha256(memoryview(data)[:before_end]).hexdigest() or not data.endswith(b"\n"):
        raise _altered(path)
    try:
        lines = data[: before_end - 1].split(b"\n")[1:]
        if len(lines) != end["items"]:
            raise _altered(path)
        made = datetime.fromisoformat(head["made"])
        backup = Backup(path, made, Holdings.of(()), head["formats"], lines)
        return replace(backup, holdings=Holdings.of(checked_items(backup.items(), _KEYS)))
    except _CANT_UNDERSTAND:
        raise _altered(path) from None


def _altered(path: Path) -> UnusableFileError:
    return UnusableFileError(f"{path} is damaged: it isn't as it was written. Use another backup.")


def read_back(path: Path) -> bytes:
    """Read a file that has just been written: from the disk, not from memory, if the system can do that. Raises `OSError`."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()
