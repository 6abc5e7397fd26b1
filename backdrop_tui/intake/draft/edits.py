"""What a user has changed in a file, step by step, so that each step can be taken back and made again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from backdrop_tui.records.schema.context import DateOrder

ProblemKey = tuple[int, str | None, str]
"""What a problem is known by when it is accepted: row, field's key (None for the whole row), code."""
CellKey = tuple[int, str]
"""A cell: row, field's key."""


@dataclass(frozen=True)
class Change:
    """One step: what the user did with one key, be it to one cell or to 20,000."""

    title: str
    """What it did, in a few words, without any person's data."""
    cells: tuple[tuple[int, str, str], ...] = ()
    """Cells that got a new text: row, field's key, text."""
    left_out: tuple[int, ...] = ()
    """Rows left out."""
    taken_back: tuple[int, ...] = ()
    """Rows taken back."""
    accepted: tuple[ProblemKey, ...] = ()
    """Problems that were looked at and found to be all right."""
    added: tuple[int, ...] = ()
    """Rows typed in by hand."""
    date_order: str = ""
    """How all dates are read from here on: `dmy`, `mdy` or `ymd`; empty where that stays as it was."""

    def as_json(self) -> dict[str, Any]:
        """What stands in the journal; only what is there."""
        return {name: value for name, value in vars(self).items() if value}

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Change":
        """A change as the journal has it."""
        return cls(
            title=found.get("title", ""),
            cells=tuple((row, key, text) for row, key, text in found.get("cells", ())),
            left_out=tuple(found.get("left_out", ())),
            taken_back=tuple(found.get("taken_back", ())),
            accepted=tuple((row, key, code) for row, key, code in found.get("accepted", ())),
            added=tuple(found.get("added", ())),
            date_order=found.get("date_order", ""),
        )


@dataclass(frozen=True)
class _Before:
    """How things were before one change, as far as it touched them."""

    cells: Mapping[CellKey, str | None]
    left_out: frozenset[int]
    accepted: frozenset[ProblemKey]
    added: int


@dataclass
class Edits:
    """All changes so far, and what they come to."""

    done: list[Change] = field(default_factory=list)
    """Changes in force, oldest first."""
    undone: list[Change] = field(default_factory=list)
    """Changes taken back, the one to make again first at the end."""
    cells: dict[CellKey, str] = field(default_factory=dict)
    """Texts that replace those of the file."""
    left_out: set[int] = field(default_factory=set)
    """Rows that will not be imported."""
    accepted: set[ProblemKey] = field(default_factory=set)
    """Problems that are all right. A cell that gets a new text is to be looked at anew."""
    added: list[int] = field(default_factory=list)
    """Rows typed in by hand, in order."""
    _before: list[_Before] = field(default_factory=list, repr=False, compare=False)
    """One for each change in force."""

    @property
    def date_order(self) -> DateOrder:
        """How dates are read, as it was said last."""
        said = next((change.date_order for change in reversed(self.done) if change.date_order), "dmy")
        return cast("DateOrder", said)

    def copy(self) -> "Edits":
        """The same, which stays as it is while this goes on."""
        return Edits(
            done=list(self.done),
            undone=list(self.undone),
            cells=dict(self.cells),
            left_out=set(self.left_out),
            accepted=set(self.accepted),
            added=list(self.added),
            _before=list(self._before),
        )

    def do(self, change: Change) -> None:
        """Make a change. What had been taken back can then not be made again."""
        self.undone.clear()
        self._put(change)

    def undo(self) -> Change | None:
        """Take the last change back; None where there is none."""
        if not self.done:
            return None
        change, before = self.done.pop(), self._before.pop()
        self.undone.append(change)
        for cell, text in before.cells.items():
            if text is None:
                del self.cells[cell]
            else:
                self.cells[cell] = text
        self.left_out.difference_update(change.left_out)
        self.left_out |= before.left_out
        self.accepted.difference_update(change.accepted)
        self.accepted |= before.accepted
        del self.added[before.added :]
        return change

    def redo(self) -> Change | None:
        """Make the change again that was taken back last; None where there is none."""
        if not self.undone:
            return None
        change = self.undone.pop()
        self._put(change)
        return change

    def _put(self, change: Change) -> None:
        new = {(row, key): text for row, key, text in change.cells}
        doubtful = {problem for problem in self.accepted if problem[:2] in new} if new else set()
        self.done.append(change)
        self._before.append(
            _Before(
                cells={cell: self.cells.get(cell) for cell in new},
                left_out=frozenset(self.left_out.intersection(change.left_out + change.taken_back)),
                accepted=frozenset(doubtful | self.accepted.intersection(change.accepted)),
                added=len(self.added),
            )
        )
        self.cells.update(new)
        self.left_out.update(change.left_out)
        self.left_out.difference_update(change.taken_back)
        self.accepted -= doubtful
        self.accepted.update(change.accepted)
        self.added.extend(change.added)
