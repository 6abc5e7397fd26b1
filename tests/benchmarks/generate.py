"""Made-up school files of any size, with faults of every kind in 2 % of their rows, and what a check must find in them.

The file is one of a secondary school (`PHASE`) in one academic year (`ACADEMIC_YEAR`), so that it means the same on
every day. Run as `python -m tests.benchmarks.generate ROWS FILE` to write one.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from backdrop_tui.demo.made_up_names import BOYS, GIRLS, SURNAMES
from tests.benchmarks.faults import FAULTS, Row
from tests.benchmarks.upns import made_up_upn

ACADEMIC_YEAR = 2026
"""The year in which the file's academic year starts."""
PHASE = "secondary"
"""The school's phase, without which no year group would be unusual."""
HEADINGS = "Legal Forename,Legal Surname,DOB,Gender,Year,Reg,UPN,Notes"
"""The first line of the file."""
EVERY = 50
"""One row in so many has a fault: 2 %."""

FIRST_NAMES = (*GIRLS, *BOYS)
_SYLLABLES = (
    "ba", "ren", "so", "lin", "kar", "wen", "dal", "mor", "tes", "fa", "hol", "vin", "gra", "bel", "ster", "ton", "wick",
    "ley", "shaw", "combe",
)  # fmt: skip
_NOTES = (
    '"Asthma, inhaler in the office"',
    '"12 High Street, Little Wenlock"',
    "Walks home",
    '"Known as ""Bo"""',
)
_TWO_LINES = '"Flat 2\n9 Mill Lane"'


@dataclass(frozen=True)
class MadeUpFile:
    """A made-up file and what is known of it."""

    data: bytes
    """The file, UTF-8."""
    sound: bytes
    """The same, but with a sound row in place of each that no strict parser reads: for `polars.read_csv`."""
    faults: dict[int, frozenset[str]] = field(repr=False)
    """The codes of all problems by row number, as a spreadsheet shows it."""
    taken: list[tuple[str, str, str, str]] = field(repr=False)
    """People who must be stored for `upn-taken` to be found: first name, surname, date of birth (ISO), UPN."""


def made_up_file(rows: int) -> MadeUpFile:
    """A file of so many students. The same each time."""
    lines, sound = [HEADINGS], [HEADINGS]
    faults: dict[int, frozenset[str]] = {}
    taken = []
    row, before = 1, None
    for n, student in enumerate(_students(rows)):
        row += 1
        if n % EVERY:
            line = plain = ",".join(student.cells)
        else:
            fault = FAULTS[n // EVERY % len(FAULTS)]
            student.cells[1] = f"{student.cells[1]}-{_made_up_surname(n)}"
            plain = ",".join(student.cells)
            line = fault.spoil(student, before)
            if fault.shape_ok:
                plain = line
            faults[row] = frozenset(fault.codes)
            if "upn-taken" in fault.codes:
                taken.append(("Somebody", "Else", "1999-01-31", student.cells[6]))
            before = student
        lines.append(line)
        sound.append(plain)
        if n % 9973 == 5000:
            lines.append(",,,,,,,")
            sound.append(",,,,,,,")
            row += 1
    return MadeUpFile(_joined(lines), _joined(sound), _without_lone_pairs(faults, rows), taken)


def _joined(lines: list[str]) -> bytes:
    return "\n".join([*lines, ""]).encode()


def _without_lone_pairs(faults: dict[int, frozenset[str]], rows: int) -> dict[int, frozenset[str]]:
    """Where the file ends between two rows that are a problem only together, the first is none."""
    last = (rows - 1) // EVERY % len(FAULTS)
    if last + 1 < len(FAULTS) and FAULTS[last + 1].of_pair:
        faults.popitem()
    return faults


def _students(rows: int) -> Iterator[Row]:
    """Sound students, no two alike."""
    days = _days()
    kinds = len(FIRST_NAMES) * len(SURNAMES) * len(days)
    step = 1_000_003  # prime to `kinds`, so that all combinations come before one comes again
    for n in range(rows):
        place = n * step % kinds
        place, first = divmod(place, len(FIRST_NAMES))
        place, last = divmod(place, len(SURNAMES))
        written, year = days[place]
        surname = SURNAMES[last]
        if n % 10 < 3:
            surname = f"{surname}-{_made_up_surname(n)}"
        if n % 20 == 7:
            written = f"{written[6:]}-{written[3:5]}-{written[:2]}"
        reg = f"{year}{'ABCDEFGH'[n % 8]}"
        gender = ("M", "F", "Male", "Female", "")[n % 5]
        upn = "" if n % 40 == 13 else made_up_upn(n)
        note = _NOTES[n // 16 % 4] if n % 16 == 3 else _TWO_LINES if n % 2000 == 77 else ""
        yield Row(
            [
                FIRST_NAMES[first],
                surname,
                written,
                gender,
                f"Year {year}" if n % 3 else str(year),
                reg,
                upn,
                note,
            ]
        )


def _days() -> list[tuple[str, int]]:
    """Days of birth (dd/mm/yyyy), and the year groups that they belong to."""
    days = []
    for year in range(7, 14):
        start = date(ACADEMIC_YEAR - year - 5, 9, 1)
        for number in range(365):
            day = start + timedelta(number)
            days.append((day.strftime("%d/%m/%Y"), year))
    return days


def _made_up_surname(number: int) -> str:
    """A surname that no other number gives."""
    parts = []
    for _ in range(5):
        number, place = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[place])
    return "".join(parts).title()


def main() -> None:
    """Write a file."""
    Path(sys.argv[2]).write_bytes(made_up_file(int(sys.argv[1])).data)


if __name__ == "__main__":
    main()
