"""Stage 1, bytes to text: other formats are refused, and the encoding is settled for good."""

import re
from codecs import BOM_UTF8
from dataclasses import dataclass

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter, delimiter_named
from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS, UTF_8, UTF_16, Encoding
from backdrop_tui.intake.reading.encoding.guess import EncodingGuess, guess_encoding
from backdrop_tui.intake.reading.other_formats import SAVE_AS, refuse_other_formats

NOTHING_IN_IT = "This file has nothing in it. Export the report again."
"""Tells the user that a file has neither headings nor rows."""

_CHARACTERS = re.escape("".join(delimiter.character for delimiter in DELIMITERS)).encode()
_SEP_LINE = re.compile(rb'"?sep=([%s])"?(?:\r\n|\n|\r|\Z)' % _CHARACTERS, re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A file's text."""

    data: bytes
    """Valid UTF-8 without a byte-order mark or a `sep=` line; never empty."""
    encoding: Encoding
    """The encoding of the file itself."""
    guess: EncodingGuess | None
    """The evidence for the encoding if it was guessed; None if it is certain, or the user has chosen it."""
    delimiter: Delimiter | None
    """The delimiter that the file's first line names, as in `sep=;`; None without such a line."""


def decode(data: bytes, wanted: Encoding | None) -> Text:
    """Decode a file.

    Args:
        data: The whole file.
        wanted: The encoding that the user has chosen; None to detect it.

    Raises:
        UnusableFileError: The file is empty, in another format, or not in that encoding.
    """
    if not data:
        raise UnusableFileError("This file is empty. Export the report again.")
    refuse_other_formats(data, utf16=wanted is UTF_16)
    data, encoding, guess = _decoded(data, wanted)
    data, delimiter = _take_sep_line(data)
    while data.startswith(BOM_UTF8):  # some programs write several
        data = data.removeprefix(BOM_UTF8)
    if not data:
        raise UnusableFileError(NOTHING_IN_IT)
    return Text(data, encoding, guess, delimiter)


def _decoded(data: bytes, wanted: Encoding | None) -> tuple[bytes, Encoding, EncodingGuess | None]:
    """The text in UTF-8, the encoding of the file, and the evidence for it if that is a guess."""
    marked = next((encoding for encoding in ENCODINGS if data.startswith(encoding.marks)), None)
    certain = wanted or marked
    guess: EncodingGuess | None = None
    encoding = certain or UTF_8
    try:
        return encoding.to_utf8(data), encoding, guess
    except UnicodeError:
        if certain:
            raise UnusableFileError(
                f"This file isn't {encoding.label} text. Choose another encoding, or save it again. {SAVE_AS}"
            ) from None
    encoding, guess = guess_encoding(data)
    return encoding.to_utf8(data), encoding, guess


def _take_sep_line(data: bytes) -> tuple[bytes, Delimiter | None]:
    """The file without a first line such as `sep=;`, and the delimiter that this line names.

    Excel writes and reads that line; no spreadsheet shows it as a row.
    """
    line = _SEP_LINE.match(data[:16])
    return (data[line.end() :], delimiter_named(line[1].decode())) if line else (data, None)
