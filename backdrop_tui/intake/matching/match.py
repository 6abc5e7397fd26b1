"""Matching the columns of a file with fields when it is picked."""

from collections.abc import Sequence
from dataclasses import replace

from backdrop_tui.intake.matching.by_heading import FileColumns, match_headings
from backdrop_tui.intake.matching.full_name_columns import with_full_name
from backdrop_tui.intake.matching.matching import Column, Matching, with_names
from backdrop_tui.intake.matching.near_misses import NearMiss, near_misses
from backdrop_tui.intake.matching.section_headings import sectioned_fields
from backdrop_tui.intake.matching.value_shapes import FULL_NAME_PATTERN, sample_values
from backdrop_tui.intake.reading.headings import is_errors_heading
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.kind import RecordKind

_SAMPLES = 3


def match_columns(sheet: Sheet, kind: RecordKind, remembered: Sequence[str | None] | None = None) -> Matching:
    """Work out where each column goes.

    Args:
        sheet: The file.
        kind: What its rows are.
        remembered: Where the columns of the last file with the same headings went; None if there was none.
    """
    values = sample_values(sheet)
    columns = [
        Column(name, of_column.texts[:_SAMPLES])
        for name, of_column in zip(sheet.column_names, values, strict=True)
    ]
    if remembered is not None and len(remembered) == len(columns):
        matching = Matching(kind, tuple(columns), sectioned=sectioned_fields(sheet, kind))
        return matching.with_remembered(remembered)
    file_columns = FileColumns.of(kind, sheet, values)
    matches = with_full_name(file_columns, match_headings(file_columns))
    matched = with_names(match.target for match in matches)
    free_fields = [field for field in kind.file_fields if field.key not in matched]
    free_columns = [
        n
        for n, (heading, match) in enumerate(zip(sheet.headings, matches, strict=True))
        if not match.target
        and not match.could_be
        and (match.is_contradicted or not match.note)
        and not is_errors_heading(heading)
    ]
    used, suggested = near_misses(file_columns, free_fields, free_columns)
    for n, match in enumerate(matches):
        if match.could_be:
            share = int(values[n].share(FULL_NAME_PATTERN) * 100)
            columns[n] = replace(columns[n], near_miss=NearMiss(match.could_be, share, "values"))
        elif near := used.get(n):
            columns[n] = replace(columns[n], target=near.target, how="similarity", near_miss=near)
        elif match.target:
            columns[n] = replace(columns[n], target=match.target, how="heading")
        else:
            columns[n] = replace(columns[n], note=match.note, near_miss=suggested.get(n))
    return Matching(kind, tuple(columns), sectioned=sectioned_fields(sheet, kind))
