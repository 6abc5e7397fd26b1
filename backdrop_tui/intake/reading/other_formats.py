"""Files that aren't CSV: how to recognise them by their first bytes, and what to do about each."""

import re
from codecs import BOM_UTF8

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.encoding.encodings import UTF_16

SAVE_AS = "In Excel: File, Save As, CSV UTF-8."
"""How to get a CSV file from anything that Excel can open."""

_OPEN_AND_SAVE = f"Open it in a spreadsheet and save it as CSV. {SAVE_AS}"
_EXPORT_AGAIN = "Export the report again as CSV."
_UNPACK = "Unpack it first, then choose the CSV file that was in it."

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook or another Office file", SAVE_AS),
    (b"%PDF", "a PDF", _EXPORT_AGAIN),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", "a Zstandard archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x89PNG\r\n", "a picture", _EXPORT_AGAIN),
    (b"\xff\xd8\xff", "a picture", _EXPORT_AGAIN),
    (b"GIF8", "a picture", _EXPORT_AGAIN),
    (b"II*\x00", "a picture", _EXPORT_AGAIN),
    (b"MM\x00*", "a picture", _EXPORT_AGAIN),
    (b"RIFF", "a picture, a sound or a film", _EXPORT_AGAIN),
    (b"SQLite format 3\x00", "a database", _EXPORT_AGAIN),
    (b"\x00\x01\x00\x00Standard ", "an Access database", _EXPORT_AGAIN),
    (b"PAR1", "a Parquet file", _EXPORT_AGAIN),
    (b"ARROW1\x00\x00", "an Arrow file", _EXPORT_AGAIN),
    (b"{\\rtf", "a document", _EXPORT_AGAIN),
    (b"\x7fELF", "a program", _EXPORT_AGAIN),
    (b"MZ\x90\x00", "a program", _EXPORT_AGAIN),
)
_MARKUP: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|style|table|div)\b", re.IGNORECASE | re.DOTALL),
     "a web page", _OPEN_AND_SAVE),
    (re.compile(rb"<\?xml|<[a-z]+:[a-z]+\s+xmlns", re.IGNORECASE), "an XML file", _OPEN_AND_SAVE),
    (re.compile(rb'\{\s*"[^"]*"\s*:|\[\s*[\[{]'), "a JSON file", _EXPORT_AGAIN),
)  # fmt: skip
_BLANK = re.compile(rb"\A(?:%s|\s)*" % BOM_UTF8)
"""What can be in front of a file's first character: byte-order marks, which some programs add to those that are there."""
_CONTROL = bytes({*range(32), 127} - set(b"\t\n\r\f\v\x1b"))
_SAMPLE = 65_536


def refuse_other_formats(data: bytes, *, utf16: bool) -> None:
    """Refuse a file that isn't text.

    Args:
        data: The whole file.
        utf16: Whether the user has chosen UTF-16, in which NUL bytes are nothing unusual.

    Raises:
        UnusableFileError: It is a workbook, an archive, a picture … or not text at all.
    """
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise UnusableFileError(f"This is UTF-32 text, which few programs can read. {SAVE_AS}")
    if data.startswith(b"PK\x03\x04"):
        raise UnusableFileError(_zipped(data[:4096]))
    for beginning, what, remedy in _BEGINNINGS:
        if data.startswith(beginning):
            raise UnusableFileError(f"This is {what}, not a CSV file. {remedy}")
    start = _BLANK.sub(b"", data[:4096], count=1)
    for pattern, what, remedy in _MARKUP:
        if pattern.match(start):
            raise UnusableFileError(f"This is {what}, not a CSV file. {remedy}")
    if not (utf16 or data.startswith(UTF_16.marks)):
        _refuse_binary(data[:_SAMPLE])


def _zipped(start: bytes) -> str:
    """Say what kind of ZIP archive a file is, and what to do about it."""
    if b"application/vnd.oasis.opendocument.spreadsheet" in start:
        return f"This is an OpenDocument spreadsheet, not a CSV file. Save it as CSV. {SAVE_AS}"
    if b"xl/" in start or b"[Content_Types].xml" in start:
        return f"This is an Excel workbook, not a CSV file. {SAVE_AS}"
    if b".iwa" in start:
        return "This is a Numbers spreadsheet, not a CSV file. In Numbers: File, Export To, CSV."
    return (
        "This is a ZIP archive or an Excel workbook, not a CSV file. Unpack the archive first, "
        f"or save the workbook as CSV. {SAVE_AS}"
    )


def _refuse_binary(sample: bytes) -> None:
    """Refuse a file full of control characters. If there are only a few, the check of cells reports them."""
    nuls = sample.count(0)
    if nuls > len(sample) * 0.2 and max(sample[::2].count(0), sample[1::2].count(0)) > nuls * 0.9:
        raise UnusableFileError(f"This looks like UTF-16 text without a byte-order mark. {SAVE_AS}")
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls > 16 and controls > len(sample) * 0.02:
        raise UnusableFileError(f"This isn't a text file. Export the report as CSV. {SAVE_AS}")
