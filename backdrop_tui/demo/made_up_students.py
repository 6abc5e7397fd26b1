"""The students of the made-up school as its MIS exports them, damaged on the way."""

import random
from datetime import date

from backdrop_tui.demo.made_up_file import SCHOOL, ExpectedProblem, MadeUpFile, full_names
from backdrop_tui.demo.made_up_names import BOYS, GIRLS, STREETS, SURNAMES
from backdrop_tui.demo.mistakes import add_mistakes, birthday
from backdrop_tui.demo.pupil import HEADINGS, Pupil
from backdrop_tui.records.fields.upn import LETTERS
from backdrop_tui.records.schema.context import academic_year_of

_YEARS = (
    ("N1", "Nursery 1"),
    ("N2", "Nursery 2"),
    ("R", "Reception"),
    *((str(n), f"Year {n}") for n in range(1, 14)),
)
_NOTES = (
    "",
    "",
    "",
    "",
    "Walks home",
    "Nut allergy",
    "Asthma, inhaler in the office",
    "Collected by grandmother",
)
_FEWEST = 120
_FIRST_NUMBER = 4000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def made_up_students(today: date, rows: int = 240, seed: int = 2026) -> MadeUpFile:
    """A report of all students that has been through an American Excel.

    There are titles above the headings and a total below the last student; day and month are swapped in every birth date
    in which they can be; students with two addresses have a row for each; about 25 rows have other mistakes.
    Lines end in CRLF, and the encoding is UTF-8 with a BOM. The same arguments always give the same file.

    Args:
        today: The day; the file is for its academic year.
        rows: The number of students, at least 120.
        seed: A different number gives different students.
    """
    if rows < _FEWEST:
        raise ValueError(f"a made-up school has at least {_FEWEST} students")
    rng = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    pupils = _pupils(rng, rows, academic_year_of(today))
    add_mistakes(pupils, rng)
    padding = "," * HEADINGS.count(",")
    top = [f"Whole school pupil list{padding}", f"{SCHOOL} {today:%d/%m/%Y}{padding}", padding, HEADINGS]
    lines = [*top, *(pupil.line() for pupil in pupils), f"Total: {rows} pupils{padding}"]
    problems: set[ExpectedProblem] = {(len(lines), None, "not-a-person")}
    for row, pupil in enumerate(pupils, start=len(top) + 1):
        problems.update((row, label, code) for label, code in pupil.problems)
    text = "".join(f"{line}\r\n" for line in lines)
    findings = ("dates-swapped", "not-people", "rows-repeated")
    return MadeUpFile(_BYTE_ORDER_MARK + text.encode(), frozenset(problems), findings)


def with_check_letter(rest: str) -> str:
    """The UPN with these last twelve characters, all digits."""
    return LETTERS[sum(int(c) * weight for weight, c in enumerate(rest, start=2)) % len(LETTERS)] + rest


def _pupils(rng: random.Random, rows: int, academic_year: int) -> list[Pupil]:
    """Students without mistakes, sorted by surname as in a report."""
    names = full_names(rng, (*GIRLS, *BOYS), SURNAMES, rows)
    pupils = [_pupil(rng, n, first, surname, academic_year) for n, (first, surname) in enumerate(names)]
    pupils[rows // 2].address = "Flat 2\n9 Mill Lane, Willowmere"
    pupils.sort(key=lambda pupil: (pupil.surname, pupil.first_name))
    for number, pupil in enumerate(pupils, start=_FIRST_NUMBER):
        pupil.number = number
    return pupils


def _pupil(rng: random.Random, n: int, first_name: str, surname: str, academic_year: int) -> Pupil:
    """One student; `n` counts all of them from 0 and decides the year group."""
    age = 2 + n % len(_YEARS)
    code, year = _YEARS[age - 2]
    joined = (academic_year - max(age - 4, 0)) % 100
    return Pupil(
        number=n,
        first_name=first_name,
        surname=surname,
        gender="Female" if first_name in GIRLS else "Male",
        born=birthday(rng, academic_year - age).strftime("%d/%m/%Y"),
        year=year,
        registration=f"{code}{'AB'[n // len(_YEARS) % 2]}",
        upn=with_check_letter(f"2019999{joined:02}{n % 1000:03}"),
        address=f"{n % 90 + 1} {rng.choice(STREETS)}, Willowmere",
        notes=rng.choice(_NOTES),
    )
