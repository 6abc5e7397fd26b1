"""The first lines of a file that hasn't been picked yet."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from itertools import islice
from pathlib import Path

from backdrop_tui.intake.reading.source import load
from backdrop_tui.intake.reading.text import decode

_BYTES = 16_384


def first_lines_of(path: Path, count: int) -> tuple[str, ...]:
    """The first lines of a file that aren't blank, however large it is. They may have any characters in them.

    Args:
        path: The file.
        count: The number of lines.

    Raises:
        UnusableFileError: It is no ordinary file, can't be read, is empty, or is in another format than CSV.
    """
    start = load(path, _BYTES)
    text = decode(_whole_lines(start) if len(start) == _BYTES else start, None)
    lines = text.data.decode(errors="replace").splitlines()
    return tuple(islice((line for line in lines if line.strip()), count))


def _whole_lines(start: bytes) -> bytes:
    """The beginning of a file without its last line: a letter cut in two there would make all of it look like another encoding."""
    end = max(start.rfind(b"\n"), start.rfind(b"\r")) + 1
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        end += end % 2  # A character has two bytes.
    return start[: end or len(start)]
