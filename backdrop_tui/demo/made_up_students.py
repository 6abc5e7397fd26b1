"""A school that does not exist, for `backdrop demo`: its students as its MIS exports them, damaged on the way."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from backdrop_tui.demo.made_up_file import SCHOOL, MadeUp, names
from backdrop_tui.demo.made_up_names import BOYS, GIRLS, SHORT_FORMS, STREETS, SURNAMES
from backdrop_tui.records.fields.upn import LETTERS
from backdrop_tui.records.schema.context import academic_year_of

_HEADINGS = "Adno,Legal Surname,Legal Forename,Preferred Forename,Gender,DOB,Year,Reg,UPN,Address,Notes"
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
_MARK = b"\xef\xbb\xbf"


@dataclass
class _Pupil:
    """A student, as the export has them."""

    first: str
    last: str
    gender: str
    born: str
    year: str
    reg: str
    upn: str
    address: str
    notes: str
    problems: list[tuple[str | None, str]] = field(default_factory=list)
    """Fields' labels and codes."""
    damaged: Callable[[str], str] = str
    """What has become of their line."""

    def line(self, number: int) -> str:
        """Their line in the file."""
        known_as = SHORT_FORMS.get(self.first, self.first)
        cells = [
            str(number),
            self.last,
            self.first,
            known_as,
            self.gender,
            self.born,
            self.year,
            self.reg,
            self.upn,
        ]
        return self.damaged(",".join(map(_quoted, [*cells, self.address, self.notes])))

    def with_problem(self, label: str | None, code: str) -> None:
        """Note what was just spoilt."""
        self.problems.append((label, code))


def made_up_students(today: date, rows: int = 240, seed: int = 2026) -> MadeUp:
    """A report of all students that went through Excel: titles above the headings, CRLF, UTF-8 with a mark.

    About 25 rows have something wrong with them. The same each time on the same day.

    Args:
        today: The day; its academic year is the file's.
        rows: How many students, at least 120.
        seed: Another number gives other students.
    """
    if rows < _FEWEST:
        raise ValueError(f"a made-up school has at least {_FEWEST} students")
    dice = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    pupils = _pupils(dice, rows, academic_year_of(today))
    _spoil(pupils, dice)
    filler = "," * _HEADINGS.count(",")
    above = [f"Whole school pupil list{filler}", f"{SCHOOL} {today:%d/%m/%Y}{filler}", filler, _HEADINGS]
    lines = [*above, *(pupil.line(4000 + n) for n, pupil in enumerate(pupils))]
    problems = {
        (row, label, code)
        for row, pupil in enumerate(pupils, start=len(above) + 1)
        for label, code in pupil.problems
    }
    return MadeUp(_MARK + _joined(lines).encode(), frozenset(problems))


def with_check_letter(rest: str) -> str:
    """A UPN out of its last twelve characters, all digits."""
    return LETTERS[sum(int(c) * weight for weight, c in enumerate(rest, start=2)) % len(LETTERS)] + rest


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\n') else cell


def _pupils(dice: random.Random, rows: int, academic_year: int) -> list[_Pupil]:
    """Students without a fault, in the order of their surnames, as a report has them."""
    found = []
    for n, (first, last) in enumerate(names(dice, (*GIRLS, *BOYS), SURNAMES, rows)):
        age = 2 + n % len(_YEARS)
        code, year = _YEARS[age - 2]
        joined = (academic_year - max(age - 4, 0)) % 100
        found.append(
            _Pupil(
                first=first,
                last=last,
                gender="Female" if first in GIRLS else "Male",
                born=_birthday(dice, academic_year - age).strftime("%d/%m/%Y"),
                year=year,
                reg=f"{code}{'AB'[n // len(_YEARS) % 2]}",
                upn=with_check_letter(f"2019999{joined:02}{n % 1000:03}"),
                address=f"{n % 90 + 1} {dice.choice(STREETS)}, Willowmere",
                notes=dice.choice(_NOTES),
            )
        )
    found[rows // 2].address = "Flat 2\n9 Mill Lane, Willowmere"
    return sorted(found, key=lambda pupil: (pupil.last, pupil.first))


def _birthday(dice: random.Random, before: int, *, either_way: bool = False) -> date:
    """A day in the twelve months up to 31 August of a year. Only `either_way` could it be read month-first too."""
    while True:
        day = date(before - 1, 9, 1) + timedelta(dice.randrange(365))
        if (day.day <= 12 and day.day != day.month) if either_way else day.day > 12:
            return day


def _spoil(pupils: Sequence[_Pupil], dice: random.Random) -> None:
    """Put the mistakes in that schools' files have."""
    free = list(pupils)
    dice.shuffle(free)

    def take(fits: Callable[[_Pupil], bool] = lambda _: True) -> _Pupil:
        return free.pop(next(n for n, pupil in enumerate(free) if fits(pupil)))

    for _ in range(12):
        pupil = take()
        pupil.gender = "Girl" if pupil.gender == "Female" else "Boy"
        pupil.with_problem("Gender", "gender-unknown")
    _spoil_dates(take, dice)
    _spoil_upns(take)
    pupil = take()
    pupil.first = ""
    pupil.with_problem("First Name", "required")
    pupil = take(lambda pupil: pupil.last == "Nguyễn")
    pupil.last = "Nguy?n"
    pupil.with_problem("Surname", "odd-character")
    pupil = take(lambda pupil: pupil.year == "Nursery 2")
    pupil.year = "Nursery"
    pupil.with_problem("Year Group", "year-ambiguous")
    pupil = take(lambda pupil: pupil.reg == "7A")
    pupil.reg = "7a"
    pupil.with_problem("Registration Group", "group-variant")
    pupil = take()
    pupil.notes, pupil.damaged = "", lambda line: f'{line}Reads "The Gruffalo'
    pupil.with_problem(None, "stray-quote")
    pupil = take()
    pupil.address, pupil.notes, pupil.damaged = "", "", lambda line: line.removesuffix(",,")
    pupil.with_problem(None, "cell-count")


def _spoil_dates(take: Callable[[], _Pupil], dice: random.Random) -> None:
    """One month first, which casts doubt on two others; one that is no day; one as Excel counts days."""
    pupil = take()
    pupil.born = f"31/02/{pupil.born[6:]}"
    pupil.with_problem("Date of Birth", "date-impossible")
    pupil = take()
    day, month, year = pupil.born.split("/")
    pupil.born = f"{month}/{day}/{year}"
    pupil.with_problem("Date of Birth", "date-month-first")
    pupil = take()
    day, month, year = pupil.born.split("/")
    pupil.born = str((date(int(year), int(month), int(day)) - date(1899, 12, 30)).days)
    pupil.with_problem("Date of Birth", "date-serial")
    for _ in range(2):
        pupil = take()
        born = int(pupil.born[6:]) + (int(pupil.born[3:5]) > 8)
        pupil.born = _birthday(dice, born, either_way=True).strftime("%d/%m/%Y")
        pupil.with_problem("Date of Birth", "date-order")


def _spoil_upns(take: Callable[[], _Pupil]) -> None:
    """A wrong check letter, a letter O for a nought, and one UPN for two students."""
    pupil = take()
    pupil.upn = LETTERS[(LETTERS.index(pupil.upn[0]) + 1) % len(LETTERS)] + pupil.upn[1:]
    pupil.with_problem("UPN", "upn-check-letter")
    pupil = take()
    pupil.upn = pupil.upn[:2] + pupil.upn[2:].replace("0", "O", 1)
    pupil.with_problem("UPN", "upn-format")
    pupil, twin = take(), take()
    pupil.upn = twin.upn
    for each in (pupil, twin):
        each.with_problem("UPN", "upn-duplicate")
