"""The file of the audit log: a line of JSON for each entry."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from backdrop_tui.store import files
from backdrop_tui.store.errors import damaged_file


def write_log(path: Path, size: int, entries: Sequence[Any], *, sync: bool = False) -> int:
    """Add to the log those of the last entries that aren't in it yet.

    Args:
        path: The log.
        size: The size that it had before the first of these entries.
        entries: All entries since then.
        sync: Wait until they are on the disk.

    Returns:
        The size of the log afterwards.

    Raises:
        DataFolderError: The log can't be written.
    """
    if not entries:
        return size
    data = b"".join(orjson.dumps(entry) + b"\n" for entry in entries)
    with files.translating_os_errors(path):
        descriptor = files.open_for_appending(path, create=True)
        try:
            end = os.fstat(descriptor).st_size
            # A kill may have torn it anywhere, a power cut have left zeros; and someone may have moved the log away.
            last = os.pread(descriptor, len(data), size).rstrip(b"\0")
            rest = data
            if last == data:
                rest = b""
            elif size <= end <= size + len(data) and data.startswith(last):
                rest, end = data[len(last) :], size + len(last)
            files.append(descriptor, end, rest, sync=sync)
            return end + len(rest)
        finally:
            os.close(descriptor)


def read_log(path: Path) -> list[dict[str, Any]]:
    """All entries of the log. Raises `DataFolderError` if it can't be read or understood."""
    with files.translating_os_errors(path):
        try:
            lines = path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
    try:
        return [orjson.loads(line) for line in lines]
    except ValueError:
        raise damaged_file(path) from None
