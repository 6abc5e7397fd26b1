"""The list of findings and of the kinds of problems, with the number of rows of each, which filters a table."""

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.intake.draft.review import ProblemKind
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.widgets.plain import plain

MARKS = {"error": ("!", "$text-error"), "warning": ("?", "$text-warning"), "note": ("i", "$text-accent")}
"""The sign and the colour of each level."""
Entry = Finding | ProblemKind
"""What a table can be filtered by."""


def problem_line(level: str, message: str) -> Content:
    """One problem or finding in a line: the sign of its level, and the message."""
    sign, style = MARKS[level]
    return Content.assemble((f"{sign} ", f"bold {style}"), plain(message))


def is_same(first: Entry | None, second: Entry | None) -> bool:
    """Tell whether two entries, perhaps of different checks, are about the same finding or kind of problem."""
    if isinstance(first, ProblemKind) and isinstance(second, ProblemKind):
        return (first.field, first.code) == (second.field, second.code)
    if isinstance(first, Finding) and isinstance(second, Finding):
        return first.code == second.code
    return first is second


class ProblemList(OptionList):
    """The findings, then all problems, then each kind of problem. Moving the cursor filters the table."""

    class Chosen(Message):
        """The user has moved the cursor to another line."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)
        self._findings: tuple[Finding, ...] = ()
        self._kinds: tuple[ProblemKind, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What there is to put right, in the order in which to go through it."""
        return (*self._findings, *self._kinds)

    @property
    def _entry_lines(self) -> tuple[Entry | None, ...]:
        """The entry of each line; None for the line of all problems."""
        return (*self._findings, None, *self._kinds)

    @property
    def chosen(self) -> Entry | None:
        """The finding or kind of problem that the table is filtered by; None for all problems."""
        lines, place = self._entry_lines, self.highlighted
        return lines[place] if place is not None and place < len(lines) else None

    def choose(self, entry: Entry | None) -> None:
        """Put the cursor on the line of an entry, or on that of all problems if the entry isn't in the list."""
        lines = self._entry_lines
        places = [place for place, line in enumerate(lines) if line is not None and is_same(line, entry)]
        with self.prevent(OptionList.OptionHighlighted):
            self.highlighted = places[0] if places else lines.index(None)

    def show(self, findings: Sequence[Finding], kinds: Sequence[ProblemKind], count: int) -> None:
        """Show what there is to put right; the chosen entry stays chosen while it is in the list.

        Args:
            findings: The findings, in the order of the list.
            kinds: The kinds of problems, in the order of the list.
            count: The number of all problems.
        """
        chosen = self.chosen
        self._findings, self._kinds = tuple(findings), tuple(kinds)
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(Option(self._draw(line, count)) for line in self._entry_lines)
        self.choose(chosen)

    @staticmethod
    def _draw(entry: Entry | None, count: int) -> Content:
        """Draw a line: its number of rows or problems, and what they are."""
        if entry is None:
            return _numbered(count, "  All problems" if count else "  No problems left")
        if isinstance(entry, ProblemKind):
            return _numbered(entry.count, problem_line(entry.level, entry.title))
        return _numbered(len(entry.rows), problem_line(entry.type.level, entry.type.title))

    @on(OptionList.OptionHighlighted)
    def report_choice(self) -> None:
        """Report that the user has moved the cursor."""
        self.post_message(self.Chosen())


def _numbered(number: int, text: str | Content) -> Content:
    return Content.assemble((f"{number:>6,}", "bold"), " ", text)
