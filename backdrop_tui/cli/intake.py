"""What `check` and `import` have in common: a file read, matched and checked."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import polars as pl

from backdrop_tui.cli.options import FileOptions
from backdrop_tui.errors import UnusableChoiceError, UnusableFileError
from backdrop_tui.intake.check import Checked, check
from backdrop_tui.intake.match import Matching, known_headings, match_columns
from backdrop_tui.intake.reading import read_file
from backdrop_tui.intake.sheet import Delimiter, Encoding, ReadOptions, Sheet
from backdrop_tui.records.context import Context, DateOrder
from backdrop_tui.records.kind import RecordKind
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.text import cleaned
from backdrop_tui.setup.school import School


@dataclass(frozen=True)
class Taken:
    """A file as it was read, matched and checked."""

    sheet: Sheet
    """The file, as text; without its cells once they are no longer needed."""
    matching: Matching
    """Where its columns go."""
    texts: pl.DataFrame
    """`row` (UInt32) and raw text (String) by key."""
    checked: Checked
    """What was found."""

    @property
    def kind(self) -> RecordKind:
        """What its rows are."""
        return self.matching.kind


def take_in(path: Path, options: FileOptions, school: School) -> Taken:
    """Read, match and check a file.

    Raises:
        UnusableFileError: The file can't be used, or a needed column has no match.
        UnusableChoiceError: An option does not fit the file.
    """
    kind = KINDS[options.kind]
    sheet = read_file(
        path,
        ReadOptions(cast("Encoding | None", options.encoding), cast("Delimiter | None", options.delimiter)),
        known_headings(kind),
    )
    matching = match_columns(sheet, kind, school.remembered(kind, sheet.headings)).with_map(options.columns)
    if obstacles := matching.obstacles():
        how = "" if options.columns else ' Say it with --map "THEIR HEADING=Our Field".'
        raise UnusableFileError(" ".join(obstacles) + how)
    texts = _replaced(matching.people(sheet), kind, options)
    context = _context(school, options)
    checked = check(kind, texts, context, school.stored(kind), sheet.faults, len(sheet.headings))
    return Taken(sheet, matching, texts, checked)


def _context(school: School, options: FileOptions) -> Context:
    context = replace(school.context(date.today()), date_order=cast("DateOrder", options.date_order))  # noqa: DTZ011 - the school's own day
    return context if options.academic_year is None else replace(context, academic_year=options.academic_year)


def _replaced(texts: pl.DataFrame, kind: RecordKind, options: FileOptions) -> pl.DataFrame:
    """Texts with what `--replace` asks for."""
    for label, old, new in options.replace:
        field = kind.by_label.get(label.casefold())
        if field is None:
            raise UnusableChoiceError(f"“{label}” is not a field of {kind.many}. Look at --replace again.")
        if field.key in texts.columns:
            cell = pl.col(field.key)
            put = pl.when(cleaned(cell) == old).then(pl.lit(field.typed(new))).otherwise(cell)
            texts = texts.with_columns(put.alias(field.key))
    return texts

