"""UTF-8, also with broken bytes in it."""

import codecs
import re
from collections.abc import Iterator

from backdrop_tui.records.schema.broken_bytes import BROKEN_BYTE, REPLACEMENT

_PIECE = 500_000
"""Bytes handled at a time: few enough to be copied within the processor's cache, and into the same memory again and again."""
_HIGH = bytes(range(0x80, 0x100))


def _starts(characters: int) -> tuple[bytes, bytes]:
    """The first two bytes of the UTF-8 of characters that stand for the bytes 0x80–0xBF and 0xC0–0xFF."""
    low, high = (chr(characters + byte).encode("utf-8", "surrogatepass")[:2] for byte in (0x80, 0xC0))
    return low, high


# Python's decoder for broken bytes is written in C, but makes surrogates of them, which are no characters. Nothing else in
# UTF-8 begins like a surrogate.
_MARKS = _starts(BROKEN_BYTE)
_SURROGATES = _starts(0xDC00)
_MARK = re.compile(b"(?:%s|%s)[\x80-\xbf]" % _MARKS)


def utf8(data: bytes) -> bytes:
    """UTF-8 from a file that is UTF-8 by its byte-order mark, or in which at least 9 in 10 non-ASCII characters are UTF-8.

    Returns:
        The text without its byte-order mark, and with a character from `BROKEN_BYTE` on for each broken byte.

    Raises:
        UnicodeError: It is neither.
    """
    text = data.removeprefix(codecs.BOM_UTF8)
    if _is_valid(text):
        return without_marks(text)
    if not data.startswith(codecs.BOM_UTF8) and not _is_mostly_right(text):
        raise UnicodeError
    return b"".join(map(_marked, _pieces(text)))


def without_marks(text: bytes) -> bytes:
    """Valid UTF-8 without characters that could be taken for broken bytes; they become U+FFFD.

    They are for private use, so nobody can read them outside the program that wrote them.
    """
    first = _MARKS[0][:1]  # a search for one byte takes next to no time
    return _MARK.sub(REPLACEMENT.encode(), text) if first in text else text


def _marked(piece: bytes) -> bytes:
    """UTF-8 from a piece of text that may have broken bytes."""
    marked = without_marks(piece).decode(errors="surrogateescape").encode(errors="surrogatepass")
    for surrogates, marks in zip(_SURROGATES, _MARKS, strict=True):
        marked = marked.replace(surrogates, marks)
    return marked


def _is_mostly_right(text: bytes) -> bool:
    """Whether at least 9 in 10 of a text's non-ASCII characters are UTF-8."""
    characters = broken = 0
    for piece in _pieces(text):
        decoded = piece.decode(errors="replace")
        characters += len(decoded) - len(piece.translate(None, _HIGH))
        broken += decoded.count(REPLACEMENT) - piece.count(REPLACEMENT.encode())
    return broken * 10 <= characters


def _is_valid(text: bytes) -> bool:
    """Whether a text is UTF-8."""
    import polars as pl  # noqa: PLC0415 - `--help` lists the encodings without it

    try:
        for piece in _pieces(text):
            # Several times faster than Python's own decoder.
            pl.Series([piece], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def _pieces(text: bytes) -> Iterator[bytes]:
    """A text in pieces, none of which cuts a character in two."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        while end < len(text) and text[end] & 0xC0 == 0x80:  # a continuation byte
            end += 1
        yield text[start:end]
        start = end
