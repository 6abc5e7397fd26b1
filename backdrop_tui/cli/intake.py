"""What `check` and `import` have in common: a file matched and checked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from backdrop_tui.cli.options import FileOptions
from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.checking.check import Checked, check
from backdrop_tui.intake.linking.plan import Plan, plan_import
from backdrop_tui.intake.matching.match import Matching, field_named, match_columns
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import clean, cleaned
from backdrop_tui.school.school import School


@dataclass(frozen=True)
class Taken:
    """A file as it was read, matched and checked."""

    sheet: Sheet
    """The file, as text."""
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


def take_in(read: Callable[[], Sheet], options: FileOptions, school: School) -> Taken:
    """Match and check a file.

    Args:
        read: Gives the file. It is asked for last, so that it can be read while the school is looked at.
        options: What the user wants.
        school: Whose people they will be.

    Raises:
        UnusableFileError: The file can't be used, or a needed column has no match.
        UnusableChoiceError: An option does not fit the file.
    """
    kind = KINDS[options.kind]
    context, stored = _context(school, options), school.stored(kind)
    sheet = read()
    matching = match_columns(sheet, kind, school.remembered(kind, sheet.headings)).with_map(options.columns)
    if obstacles := matching.obstacles():
        raise UnusableFileError(" ".join([*obstacles, _way_out(matching, sheet)]))
    texts = _replaced(matching.people(sheet), kind, options)
    checked = check(kind, texts, context, stored, sheet.faults, sheet.width)
    return Taken(sheet, matching, texts, checked)


def would_do(taken: Taken, options: FileOptions, school: School) -> Plan:
    """What an import would do with the rows that are ready."""
    existing = options.existing or school.existing
    return plan_import(taken.kind, taken.checked.ready, school.stored(taken.kind), existing)


def _way_out(matching: Matching, sheet: Sheet) -> str:
    """How the command line can say where columns go."""
    if not sheet.header_row:
        return 'The file has no headings, so name its columns by place: --map "Column 1=First Name".'
    if any(len({c.heading for c in columns}) < len(columns) for columns in matching.doubled.values()):
        return 'Name columns of the same heading by place: --map "Column 2=not used".'
    return 'Say it with --map "THEIR HEADING=Our Field".'


def _context(school: School, options: FileOptions) -> Context:
    today = date.today()  # noqa: DTZ011 - the school's own day
    context = replace(school.context(today), date_order=options.date_order)
    return context if options.academic_year is None else replace(context, academic_year=options.academic_year)


def _replaced(texts: pl.DataFrame, kind: RecordKind, options: FileOptions) -> pl.DataFrame:
    """Texts with what `--replace` asks for."""
    for label, old, new in options.replace:
        field = field_named(kind, label)
        if field.key in texts.columns:
            cell = pl.col(field.key)
            put = pl.when(cleaned(cell) == clean(old)).then(pl.lit(field.typed(new))).otherwise(cell)
            texts = texts.with_columns(put.alias(field.key))
    return texts
