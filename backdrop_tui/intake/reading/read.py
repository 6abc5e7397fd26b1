"""The way of a file from the disk to a sheet."""

from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.binary import refuse_other_kinds
from backdrop_tui.intake.reading.body import is_sound, read_body
from backdrop_tui.intake.reading.build import Layout, Rows, build
from backdrop_tui.intake.reading.careful import Record, records
from backdrop_tui.intake.reading.cells import is_blank
from backdrop_tui.intake.reading.delimiter import Head, find_delimiter, take_sep_line
from backdrop_tui.intake.reading.encoding import NotUtf8Error, to_utf8, when_not_utf8
from backdrop_tui.intake.reading.header import commonest, find_header, rows_above
from backdrop_tui.intake.reading.lines import first_lines, physical_lines
from backdrop_tui.intake.reading.sheet import Delimiter, Encoding, ReadOptions, Sheet
from backdrop_tui.intake.reading.source import load

_HEAD = 300
"""Physical lines that are looked at to find the delimiter, the headings and the width."""
_NEARLY_ALL = 0.8


@dataclass(frozen=True)
class Text:
    """A file's text, before anybody asks what is in it."""

    file: str
    """The file's name, without its folder."""
    encoding: Encoding
    """The encoding that it came in."""
    delimiter: Delimiter | None
    """What stands between two cells, where the file itself says that."""
    data: bytes
    """The text itself, without a mark and not empty: UTF-8, or what is taken for it until its lines are read."""


def read_file(path: Path, options: ReadOptions, known_headings: frozenset[str]) -> Sheet:
    """A CSV file as a table of text. Nothing is changed, on disk or elsewhere.

    Args:
        path: The file.
        options: What the user says about it; the rest is found out.
        known_headings: Folded headings that a school's export may have, to know the row of headings by.

    Raises:
        UnusableFileError: The file can't be read, or is no CSV file with rows; the message says what to do.
    """
    return read_bytes(load(path), path.name, options, known_headings)


def read_bytes(data: bytes, file: str, options: ReadOptions, known_headings: frozenset[str]) -> Sheet:
    """The same for a file whose bytes are at hand.

    Args:
        data: The whole file.
        file: Its name.
        options: What the user says about it.
        known_headings: As for `read_file`.

    Raises:
        UnusableFileError: As for `read_file`.
    """
    text = _take_text(data, file, options.encoding)
    try:
        return _read(text, options, known_headings)
    except NotUtf8Error:
        data, encoding = when_not_utf8(text.data, options.encoding)
        return _read(replace(text, data=data, encoding=encoding), options, known_headings)


def _take_text(data: bytes, file: str, encoding: Encoding | None) -> Text:
    """A file's text, in the encoding that the user says or that it seems to have."""
    if not data:
        raise UnusableFileError("This file is empty. Export the report again.")
    refuse_other_kinds(data, utf16=encoding == "utf-16")
    data, found = to_utf8(data, encoding)
    data, said = take_sep_line(data)
    while data.startswith(BOM_UTF8):  # there can be several marks
        data = data.removeprefix(BOM_UTF8)
    if not data:
        raise UnusableFileError(_nothing_in_it(None))
    return Text(file, found, said, data)


def _read(text: Text, options: ReadOptions, known_headings: frozenset[str]) -> Sheet:
    """The table that is in a text."""
    head = _head(text, options.delimiter, known_headings)
    header, above = _header(text, head, options.header_row, known_headings)
    layout = _layout(head, header, above)
    lines = physical_lines(text.data, is_sound(layout.shape))
    body = read_body(lines, header.line + header.lines if header else 0, layout.shape)
    rows = build(body, layout)
    if rows.cells.is_empty():
        raise UnusableFileError(_nothing_in_it(header))
    return Sheet(
        file=text.file,
        encoding=text.encoding,
        delimiter=layout.shape.rules.delimiter,
        header_row=above + 1 if header else None,
        headings=rows.headings,
        cells=rows.cells,
        faults=rows.faults,
        extra=rows.extra,
        notes=_notes(header, above, rows),
    )


def _head(text: Text, wanted: Delimiter | None, known: frozenset[str]) -> Head:
    """The first lines; with the delimiter that the file itself says, unless that cuts nothing."""
    lines = first_lines(text.data, _HEAD)
    head = find_delimiter(lines, wanted or text.delimiter, known)
    if wanted is None and text.delimiter and head.agreement[1] <= 1:
        return find_delimiter(lines, None, known)
    return head


def _header(text: Text, head: Head, wanted: int | None, known: frozenset[str]) -> tuple[Record | None, int]:
    """The record with the headings, and how many stand above it; None and 0 where there are none."""
    if wanted is None:
        found = find_header(head.records, known)
        if found is None:
            return None, 0
        if above := rows_above(head.records, found):
            raise UnusableFileError(_sorted_with_headings(above, found + 1))
        return head.records[found], found
    if wanted <= 0:
        return None, 0
    lines = physical_lines(text.data, is_sound(head.shape))
    upto = list(islice(records(lines, head.shape), min(wanted, len(lines) + 1)))
    if len(upto) < wanted:
        raise UnusableFileError(
            f"Row {wanted:,} can't have the headings: this file has only {len(upto):,} rows."
        )
    return upto[-1], wanted - 1


def _layout(head: Head, header: Record | None, above: int) -> Layout:
    """The width that rows are read with: that of the headings, or of nearly all rows where those have more cells."""
    headings = header.cells if header else ()
    after = header.line + header.lines if header else 0
    counts = [
        len(r.cells) for r in head.records
        if r.line >= after and r.lines == 1 and not all(map(is_blank, r.cells))
    ]  # fmt: skip
    wider = [count for count in counts if count > len(headings)]
    width = len(headings)
    if wider and len(wider) >= _NEARLY_ALL * len(counts):
        width = commonest(wider)[0]
    shape = replace(head.shape, width=max(width, 1))
    return Layout(shape, headings, above + 2 if header else 1)


def _sorted_with_headings(above: Sequence[int], header_row: int) -> str:
    first, last = above[0] + 1, above[-1] + 1
    rows = f"Row {first} stands" if first == last else f"Rows {first} to {last} stand"
    return (
        f"{rows} above the headings, which are in row {header_row}, and would be passed over. "
        "Move the row of headings to the top of the sheet, save it, and choose the file again."
    )


def _nothing_in_it(header: Record | None) -> str:
    if header:
        return (
            "This file has headings, but no rows under them. Export the report again, with the people in it."
        )
    return "This file has nothing in it. Export the report again."


def _notes(header: Record | None, above: int, rows: Rows) -> tuple[str, ...]:
    """What the user should know about how the file was read."""
    notes = []
    if not header:
        notes.append("The file has no row of headings, so its first row was read as a person.")
    elif above:
        notes.append(f"The headings are in row {above + 1}; what stands above them was passed over.")
    if rows.repeated:
        times = "once more" if rows.repeated == 1 else f"{rows.repeated:,} more times"
        notes.append(f"The headings stand in the file {times}; those rows were passed over.")
    return tuple(notes)
