"""The encodings that a file can have. Each is declared here, and nowhere else.

The reader, the reading options on screen, `--encoding` and the JSON all take them from `ENCODINGS`.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from backdrop_tui.intake.reading.encoding.utf8 import utf8, without_marks


@dataclass(frozen=True)
class Encoding:
    """A character encoding that a file can have."""

    name: str
    """Its name in JSON, for `--encoding` and in drafts."""
    label: str
    """Its name on screen."""
    to_utf8: Callable[[bytes], bytes] = field(repr=False)
    """Turns a file's bytes into UTF-8 without a byte-order mark. Raises UnicodeError if they aren't in this encoding."""
    marks: tuple[bytes, ...] = ()
    """The byte-order marks that it is recognised by."""
    characters: str = field(default="", repr=False)
    """The characters of the bytes 0 to 255, if each byte is a character; otherwise empty."""
    handicap: float = 0
    """Points against it from the start where such encodings compete, because files have it more rarely."""


def _utf16_to_utf8(data: bytes) -> bytes:
    """UTF-8 from UTF-16 in the byte order of its mark; without one, in the order that its NUL bytes suggest."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    else:
        codec = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    return without_marks(data.decode(codec).encode())


def _single_byte(name: str, label: str, handicap: float) -> Encoding:
    """Declare an encoding in which every byte is a character.

    Bytes that it leaves undefined become control characters, as in browsers; the check of cells reports them.
    See https://encoding.spec.whatwg.org/#legacy-single-byte-encodings.

    Args:
        name: Its name, under which Python knows it too.
        label: Its name on screen.
        handicap: See `Encoding.handicap`.
    """
    characters = "".join(bytes([byte]).decode(name, "ignore") or chr(byte) for byte in range(256))
    return Encoding(
        name,
        label,
        partial(_single_byte_to_utf8, characters=characters),
        characters=characters,
        handicap=handicap,
    )


def _single_byte_to_utf8(data: bytes, characters: str) -> bytes:
    return data if data.isascii() else codecs.charmap_decode(data, "strict", characters)[0].encode()


UTF_8 = Encoding("utf-8", "UTF-8", utf8)
"""UTF-8 without a byte-order mark."""
UTF_16 = Encoding("utf-16", "UTF-16", _utf16_to_utf8, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
"""UTF-16 in either byte order."""

ENCODINGS = (
    UTF_8,
    Encoding("utf-8-sig", "UTF-8 (with BOM)", utf8, (codecs.BOM_UTF8,)),
    UTF_16,
    _single_byte("cp1252", "Windows-1252", 0),
    _single_byte("mac-roman", "Mac Roman", 0.5),
    _single_byte("cp850", "DOS (cp850)", 0.5),
    _single_byte("cp1250", "Central European (Windows-1250)", 1),
)
"""Every encoding, in the order in which they are offered on screen."""
SINGLE_BYTE = tuple(encoding for encoding in ENCODINGS if encoding.characters)
"""The encodings in which each byte is a character. They compete for a file without a byte-order mark that isn't UTF-8; in a
tie, the first one wins."""


def encoding_named(name: str) -> Encoding:
    """The encoding with this name.

    Raises:
        ValueError: There is no such encoding.
    """
    for encoding in ENCODINGS:
        if encoding.name == name:
            return encoding
    raise ValueError(name)
