"""Lines of JSON with chained checksums, so that a damaged, missing or moved line is noticed.

A line is eight hexadecimal digits, a space and JSON: `64a8fec8 {"undo":1}`. The digits are the CRC-32 of the JSON, carried on
from the checksum of the line before.
"""

import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from backdrop_tui.store import files
from backdrop_tui.store.errors import unknown_outcome

_PREFIX = len("64a8fec8 ")


@dataclass(frozen=True)
class LineEnd:
    """The end of a line: all that is needed to add the next one."""

    offset: int = 0
    """The number of bytes from the start of the file to the end of the line."""
    checksum: int = 0
    """The line's checksum."""


START = LineEnd()
"""The start of a file, before its first line."""


@dataclass(frozen=True)
class CheckedLines:
    """Lines as they were read."""

    contents: list[Any]
    """The JSON of each line up to the first damaged one."""
    end: LineEnd
    """The end of the last undamaged line."""
    rest: bytes
    """What follows that line; empty in an undamaged file."""

    @property
    def is_damaged(self) -> bool:
        """Whether there is more damage than a last line that was being written when the program or the computer stopped.

        Such a line has no newline at its end; or it has one, but NULs in its middle, which never reached the disk.
        """
        line, newline, torn = self.rest.partition(b"\n")
        return bool(newline) and (b"\0" not in line or b"\n" in torn)


def checked_lines(contents: Iterable[object], end: LineEnd = START) -> tuple[bytes, LineEnd]:
    """Format lines, to follow a line that ends at `end`. Returns them and their own end."""
    lines, checksum = [], end.checksum
    for content in contents:
        text = orjson.dumps(content)
        checksum = zlib.crc32(text, checksum)
        lines.append(b"%08x %b\n" % (checksum, text))
    data = b"".join(lines)
    return data, LineEnd(end.offset + len(data), checksum)


def read_checked_lines(data: bytes, after: LineEnd = START) -> CheckedLines:
    """Read lines up to the first damaged one.

    Args:
        data: The lines.
        after: The end of the line that they follow.
    """
    contents: list[Any] = []
    start, checksum = 0, after.checksum
    while (end := data.find(b"\n", start)) >= 0:
        text = data[start + _PREFIX : end]
        new_checksum = zlib.crc32(text, checksum)
        if data[start : start + _PREFIX] != b"%08x " % new_checksum:
            break
        try:
            contents.append(orjson.loads(text))
        except ValueError:
            break
        start, checksum = end + 1, new_checksum
    return CheckedLines(contents, LineEnd(after.offset + start, checksum), data[start:])


def append_checked_lines(
    path: Path, contents: Iterable[object], end: LineEnd, *, create: bool = False
) -> LineEnd:
    """Write lines to a file after the line that ends at `end`, in place of anything that follows it.

    Args:
        path: The file.
        contents: The JSON of each line.
        end: The end of the last line to keep.
        create: Create the file if it isn't there.

    Returns:
        The end of the last of the new lines.

    Raises:
        OSError: The lines could not be written; the file is cut back to `end`.
        UnknownOutcomeError: It isn't known whether they were written.
    """
    data, new_end = checked_lines(contents, end)
    is_new = create and not path.exists()
    descriptor = files.open_for_appending(path, create=create)
    try:
        files.append(descriptor, end.offset, data)
    except files.NotCutBackError:
        raise unknown_outcome() from None
    finally:
        with suppress(OSError):  # they are written, whatever fails now
            os.close(descriptor)
    if is_new:
        files.sync_folder(path.parent)
    return new_end
