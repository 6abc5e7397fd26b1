"""CSV files with the fields' labels as headings: the empty template, and an export of the people stored."""

from collections.abc import Sequence

import polars as pl

from backdrop_tui.intake.output.csv_text import csv_text, guarded
from backdrop_tui.records.fields.other_identifiers import BACKDROP_ID
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind


def template(kind: RecordKind) -> bytes:
    """A CSV file with headings only, ready to be filled in."""
    return csv_text([_headings(kind.template_fields)])


def export(kind: RecordKind, people: pl.DataFrame) -> bytes:
    """People as a CSV file that is ready to be imported again.

    It has the template's headings, those of other fields if anyone has a value in them, and everyone's id.

    Args:
        kind: The kind of people.
        people: `id` and the fields' keys (String), in stored form.
    """
    fields = kind.fields_in(people)
    rows = people.select(*(field.key for field in fields), "id").fill_null("").iter_rows()
    return csv_text([_headings((*fields, BACKDROP_ID)), *([guarded(cell) for cell in row] for row in rows)])


def _headings(fields: Sequence[Field]) -> list[str]:
    return [field.label for field in fields]
