"""The formats of stored files: refusing newer ones, bringing older ones up to date, keeping copies."""

import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from backdrop_tui.store.errors import newer_format
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.migrations import current_format, migrate

FORMAT = "format"
"""The key under which a file states its format."""
_START_LENGTH = 32
_START = re.compile(rb'\{"format":([1-9][0-9]{0,8}),')


def refuse_newer(path: Path, kind: str, file_format: int) -> None:
    """Raise `NewerFormatError` if this version doesn't know the format of a file."""
    if file_format > current_format(kind):
        raise newer_format(path)


def stated_format(content: Mapping[str, Any]) -> int:
    """The format that a JSON object states: 1 if it states none. Raises `ValueError` if that can't be a format."""
    stated = content.get(FORMAT, 1)
    if not isinstance(stated, int) or isinstance(stated, bool) or stated < 1:
        raise ValueError(FORMAT)
    return stated


def format_label(file_format: int) -> str:
    """What is added to a file's name for a copy of it in an older format."""
    return f"format-{file_format}"


def keep_copy(path: Path, label: str) -> Path:
    """Keep a copy of a file beside it, such as `students.json.format-1`, unless the same copy has been kept already.

    A copy with different content is never replaced: the new one gets a number, as in `students.json.format-1.2`.

    Returns:
        The copy.

    Raises:
        DataFolderError: The file can't be read, or the copy can't be written.
    """
    with translating_os_errors(path):
        content = path.read_bytes()
        copies = _numbered(path, label)
        copy = next(each for each in copies if not each.exists() or each.read_bytes() == content)
        if not copy.exists():
            atomic_write(copy, content)
        return copy


def set_aside(path: Path) -> None:
    """Rename what is at a path, if anything is: to `edits.damaged`, or `edits.damaged.2` if there is one already.

    Raises `DataFolderError` if it can't be renamed.
    """
    with translating_os_errors(path):
        if path.exists() or path.is_symlink():
            path.rename(next(kept for kept in _numbered(path, "damaged") if not kept.exists()))


def _numbered(path: Path, label: str) -> Iterator[Path]:
    """The names for what is kept of a file: `edits.damaged`, then `edits.damaged.2` and so on."""
    names = (f"{path.name}.{label}" + (f".{number}" if number > 1 else "") for number in count(1))
    return map(path.with_name, names)


def load_json(path: Path) -> dict[str, Any] | None:
    """Read the JSON object in a file, whatever its format; None if there is no file.

    Raises:
        DataFolderError: It can't be read.
        ValueError: It is damaged.
    """
    with translating_os_errors(path):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
    content = orjson.loads(data)
    if not isinstance(content, dict):
        raise ValueError  # noqa: TRY004 - the file is damaged; no caller is at fault
    return content


def read_json(path: Path, kind: str) -> dict[str, Any] | None:
    """Read the JSON object in a file, and bring it up to date. The file itself is left as it is.

    Returns:
        The object without its format; None if there is no file.

    Raises:
        NewerFormatError: A newer version saved it.
        DataFolderError: It can't be read.
        ValueError: It is damaged.
    """
    content = load_json(path)
    return None if content is None else upgraded(path, kind, content)


def upgraded(path: Path, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """The JSON object in a file, brought up to date and without its format.

    Raises:
        NewerFormatError: A newer version saved it.
        ValueError: It is damaged.
    """
    file_format = stated_format(content)
    refuse_newer(path, kind, file_format)
    content.pop(FORMAT, None)
    migrated: dict[str, Any] = migrate(kind, content, file_format)
    return migrated


def json_with_format(kind: str, content: Mapping[str, Any]) -> bytes:
    """A JSON object as a file has it, with the current format."""
    return orjson.dumps({FORMAT: current_format(kind), **content})


def write_json(path: Path, kind: str, content: Mapping[str, Any]) -> None:
    """Write a JSON object to a file in the current format. If a file in an older format is there, keep a copy of it first.

    Raises:
        NewerFormatError: A newer version saved the file that is there.
        DataFolderError: It can't be written; the file is as it was.
    """
    stored = format_in(path)
    if stored is not None:
        refuse_newer(path, kind, stored)
        if stored < current_format(kind):
            keep_copy(path, format_label(stored))
    atomic_write(path, json_with_format(kind, content))


def is_outdated(path: Path, kind: str) -> bool:
    """Tell whether a JSON file is there and in an older format. A damaged one is not.

    Raises:
        DataFolderError: It can't be read.
    """
    return (format_in(path) or current_format(kind)) < current_format(kind)


def format_in(path: Path) -> int | None:
    """The format of a JSON file; None if there is no file or it is damaged."""
    with translating_os_errors(path):
        try:
            with path.open("rb") as file:
                start = file.read(_START_LENGTH)
        except FileNotFoundError:
            return None
    if stated := _START.match(start):  # what `write_json` has written need not be read whole
        return int(stated[1])
    try:
        content = load_json(path)
        return None if content is None else stated_format(content)
    except ValueError:
        return None
