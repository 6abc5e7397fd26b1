"""Made-up people and files for tests."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

from backdrop_tui.intake.matching.known_headings import vocabulary
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.leaving import CURRENT, STATUS
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS

TODAY = date(2026, 3, 2)
"""The day of the tests; its academic year began in 2025."""
NOW = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - a school's own clock
CONTEXT = Context.of(TODAY)

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_FIRST = ("Amira", "Ben", "Chloë", "Dev", "Ewa", "Finn", "Grace", "Hamza", "Isla", "Jack")
_LAST = ("O'Neill", "Smith", "Khan", "Nowak", "de la Cruz", "Patel", "Jones-Brown", "Okafor", "Müller")
TEMPORARY_UPN = "T20110001804V"
"""A temporary UPN with the right check letter."""
LABELS = ("First Name", "Surname", "Date of Birth", "Gender", "Year Group", "Registration Group", "UPN")


def upn(serial: int) -> str:
    """A UPN with the right check letter."""
    digits = f"80120000{serial:04}"
    total = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
    return _LETTERS[total % 23] + digits


def student(number: int = 0, **changes: str) -> dict[str, str]:
    """One made-up student by our labels, without any problem; each number is somebody else."""
    year = 7 + number % 5
    made = {
        "First Name": _FIRST[number % len(_FIRST)],
        "Surname": _LAST[number // len(_FIRST) % len(_LAST)],
        "Date of Birth": f"{1 + number % 28:02}/{1 + number // 100 % 8:02}/{2021 - year}",
        "Gender": "FM"[number % 2],
        "Year Group": str(year),
        "Registration Group": f"{year}A",
        "UPN": upn(number),
    }
    return made | {STUDENTS.label(key): value for key, value in changes.items()}


def by_key(row: Mapping[str, str]) -> dict[str, str | None]:
    """A made-up student as the store has them: values by the fields' keys, None for blank ones."""
    day = "-".join(reversed(row["Date of Birth"].split("/")))
    return {field.key: row.get(field.label) or None for field in STUDENTS.fields} | {"date_of_birth": day}


def table(rows: Iterable[Mapping[str, str]], delimiter: str = ",") -> bytes:
    """A CSV file with the columns of the first row, in UTF-8."""
    lines = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(lines[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def read(data: bytes | str, kind: RecordKind = STUDENTS, **options: Any) -> Sheet:  # noqa: ANN401 - of ReadOptions
    """A file as it is read."""
    source = data.encode() if isinstance(data, str) else data
    return read_bytes(source, "pupils.csv", ReadOptions(**options), vocabulary(kind))


def people(kind: RecordKind, *rows: Mapping[str, str | None]) -> pl.DataFrame:
    """People without an error, as checking a file gives them: `row` and the fields' keys."""
    schema = {"row": pl.UInt32} | dict.fromkeys(kind.keys, pl.String)
    return pl.DataFrame([{"row": n} | dict(row) for n, row in enumerate(rows, start=2)], schema=schema)


def stored(kind: RecordKind, *rows: Mapping[str, str | None]) -> pl.DataFrame:
    """People as they are stored: `id` (`bd-1`, `bd-2`, …) and the kind's stored keys. They are at the school unless they say otherwise."""
    schema = dict.fromkeys(("id", *kind.stored_keys), pl.String)
    current = {STATUS: CURRENT}
    return pl.DataFrame(
        [{"id": f"bd-{n}"} | current | dict(row) for n, row in enumerate(rows, start=1)], schema=schema
    )


__all__ = [
    "CONTEXT",
    "LABELS",
    "NOW",
    "STAFF",
    "STUDENTS",
    "TEMPORARY_UPN",
    "TODAY",
    "by_key",
    "people",
    "read",
    "stored",
    "student",
    "table",
    "upn",
]
