"""A file matched as the options of `check` and `import` ask."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from backdrop_tui.cli.files.options import FileOptions
from backdrop_tui.errors import UnusableChoiceError, UnusableFileError
from backdrop_tui.imports.pipeline import from_file, match
from backdrop_tui.intake.checking.worked_out import fill_for
from backdrop_tui.intake.draft.inputs import Intake
from backdrop_tui.intake.matching.matching import Matching, field_named
from backdrop_tui.intake.matching.row_lengths import misaligned
from backdrop_tui.intake.matching.wrong_file import WrongFile, wrong_file
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School

_MAP = '--map "THEIR HEADING=Our Field"'
"""The option that matches a column, as messages show it."""


def matched(school: School, path: Path | None, sheet: Sheet, options: FileOptions, today: date) -> Intake:
    """Match a file's columns and apply the options, so that it is ready to be checked.

    Raises:
        UnusableFileError: A needed field has no column and no value, two columns go to one field, or nearly every row has
            the wrong number of cells.
        UnusableChoiceError: An option doesn't fit the file.
        DataFolderError: What is stored can't be read.
    """
    matching = match(school, KINDS[options.kind], sheet, options.columns)
    if options.set:
        matching = _with_fills(matching, school, options, today)
    if obstacles := matching.obstacles():
        guess = None if options.columns or options.set else wrong_file(sheet, matching)
        sentences = (
            _about_wrong_file(guess, matching.kind) if guess else (*obstacles, *_ways_on(matching, sheet))
        )
        raise UnusableFileError(" ".join(sentences))
    if sentence := misaligned(sheet, matching):
        raise UnusableFileError(sentence)
    return from_file(
        path,
        sheet,
        matching,
        date_order=options.date_order,
        academic_year=options.academic_year,
        replacements=options.replace,
    )


def _with_fills(matching: Matching, school: School, options: FileOptions, today: date) -> Matching:
    """The matching with what `--set` gives every row."""
    context, kind = school.context(today), matching.kind
    mapped = {column.target for column in matching.columns if column.how == "chosen"}
    for label, text in options.set:
        field = field_named(kind, label)
        if field.key in mapped:
            raise UnusableChoiceError(f"Use either --map or --set for {field.label}, not both.")
        matching = matching.with_fill(field.key, fill_for(kind, field, text, context))
    return matching


def _about_wrong_file(guess: WrongFile, kind: RecordKind) -> Iterator[str]:
    """What a file appears to be that isn't a list of the people it was given for, and what to do."""
    yield guess.sentence
    if guess.kind:
        yield f"To import it as {guess.kind.plural}, use --kind {guess.kind.name}."
    else:
        yield f"If it is a list of {kind.plural} after all, match its columns: {_MAP}."


def _ways_on(matching: Matching, sheet: Sheet) -> Iterator[str]:
    """How to use `--map` and `--set` for what can't be matched."""
    if not any(sheet.headings):
        yield 'The file has no headings, so refer to its columns by number: --map "Column 1=First Name".'
    elif any(len({c.heading for c in columns}) < len(columns) for columns in matching.duplicates.values()):
        yield 'Refer to columns that have the same heading by number: --map "Column 2=not used".'
    else:
        yield f"To match a column, use {_MAP}."
    for field in matching.missing:
        offer = matching.offered.get(field.key)
        if field.can_be_uniform:
            value = offer.option(field) if offer else field.example
            yield f'If the {field.label} is the same for everyone, use --set "{field.label}={value}".'
        if field.worked_out_as:
            yield f'To work the {field.label} out from {field.worked_out_from}, use --set "{field.label}={field.worked_out_as}".'
