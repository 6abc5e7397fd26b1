"""Files that are no CSV, known by how they begin, and what to do about each."""

import re

from backdrop_tui.errors import UnusableFileError

SAVE_AS = "In Excel: File, Save As, CSV UTF-8."
"""What to do with anything that a spreadsheet can open."""

_EXPORT = f"Open it in a spreadsheet and save it as CSV. {SAVE_AS}"
_AGAIN = "Export the report again as CSV."
_UNPACK = "Unpack it first, then choose the CSV file that was in it."

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook or another Office file", SAVE_AS),
    (b"%PDF", "a PDF", _AGAIN),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", "a Zstandard archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x89PNG\r\n", "a picture", _AGAIN),
    (b"\xff\xd8\xff", "a picture", _AGAIN),
    (b"GIF8", "a picture", _AGAIN),
    (b"II*\x00", "a picture", _AGAIN),
    (b"MM\x00*", "a picture", _AGAIN),
    (b"RIFF", "a picture, a sound or a film", _AGAIN),
    (b"SQLite format 3\x00", "a database", _AGAIN),
    (b"\x00\x01\x00\x00Standard ", "an Access database", _AGAIN),
    (b"PAR1", "a Parquet file", _AGAIN),
    (b"ARROW1\x00\x00", "an Arrow file", _AGAIN),
    (b"{\\rtf", "a document", _AGAIN),
    (b"\x7fELF", "a program", _AGAIN),
    (b"MZ\x90\x00", "a program", _AGAIN),
)
_MARKUP: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|style|table|div)\b", re.IGNORECASE | re.DOTALL),
     "a web page", _EXPORT),
    (re.compile(rb"<\?xml|<[a-z]+:[a-z]+\s+xmlns", re.IGNORECASE), "an XML file", _EXPORT),
    (re.compile(rb'\{\s*"[^"]*"\s*:|\[\s*[\[{]'), "a JSON file", _AGAIN),
)  # fmt: skip
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes({*range(32), 127} - set(b"\t\n\r\f\v\x1b"))
_SAMPLE = 65_536


def refuse_other_kinds(data: bytes, *, utf16: bool) -> None:
    """Let a text file pass.

    Args:
        data: The whole file.
        utf16: The user says that it is UTF-16, so NUL bytes say nothing.

    Raises:
        UnusableFileError: It is a workbook, an archive, a picture … or not text at all.
    """
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise UnusableFileError(f"This is UTF-32 text, which few programs can read. {SAVE_AS}")
    if data.startswith(b"PK\x03\x04"):
        raise UnusableFileError(_zipped(data[:4096]))
    for beginning, what, todo in _BEGINNINGS:
        if data.startswith(beginning):
            raise UnusableFileError(f"This is {what}, not a CSV file. {todo}")
    start = data[:4096].removeprefix(_MARKS[0]).lstrip()
    for pattern, what, todo in _MARKUP:
        if pattern.match(start):
            raise UnusableFileError(f"This is {what}, not a CSV file. {todo}")
    if not (utf16 or data.startswith(_MARKS)):
        _refuse_noise(data[:_SAMPLE])


def _zipped(start: bytes) -> str:
    """What kind of ZIP archive it is, and what to do about it."""
    if b"application/vnd.oasis.opendocument.spreadsheet" in start:
        return f"This is an OpenDocument spreadsheet, not a CSV file. Save it as CSV. {SAVE_AS}"
    if b"xl/" in start or b"[Content_Types].xml" in start:
        return f"This is an Excel workbook, not a CSV file. {SAVE_AS}"
    if b".iwa" in start:
        return "This is a Numbers spreadsheet, not a CSV file. In Numbers: File, Export To, CSV."
    return (
        f"This is an Excel workbook or a ZIP archive, not a CSV file. {SAVE_AS} Unpack a ZIP archive first."
    )


def _refuse_noise(sample: bytes) -> None:
    """Refuse what is full of bytes that no text has; a few of them are left for the checks of cells."""
    nuls = sample.count(0)
    if nuls > len(sample) * 0.2 and max(sample[::2].count(0), sample[1::2].count(0)) > nuls * 0.9:
        raise UnusableFileError(f"This looks like UTF-16 text without its mark. {SAVE_AS}")
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls > 16 and controls > len(sample) * 0.02:
        raise UnusableFileError(f"This isn't a text file. Export the report as CSV. {SAVE_AS}")
