"""Files that the program writes for people: templates, exports, and the rows that are still to be put right."""

import csv
import io
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.edits import CellKey
from backdrop_tui.intake.full_name import FULL_NAME
from backdrop_tui.intake.match import OWN_COLUMNS, Matching
from backdrop_tui.intake.sheet import Sheet
from backdrop_tui.records.kind import RecordKind
from backdrop_tui.records.text import fold_heading

ERRORS_HEADING = "Errors"
"""The column in which an errors file says what is wrong with a row."""
EXTRA_HEADING = "Extra cells"
"""The column in which an errors file keeps cells beyond the last heading."""
_MARK = b"\xef\xbb\xbf"
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """A cell as a spreadsheet will not run it; reading it again takes the guard off."""
    return f"'{cell}" if cell.startswith(_RUN_BY_SPREADSHEETS) and len(cell) > 1 else cell


def template(kind: RecordKind) -> bytes:
    """The headings of an empty file, ready to be filled in."""
    return _csv([[field.label for field in kind.fields]])


def export(kind: RecordKind, people: pl.DataFrame) -> bytes:
    """People with the template's headings, values in stored form, ready to be imported again."""
    rows = people.select(kind.keys).fill_null("").iter_rows()
    return _csv([[field.label for field in kind.fields], *([guarded(cell) for cell in row] for row in rows)])


def for_spreadsheet(data: bytes) -> bytes:
    """CSV with a mark in front where it needs one for a spreadsheet to show its letters right."""
    return data if data.isascii() else _MARK + data


def errors_file(
    matching: Matching, sheet: Sheet, texts: pl.DataFrame, problems: pl.DataFrame, edits: Collection[CellKey] = ()
) -> bytes:
    """Rows that were not imported, with the file's own columns and one more that says why.

    Args:
        matching: Where the file's columns go.
        sheet: The file.
        texts: The rows to write: `row` (UInt32) and raw text (String) by key, with edits.
        problems: The problems of those rows; see `records.problems.SCHEMA`.
        edits: Which cells have been edited.
    """
    own = [n for n, heading in enumerate(sheet.headings) if fold_heading(heading) not in OWN_COLUMNS]
    extra = any(row in sheet.extra for row in texts["row"])
    headings = [sheet.headings[n] if sheet.header_row else matching.label(matching.targets[n]) for n in own]
    headings += [EXTRA_HEADING] if extra else []
    said: dict[int, list[str]] = {}
    for row, level, message in problems.select("row", "level", "message").iter_rows():
        if level == "error":
            said.setdefault(row, []).append(message)
    lines: list[list[str]] = [[*headings, ERRORS_HEADING]]
    ours = {line["row"]: line for line in texts.fill_null("").iter_rows(named=True)}
    cells = sheet.cells.filter(pl.col("row").is_in(list(ours))).fill_null("")
    found = {row: values for row, *values in cells.iter_rows()}
    for row, line in ours.items():
        values = _with_edits(matching, found.get(row, [""] * len(sheet.columns)), line, edits)
        extra_cells = [" | ".join(sheet.extra.get(row, ()))] if extra else []
        written = [guarded(value) for value in [*(values[n] for n in own), *extra_cells]]
        lines.append([*written, " ".join(said.get(row, ["Left out."]))])
    return _MARK + _csv(lines)


def _with_edits(matching: Matching, cells: list[str], line: dict[str, Any], edits: Collection[CellKey]) -> list[str]:
    """One row's cells of the file, with ours in place of those that we read."""
    values = list(cells)
    for n, target in enumerate(matching.targets):
        if target == FULL_NAME:
            if (line["row"], "first_name") in edits or (line["row"], "surname") in edits:
                values[n] = f"{line['surname']}, {line['first_name']}"
        elif target:
            values[n] = line[target]
    return values


def free_name(path: Path) -> Path:
    """The name of the errors file of a file: `NAME_errors.csv`, or `NAME_errors-2.csv` where that exists, and so on."""
    name = path.stem.removesuffix("_errors")
    candidate = path.with_name(f"{name}_errors.csv")
    number = 2
    while candidate.exists():
        candidate = path.with_name(f"{name}_errors-{number}.csv")
        number += 1
    return candidate


def write_private(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file that only its owner may read.

    Raises:
        UnusableChoiceError: It can't be written there.
    """
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL)
    try:
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise UnusableChoiceError(f"{path} can't be written: {reason}. Choose another place.") from error


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
