"""The user's changes to a file, with undo and redo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from backdrop_tui.intake.linking.answers import Answers, Rejected
from backdrop_tui.intake.linking.finding_types import RIGHTS_RAISED
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.context import DateOrder

_IDENTIFYING = frozenset(
    field.key for kind in KINDS.values() for field in (kind.identifier, *kind.identity, *kind.file_only)
)
"""The keys of the fields by which people are recognised."""
ProblemKey = tuple[int, str | None, str]
"""Identifies an accepted problem: row, field's key (None for the whole row), code."""
CellKey = tuple[int, str]
"""Identifies a cell: row, field's key."""


@dataclass(frozen=True)
class Change:
    """One undoable step, whether it changes one cell or 20,000."""

    title: str
    """What the change does, in a few words and without any person's data: `Gender in 312 rows`."""
    cells: tuple[tuple[int, str, str], ...] = ()
    """Cells with a new text: row, field's key, text."""
    left_out: tuple[int, ...] = ()
    """Rows to leave out of the import."""
    taken_back: tuple[int, ...] = ()
    """Left-out rows to take back into the import."""
    accepted: tuple[ProblemKey, ...] = ()
    """Problems that the user has checked and accepted as correct."""
    added: tuple[int, ...] = ()
    """Rows typed in by hand."""
    date_order: str = ""
    """The order in which all dates are read from now on: `dmy`, `mdy` or `ymd`; empty for no change."""
    academic_year: int = 0
    """The year in which the school's academic year starts, to be stored with the import; 0 for no change."""
    applied: tuple[str, ...] = ()
    """The codes of the findings whose remedies this change applies."""
    dismissed: str = ""
    """The code of a finding that doesn't apply to this file; empty if it is none."""
    same: tuple[tuple[int, str], ...] = ()
    """Rows that are about someone stored, as the user has said, each with that person's id."""
    new: tuple[int, ...] = ()
    """Rows that are about someone who isn't stored, as the user has said."""
    rejected: tuple[Rejected, ...] = ()
    """The people stored with whom these rows were compared."""

    def as_json(self) -> dict[str, Any]:
        """The change as the draft's journal stores it, without empty fields."""
        return {name: value for name, value in vars(self).items() if value}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Change":
        """Read a change from the draft's journal."""
        return cls(
            title=stored.get("title", ""),
            cells=tuple((row, key, text) for row, key, text in stored.get("cells", ())),
            left_out=tuple(stored.get("left_out", ())),
            taken_back=tuple(stored.get("taken_back", ())),
            accepted=tuple((row, key, code) for row, key, code in stored.get("accepted", ())),
            added=tuple(stored.get("added", ())),
            date_order=stored.get("date_order", ""),
            academic_year=stored.get("academic_year", 0),
            applied=tuple(stored.get("applied", ())),
            dismissed=stored.get("dismissed", ""),
            same=tuple((row, person) for row, person in stored.get("same", ())),
            new=tuple(stored.get("new", ())),
            rejected=tuple((row, person, checksum) for row, person, checksum in stored.get("rejected", ())),
        )


@dataclass(frozen=True)
class _Before:
    """What one change replaced, so that it can be undone."""

    cells: Mapping[CellKey, str | None]
    left_out: frozenset[int]
    accepted: frozenset[ProblemKey]
    added: int


@dataclass
class Edits:
    """All changes in force and their combined effect."""

    done: list[Change] = field(default_factory=list)
    """Changes in force, oldest first."""
    undone: list[Change] = field(default_factory=list)
    """Undone changes; the one to redo first is last."""
    cells: dict[CellKey, str] = field(default_factory=dict)
    """Texts that replace those of the file."""
    left_out: set[int] = field(default_factory=set)
    """Rows that will not be imported."""
    accepted: set[ProblemKey] = field(default_factory=set)
    """Problems accepted as correct. Changing a cell's text withdraws the acceptance of its problems."""
    added: list[int] = field(default_factory=list)
    """Rows typed in by hand, in order."""
    _before: list[_Before] = field(default_factory=list, repr=False, compare=False)
    """What each change in `done` replaced."""

    @property
    def date_order(self) -> DateOrder:
        """The order in which dates are read: that of the last change that sets one, or day first."""
        order = next((change.date_order for change in reversed(self.done) if change.date_order), "dmy")
        return cast("DateOrder", order)

    @property
    def academic_year(self) -> int | None:
        """The year in which the school's academic year is to start; None to leave it."""
        return next((change.academic_year for change in reversed(self.done) if change.academic_year), None)

    @property
    def applied(self) -> frozenset[str]:
        """The codes of the findings whose remedy has been applied."""
        return frozenset(code for change in self.done for code in change.applied)

    @property
    def answers(self) -> Answers:
        """What the user has said about who the rows are. Changing what a row is recognised by withdraws it."""
        people: dict[int, str | None] = {}
        for change in self.done:
            for row, key, _ in change.cells:
                if key in _IDENTIFYING:
                    people.pop(row, None)
            people |= dict.fromkeys(change.new)
            people |= dict(change.same)
        given = {row for row, _, code in self.accepted if code == RIGHTS_RAISED.code}
        new = frozenset(row for row, person in people.items() if person is None)
        rejected = (rejected for change in self.done for rejected in change.rejected)
        return Answers(
            same={row: person for row, person in people.items() if person is not None},
            new=new,
            rejected=frozenset(pair for pair in rejected if pair[0] in new),
            rights_given=frozenset(given),
        )

    @property
    def dismissed(self) -> frozenset[str]:
        """The codes of the findings that have been dismissed."""
        return frozenset(change.dismissed for change in self.done if change.dismissed)

    def left_out_by(self, finding: str) -> frozenset[int]:
        """The rows that the remedy of a finding, given by its code, has left out and that still are."""
        rows = (row for change in self.done if finding in change.applied for row in change.left_out)
        return frozenset(self.left_out.intersection(rows))

    def copy(self) -> "Edits":
        """Copy the edits, for use in a thread while the user goes on editing."""
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
        """Make a change. Undone changes can no longer be redone after this."""
        self.undone.clear()
        self._apply(change)

    def remove_empty(self) -> None:
        """Remove changes that do nothing and have no title, which stand for those that can't be read any more."""
        kept = [
            (change, before)
            for change, before in zip(self.done, self._before, strict=True)
            if change != Change("")
        ]
        self.done, self._before = [change for change, _ in kept], [before for _, before in kept]
        self.undone = [change for change in self.undone if change != Change("")]

    def undo(self) -> Change | None:
        """Undo the last change and return it; None if there is none."""
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
        """Redo the change that was undone last and return it; None if there is none."""
        if not self.undone:
            return None
        change = self.undone.pop()
        self._apply(change)
        return change

    def _apply(self, change: Change) -> None:
        new = {(row, key): text for row, key, text in change.cells}
        withdrawn = {problem for problem in self.accepted if problem[:2] in new} if new else set()
        self.done.append(change)
        self._before.append(
            _Before(
                cells={cell: self.cells.get(cell) for cell in new},
                left_out=frozenset(self.left_out.intersection(change.left_out + change.taken_back)),
                accepted=frozenset(withdrawn | self.accepted.intersection(change.accepted)),
                added=len(self.added),
            )
        )
        self.cells.update(new)
        self.left_out.update(change.left_out)
        self.left_out.difference_update(change.taken_back)
        self.accepted -= withdrawn
        self.accepted.update(change.accepted)
        self.added.extend(change.added)
