"""The people whom the last import left out, by name, as the errors file has them."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from backdrop_tui.care.report.parts import Listing, Part
from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.pipeline import match
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.intake.reading.headings import is_errors_heading
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.intake.reading.source import load
from backdrop_tui.people.directory import name_of
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.import_history import ImportRecord
from backdrop_tui.school.school import School


def names_left_out(school: School, record: ImportRecord) -> Part:
    """Who was left out of an import and why, or the sentence that says why that isn't known.

    Nobody's name is kept for this: they are read from the errors file, for as long as that is where it was written.
    """
    if not record.errors_file:
        return "Their names were not kept, because no errors file was needed."
    path = Path(record.errors_folder) / record.errors_file
    try:
        if not record.errors_folder or not path.exists():
            return f"Their names are in {record.errors_file}, which is no longer where it was saved."
        kind = KINDS[record.kind]
        sheet = read_sheet(kind, load(path), path.name)
        texts = match(school, kind, sheet).texts(sheet)
        return Listing(f"Who was left out, from {record.errors_file}", tuple(_lines(texts, _errors(sheet))))
    except (BackdropError, OSError, ValueError):
        return f"Their names are in {record.errors_file}, which can't be read now."


def _lines(texts: pl.DataFrame, errors: dict[int, str]) -> Iterator[str]:
    for person in texts.iter_rows(named=True):
        name = name_of({key: person.get(key) for key in ("first_name", "surname")}) or "A row without a name"
        yield f"{name}: {errors.get(person['row'], '')}".rstrip(": ")


def _errors(sheet: Sheet) -> dict[int, str]:
    """What the errors file says about each row."""
    column = next(
        (
            name
            for name, heading in zip(sheet.columns, sheet.headings, strict=True)
            if is_errors_heading(heading)
        ),
        None,
    )
    return dict(sheet.cells.select("row", column).iter_rows()) if column else {}
