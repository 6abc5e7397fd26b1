"""What the workers of the list of people report."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from backdrop_tui.people.changes import PeopleChange
from backdrop_tui.people.people_search import SearchResult
from backdrop_tui.people.person_check import PersonCheck
from backdrop_tui.records.schema.field import Field


@dataclass
class Searched(Message):
    """A search has ended."""

    number: int
    """The number of the search, counted on this screen."""
    result: SearchResult
    """What the search found."""


@dataclass
class Checked(Message):
    """A text typed into a cell has been checked."""

    person: dict[str, str | None]
    """The person whose cell it is, as stored."""
    field: Field
    """The field."""
    text: str
    """The text as typed."""
    check: PersonCheck
    """The person with that text in the field, and the problems that it would bring."""


@dataclass
class Stored(Message):
    """A change has been stored."""

    change: PeopleChange
    """The change."""
    record: Callable[[PeopleChange], None]
    """Records it in the history."""
    notice: str
    """What was done, in a sentence for the user."""
