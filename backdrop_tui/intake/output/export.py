"""CSV files with the fields' labels as headings: the empty template, and an export of the people stored."""

import polars as pl

from backdrop_tui.intake.output.csv_text import csv_text, guarded
from backdrop_tui.records.schema.kind import RecordKind


def template(kind: RecordKind) -> bytes:
    """A CSV file with headings only, ready to be filled in."""
    return csv_text([_headings(kind)])


def export(kind: RecordKind, people: pl.DataFrame) -> bytes:
    """People as a CSV file that is ready to be imported again.

    Args:
        kind: The kind of people.
        people: The fields' keys (String), in stored form.
    """
    rows = people.select(kind.keys).fill_null("").iter_rows()
    return csv_text([_headings(kind), *([guarded(cell) for cell in row] for row in rows)])


def _headings(kind: RecordKind) -> list[str]:
    return [field.label for field in kind.fields]
