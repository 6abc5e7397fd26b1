"""From a file's bytes to UTF-8, whatever they were written in."""

import codecs

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.binary import SAVE_AS
from backdrop_tui.intake.reading.sheet import Encoding

_CP1252 = "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256))
"""Windows-1252 as browsers have it: the five bytes that it leaves undefined are control characters.

https://encoding.spec.whatwg.org/#windows-1252
"""
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


class NotUtf8Error(Exception):
    """What was taken for UTF-8 turned out to be something else."""


def to_utf8(data: bytes, wanted: Encoding | None) -> tuple[bytes, Encoding]:
    """The same text in UTF-8 without a mark, and the encoding that it came in.

    What has no mark is taken for UTF-8, which shows only when its lines are read: looking through it beforehand would
    take as long again. Then `when_not_utf8` says what it is.

    Args:
        data: The whole file.
        wanted: The encoding that the user says it has; None to find it out.

    Raises:
        UnusableFileError: It isn't in the encoding that the user says, or its mark lies.
    """
    encoding = wanted or _found(data)
    if encoding == "cp1252":
        return data if data.isascii() else _from_cp1252(data), encoding
    if encoding == "utf-16":
        return _from_utf16(data), encoding
    return data.removeprefix(codecs.BOM_UTF8), encoding


def when_not_utf8(data: bytes, wanted: Encoding | None) -> tuple[bytes, Encoding]:
    """The same as `to_utf8`, once a text without its mark has turned out not to be UTF-8.

    Raises:
        UnusableFileError: The user says that it is.
    """
    if wanted:
        raise UnusableFileError(_not_in(wanted))
    return _from_cp1252(data), "cp1252"


def _found(data: bytes) -> Encoding:
    """The encoding by the mark at the beginning, else UTF-8."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8"


def _from_cp1252(data: bytes) -> bytes:
    return codecs.charmap_decode(data, "strict", _CP1252)[0].encode()


def _from_utf16(data: bytes) -> bytes:
    """From UTF-16 in the order of its mark, else in the order in which its NUL bytes stand."""
    if data.startswith(_UTF16_MARKS):
        codec = "utf-16"
    else:
        codec = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    try:
        return data.decode(codec).encode()
    except UnicodeError:
        raise UnusableFileError(_not_in("utf-16")) from None


def _not_in(encoding: Encoding) -> str:
    return f"This file isn't {_NAMES[encoding]} text. Choose another encoding, or save it again. {SAVE_AS}"
