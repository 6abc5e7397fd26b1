"""The encodings that a file can have. Each is declared here, and nowhere else.

The reader, the reading options on screen, `--encoding` and the JSON all take them from `ENCODINGS`.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

_PIECE = 250_000
"""Bytes checked at a time, so that a large file isn't copied in one go."""


@dataclass(frozen=True)
class Encoding:
    """A character encoding that a file can have."""

    name: str
    """Its name in JSON, for `--encoding` and in drafts."""
    label: str
    """Its name on screen."""
    to_utf8: Callable[[bytes], bytes]
    """Turns a file's bytes into UTF-8 without a byte-order mark. Raises UnicodeError if they aren't in this encoding."""
    marks: tuple[bytes, ...] = ()
    """The byte-order marks that it is recognised by. Encodings without one are tried in the order of `ENCODINGS`."""


def _checked_utf8(data: bytes) -> bytes:
    """UTF-8 as it is, once all of it has proved to be UTF-8."""
    import polars as pl  # noqa: PLC0415 - `--help` lists the encodings without it

    data = data.removeprefix(codecs.BOM_UTF8)
    start = 0
    while start < len(data):
        end = start + _PIECE
        while (
            end < len(data) and data[end] & 0xC0 == 0x80
        ):  # a continuation byte: don't cut a character in two
            end += 1
        piece = pl.Series([data[start:end]], dtype=pl.Binary)
        try:
            piece.cast(pl.String)  # several times faster than Python's own decoder
        except pl.exceptions.ComputeError:
            raise UnicodeError from None
        start = end
    return data


def _utf16_to_utf8(data: bytes) -> bytes:
    """UTF-8 from UTF-16 in the byte order of its mark; without one, in the order that its NUL bytes suggest."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    else:
        codec = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    return data.decode(codec).encode()


def _single_byte(codec: str) -> Callable[[bytes], bytes]:
    """Make the `to_utf8` of an encoding in which every byte is a character.

    Bytes that the codec leaves undefined become control characters, as in browsers; the check of cells reports them.
    See https://encoding.spec.whatwg.org/#legacy-single-byte-encodings.

    Args:
        codec: Python's name for the encoding.
    """
    table = "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256))
    return partial(_single_byte_to_utf8, table=table)


def _single_byte_to_utf8(data: bytes, table: str) -> bytes:
    return data if data.isascii() else codecs.charmap_decode(data, "strict", table)[0].encode()


UTF_8 = Encoding("utf-8", "UTF-8", _checked_utf8)
"""UTF-8 without a byte-order mark."""
UTF_16 = Encoding("utf-16", "UTF-16", _utf16_to_utf8, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
"""UTF-16 in either byte order."""

ENCODINGS = (
    UTF_8,
    Encoding("utf-8-sig", "UTF-8 (with BOM)", _checked_utf8, (codecs.BOM_UTF8,)),
    UTF_16,
    Encoding("cp1252", "Windows-1252", _single_byte("cp1252")),
)
"""Every encoding, in the order in which they are offered on screen, and tried if a file has no byte-order mark.

Any file can be read as the first single-byte encoding, so those after it are used only if the user chooses them.
"""


def encoding_named(name: str) -> Encoding:
    """The encoding with this name.

    Raises:
        ValueError: There is no such encoding.
    """
    for encoding in ENCODINGS:
        if encoding.name == name:
            return encoding
    raise ValueError(name)
