"""A file's way to the store, the same for the app and the command line.

    sheet = read_sheet(kind, data, file)        read: bytes → a table of text (`intake.matching.match`)
    matching = match(school, kind, sheet)       match: which column goes to which field
    seen = review(intake, basis)                check: problems, and the people who have no error (`intake.draft.review`)
    plan = plan_for(school, seen, existing)     plan: who would be added, and who would change
    result = complete(school, seen, terms)      complete: check again under the lock, store, record (`imports.completion`)

Between matching and checking, the user's edits come in: those of a draft (`Draft.intake`), or a command's options
(`from_file`). This module loads nothing that stores, so that a check starts fast.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.review import Basis, Intake, Review, has_month_first_date, review
from backdrop_tui.intake.linking.plan import Existing, Plan, plan_import
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching, field_named
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.context import DateOrder
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import clean, cleaned
from backdrop_tui.school.remembered_matching import remembered_targets
from backdrop_tui.school.school import School

Replacement = tuple[str, str, str]
"""What `--replace` asks for: the field's label or key, the old value, the new value."""


def match(school: School, kind: RecordKind, sheet: Sheet, chosen: Iterable[tuple[str, str]] = ()) -> Matching:
    """Work out which column of a file goes to which field.

    Args:
        school: The school, which remembers how the last file with the same headings was matched.
        kind: What the rows are.
        sheet: The file.
        chosen: What the user has said, which comes before all else: heading and field's label.

    Raises:
        UnusableChoiceError: The file has no such heading, or there is no such field.
        DataFolderError: What is stored can't be read.
    """
    return match_columns(sheet, kind, remembered_targets(school, kind, sheet.headings)).with_map(chosen)


def from_file(  # noqa: PLR0913 - where the file is, what is in it, and what the user says of it
    path: Path,
    sheet: Sheet,
    matching: Matching,
    *,
    date_order: DateOrder = "dmy",
    academic_year: int | None = None,
    replacements: Iterable[Replacement] = (),
) -> Intake:
    """A file ready to be checked, with no draft behind it.

    Args:
        path: Where it is.
        sheet: The file as it was read.
        matching: Where its columns go.
        date_order: How dates like 03/04/2012 are read.
        academic_year: The year in which the academic year starts; None for that of the school.
        replacements: Values to put in place of others.

    Raises:
        UnusableChoiceError: A replacement names no field.
    """
    texts = matching.texts(sheet)
    replaced = _replaced(texts, matching.kind, replacements)
    edits = Edits()
    edits.do(Change(title=f"Dates read as {date_order}", date_order=date_order))
    return Intake(
        path=path,
        sheet=sheet,
        matching=matching,
        texts=replaced,
        edits=edits,
        # The rules see it for themselves in texts that nobody has changed.
        month_first_seen=replaced is not texts and has_month_first_date(matching.kind, texts),
        academic_year=academic_year,
    )


def basis_of(school: School, kind: RecordKind, today: date) -> Basis:
    """What rows of a kind are to be checked against now.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    # The version comes first: where something is stored in between, the basis counts as out of date.
    version = school.version(kind)
    return Basis(school.context(today), school.stored(kind), version)


def check_again(school: School, seen: Review, today: date) -> Review:
    """Check the same rows against what is stored now; gives the same review back where nothing has changed since.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    basis = basis_of(school, seen.kind, today)
    if (basis.version, basis.context) == (seen.basis.version, seen.basis.context):
        return seen
    return review(seen.intake, basis)


def plan_for(school: School, seen: Review, existing: Existing | None) -> Plan:
    """Work out what an import would do with the rows that are ready.

    Args:
        school: Where to.
        seen: The rows, checked.
        existing: What to do with people already stored; None for what the settings say.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    return plan_import(seen.kind, seen.ready, school.stored(seen.kind), existing or school.existing)


def _replaced(texts: pl.DataFrame, kind: RecordKind, replacements: Iterable[Replacement]) -> pl.DataFrame:
    """Texts with new values in place of old ones; the very same texts where no field that the file has is named."""
    for label, old, new in replacements:
        field = field_named(kind, label)
        if field.key in texts.columns:
            cell = pl.col(field.key)
            put = pl.when(cleaned(cell) == clean(old)).then(pl.lit(field.typed(new))).otherwise(cell)
            texts = texts.with_columns(put.alias(field.key))
    return texts
