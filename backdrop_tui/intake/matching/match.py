"""Matching the columns of a file with fields when it is picked."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from backdrop_tui.intake.matching.by_heading import SAMPLE_ROWS, match_headings
from backdrop_tui.intake.matching.full_name import FULL_NAME_HEADINGS
from backdrop_tui.intake.matching.matching import Column, Matching, with_names
from backdrop_tui.intake.matching.near_misses import near_misses
from backdrop_tui.intake.reading.headings import is_errors_heading
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cleaned, fold_heading

_SAMPLES = 3
_LONGEST_SAMPLE = 60


def known_headings(kind: RecordKind) -> frozenset[str]:
    """All folded headings by which the row of headings is recognised."""
    labels = {fold_heading(field.label) for field in kind.fields}
    return frozenset(labels).union(FULL_NAME_HEADINGS, *(field.known_headings for field in kind.fields))


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
    return read_bytes(data, file, options or ReadOptions(), known_headings(kind))


def match_columns(sheet: Sheet, kind: RecordKind, remembered: Sequence[str | None] | None = None) -> Matching:
    """Work out where each column goes.

    Args:
        sheet: The file.
        kind: What its rows are.
        remembered: Where the columns of the last file with the same headings went; None if there was none.
    """
    values = _sample_values(sheet)
    columns = tuple(
        Column(name, tuple(samples[:_SAMPLES]))
        for name, samples in zip(sheet.column_names, values, strict=True)
    )
    matching = Matching(kind, columns)
    if remembered is not None and len(remembered) == len(columns):
        return matching.with_remembered(remembered)
    matches = match_headings(kind, sheet, values)
    matched = with_names(match.target for match in matches)
    free_fields = [field for field in kind.fields if field.key not in matched]
    free_columns = {
        n: heading
        for n, (heading, match) in enumerate(zip(sheet.headings, matches, strict=True))
        if not match.target and (match.is_contradicted or not match.note) and not is_errors_heading(heading)
    }
    used, suggested = near_misses(free_fields, free_columns, values)
    matched_columns = []
    for n, (column, match) in enumerate(zip(columns, matches, strict=True)):
        if near := used.get(n):
            matched_columns.append(replace(column, target=near.target, how="similarity", near_miss=near))
        elif match.target:
            matched_columns.append(replace(column, target=match.target, how="heading"))
        else:
            matched_columns.append(replace(column, note=match.note, near_miss=suggested.get(n)))
    return Matching(kind, tuple(matched_columns))


def _sample_values(sheet: Sheet) -> list[list[str]]:
    """Different values of each column, cleaned, from its first rows."""
    rows = sheet.cells.lazy().head(SAMPLE_ROWS).select(cleaned(pl.col(sheet.columns))).collect()
    distinct = (column.unique(maintain_order=True) for column in rows)
    return [[text[:_LONGEST_SAMPLE] for text in values if text] for values in distinct]
