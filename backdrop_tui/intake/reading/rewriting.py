"""A file with some of its rows blank and some of its text replaced; everything else, and the number of each row, stays."""

import codecs
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Collection

from backdrop_tui.intake.reading.careful.cut import records
from backdrop_tui.intake.reading.encoding.encodings import UTF_16, Encoding
from backdrop_tui.intake.reading.fast import is_sound
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.lines import physical_lines
from backdrop_tui.intake.reading.shape import find_shape
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.intake.reading.text import decode
from backdrop_tui.intake.reading.wrapped import unwrap


def rewritten(
    data: bytes,
    options: ReadOptions,
    vocabulary: Vocabulary,
    blank: Collection[int],
    replaced: Callable[[int, str], str],
) -> bytes:
    """A CSV file as it would be with blank rows in place of some.

    Args:
        data: The whole file.
        options: How it is read.
        vocabulary: What the headings and values of such a file look like.
        blank: The rows, as a spreadsheet numbers them, that are to be blank.
        replaced: Gives the text to write for a cell, by its row (0 for what is above the rows) and its text; also called with whole
            lines.

    Returns:
        The file in the same encoding. A row inside a quoted cell is taken out of it, and line ends are all alike.

    Raises:
        UnusableFileError: The file can't be read.
    """
    text = unwrap(decode(data, options.encoding), options, vocabulary)
    shape = find_shape(text, options, vocabulary)
    lines = physical_lines(text.data, is_sound(shape.rows))
    delimiter = shape.rows.grammar.delimiter.character
    parts = re.compile(rf'("(?:[^"]|"")*"|{re.escape(delimiter)})')

    def kept(row: int, line: str) -> str:
        """A line that isn't to be blank. What is replaced never goes beyond a cell."""
        if replaced(row, line) == line:
            return line
        return "".join(part if part == delimiter else replaced(row, part) for part in parts.split(line))

    written = [kept(0, line) for line in lines[: shape.first_line]]
    for row, record in enumerate(records(lines, shape.rows, shape.first_line), start=shape.first_row):
        written += [""] if row in blank else [kept(row, line) for line in lines[record.line : record.end]]
    line_end = "\r\n" if b"\r\n" in text.data else "\n"
    whole = "".join(f"{line}{line_end}" for line in written)
    if text.delimiter is not None:
        whole = f"sep={text.delimiter.character}{line_end}{whole}"
    return (BOM_UTF8 if data.startswith(BOM_UTF8) else b"") + _encoded(whole, text.encoding)


def _encoded(text: str, encoding: Encoding) -> bytes:
    """A text in an encoding that it came from."""
    if encoding is UTF_16:
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    if not encoding.characters:
        return text.encode()
    return codecs.charmap_encode(text, "replace", codecs.charmap_build(encoding.characters))[0]
