"""What happens to people between two years: an event happens to a share of those it can happen to."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.benchmarks.linking.two_years import Entry, TwoYears

Happening = Callable[[TwoYears, Entry, Random], bool]
"""Changes what a person's row says. Tells whether it could happen to that person."""


@dataclass(frozen=True)
class Event:
    """Something that happens to people between two years."""

    name: str
    """What happens, in a few words."""
    happen: Happening
    """Makes it happen to a person."""
    usual: float = 0
    """The share of people to whom it happens in an ordinary year."""
    is_aside: bool = False
    """Whether nothing in the file need tell that it is the same person."""


def staying(happen: Happening) -> Happening:
    """Something that can happen only to somebody who is stored and in the second file."""
    return lambda years, entry, random: (
        entry.before is not None and entry.row is not None and happen(years, entry, random)
    )


def coming(happen: Happening) -> Happening:
    """Something that can happen only to somebody new."""
    return lambda years, entry, random: entry.is_new and happen(years, entry, random)


def happen_to_some(years: TwoYears, event: Event, share: float, random: Random) -> int:
    """Make an event happen to a share of all rows, at least one, if it can. Returns how often it did.

    Nobody to whom something has happened already is taken.
    """
    wanted = max(1, round(share * len(years.rows))) if share else 0
    untouched = [entry for entry in years.rows if not entry.events]
    random.shuffle(untouched)
    done = 0
    for entry in untouched:
        if done >= wanted:
            break
        if not entry.events and event.happen(years, entry, random):
            entry.events.append(event.name)
            done += 1
    return done


def happen_as_usual(years: TwoYears, event: Event, random: Random) -> None:
    """Make an event happen to each row with the chance that it has in an ordinary year."""
    for entry in years.rows:
        if not entry.events and random.random() < event.usual and event.happen(years, entry, random):
            entry.events.append(event.name)


def write(entry: Entry, **values: str) -> bool:
    """Write other values in a person's row. Tells whether that changed it."""
    before = entry.row or {}
    entry.row = before | values
    return entry.row != before
