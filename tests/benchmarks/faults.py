"""Every kind of fault that a student's row can have, and the problems that it must give."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.benchmarks.upns import LETTERS, with_check_letter

FIRST, LAST, BORN, GENDER, YEAR, REG, UPN, NOTES = range(8)


@dataclass
class Row:
    """A student's row."""

    cells: list[str]
    """As they are written in the file, with quotes where they need them."""


@dataclass(frozen=True)
class Fault:
    """A way of spoiling a row."""

    codes: tuple[str, ...]
    """The problems that this row then has."""
    change: Callable[[list[str], list[str]], None]
    """Changes the row's cells; its second argument is the faulty row before."""
    of_line: Callable[[str], str] = str
    """Changes the line that they make."""
    shape_ok: bool = True
    """Whether a strict parser still reads the row."""
    of_pair: bool = False
    """Whether it takes this row and the faulty one before to be a problem."""

    def spoil(self, row: Row, before: Row | None) -> str:
        """Change a row; the line that it then is."""
        self.change(row.cells, before.cells if before else row.cells)
        return self.of_line(",".join(row.cells))


def _put(place: int, text: str, *codes: str) -> Fault:
    def change(cells: list[str], _before: list[str]) -> None:
        cells[place] = text

    return Fault(codes, change)


def _turn(place: int, turned: Callable[[str], str], *codes: str) -> Fault:
    def change(cells: list[str], _before: list[str]) -> None:
        cells[place] = turned(_bare(cells)[place])

    return Fault(codes, change)


def _bare(cells: list[str]) -> list[str]:
    """Cells with a date as dd/mm/yyyy and a UPN in any case."""
    if cells[BORN][4:5] == "-":
        year, month, day = cells[BORN].split("-")
        cells[BORN] = f"{day}/{month}/{year}"
    cells[UPN] = cells[UPN] or "H801200001001"
    return cells


def _line(of_line: Callable[[str], str], *codes: str, notes: str = "") -> Fault:
    def change(cells: list[str], _before: list[str]) -> None:
        cells[NOTES] = notes

    return Fault(codes, change, of_line, shape_ok=False)


def _same(places: tuple[int, ...], code: str) -> tuple[Fault, Fault]:
    def leave(cells: list[str], _before: list[str]) -> None:
        _bare(cells)

    def copy(cells: list[str], before: list[str]) -> None:
        for place in places:
            cells[place] = before[place]

    return Fault((code,), leave), Fault((code,), copy, of_pair=True)


def _month_first(born: str) -> str:
    return f"{born[3:5]}/20/{born[6:]}"


def _day_number(born: str) -> str:
    day, month, year = map(int, born.split("/"))
    return str((date(year, month, day) - date(1899, 12, 30)).days)


def _wrong_letter(upn: str) -> str:
    return LETTERS[(LETTERS.index(upn[0]) + 1) % 23] + upn[1:]


def _of_nowhere(upn: str) -> str:
    return with_check_letter(f"999{upn[4:]}")


def _born(written: str, *codes: str, year: str) -> Fault:
    def change(cells: list[str], _before: list[str]) -> None:
        cells[BORN], cells[YEAR] = written, year

    return Fault(codes, change)


FAULTS: tuple[Fault, ...] = (
    _put(FIRST, "", "required"),
    _put(LAST, " \u00a0", "required"),
    _put(FIRST, "A" * 101, "too-long"),
    _put(LAST, "12", "no-letter", "odd-character"),
    _turn(LAST, lambda name: f"{name}7", "odd-character"),
    _turn(FIRST, lambda name: f"={name}", "odd-character"),
    _put(BORN, "", "required"),
    _put(BORN, "March", "date-format"),
    _turn(BORN, lambda born: f"31/02/{born[6:]}", "date-impossible"),
    _turn(BORN, _month_first, "date-month-first"),
    _put(BORN, "14/03/2090", "date-future"),
    _put(BORN, "14/03/1990", "age-impossible"),
    _put(BORN, "14/03/2005", "age-unusual"),
    _put(BORN, "14/03/2026", "age-unusual"),
    _turn(BORN, _day_number, "date-serial"),
    _born("05/10/2013", "date-swapped", year="9"),
    _put(GENDER, "Boy", "gender-unknown"),
    _put(GENDER, "Girl", "gender-unknown"),
    _put(YEAR, "n/a", "required"),
    _put(YEAR, "Year 77", "year-unknown"),
    _put(YEAR, "Seven", "year-unknown"),
    _put(YEAR, "Nursery", "year-ambiguous"),
    _born("20/03/2013", "year-age", year="10"),
    _born("20/03/2017", "year-phase", year="5"),
    _put(REG, "-", "required"),
    _put(REG, "The form with the very long name", "too-long"),
    _turn(REG, str.lower, "group-variant"),
    _turn(UPN, lambda upn: upn[:-1], "upn-length"),
    _turn(UPN, lambda upn: f"{upn[:5]}O{upn[6:]}", "upn-format"),
    _turn(UPN, _wrong_letter, "upn-check-letter"),
    _turn(UPN, _of_nowhere, "upn-la-code"),
    _turn(UPN, str, "upn-taken"),
    *_same((UPN,), "upn-duplicate"),
    *_same((FIRST, LAST, BORN, YEAR), "duplicate-person"),
    _turn(LAST, lambda name: f"{name}\x1b[31m", "control-character"),
    _turn(GENDER, lambda gender: f"{gender}\x07", "control-character"),
    _line(lambda line: f"{line},,moved in May", "cell-count"),
    _line(lambda line: line.rsplit(",", 3)[0], "cell-count", "required", notes="kept"),
    _line(str, "stray-quote", notes='"Allergic to nuts'),
    _line(str, "stray-quote", notes='called her "Bo'),
    _line(lambda line: f'"{line}', "stray-quote", "odd-character"),
)
"""Each takes its turn. A fault of a pair stands behind the one that it goes with."""
