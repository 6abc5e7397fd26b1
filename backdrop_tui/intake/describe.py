"""Documentation of the files that are understood: `python -m backdrop_tui.intake.describe > docs/files.md`."""

import sys
from collections.abc import Iterable, Mapping

from backdrop_tui.intake.matching.wrong_file import REPORTS, REPORTS_ABOUT_PUPILS
from backdrop_tui.intake.reading.delimiters import DELIMITERS
from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.gender import GENDER
from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import BLANK_WORDS, ERROR_VALUES
from backdrop_tui.records.staff import USER_GROUP
from backdrop_tui.wording import listed

ACCEPTED: Mapping[Field, tuple[str, ...]] = {
    DATE_OF_BIRTH: ("14/03/2012", "4.3.2012", "2012-03-14", "2012-03-14 00:00:00", "14 Mar 2012", "14th March 2012", "14-Mar-12"),
    YEAR_GROUP: ("7", "Year 7", "Yr 07", "Y7", "7.0", "NC Year 7", "Reception", "FS2", "F1", "Nursery 1", "X"),
    GENDER: ("Male", "Female", "M", "f"),
    USER_GROUP: ("Teachers", "teacher", "DSL", "Lead DSL", "TA", "Teaching Assistant", "SLT", "SBM"),
}  # fmt: skip
"""Values, by field, that are accepted without an error or a warning."""
ASKED: Mapping[Field, tuple[str, ...]] = {
    DATE_OF_BIRTH: ("03/14/2012", "31/02/2012", "14/O3/2O12"),
    YEAR_GROUP: ("Nursery", "Year 5/6"),
    GENDER: ("Boy", "Girl", "1"),
    USER_GROUP: ("Teachrs", "Teachers; DSLs", "Safeguarding"),
}
"""Values, by field, that are errors until someone decides, most of them with a suggestion."""


def page() -> str:
    """The whole page, as Markdown."""
    values = [
        (f.label, f"{_listed(ACCEPTED[f])}. You are asked about {_listed(ASKED[f])}.") for f in ACCEPTED
    ]
    rows = [f"| {name} | {content} |" for name, content in (*_OF_FILES, *values, *_OF_PEOPLE)]
    return "\n".join([_HEAD, "| what | what is understood |", "|---|---|", *rows, "", _FOOT])


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"`{value.replace('|', chr(92) + '|')}`" for value in values)


_HEAD = """# Files that are understood

Pick the CSV as your system exports it: nothing has to be tidied up first. Whatever is only a guess is shown, and can be changed before
anything is stored. The program writes this page, with the lists from its own declarations.
"""
_FOOT = """Excel workbooks, PDFs and other files that aren't CSV are recognised and refused, with what to do about it. [fields.md](fields.md) lists
every known heading and every rule.
"""
_OF_FILES = (
    ("Encoding", f"{', '.join(e.label for e in ENCODINGS)}. If it is a guess, you see three names as they were read."),
    ("Delimiter", f"{', '.join(d.label.lower() for d in DELIMITERS)}, and a first line such as `sep=;`."),
    ("Row of headings", "In the first row or below title lines, over two rows, repeated on each page, in front of every value, or none at all. `--header-row N` sets it."),
    ("Headings", "Those of schools' systems in English and Welsh, a few in Irish, abbreviated too, and with words such as “Pupil” or “Staff” in front. Columns about parents and contacts are left alone."),
    ("No such column", "Every row gets the same value, or it is worked out: the year group from the date of birth, the user group from the job role."),
    ("Blank cells", f"In fields other than names, {_listed(sorted(BLANK_WORDS - ERROR_VALUES))} count as blank. Spreadsheet errors count as blank in every field: {_listed(sorted(ERROR_VALUES))}."),
    ("What Excel does", "Missing cells at the end of a row, `=\"10B\"`, a `'` in front of a value, dates as day numbers, dates with day and month swapped, registration groups turned into dates or numbers."),
    ("Rows", "A row that repeats another is taken once. Totals, page numbers, instructions and comments are left out together. Merged cells are filled down if you agree."),
    ("Headings between the rows", "`Registration Group: 10A`, `Class 3B – Mrs Smith`, `Year 7` and the like are no people. If you agree, the rows below get the year group, the registration group or the job role that they say, where it isn't in a column."),
    ("Other reports", f"A file that looks like {listed([*REPORTS, *REPORTS_ABOUT_PUPILS], conjunction='or')} is refused in one sentence that says so, unless every needed field has a column; so is a list of staff that was picked as students, or the other way round."),
    ("Several files", "Files with the same headings, one for each class, are checked as one. A row is named with its file: `7A.csv:3`."),
)  # fmt: skip
_OF_PEOPLE = (
    ("UPN", "13 characters in any case, temporary UPNs too, or blank. A wrong check letter is an error without a guess, because any of the characters may be the wrong one."),
    ("Full names", "`Smith, Jane`, `Jane Smith`, `SMITH Jane`, `Jane VAN DER BERG`, `Jane Smith <j.smith@school.org.uk>`, also in a column for first names or surnames. Titles such as `Mr` and `(Ms)` are a warning, with the name alone as a suggestion."),
    ("Staff e-mail", "An address, alone or beside a name. Of several, the one with the school's own domain is suggested. A shared mailbox such as `office@` is a warning; without a person's name beside it, the row isn't a person."),
    ("Staff in several rows", "One person with two roles has the same address twice, which is an error: keep one row."),
)  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(page())
