"""Put the mistakes into a made-up list of students that schools' files have."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from backdrop_tui.demo.pupil import Pupil
from backdrop_tui.records.fields.upn import LETTERS

_MONTHS = 12


def add_mistakes(pupils: list[Pupil], rng: random.Random) -> None:
    """Put about 25 mistakes into the list, each into a different row, repeat a few rows, and swap day and month in all dates."""
    unspoilt = list(pupils)
    rng.shuffle(unspoilt)

    def take(fits: Callable[[Pupil], bool] = lambda _: True) -> Pupil:
        return unspoilt.pop(next(n for n, pupil in enumerate(unspoilt) if fits(pupil)))

    _spoil_genders(take)
    _spoil_dates(take)
    _spoil_upns(take)
    _spoil_names(take)
    _spoil_groups(take)
    _spoil_lines(take)
    _repeat_rows(take, pupils)
    _swap_dates(pupils)


def birthday(rng: random.Random, before: int) -> date:
    """A day in the twelve months up to 31 August of a year."""
    return date(before - 1, 9, 1) + timedelta(rng.randrange(365))


def _spoil_genders(take: Callable[[], Pupil]) -> None:
    """Boy or Girl in place of the gender in twelve rows."""
    for _ in range(12):
        pupil = take()
        pupil.gender = "Girl" if pupil.gender == "Female" else "Boy"
        pupil.add_problem("Gender", "gender-unknown")


def _spoil_dates(take: Callable[..., Pupil]) -> None:
    """An impossible date, and one as Excel's day number."""

    def has_late_day(pupil: Pupil) -> bool:
        return int(pupil.born[:2]) > _MONTHS

    pupil = take(has_late_day)
    pupil.born = f"31/02/{pupil.born[6:]}"
    pupil.add_problem("Date of Birth", "date-impossible")
    pupil = take(has_late_day)
    day, month, year = map(int, pupil.born.split("/"))
    pupil.born = str((date(year, month, day) - date(1899, 12, 30)).days)
    pupil.add_problem("Date of Birth", "date-serial")


def _spoil_upns(take: Callable[[], Pupil]) -> None:
    """A wrong check letter, a letter O for a zero, and two students with the same UPN."""
    pupil = take()
    pupil.upn = LETTERS[(LETTERS.index(pupil.upn[0]) + 1) % len(LETTERS)] + pupil.upn[1:]
    pupil.add_problem("UPN", "upn-check-letter")
    pupil = take()
    pupil.upn = pupil.upn[:2] + pupil.upn[2:].replace("0", "O", 1)
    pupil.add_problem("UPN", "upn-format")
    pupil, other = take(), take()
    pupil.upn = other.upn
    for sharing in (pupil, other):
        sharing.add_problem("UPN", "upn-duplicate")


def _spoil_names(take: Callable[..., Pupil]) -> None:
    """A missing first name, and a surname that has lost a letter."""
    pupil = take()
    pupil.first_name = ""
    pupil.add_problem("First Name", "required")
    pupil = take(lambda pupil: pupil.surname == "Nguyễn")
    pupil.surname = "Nguy?n"
    pupil.add_problem("Surname", "letter-lost")


def _spoil_groups(take: Callable[..., Pupil]) -> None:
    """A year group that can mean two, and a registration group that is written differently from the others."""
    pupil = take(lambda pupil: pupil.year == "Nursery 2")
    pupil.year = "Nursery"
    pupil.add_problem("Year Group", "year-ambiguous")
    pupil = take(lambda pupil: pupil.registration == "7A")
    pupil.registration = "7a"
    pupil.add_problem("Registration Group", "group-variant")


def _spoil_lines(take: Callable[[], Pupil]) -> None:
    """A quotation mark that is never closed; and a line without its last cells, which are blank, so it is no problem."""
    pupil = take()
    pupil.notes, pupil.damage = "", lambda line: f'{line}Reads "The Gruffalo'
    pupil.add_problem(None, "stray-quote")
    pupil = take()
    pupil.address, pupil.notes, pupil.damage = "", "", lambda line: line.removesuffix(",,")


def _repeat_rows(take: Callable[[], Pupil], pupils: list[Pupil]) -> None:
    """Second rows for three students who have two addresses."""
    for _ in range(3):
        pupil = take()
        pupils.insert(pupils.index(pupil) + 1, replace(pupil, address="4 Harbour View, Willowmere"))


def _swap_dates(pupils: list[Pupil]) -> None:
    """Day and month swapped wherever the day can be a month: what Excel with American settings does to a date on opening it."""
    for pupil in pupils:
        day, _, rest = pupil.born.partition("/")
        month, _, year = rest.partition("/")
        if year and int(day) <= _MONTHS:
            pupil.born = f"{month}/{day}/{year}"
