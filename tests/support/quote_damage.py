"""Made-up files whose quotes are lost or added in neighbouring rows, and what must still be read of them, in plain Python."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.students import STUDENTS

Row = list[str]

_NOTES = (
    "Likes maths, art\nand music, too",
    "Gluten free.\nCarries an inhaler",
    'Calls herself "Fi"\nat home',
    "See the file, page 2",
    "one\n\n\nfour",
    "Moved here in 2024,\nfrom Leeds,\nwith two brothers",
    "Mon, Tue, Wed\nThu, Fri",
    "",
    "",
    "",
)
_ADDRESSES = (
    "1 High Street, Leeds, LS1 1AA",
    "1 High Street\nLeeds\nLS1 1AA",
    "Flat 2, 9 Mill Lane\nBramley, Leeds\nLS13 2DX",
    "Flat 2,\n9 Mill Lane,\nLeeds",
    "The Old Rectory,\nChurch Road,\nStoke St Mary,\nTaunton,\nSomerset\nTA3 5BY",
    "12 Park Row\n",
    "4 The Crescent,Leeds,LS2 9JT",
    "",
)
_COLUMNS: dict[str, Callable[[random.Random], str]] = {
    "Surname": lambda dice: dice.choice(["Smith", "O'Neill", "Lee", "Poe", "Khan, MBE", "Van der Berg"]),
    "DOB": lambda dice: f"{dice.randint(1, 28):02}/{dice.randint(1, 12):02}/{dice.randint(2008, 2014)}",
    "Gender": lambda dice: dice.choice(["M", "F", "M", "F", ""]),
    "Year": lambda dice: str(dice.randint(7, 11)),
    "Reg": lambda dice: f"{dice.randint(7, 11)}{dice.choice('ABC')}",
    "UPN": lambda dice: dice.choice(["", f"A{dice.randint(10**11, 10**12 - 1)}"]),
    "Parent": lambda dice: dice.choice(["", "Smith, Jane", "Mr & Mrs Lee", "Jane Smith"]),
    "Email": lambda dice: dice.choice(["", f"a{dice.randint(1, 999)}@example.org"]),
    "Address": lambda dice: dice.choice(_ADDRESSES),
    "Notes": lambda dice: dice.choice(_NOTES),
    "Medical": lambda dice: dice.choice(["", "", "", "Asthma, hay fever", "Epi-pen\n(in the office)"]),
}
"""The columns beside the name, and a value for each."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_EDITS = 2
"""Quotes that a row loses or gains at most."""


@dataclass(frozen=True)
class Case:
    """A file, damaged or not, and what was in it before."""

    text: str
    """The file."""
    rows: list[Row]
    """Its rows without the headings, as they were before the damage."""
    name_column: int
    """The index of the column in which each row has a name of its own, by which it is found again."""


def undamaged_file(dice: random.Random) -> Case:
    """A file as a program writes it, with delimiters, quotes and line breaks inside quoted cells."""
    case, _ = _written(dice)
    return case


def damaged_file(dice: random.Random) -> Case:
    """A file in which rows next to each other have lost or gained quotes, at one to four places."""
    case, records = _written(dice)
    for _ in range(dice.randint(1, 4)):
        first = dice.randrange(1, len(records) - 1)
        for index in {first, min(first + dice.choice([1, 1, 1, 2]), len(records) - 1)}:
            for _ in range(dice.randint(1, _MOST_EDITS)):
                records[index] = _without_or_with_another_quote(records[index], dice)
    return Case("".join(records), case.rows, case.name_column)


def _written(dice: random.Random) -> tuple[Case, list[str]]:
    """A file, and its records as they are written in it, the headings first."""
    others = dice.sample(list(_COLUMNS), dice.randint(2, 8))
    place = dice.choice([0, 0, dice.randint(0, len(others))])
    count = dice.randint(4, 30)
    rows = []
    for n in range(count):
        row = [_COLUMNS[column](dice) for column in others]
        row.insert(place, f"Ann{_LETTERS[n // 26]}{_LETTERS[n % 26]}q")
        rows.append(row)
    headings = list(others)
    headings.insert(place, "Forename")
    delimiter, quoting = dice.choice(",,,,;\t|"), dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    records = [_as_csv(row, delimiter, quoting) for row in [headings, *rows]]
    return Case("".join(records), rows, place), records


def _as_csv(row: Row, delimiter: str, quoting: int) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerow(row)  # type: ignore[arg-type]
    return file.getvalue()


def _without_or_with_another_quote(record: str, dice: random.Random) -> str:
    """A record that has lost one of its quotes, or has one more, mostly beside a delimiter."""
    body = record.removesuffix("\n")
    quotes = [n for n, character in enumerate(body) if character == '"']
    if quotes and dice.random() < 0.6:
        at = dice.choice(quotes)
        return f"{body[:at]}{body[at + 1 :]}\n"
    edges = [n for n in range(len(body) + 1) if n in {0, len(body)} or {*body[n - 1 : n + 1]} & set(",;\t|")]
    at = dice.choice(edges) if dice.random() < 0.9 else dice.randint(0, len(body))
    return f'{body[:at]}"{body[at:]}\n'


def _bare(cells: Sequence[str | None]) -> Row:
    return [(cell or "").replace('"', "") for cell in cells]


def silently_lost(case: Case, sheet: Sheet) -> list[str]:
    """The names whose row isn't a row of its own any more, while the row that has them isn't reported either."""
    reported = set(sheet.faults["row"])
    read = [(row, _bare([*cells, *sheet.extra.get(row, ())])) for row, *cells in sheet.cells.iter_rows()]
    names = [row[case.name_column] for row in case.rows]
    holders = {name: [n for n, (_, cells) in enumerate(read) if name in "".join(cells)] for name in names}
    held = {n: sum(n in indices for indices in holders.values()) for n in range(len(read))}
    lost = []
    for name, indices in holders.items():
        alone = any(held[n] == 1 for n in indices)
        if not alone and not any(read[n][0] in reported for n in indices):
            lost.append(name)
    return lost


def silently_changed(case: Case, sheet: Sheet) -> list[str]:
    """The names of rows that aren't reported although a cell, apart from its quotes, isn't what it was before."""
    reported = set(sheet.faults["row"])
    before = {row[case.name_column]: _bare(row) for row in case.rows}
    changed = []
    for row, *cells in sheet.cells.iter_rows():
        bare = _bare(cells)
        name = next((name for name in before if any(name in cell for cell in bare)), None)
        width = len(case.rows[0])
        if row not in reported and (name is None or [*bare, *[""] * (width - len(bare))] != before[name]):
            changed.append(name or "?")
    return changed


def needlessly_reported(case: Case, sheet: Sheet) -> int:
    """How many rows of an undamaged file are reported, or aren't what they were before."""
    unlike = len(silently_changed(case, sheet)) + abs(sheet.cells.height - len(case.rows))
    return sheet.faults["row"].n_unique() + unlike


def read_case(case: Case) -> Sheet:
    """Read a file as students."""
    return read_sheet(STUDENTS, case.text.encode(), "pupils.csv")


@dataclass(frozen=True)
class Outcomes:
    """What became of the rows of many files."""

    rows: int
    """The rows of all files, damaged or not."""
    lost: int
    """Rows of damaged files that are neither read nor reported."""
    reported: int
    """Rows of undamaged files that are reported, or read as something else."""

    def __str__(self) -> str:
        return f"{self.rows:,} rows damaged: {self.lost} lost; the same number undamaged: {self.reported} reported"


def count_outcomes(dice: random.Random, files: int) -> Outcomes:
    """Read many files, damaged and undamaged."""
    rows = lost = reported = 0
    for _ in range(files):
        damaged, undamaged = damaged_file(dice), undamaged_file(dice)
        rows += len(damaged.rows)
        lost += len(silently_lost(damaged, read_case(damaged)))
        reported += needlessly_reported(undamaged, read_case(undamaged))
    return Outcomes(rows, lost, reported)
