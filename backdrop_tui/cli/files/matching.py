"""A file matched as the options of `check` and `import` ask."""

from pathlib import Path

from backdrop_tui.cli.files.options import FileOptions
from backdrop_tui.errors import UnusableFileError
from backdrop_tui.imports.pipeline import from_file, match
from backdrop_tui.intake.draft.review import Intake
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.row_lengths import misaligned
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.school import School


def matched(school: School, path: Path | None, sheet: Sheet, options: FileOptions) -> Intake:
    """Match a file's columns and apply the options, so that it is ready to be checked.

    Raises:
        UnusableFileError: A needed column has no match, two columns go to one field, or nearly every row has the wrong
            number of cells.
        UnusableChoiceError: An option doesn't fit the file.
        DataFolderError: What is stored can't be read.
    """
    matching = match(school, KINDS[options.kind], sheet, options.columns)
    if obstacles := matching.obstacles():
        raise UnusableFileError(" ".join([*obstacles, _map_hint(matching, sheet)]))
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


def _map_hint(matching: Matching, sheet: Sheet) -> str:
    """How to use `--map` for the columns that can't be matched."""
    if not sheet.header_row:
        return 'The file has no headings, so refer to its columns by number: --map "Column 1=First Name".'
    if any(len({c.heading for c in columns}) < len(columns) for columns in matching.duplicates.values()):
        return 'Refer to columns that have the same heading by number: --map "Column 2=not used".'
    return 'To match a column, use --map "THEIR HEADING=Our Field".'
