"""Files that the program writes for people: templates, exports, and the rows that are still to be put right."""

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from backdrop_tui.errors import UnusableChoiceError, rollback_on_error
from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.matching.match import Matching
from backdrop_tui.intake.reading.headings import ERRORS_HEADING, errors_columns
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import CONTROL, REPLACEMENT
from backdrop_tui.store.files import PRIVATE_FILE, discard, write_all, write_beside

_MARK = b"\xef\xbb\xbf"
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@")
_BLANKS = " \t\r\n\f\v\u00a0\u200b\ufeff"


def guarded(cell: str) -> str:
    """A cell as a spreadsheet will not run it; reading it again takes the guard off.

    Blanks before it, with which some spreadsheets run it too, go: reading takes them off in any case.
    """
    bare = cell.lstrip(_BLANKS)
    if len(bare) > 1 and bare.startswith(_RUN_BY_SPREADSHEETS):
        return f"'{bare}"
    return bare if cell[:1] in {"\t", "\r"} else cell


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


def errors_file(matching: Matching, sheet: Sheet, texts: pl.DataFrame, problems: pl.DataFrame) -> bytes:
    """Rows that were not imported, with the file's own columns and one more that says why.

    What a row has beyond the last heading stands behind that one.

    Args:
        matching: Where the file's columns go.
        sheet: The file.
        texts: The rows to write: `row` (UInt32) and raw text (String) by key, with edits.
        problems: The problems of those rows; see `records.problems.SCHEMA`.
    """
    passed_over = errors_columns(sheet.headings)
    own = [n for n in range(len(sheet.headings)) if n not in passed_over]
    said: dict[int, list[str]] = {}
    for row, level, message in problems.select("row", "level", "message").iter_rows():
        if level == "error":
            said.setdefault(row, []).append(message)
    rows = texts["row"]
    cells = sheet.cells.filter(pl.col("row").is_in(rows.implode())).fill_null("")
    harmless = pl.col(pl.String).str.replace_all(CONTROL, REPLACEMENT)
    values = _with_edits(matching, sheet, cells, texts.fill_null("")).with_columns(harmless)
    typed = _typed_in(matching, texts)
    headings = [*(_heading(matching, sheet, n) for n in own), *map(matching.label, typed)]
    lines: list[list[str]] = [[*map(guarded, headings), ERRORS_HEADING]]
    more = texts.select(typed).fill_null("").rows() if typed else [()] * texts.height
    for (row, *line), besides in zip(values.iter_rows(), more, strict=True):
        why = " ".join(said.get(row, ["Left out."]))
        cells_of = [*(line[n] for n in own), *besides]
        lines.append([*map(guarded, cells_of), why, *map(guarded, _extra(sheet, row))])
    return _MARK + _csv(lines)


def _extra(sheet: Sheet, row: int) -> list[str]:
    """A row's cells beyond the last column, without blank ones at the end."""
    extra = list(sheet.extra.get(row, ()))
    while extra and not extra[-1].strip():
        extra.pop()
    return extra


def _heading(matching: Matching, sheet: Sheet, place: int) -> str:
    """The file's own heading; where it has none, the name of the field, by which it is known when picked again."""
    column = matching.columns[place]
    return sheet.headings[place] or (matching.label(column.target) if column.target else column.heading)


def _typed_in(matching: Matching, texts: pl.DataFrame) -> list[str]:
    """Keys of the fields that the file has no column for, but the user has typed something into."""
    there = {*matching.targets, "row"} | (
        {"first_name", "surname"} if FULL_NAME in matching.targets else set()
    )
    return [key for key in texts.columns if key not in there and (texts[key].fill_null("") != "").any()]


def _with_edits(matching: Matching, sheet: Sheet, cells: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The file's cells of the rows in `texts`, with the texts in place of what was read from the file."""
    before = matching.people(sheet).join(texts.select("row"), on="row", how="semi").fill_null("")
    both = (
        texts.lazy()
        .join(cells.lazy(), on="row", how="left", maintain_order="left")
        .join(before.lazy(), on="row", how="left", suffix=".before", maintain_order="left")
    )
    new = []
    for name, target in zip(sheet.columns, matching.targets, strict=True):
        if target == FULL_NAME:
            changed = pl.any_horizontal(
                pl.col(key).ne_missing(pl.col(f"{key}.before")) for key in ("first_name", "surname")
            )
            whole = pl.concat_str("surname", pl.lit(", "), "first_name")
            new.append(pl.when(changed).then(whole).otherwise(name).alias(name))
        else:
            new.append(pl.col(target or name).alias(name))
    return both.select("row", *new).collect().fill_null("")


def free_name(path: Path) -> Path:
    """The name of the errors file of a file: `NAME_errors.csv`, or `NAME_errors-2.csv` where that exists, and so on."""
    name = re.sub(r"_errors(-\d+)?$", "", path.stem)
    candidate = path.with_name(f"{name}_errors.csv")
    number = 2
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{name}_errors-{number}.csv")
        number += 1
    return candidate


def write_private(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file that only its owner may read: whole, or not at all.

    Args:
        path: Where. What is there and is no file, like a terminal, is written to as it is.
        data: What.
        replace: Whether a file that is there already gives way.

    Raises:
        UnusableChoiceError: It can't be written there.
    """
    try:
        if path.is_dir():
            raise UnusableChoiceError(f"{path} is a folder. Give the name of a file in it.")
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        elif replace:
            target = Path(os.path.realpath(path))
            temporary = write_beside(target, data)
            try:
                temporary.replace(target)
            finally:
                discard(temporary)
        else:
            _write_new(path, data)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise UnusableChoiceError(f"{path} can't be written: {reason}. Choose another place.") from error


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with rollback_on_error(lambda: discard(path)):
        try:
            os.fchmod(descriptor, PRIVATE_FILE)
            write_all(descriptor, data)
        finally:
            os.close(descriptor)


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
