"""What a school's data holds, in numbers: the one that is stored, or the one in a backup."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backdrop_tui.errors import DataFolderError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.leaving import LEFT, STATUS
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.port import StoredItem

_NOBODY = "–"
_UNREADABLE = "can't be read"
_WIDTH = 24
_VALUE_WIDTH = 22


@dataclass(frozen=True)
class Holdings:
    """What a school's data holds."""

    organisation: str
    """The organisation's name; empty if nobody has signed up."""
    current: Mapping[str, int]
    """The numbers of people at the school, by kind."""
    left: Mapping[str, int]
    """The numbers of people who have left, by kind."""
    imports: int
    """The number of imports in the history."""
    log: int
    """The number of entries in the audit log."""

    @classmethod
    def of(cls, items: Iterable[StoredItem]) -> "Holdings":
        """What some items hold. Iterates over them to their end."""
        current, left, others = Counter[str](), Counter[str](), Counter[str]()
        organisation = ""
        for item in items:
            if item.part == "people":
                has_left = item.content.get(STATUS) == LEFT
                (left if has_left else current)[item.name] += 1
            else:
                others[item.name or item.part] += 1
                if item.name == "settings" and item.content["key"] == "organisation":
                    organisation = str(item.content.get("value") or "")
        return cls(organisation, current, left, others["imports"], others["log"])

    @property
    def people(self) -> int:
        """The number of people, including those who have left."""
        return sum(self.current.values()) + sum(self.left.values())

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """What it holds, and how many of each."""
        people = [
            (f"{kind.plural.capitalize()}{words}", numbers.get(kind.name, 0))
            for kind in KINDS.values()
            for words, numbers in (("", self.current), (" who have left", self.left))
        ]
        return [*people, ("Imports", self.imports), ("Lines of the audit log", self.log)]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """A line for each thing it holds: what it is, and how many, or its name."""
        numbers = ((what, f"{number:,}") for what, number in self.numbers)
        return [("Organisation", self.organisation or _NOBODY), *numbers]


def stored_holdings(school: School) -> Holdings | None:
    """What a school holds now; None if it can't be read.

    Raises:
        NewerFormatError: A newer version has saved it.
    """
    try:
        return Holdings.of(school.store.items())
    except NewerFormatError:
        raise
    except DataFolderError:
        return None


def side_by_side(backup: Holdings, stored: Holdings | None) -> list[str]:
    """What a backup holds beside what is stored now, a line each; the first line is the headings."""
    stored_values = [value for _, value in stored.rows] if stored else [_UNREADABLE] * len(backup.rows)
    rows = [
        ("", "In the backup", "Stored now"),
        *((*row, value) for row, value in zip(backup.rows, stored_values, strict=True)),
    ]
    return [f"{what:<{_WIDTH}}{_fitted(held)}  {_fitted(now)}".rstrip() for what, held, now in rows]


def _fitted(text: str) -> str:
    shown = text if len(text) <= _VALUE_WIDTH else f"{text[: _VALUE_WIDTH - 1]}…"
    return f"{shown:<{_VALUE_WIDTH}}"
