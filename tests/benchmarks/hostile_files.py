"""Files made to take as long as they can: each kind, in any size."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count

_STUDENTS = "Forename,Surname,DOB,Gender,Year,Reg,UPN"
_STAFF = "Forename,Surname,Job Title,User Group,Email"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Lines = Iterator[str]
Make = Callable[[int], Lines | bytes]
"""Makes a file of a size: all of it, or lines without end."""


def _word(number: int) -> str:
    """A different word for each number."""
    letters = ""
    while number or not letters:
        number, letter = divmod(number, 26)
        letters += _LETTERS[letter]
    return letters


def _rows(heading: str, row: Callable[[int], str]) -> Make:
    """A file with a heading and rows that differ by their number."""

    def lines(_size: int) -> Lines:
        yield heading
        yield from map(row, count(1))

    return lines


def _student(**changes: Callable[[int], str]) -> Make:
    """Students whose cells differ from good ones as told."""
    made: dict[str, Callable[[int], str]] = {
        "first": lambda n: f"Ann{_word(n)}",
        "last": lambda n: f"Lee{_word(n)}",
        "born": lambda n: f"{1 + n % 28:02}/{1 + n % 12:02}/2012",
        "gender": lambda _: "F",
        "year": lambda _: "10",
        "form": lambda _: "10B",
        "upn": lambda _: "",
    }
    cells = (made | changes).values()
    return _rows(_STUDENTS, lambda n: ",".join(cell(n) for cell in cells))


def _staff(**changes: Callable[[int], str]) -> Make:
    """Staff whose cells differ from good ones as told."""
    made: dict[str, Callable[[int], str]] = {
        "first": lambda n: f"Ann{_word(n)}",
        "last": lambda n: f"Lee{_word(n)}",
        "role": lambda _: "Teacher",
        "group": lambda _: "Teachers",
        "email": lambda n: f"a{n}@example.org",
    }
    cells = (made | changes).values()
    return _rows(_STAFF, lambda n: ",".join(cell(n) for cell in cells))


def _near_misses(size: int) -> bytes:
    """As many columns as a file may have, each with a long heading that is nearly the name of a field."""
    width = 900
    filling = "registratoin gruop " * (size // width // 19 + 1)
    headings = (f"{filling[: size // width - 6]}{n}" for n in range(width))
    return f"Forename,Surname,DOB,Year,{','.join(headings)}\nAnn,Lee,01/02/2012,10\n".encode()


KINDS: Mapping[str, tuple[str, Make]] = {
    "repeated headings": ("students", _rows(_STUDENTS, lambda n: _STUDENTS if n % 2 else f"Ann,Lee{_word(n)},01/02/2012,F,10,10B,")),
    "near-miss headings": ("students", _near_misses),
    "rows like headings": ("students", _rows(_STUDENTS, lambda n: f"Forenam{_word(n)},Surnmae,D.O.B,Gendr,Yaer,Regg,UPNN")),
    "errors in every cell": ("students", _rows(_STUDENTS, lambda n: f"4{n},5{n},31/02/{n},x{n},y{n},\x1b{n},U{n}")),
    "letters that are lost": ("students", _student(first=lambda n: f"Zo�{_word(n)}", last=lambda n: f"M�ll{_word(n)}")),
    "garbled letters": ("students", _student(first=lambda n: f"Zo√´{_word(n)}", last=lambda n: f"MÃ¼ll{_word(n)}")),
    "two alphabets in each name": ("students", _student(first=lambda n: f"Аnn{_word(n)}", last=lambda n: f"Lее{_word(n)}")),
    "titles and several names": ("students", _student(first=lambda n: f"Mr Dr Ann {_word(n)}, Lee", last=lambda n: f"Prof. Lee {_word(n)} Jr")),
    "dates in every form": ("students", _student(born=lambda n: f"{n % 40}/{n % 13}-{n % 100}O{n}")),
    "UPNs with slips": ("students", _student(upn=lambda n: f"H80120000{n % 10_000:04}O"[:13])),
    "one UPN": ("students", _student(upn=lambda _: "H801200001001")),
    "one name and birth date": ("students", _student(first=lambda _: "Ann", last=lambda _: "Lee", born=lambda _: "01/02/2012")),
    "one first name and birth date": ("students", _student(first=lambda _: "Anne", last=lambda n: f"Li{_word(n)}", born=lambda _: "01/02/2012")),
    "one surname and birth date": ("students", _student(first=lambda n: f"Ann{_word(n)}", last=lambda _: "Lee", born=lambda _: "01/02/2012")),
    "one surname, birth dates near each other": ("students", _student(first=lambda n: f"{_word(n)}ann", last=lambda _: "Lee", born=lambda n: f"{n % 28 + 1:02}/0{n % 2 + 2}/2012")),
    "a registration group each": ("students", _student(form=lambda n: f"1.00E+{n}")),
    "headings of groups between the rows": ("students", _rows(_STUDENTS, lambda n: f"Registration Group: 10{_word(n)},,,,,," if n % 2 else f"Ann,Lee{_word(n)},01/02/2012,F,10,,")),
    "rows that aren't people": ("students", _rows(_STUDENTS, lambda n: f"Total: {n} students on page {n},,,,,,")),
    "new user groups": ("staff", _staff(group=lambda n: f"Team {_word(n)}")),
    "user groups with slips": ("staff", _staff(group=lambda n: f"Teech{_word(n)}ers and DSLLs")),
    "user groups that look the same": ("staff", _staff(group=lambda n: "".join("оo"[n >> bit & 1] for bit in range(14)))),
    "punycode addresses": ("staff", _staff(email=lambda n: f"a@xn--schle{_word(n)}-lua.example")),
    "addresses with foreign letters": ("staff", _staff(email=lambda n: f"zoë{n}@schöle{_word(n)}.example")),
    "several addresses in a cell": ("staff", _staff(email=lambda n: f"a{n}@example.org;b{n}@example.org;c@@d")),
    "job roles with many words": ("staff", _staff(role=lambda n: f"Teacher / DSL & {_word(n)} Lead + Head of {_word(n)}", group=lambda _: "")),
    "newlines in quotes": ("students", _student(first=lambda n: f'"Ann\n\n{_word(n)}"', last=lambda n: f'"\n\nLee{_word(n)}\n"')),
    "quotes that are never closed": ("students", _student(first=lambda n: f'"Ann{_word(n)}')),
    "quotes inside cells": ("students", _student(first=lambda n: f'A"n"n{_word(n)}"', last=lambda n: f'"Lee"{_word(n)}""')),
    "delimiters lost beside quotes": ("students", _student(first=lambda n: f'"Ann""Lee{_word(n)}""x"y"z', last=lambda n: f'"Lee""{_word(n)}"')),
    "cells like rows": ("students", _student(first=lambda n: f'"Ann{_word(n)}\nLee,Poe,01/02/2012\nF,10"')),
    "cells in apostrophes": ("students", _student(first=lambda n: f"'Ann{_word(n)}, ''x', 'y", last=lambda n: f"'Lee, {_word(n)}'")),
    "delimiters at the end": ("students", _student(upn=lambda n: "," * (n % 9))),
    "nothing but newlines": ("students", _rows(_STUDENTS, lambda _: "")),
    "nothing but commas and newlines": ("students", _rows(_STUDENTS, lambda n: "," * (n % 3))),
    "nothing but commas, without headings": ("students", _rows(",", lambda _: ",")),
    "nothing but empty quotes": ("students", _rows(_STUDENTS, lambda n: '""' if n % 2 else '"","",')),
    "rows that are an open quote": ("students", _rows(_STUDENTS, lambda n: f'"{_word(n)}')),
    "rows that end with a quote": ("students", _rows(_STUDENTS, lambda _: 'a,b"')),
    "one row of many cells": ("students", lambda size: b"a," * (size // 2)),
    "two-cell rows": ("students", _rows(_STUDENTS, lambda _: "a,b")),
    "longer one-cell rows": ("students", _rows(_STUDENTS, lambda n: f"Lee{_word(n)}")),
    "one-cell rows": ("students", _rows(_STUDENTS, lambda _: "a")),
    "one-cell rows between others": ("students", _rows(_STUDENTS, lambda n: f"Ann,Lee{_word(n)},03/03/2011,F,10,10B," if n % 5 == 0 else "a")),
    "blank rows": ("students", _rows(_STUDENTS, lambda n: "" if n % 9 else f"Ann,Lee{_word(n)},01/02/2012,F,10,10B,")),
    "accents on accents": ("students", _student(first=lambda n: f"A{_word(n)}" + "\u0300\u0301" * 30)),
    "control characters": ("students", _student(first=lambda n: f"Ann\x1b[{n}m\u202e", last=lambda n: f"Lee\x9b{_word(n)}")),
}  # fmt: skip
"""For each kind of file, by what it is full of: whether it has students or staff, and how it is made."""


def hostile_file(name: str, size: int) -> bytes:
    """A file of one kind.

    Args:
        name: The kind, one of `KINDS`.
        size: About the number of bytes that it will have.
    """
    _, make = KINDS[name]
    made = make(size)
    if isinstance(made, bytes):
        return made
    content = bytearray()
    for line in made:
        if len(content) >= size:
            break
        content += line.encode() + b"\n"
    return bytes(content)
