"""The way of a file to the store, the same for the app and the command line.

    sheet = read_sheet(kind, data, file)      read: bytes to a table of text (`intake.matching.sheet_reading`)
    matching = match(school, kind, sheet)     match: which column goes to which field
    seen = review(intake, basis)              check: the problems, and the people without errors (`intake.draft.review`)
    plan = plan_for(school, seen, existing)   plan: who would be added, and who would change
    result = complete(school, seen, terms)    complete: check again under the lock, store, record (`imports.completion`)

The user's changes come in between matching and checking: the edits of a draft (`Draft.intake`), or the options of a
command (`from_file`). This module loads nothing that stores, so that `backdrop check` starts quickly.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import polars as pl

from backdrop_tui.intake.checking.repeated_rows import without_repeats
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.fixes import read_dates
from backdrop_tui.intake.draft.inputs import Basis, Intake
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.linking.plan import Existing, Plan, plan_import
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching, field_named
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.context import DateOrder
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cell_text, clean
from backdrop_tui.school.kept_answers import kept_answers
from backdrop_tui.school.recipes import recipes_by_key
from backdrop_tui.school.remembered_matching import remembered_matching
from backdrop_tui.school.school import School
from backdrop_tui.wording import counted

Replacement = tuple[str, str, str]
"""A value to replace in a field: the field's label or key, the old value, the new value."""


def match(school: School, kind: RecordKind, sheet: Sheet, chosen: Iterable[tuple[str, str]] = ()) -> Matching:
    """Match the columns of a file to fields.

    Args:
        school: The school, which remembers how the last file with the same headings was matched.
        kind: Whether the rows are students or staff.
        sheet: The file.
        chosen: The user's own choices, which override everything else: pairs of a heading and a field's label.

    Raises:
        UnusableChoiceError: The file has no such heading, or there is no such field.
        DataFolderError: What is stored can't be read.
    """
    remembered = remembered_matching(school, kind, sheet.headings)
    if remembered is None:
        return match_columns(sheet, kind).with_map(chosen)
    matching = match_columns(sheet, kind, remembered.targets).with_remembered_fills(remembered.fills)
    return matching.with_map(chosen)


def from_file(  # noqa: PLR0913 - the file, and each thing that the user can choose for it
    path: Path | None,
    sheet: Sheet,
    matching: Matching,
    *,
    date_order: DateOrder = "dmy",
    academic_year: int | None = None,
    replacements: Iterable[Replacement] = (),
) -> Intake:
    """Make a file ready to be checked without a draft.

    Args:
        path: The path of the file, or of the first of several; None if it was read from standard input.
        sheet: The file as it was read.
        matching: Where its columns go.
        date_order: How to read dates like 03/04/2012.
        academic_year: The year in which the academic year starts; None for the one in the settings.
        replacements: Values to replace.

    Raises:
        UnusableChoiceError: There is no field of a name given in a replacement.
    """
    texts, repeated = without_repeats(matching.kind, matching.texts(sheet))
    edits = Edits()
    if date_order != edits.date_order:
        edits.do(read_dates(date_order))
    for change in _replacing(texts, matching.kind, replacements):
        edits.do(change)
    return Intake(
        path=path,
        sheet=sheet,
        matching=matching,
        texts=texts,
        edits=edits,
        repeated=repeated,
        academic_year=academic_year,
    )


def basis_of(school: School, kind: RecordKind, today: date) -> Basis:
    """The school as it is stored now, for checking rows against.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    # The version comes first: if something is stored in between, the basis counts as out of date.
    version = school.version(kind)
    return Basis(
        school.context(today),
        school.stored(kind),
        version,
        kept_answers(school, kind),
        recipes_by_key(school, kind),
    )


def check_again(school: School, seen: Review, today: date) -> Review:
    """Check rows against what is stored now. Returns the same review if nothing has changed since.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    return (
        seen
        if is_up_to_date(school, seen, today)
        else review(seen.intake, basis_of(school, seen.kind, today))
    )


def is_up_to_date(school: School, seen: Review, today: date) -> bool:
    """Whether nothing has changed since rows were checked.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    return (school.version(seen.kind), school.context(today)) == (seen.basis.version, seen.basis.context)


def plan_for(school: School, seen: Review, existing: Existing | None) -> Plan:
    """Work out what an import would do with the rows that are ready.

    Args:
        school: The school.
        seen: The rows, checked.
        existing: What to do with people already stored; None for what the settings say.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    return plan_import(seen.kind, seen.ready, seen.linkage, seen.basis.stored, existing or school.existing)


def _replacing(
    texts: pl.DataFrame, kind: RecordKind, replacements: Iterable[Replacement]
) -> Iterator[Change]:
    """The changes that replace values, each seeing what those before it have replaced."""
    for label, old, new in replacements:
        field = field_named(kind, label)
        if field.key in texts.columns:
            is_old = cell_text(pl.col(field.key)) == clean(old)
            rows = texts.filter(is_old)["row"]
            yield Change(
                title=f"Replaced in {field.label}, {counted(len(rows), 'row')}",
                cells=tuple((row, field.key, new) for row in rows),
            )
            replaced = pl.when(is_old).then(pl.lit(new)).otherwise(pl.col(field.key))
            texts = texts.with_columns(replaced.alias(field.key))
