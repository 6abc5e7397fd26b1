"""Reading a file, or several with the same headings, one for each class or year, as one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.matching.known_headings import vocabulary
from backdrop_tui.intake.reading.headings import without_errors_columns
from backdrop_tui.intake.reading.read import open_bytes, read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.row_names import ROWS_PER_FILE
from backdrop_tui.records.schema.text import fold_heading
from backdrop_tui.wording import listed

_MOST_FILES = 400
_MOST_NAMES = 3


def read_sheet(kind: RecordKind, data: bytes, file: str, options: ReadOptions | None = None) -> Sheet:
    """Read a file as a table of text, recognising its headings by the known headings of a kind of people.

    Args:
        kind: What its rows are.
        data: The whole file.
        file: Its name, without its folder.
        options: What the user has chosen for it; None to detect everything.

    Raises:
        UnusableFileError: The file isn't a CSV file with rows; the message says what to do.
    """
    return read_bytes(data, file, options or ReadOptions(), vocabulary(kind))


def read_files(
    kind: RecordKind, files: Sequence[tuple[str, bytes]], options: ReadOptions | None = None
) -> Sheet:
    """Read one file, or several as one.

    Args:
        kind: What their rows are.
        files: Each file's name, without its folder, and its bytes.
        options: What the user has chosen for them; None to detect everything, for each file by itself.

    Raises:
        UnusableFileError: One of them can't be used, or they don't have the same headings; the message says which.
    """
    return begin_reading(kind, files, options)()


def begin_reading(
    kind: RecordKind, files: Sequence[tuple[str, bytes]], options: ReadOptions | None = None
) -> Callable[[], Sheet]:
    """Settle the encoding and the shape of one file, and return what reads its rows, for another thread.

    Several files are only looked at by what is returned. Args and errors are those of `read_files`.
    """
    if len(files) == 1:
        name, data = files[0]
        return open_bytes(data, name, options or ReadOptions(), vocabulary(kind)).read
    if len(files) > _MOST_FILES:
        raise UnusableFileError(f"These are {len(files):,} files. Import at most {_MOST_FILES} at once.")
    return partial(_read_all, kind, files, options)


def _read_all(kind: RecordKind, files: Sequence[tuple[str, bytes]], options: ReadOptions | None) -> Sheet:
    """Several files as one."""
    return _joined([_read(kind, data, name, options) for name, data in files])


def _read(kind: RecordKind, data: bytes, name: str, options: ReadOptions | None) -> Sheet:
    """One of several files. What is wrong with it is said with its name."""
    try:
        sheet = read_sheet(kind, data, name, options)
    except UnusableFileError as error:
        raise UnusableFileError(f"{name}: {error.message}") from None
    last = sheet.cells["row"].max()
    if isinstance(last, int) and last >= ROWS_PER_FILE:
        raise UnusableFileError(f"{name} is too big to be imported with other files. Import it on its own.")
    return sheet


def _joined(sheets: Sequence[Sheet]) -> Sheet:
    """Several sheets as one, with the columns of the first."""
    first, *others = sheets
    names = tuple(_distinct([sheet.file for sheet in sheets]))
    in_order = [first, *(_in_order_of(first, sheet) for sheet in others)]
    return replace(
        first,
        file=listed(names, at_most=_MOST_NAMES),
        files=names,
        cells=pl.concat([_numbered(sheet.cells, place) for place, sheet in enumerate(in_order)]),
        faults=pl.concat([_numbered(sheet.faults, place) for place, sheet in enumerate(in_order)]),
        extra={
            row + place * ROWS_PER_FILE: cells
            for place, sheet in enumerate(in_order)
            for row, cells in sheet.extra.items()
        },
        above=tuple(
            (row + place * ROWS_PER_FILE, cells)
            for place, sheet in enumerate(sheets)
            for row, cells in sheet.above
        ),
        notes=tuple(
            f"{name}: {note}"
            for name, sheet in zip(names, sheets, strict=True)
            for note in (*({sheet.how_read} - {first.how_read}), *sheet.notes)
        ),
    )


def _distinct(names: Sequence[str]) -> list[str]:
    """The names of files, numbered where files of several folders have the same name: `7A.csv`, `7A.csv (2)`."""
    return [
        f"{name} ({names[:place].count(name) + 1})" if name in names[:place] else name
        for place, name in enumerate(names)
    ]


def _in_order_of(first: Sheet, other: Sheet) -> Sheet:
    """Another sheet with its columns in the order of the first.

    Raises:
        UnusableFileError: It doesn't have the same headings.
    """
    wanted, given = (list(map(fold_heading, sheet.headings)) for sheet in (first, other))
    if sorted(wanted) != sorted(given) or (wanted != given and len({*wanted}) < len(wanted)):
        raise UnusableFileError(_different(first, other))
    places = [given.index(heading) for heading in wanted] if wanted != given else range(len(wanted))
    columns = [pl.col(f"c{place}").alias(name) for place, name in zip(places, first.columns, strict=True)]
    return replace(other, headings=first.headings, cells=other.cells.select("row", *columns))


def _different(first: Sheet, other: Sheet) -> str:
    """Why two files can't be read as one, and what to do."""
    theirs, ours = (without_errors_columns(sheet.headings) for sheet in (other, first))
    only_there = [heading for heading in theirs if fold_heading(heading) not in map(fold_heading, ours)]
    only_here = [heading for heading in ours if fold_heading(heading) not in map(fold_heading, theirs)]
    differences = [
        f"it has {listed(map(_quoted, only_there), at_most=_MOST_NAMES)}" if only_there else "",
        f"it doesn't have {listed(map(_quoted, only_here), at_most=_MOST_NAMES)}" if only_here else "",
    ]
    detail = " and ".join(filter(None, differences)) or "they are in another order"
    return (
        f"{other.file} doesn't have the same headings as {first.file}: {detail}. "
        "Import files with different headings one after the other."
    )


def _quoted(heading: str) -> str:
    return f"“{heading}”" if heading else "a column without a heading"


def _numbered(rows: pl.DataFrame, place: int) -> pl.DataFrame:
    """Rows with the numbers that they have among those of several files, given the file's place from 0."""
    return rows.with_columns(pl.col("row") + pl.lit(place * ROWS_PER_FILE, pl.UInt32))
