"""A made-up school whose file is damaged in one way or several, more or less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Literal

from tests.benchmarks.truth.rows import Damage, DateStyle, Row, as_csv, day_first, spoil
from tests.benchmarks.truth.school import ACADEMIC_YEAR, ALL_THROUGH, TODAY, Pupil, SchoolType, made_up_school

RATES = (0.01, 0.05, 0.2, 0.6, 1.0)
"""The shares of the rows that are damaged."""
SIZES = (60, 300, 1200)
"""The sizes of the schools."""

Aim = Literal["clean", "swapped", "other"]
"""Which targets a scenario has, besides those that all have."""


@dataclass(frozen=True)
class Scenario:
    """What is damaged, and in what school."""

    name: str
    """What it is about, in a few words."""
    damages: tuple[Damage, ...] = ()
    """Each is done to as large a share of its rows as is asked for."""
    aim: Aim = "other"
    """Which targets it has."""
    whole: tuple[Damage, ...] = ()
    """Damages that are always done to every row, and before the others."""
    style: DateStyle = day_first
    """How dates are written."""
    school: SchoolType = ALL_THROUGH
    """What kind of school it is."""
    stored: tuple[Damage, ...] | None = None
    """What was damaged in a file of the same pupils that was imported before; None if none was."""
    stored_in_part: bool = False
    """Whether only as large a share of those rows was damaged as is asked for, instead of every row."""
    rates: tuple[float, ...] = RATES
    """The shares of the rows to damage."""
    sizes: tuple[int, ...] = SIZES
    """The numbers of pupils."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """The names of the remedies that the user takes, by the finding's code, if not the first."""
    today: date = TODAY
    """The day of the check, which decides the school's academic year."""
    list_year: int = ACADEMIC_YEAR
    """The year in which the academic year starts that the file's year groups belong to."""
    undecidable: str = ""
    """Why nothing in the file or the store can tell what is right; empty if something can."""


@dataclass(frozen=True)
class MadeUpFile:
    """A scenario's file, and what is known of it."""

    scenario: Scenario
    """What was damaged."""
    rate: float
    """The share of the rows that was."""
    pupils: tuple[Pupil, ...]
    """Who is in it: row by row."""
    rows: Sequence[Row]
    """Its rows."""
    data: bytes
    """The file."""
    stored: bytes | None
    """The file that was imported before; None if none was."""
    number: int
    """The number of cells that were damaged at this rate."""


def make(scenario: Scenario, rate: float, size: int, seed: int) -> MadeUpFile:
    """Make up a scenario's file. The same for the same numbers."""
    random = Random(f"{scenario.name} {rate} {size} {seed}")
    pupils = made_up_school(random, size, scenario.school)
    stored = None
    if scenario.stored is not None:
        before = [Row.of(pupil) for pupil in pupils]
        _spoil_all(before, scenario.stored, random, rate if scenario.stored_in_part else 1)
        stored = as_csv(before)
    rows = [Row.of(pupil, scenario.style) for pupil in pupils]
    _spoil_all(rows, scenario.whole, random)
    number = sum(spoil(rows, damage, rate, random) for damage in scenario.damages)
    return MadeUpFile(scenario, rate, pupils, rows, as_csv(rows), stored, number)


def _spoil_all(rows: Sequence[Row], damages: Sequence[Damage], random: Random, rate: float = 1) -> None:
    for damage in damages:
        spoil(rows, damage, rate, random)
