"""Stage 1, bytes to text: other formats are refused, and the encoding is settled for good."""

import re
from codecs import BOM_UTF8
from dataclasses import dataclass

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter, delimiter_named
from backdrop_tui.intake.reading.encodings import ENCODINGS, UTF_16, Encoding
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
    data, encoding = _decoded(data, wanted)
    data, delimiter = _take_sep_line(data)
    while data.startswith(BOM_UTF8):  # some programs write several
        data = data.removeprefix(BOM_UTF8)
    if not data:
        raise UnusableFileError(NOTHING_IN_IT)
    return Text(data, encoding, delimiter)


def _decoded(data: bytes, wanted: Encoding | None) -> tuple[bytes, Encoding]:
    """The text in UTF-8, and the encoding of the file."""
    candidates = (wanted,) if wanted else _candidates(data)
    for encoding in candidates:
        try:
            return encoding.to_utf8(data), encoding
        except UnicodeError:
            data = data if wanted else data.removeprefix(BOM_UTF8)
    raise UnusableFileError(
        f"This file isn't {candidates[0].label} text. Choose another encoding, or save it again. {SAVE_AS}"
    )


def _candidates(data: bytes) -> tuple[Encoding, ...]:
    """The encodings that a file may be in, the likeliest first."""
    if data.startswith(UTF_16.marks):  # no other text begins like this
        return (UTF_16,)
    marked = [encoding for encoding in ENCODINGS if data.startswith(encoding.marks)]
    return (*marked, *(encoding for encoding in ENCODINGS if not encoding.marks))


def _take_sep_line(data: bytes) -> tuple[bytes, Delimiter | None]:
    """The file without a first line such as `sep=;`, and the delimiter that this line names.

    Excel writes and reads that line; no spreadsheet shows it as a row.
    """
    line = _SEP_LINE.match(data[:16])
    return (data[line.end() :], delimiter_named(line[1].decode())) if line else (data, None)
