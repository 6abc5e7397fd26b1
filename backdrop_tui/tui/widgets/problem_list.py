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
from backdrop_tui.tui.widgets.work_order import FIRST, Entry, in_order, is_same, part_of

MARKS = {"error": ("!", "$text-error"), "warning": ("?", "$text-warning"), "note": ("i", "$text-accent")}
"""The sign and the colour of each level."""


def problem_line(level: str, message: str) -> Content:
    """One problem or finding in a line: the sign of its level, and the message."""
    sign, style = MARKS[level]
    return Content.assemble((f"{sign} ", f"bold {style}"), plain(message))


class ProblemList(OptionList):
    """What there is to put right, in order; before the first kind of problem, all problems. Moving the cursor filters the table."""

    class Chosen(Message):
        """The user has moved the cursor to another line."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)
        self.entries: tuple[Entry, ...] = ()
        """What there is to put right, in the order in which to go through it."""

    @property
    def _entry_lines(self) -> tuple[Entry | None, ...]:
        """The entry of each line; None for the line of all problems."""
        first = sum(part_of(entry) == FIRST for entry in self.entries)
        return (*self.entries[:first], None, *self.entries[first:])

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
            findings: The findings.
            kinds: The kinds of problems.
            count: The number of all problems.
        """
        chosen = self.chosen
        self.entries = in_order(findings, kinds)
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
