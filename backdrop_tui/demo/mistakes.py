"""Put the mistakes into a made-up list of students that schools' files have."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from backdrop_tui.demo.pupil import Pupil
from backdrop_tui.records.fields.upn import LETTERS


def add_mistakes(pupils: Sequence[Pupil], rng: random.Random) -> None:
    """Put about 25 mistakes into the list, each into a different row."""
    unspoilt = list(pupils)
    rng.shuffle(unspoilt)

    def take(fits: Callable[[Pupil], bool] = lambda _: True) -> Pupil:
        return unspoilt.pop(next(n for n, pupil in enumerate(unspoilt) if fits(pupil)))

    _spoil_genders(take)
    _spoil_dates(take, rng)
    _spoil_upns(take)
    _spoil_names(take)
    _spoil_groups(take)
    _spoil_lines(take)


def birthday(rng: random.Random, before: int, *, swappable: bool = False) -> date:
    """A day in the twelve months up to 31 August of a year.

    Args:
        rng: The source of randomness.
        before: The year.
        swappable: Whether day and month can be swapped, which gives a day of another school year; otherwise they can't.
    """
    while True:
        day = date(before - 1, 9, 1) + timedelta(rng.randrange(365))
        if (day.day <= 12 and (day.day > 8) != (day.month > 8)) if swappable else day.day > 12:
            return day


def _spoil_genders(take: Callable[[], Pupil]) -> None:
    """Boy or Girl in place of the gender in twelve rows."""
    for _ in range(12):
        pupil = take()
        pupil.gender = "Girl" if pupil.gender == "Female" else "Boy"
        pupil.add_problem("Gender", "gender-unknown")


def _spoil_dates(take: Callable[..., Pupil], rng: random.Random) -> None:
    """A date with the month first, two with day and month swapped, an impossible one, and one as Excel's day number."""
    pupil = take()
    pupil.born = f"31/02/{pupil.born[6:]}"
    pupil.add_problem("Date of Birth", "date-impossible")
    pupil = take()
    day, month, year = pupil.born.split("/")
    pupil.born = f"{month}/{day}/{year}"
    pupil.add_problem("Date of Birth", "date-month-first")
    pupil = take()
    day, month, year = pupil.born.split("/")
    pupil.born = str((date(int(year), int(month), int(day)) - date(1899, 12, 30)).days)
    pupil.add_problem("Date of Birth", "date-serial")
    for _ in range(2):
        pupil = take(lambda pupil: pupil.year != "Nursery 1")  # whom another birthday could make a baby
        before = int(pupil.born[6:]) + (int(pupil.born[3:5]) > 8)
        pupil.born = birthday(rng, before, swappable=True).strftime("%m/%d/%Y")
        pupil.add_problem("Date of Birth", "date-swapped")


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
    """A quotation mark that is never closed, and a line that is too short."""
    pupil = take()
    pupil.notes, pupil.damage = "", lambda line: f'{line}Reads "The Gruffalo'
    pupil.add_problem(None, "stray-quote")
    pupil = take()
    pupil.address, pupil.notes, pupil.damage = "", "", lambda line: line.removesuffix(",,")
    pupil.add_problem(None, "cell-count")
