"""The file of the audit log: a line of JSON for each entry, each with its place in the chain."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from backdrop_tui.errors import rollback_on_error
from backdrop_tui.store import files
from backdrop_tui.store.audit_chain import LogEnd, broken_places, chained
from backdrop_tui.store.formats import format_label, keep_copy
from backdrop_tui.store.tinydb.journal import Contents, LogState

LOG = "log"
"""The name of the file."""


def write_log(folder: Path, state: LogState, entries: Sequence[Any], *, sync: bool = False) -> LogState:
    """Add to the log those of the last entries that aren't in it yet.

    Args:
        folder: The data folder.
        state: The log before the first of these entries.
        entries: All entries since then.
        sync: Wait until they are on the disk.

    Returns:
        The log afterwards.

    Raises:
        DataFolderError: The log can't be written.
    """
    if not entries:
        return state
    lines = [orjson.dumps(entry) + b"\n" for entry in entries]
    path = _written(folder, state)
    with files.translating_os_errors(path):
        descriptor = files.open_for_appending(path, create=True)
        try:
            start, rest = _unwritten(descriptor, state.size, lines)
            files.append(descriptor, start, rest, sync=sync)
            return replace(state, size=start + len(rest), end=LogEnd.of(entries[-1]))
        finally:
            os.close(descriptor)


def _unwritten(descriptor: int, size: int, lines: Sequence[bytes]) -> tuple[int, bytes]:
    """Where in the log to go on writing, and what.

    Args:
        descriptor: The log.
        size: The size that it had before these lines.
        lines: All lines since then.
    """
    data, end = b"".join(lines), os.fstat(descriptor).st_size
    # A kill may have torn it anywhere, a power cut have left zeros.
    last = os.pread(descriptor, len(data), size).rstrip(b"\0")
    if last == data:
        return end, b""
    if size <= end <= size + len(data):
        if data.startswith(last):
            return size + len(last), data[len(last) :]
        if b"\0" in last:
            return size, data
    # Someone has moved it away, or changed it: what was written since may be at another place.
    tail = os.pread(descriptor, 2 * len(data), max(0, end - 2 * len(data)))
    written = set(tail.splitlines(keepends=True))
    rest = b"".join(line for line in lines if line not in written)
    return end, (b"\n" if rest and tail and not tail.endswith(b"\n") else b"") + rest


def read_log(folder: Path, state: LogState) -> list[Any]:
    """The JSON of each line of the log; None for a line that can't be understood. Raises `DataFolderError` if it can't be read."""
    return list(map(_parsed, _content(folder, state).splitlines()))


def _content(folder: Path, state: LogState) -> bytes:
    """What is in the log; nothing if there is none. Raises `DataFolderError` if it can't be read."""
    for path in dict.fromkeys((_written(folder, state), folder / LOG)):  # it may just get its own name
        with files.translating_os_errors(path):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
    return b""


def _with_unwritten(folder: Path, contents: Contents) -> bytes:
    """What will be in the log once all entries are, after a kill or a power cut has kept some from it or torn the last one."""
    size, data = contents.log_state.size, _lines(contents.log)
    found = _content(folder, contents.log_state)
    last = found[size:].rstrip(b"\0")
    is_torn = size <= len(found) <= size + len(data) and (data.startswith(last) or b"\0" in last)
    return found[:size] + data if is_torn else found


def all_entries(folder: Path, contents: Contents) -> list[dict[str, Any]]:
    """All entries that can be read, with those that the file has not taken yet. Raises `DataFolderError` if it can't be read."""
    lines = read_log(folder, contents.log_state)
    last = lines[-len(contents.log) :]
    return [*filter(None, lines), *(entry for entry in contents.log if entry not in last)]


def log_faults(folder: Path, contents: Contents) -> list[str]:
    """What is missing from the log, changed or cut off, a sentence each. Raises `DataFolderError` if it can't be read."""
    state = contents.log_state
    if contents.log_end is None or state.end is None:
        return []  # an earlier version has written it
    known = [state.end, *filter(None, map(LogEnd.of, contents.log))]
    return broken_places(list(map(_parsed, _with_unwritten(folder, contents).splitlines())), known)


def stage_log(folder: Path, entries: Sequence[Mapping[str, Any]]) -> LogState:
    """Write a whole log under a name of its own, for a journal to name. Raises `OSError`."""
    data = _lines(entries)
    staged = f".{LOG}.{os.urandom(4).hex()}.staged"
    files.write_new(folder / staged, data)
    with rollback_on_error(lambda: files.discard(folder / staged)):
        files.sync_folder(folder)
    return LogState(len(data), LogEnd.of(entries[-1]) if entries else LogEnd(), staged)


def name_log(folder: Path, state: LogState) -> LogState:
    """Give a log its own name, if it doesn't have it yet. Raises `OSError`."""
    if state.staged and (folder / state.staged).exists():
        (folder / state.staged).replace(folder / LOG)
        files.sync_folder(folder)
    return replace(state, staged="")


def chain_log(folder: Path, state: LogState, entries: Sequence[Any]) -> LogState:
    """Chain the entries of a log that an earlier version has written, or whose end isn't known, after a copy has been kept.

    Args:
        folder: The data folder.
        state: The log before the first of these entries.
        entries: All entries since then.

    Raises:
        OSError: It can't be written.
        DataFolderError: The same, or it can't be read.
    """
    state = write_log(folder, state, entries)
    lines = read_log(folder, state)
    end = LogEnd.of(lines[-1]) if lines else LogEnd()
    path = _written(folder, state)
    if end is not None and not broken_places(lines, ()):
        return replace(state, size=path.stat().st_size if path.exists() else 0, end=end)
    if path.exists():
        keep_copy(path, "altered" if any(map(LogEnd.of, lines)) else format_label(1))
    return stage_log(folder, chained(filter(None, lines), LogEnd()))


def _written(folder: Path, state: LogState) -> Path:
    """Where the log is, whether or not it has its own name yet."""
    staged = folder / (state.staged or LOG)
    return staged if staged.exists() else folder / LOG


def _lines(entries: Sequence[Any]) -> bytes:
    return b"".join(orjson.dumps(entry) + b"\n" for entry in entries)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        entry = orjson.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
