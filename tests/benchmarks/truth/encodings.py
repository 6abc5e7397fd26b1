"""Files in every encoding that schools have, with names of each country: are the names read as they were written?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.records.students import STUDENTS
from tests.benchmarks.truth.names import COUNTRIES, Country
from tests.benchmarks.truth.rows import Row, as_csv
from tests.benchmarks.truth.school import made_up_school

ENCODINGS = ("cp1252", "mac-roman", "cp850")
"""The encodings that are told apart without the user's help."""
NUMBERS = (1, 2, 3, 5, 10, 40)
"""How many names of a file have letters beyond ASCII."""
_ROWS = 60
_FILES_EACH = 3


@dataclass(frozen=True)
class EncodingCase:
    """What became of the files in one encoding with as many accented names."""

    encoding: str
    """The name of the encoding."""
    number: int
    """The number of accented names in each file."""
    files: int
    """The number of files."""
    kept: int
    """Those of them in which every name was read as it was written."""
    lost: tuple[str, ...]
    """Names from the others, as they are written, each with what was read."""

    @property
    def share(self) -> float:
        """The share of the files in which every name was kept."""
        return self.kept / self.files

    @property
    def least(self) -> float:
        """The share that must be reached; 0 if none must."""
        if self.encoding == "cp1252":
            return 1
        return 0.95 if self.number >= 3 else 0


def encoding_cases(seed: int, numbers: Sequence[int] = NUMBERS) -> Iterator[EncodingCase]:
    """Each encoding with each number of accented names, over all countries, in small letters and in capitals."""
    rows = [Row.of(pupil) for pupil in made_up_school(Random(seed), _ROWS)]
    for row in rows:
        row.cells |= {"first_name": "Alex", "registration_group": "A"}
    for encoding in ENCODINGS:
        countries = [names for country in COUNTRIES.values() if (names := _accented(country, encoding))]
        for number in numbers:
            random = Random(f"{seed} {encoding} {number}")
            surnames = [_surnames(random, names, number) for names in countries * _FILES_EACH]
            surnames += [[name.upper() for name in names] for names in surnames]
            misread = [lost for names in surnames if (lost := _first_lost(rows, names, encoding))]
            yield EncodingCase(encoding, number, len(surnames), len(surnames) - len(misread), tuple(misread))


def _accented(country: Country, encoding: str) -> list[str]:
    """A country's names with letters beyond ASCII, as far as the encoding has them."""
    return [name for name in country.names if not name.isascii() and _can_write(name, encoding)]


def _can_write(name: str, encoding: str) -> bool:
    try:
        (name + name.upper()).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _surnames(random: Random, accented: list[str], number: int) -> list[str]:
    """The surnames of a file, so many of them accented, and all different as far as there are enough."""
    names = list(islice(cycle(random.sample(accented, len(accented))), number))
    return random.sample(names + ["Smith"] * (_ROWS - number), _ROWS)


def _first_lost(rows: list[Row], surnames: list[str], encoding: str) -> str:
    """The first name of a file that isn't read as it was written, as `written → read`; empty if all are."""
    for row, surname in zip(rows, surnames, strict=True):
        row.cells["surname"] = surname
    read = read_sheet(STUDENTS, as_csv(rows, encoding), "pupils.csv").cells["c1"]
    return next((f"{name} → {cell}" for name, cell in zip(surnames, read, strict=True) if name != cell), "")
