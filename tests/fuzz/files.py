"""Made-up files, as bytes: sound ones, to be damaged. Each person has a mark, by which rows can be counted without reading the file."""

import csv
import io
import re

from hypothesis import strategies as st

from backdrop_tui.records.kinds import KINDS
from tests.support.made_up import student

MARK = re.compile(r"Qx[a-j]+zk")
"""A person's mark: part of the surname."""
_DIGITS = str.maketrans("0123456789", "abcdefghij")
_HEADINGS = {
    "students": (
        ["First Name", "Surname", "Date of Birth", "Gender", "Year Group", "Registration Group", "UPN"],
        ["Forename", "Legal Surname", "DOB", "Sex", "Year", "Reg", "UPN"],
        ["Enw", "Cyfenw", "Dyddiad geni", "Rhyw", "Blwyddyn", "Dosbarth", "UPN"],
        ["Known As", "Last Name", "Birth Date", "M/F", "NC Year", "Tutor Group", "Adno"],
    ),
    "staff": (
        ["First Name", "Surname", "Job Role", "User Group", "Email"],
        ["Forename", "Last Name", "Job Title", "Group", "Work Email"],
    ),
}
_ODD = (
    "", " ", "N/A", "?", "-", "#N/A", "#REF!", '="10B"', "'0042", "=1+1", "@SUM(A1)", "+44", "1E05", "7.0", "O'Neill", "Zoë", "JesÃºs",
    "Zo\ufffd", "Ma?ia", "Mr", "Dr Ann", "Test", "Leaver", "Smith, Ann", "x" * 101, "名前", "Аnna", "a\u0301" * 7, "\u202eannA", "An\u200bn",
    "\u00a0Ann\u00a0", "Ann\nLee", 'say "hi"', "a,b", "a;b", "a\tb", "\x1b[31mred\x1b[0m", "[red]x[/red]", "\x00", "\x85", "\u2028", "\ue000",
    "\U000e0041", "\ufeff", "31/02/2012", "29/02/2013", "3/4/12", "2012-03-04", "03/14/2012", "14.03.2012", "14 March 2012", "41000", "39538",
    "4/3/2012 00:00", "Boy", "Girl", "U", "1", "2", "Male ", "f", "Nursery", "R", "N2", "Year 10", "Yr. 7", "Y07", "12B", "Total: 120", "Page 1 of 3",
    "ann@example.org", "ann@@example", "Ann <ann@example.org>", "office@example.org", "DSL", "Teachers", "teacher", "DSLs; Teachers", "H801200001002",
    "h801200001001", " H80120 0001001", "T20110001804V",
)  # fmt: skip
"""Values that schools' files have, and values that none should."""
_TITLES = (
    "",
    "Student list",
    "Hill Top School,,,",
    "Printed 01/09/2025",
    "Confidential",
    ",,,,",
    "sep=;",
    "sep=,",
)
ODD_CELLS = st.sampled_from(_ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def mark(number: int) -> str:
    """The mark of a person."""
    return f"Qx{str(number).translate(_DIGITS)}zk"


def _person(kind: str, number: int) -> list[str]:
    """A person without a fault, with a mark in the surname."""
    if kind == "students":
        cells = list(student(number).values())
    else:
        email = f"person{number}@example.org"
        cells = ["Ben", "Ofori", "Teacher", "Teachers", email]
    cells[1] = f"{cells[1]}-{mark(number)}"
    return cells


@st.composite
def tables(draw: st.DrawFn, kind: str) -> list[list[str]]:
    """Headings, perhaps below titles, and people, some of whose cells are odd."""
    headings = draw(st.sampled_from(_HEADINGS[kind]))
    count = draw(st.integers(1, 24))
    rows = [_person(kind, number) for number in range(1, count + 1)]
    places = st.tuples(st.integers(0, count - 1), st.integers(0, len(headings) - 1))
    for (place, column), text in draw(st.dictionaries(places, ODD_CELLS, max_size=12)).items():
        rows[place][column] = f"{text}{mark(place + 1)}" if column == 1 else text
    for column in draw(st.lists(st.integers(0, len(headings) - 1), max_size=1)):
        text = draw(ODD_CELLS)
        for number, row in enumerate(rows, start=1):
            row[column] = f"{text}{mark(number)}" if column == 1 else text
    above = [[title] for title in draw(st.lists(st.sampled_from(_TITLES), max_size=2))]
    return [*above, list(headings), *rows]


@st.composite
def sound_files(draw: st.DrawFn, kind: str) -> bytes:
    """A CSV file of a kind of people, given by its name, in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=draw(st.sampled_from(",;\t|")),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\r\n", "\n", "\r"])),
    )
    writer.writerows(draw(tables(kind)))
    return text.getvalue().encode(errors="replace")


KIND_NAMES = st.sampled_from(sorted(KINDS))
__all__ = ["KIND_NAMES", "MARK", "ODD_CELLS", "mark", "sound_files", "tables"]
