"""What the page is made of, whether it is shown as text or as HTML."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One line of a chart."""

    label: str
    """What is counted."""
    number: int
    """How many there are."""
    detail: str = ""
    """What the number is made up of, in a few words."""


@dataclass(frozen=True)
class Chart:
    """Numbers beside each other, of the same things."""

    title: str
    """What is counted in each line."""
    bars: tuple[Bar, ...]
    """The lines, in order."""

    @property
    def largest(self) -> int:
        """The largest number, for the length of bars; at least 1."""
        return max((bar.number for bar in self.bars), default=1) or 1


@dataclass(frozen=True)
class Listing:
    """A list with a heading."""

    title: str
    """What is listed."""
    items: tuple[str, ...]
    """The items, in order."""


Part = str | Chart | Listing
"""A paragraph, a chart or a list."""


@dataclass(frozen=True)
class Section:
    """A section of the page."""

    title: str
    """Its heading."""
    parts: tuple[Part, ...]
    """What is in it, in order."""

    @classmethod
    def of(cls, title: str, parts: Iterable[Part | None]) -> "Section":
        """Make a section of those parts that have something in them."""
        return cls(title, tuple(part for part in parts if part is not None and not _is_empty(part)))


@dataclass(frozen=True)
class Page:
    """The whole page."""

    school: str
    """The school's name."""
    note: str
    """When it was made, and whether it names people."""
    sections: tuple[Section, ...]
    """Its sections, in order."""


def _is_empty(part: Part) -> bool:
    match part:
        case Chart():
            return not part.bars
        case Listing():
            return not part.items
    return not part
