"""Search among the people at the school, for a list that shows them."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from backdrop_tui.people.directory import Directory, Order, name_of
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.wording import listed

_MOST_NAMES = 5
"""The number of people that a sentence names before it counts the others."""


@dataclass(frozen=True)
class PeopleQuery:
    """What a list of people is to show."""

    words: str = ""
    """Words to search for in all fields."""
    order: Order = field(default_factory=Order)
    """How the people are sorted."""


@dataclass(frozen=True)
class SearchResult:
    """The result of a search."""

    directory: Directory
    """Everyone of the kind who is at the school."""
    people: pl.DataFrame
    """The people found, sorted: `id` and the fields' keys (String)."""
    context: Context
    """What the choices for fields depend on."""
    version: Hashable
    """The store's version of the people before they were read."""


def search_people(
    school: School, kind: RecordKind, query: PeopleQuery, today: date, previous: SearchResult | None = None
) -> SearchResult:
    """Find the people that a list is to show.

    Args:
        school: The school.
        kind: Students or staff.
        query: What the list is to show.
        today: The current date.
        previous: The result of an earlier search. What it has worked out about people who haven't changed since is used
            again, so that searching while the user types stays quick, and so does changing one of many people.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    version = school.version(kind)
    if previous is None:
        directory = Directory(kind, school.current(kind))
    elif version is not None and previous.version == version:
        directory = previous.directory
    else:
        directory = previous.directory.updated(school.current(kind))
    people = directory.find(query.words, query.order)
    return SearchResult(directory, people, school.context(today), version)


def names_in_sentence(people: pl.DataFrame) -> str:
    """List people's names in a sentence: `Amy Lee, Bo Ray and 3 more`."""
    return listed((name_of(person) for person in people.iter_rows(named=True)), at_most=_MOST_NAMES)
