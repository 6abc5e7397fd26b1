"""The errors file: the rows of a file that were not imported, with a column that says why."""

import os
import re
from codecs import BOM_UTF8
from pathlib import Path

import polars as pl

from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.matching.matching import Matching, with_names
from backdrop_tui.intake.output.csv_text import csv_text, guarded
from backdrop_tui.intake.reading.headings import ERRORS_HEADING, is_errors_heading
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.broken_bytes import REPLACEMENT
from backdrop_tui.records.schema.text import CONTROL

_LEFT_OUT = "Left out."
"""Stands in the Errors column of a row that has no error, but that the user has left out."""


def errors_file(matching: Matching, sheet: Sheet, texts: pl.DataFrame, problems: pl.DataFrame) -> bytes:
    """Make an errors file, ready to be picked again.

    It has the columns of the file with the user's edits in them, fields that the user typed in although the file has no
    column for them, and `Errors`. What a row has beyond the last heading comes after that.

    Args:
        matching: Where the file's columns go.
        sheet: The file.
        texts: The rows to write: `row` (UInt32) and raw text (String) by key, with edits.
        problems: The problems of those rows; see `records.schema.problems.SCHEMA`.
    """
    columns = [n for n, heading in enumerate(sheet.headings) if not is_errors_heading(heading)]
    typed_in = _typed_in(matching, texts)
    headings = [*(_heading(matching, sheet, n) for n in columns), *map(matching.label, typed_in)]
    cells = _edited_cells(matching, sheet, texts.fill_null("")).select(
        "row", *(sheet.columns[n] for n in columns), *typed_in
    )
    messages = _error_messages(problems)
    lines = [[*map(guarded, headings), ERRORS_HEADING]]
    for row, *values in cells.with_columns(
        pl.col(pl.String).str.replace_all(CONTROL, REPLACEMENT)
    ).iter_rows():
        errors = " ".join(messages.get(row, [_LEFT_OUT]))
        lines.append([*map(guarded, values), errors, *map(guarded, _extra(sheet, row))])
    return BOM_UTF8 + csv_text(lines)


def _error_messages(problems: pl.DataFrame) -> dict[int, list[str]]:
    """The messages of all errors, by row."""
    messages: dict[int, list[str]] = {}
    for row, message in problems.filter(pl.col("level") == "error").select("row", "message").iter_rows():
        messages.setdefault(row, []).append(message)
    return messages


def _heading(matching: Matching, sheet: Sheet, index: int) -> str:
    """A column's heading; if it has none, the label of its field, by which it is recognised when it is picked again."""
    column = matching.columns[index]
    return sheet.headings[index] or (matching.label(column.target) if column.target else column.heading)


def _extra(sheet: Sheet, row: int) -> list[str]:
    """A row's cells beyond the last column, without blank ones at the end."""
    extra = list(sheet.extra.get(row, ()))
    while extra and not extra[-1].strip():
        extra.pop()
    return pl.Series(extra).str.replace_all(CONTROL, REPLACEMENT).to_list() if extra else []


def _typed_in(matching: Matching, texts: pl.DataFrame) -> list[str]:
    """The keys of fields that the file has no column for, but the user has typed something into."""
    matched = with_names(matching.targets) | {"row"}
    return [key for key in texts.columns if key not in matched and (texts[key].fill_null("") != "").any()]


def _edited_cells(matching: Matching, sheet: Sheet, texts: pl.DataFrame) -> pl.DataFrame:
    """The rows in `texts`, with `texts` in place of what the file has in the matched columns.

    A cell is only replaced if the user has edited it, so that any other stays as it is written in the file.

    Args:
        matching: Where the file's columns go.
        sheet: The file.
        texts: `row` (UInt32) and raw text (String) by key, without nulls.

    Returns:
        `row` (UInt32), the sheet's columns and the fields' keys (String, without nulls).
    """
    wanted = pl.col("row").is_in(texts["row"].implode())
    rows = texts.join(sheet.cells.filter(wanted), on="row", how="left", maintain_order="left")
    before = (
        matching.texts(sheet)
        .filter(wanted)
        .fill_null("")
        .rename(lambda key: key if key == "row" else f"{key}.before")
    )
    rows = rows.join(before, on="row", how="left", maintain_order="left")
    columns = {}
    for name, target in zip(sheet.columns, matching.targets, strict=True):
        if target == FULL_NAME:
            full_name = pl.concat_str("surname", pl.lit(", "), "first_name")
            columns[name] = pl.when(_edited("surname", "first_name")).then(full_name).otherwise(pl.col(name))
        elif target:
            columns[name] = pl.when(_edited(target)).then(pl.col(target)).otherwise(pl.col(name))
    return rows.with_columns(**columns).fill_null("")


def _edited(*keys: str) -> pl.Expr:
    """Whether the user has changed one of these fields in a row (Boolean)."""
    return pl.any_horizontal(pl.col(key).ne_missing(pl.col(f"{key}.before")) for key in keys)


def errors_file_path(path: Path) -> Path:
    """A free name for the errors file of a file: `NAME_errors.csv`, or `NAME_errors-2.csv` if that exists, and so on."""
    name = re.sub(r"_errors(-\d+)?$", "", path.stem)
    candidate = path.with_name(f"{name}_errors.csv")
    number = 2
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{name}_errors-{number}.csv")
        number += 1
    return candidate
