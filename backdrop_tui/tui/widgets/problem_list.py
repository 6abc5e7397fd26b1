"""The list of findings and of the kinds of problems, with the number of rows of each, which filters a table."""

from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.intake.draft.review import ProblemKind
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.widgets.fitted_text import hanging
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.work_order import FIRST, Entry, in_order, is_same, part_of

MARKS = {"error": ("!", "$text-error"), "warning": ("?", "$text-warning"), "note": ("i", "$text-accent")}
"""The sign and the colour of each level."""


_BEFORE_LAYOUT = 200


def problem_text(level: str, message: str, width: int) -> Content:
    """One problem or finding: the sign of its level, and the message, whose lines begin below each other.

    Args:
        level: How bad it is.
        message: The message.
        width: The width of both in characters.
    """
    return hanging(_sign(level), message, width)


def problem_texts(problems: Iterable[tuple[str, str]], width: int) -> Content:
    """Several problems, each with its level and its message."""
    return Content("\n").join(problem_text(level, message, width) for level, message in problems)


def _sign(level: str) -> Content:
    sign, style = MARKS[level]
    return Content.styled(f"{sign} ", f"bold {style}")


class ProblemList(Options):
    """What there is to put right, in order; before the first kind of problem, all problems. Moving the cursor filters the table."""

    class Chosen(Message):
        """The user has moved the cursor to another line."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)
        self.entries: tuple[Entry, ...] = ()
        """What there is to put right, in the order in which to go through it."""
        self._count = 0
        self._drawn_width = 0

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
        self.entries, self._count = in_order(findings, kinds), count
        self._list(chosen)

    def _list(self, chosen: Entry | None) -> None:
        self._drawn_width = self.size.width
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(Option(self._draw(line)) for line in self._entry_lines)
        self.choose(chosen)

    def on_resize(self) -> None:
        """Use the new width, so that no title is cut."""
        if self.entries and self.size.width != self._drawn_width:
            self.call_later(lambda: self._list(self.chosen))

    def _draw(self, entry: Entry | None) -> Content:
        """Draw an entry: its number of rows or problems, and what they are; in several lines if one is too short for it."""
        if entry is None:
            return _numbered(self._count, "  All problems" if self._count else "  No problems left")
        if isinstance(entry, ProblemKind):
            lead = _numbered(entry.count, _sign(entry.level))
            return hanging(lead, entry.title, self._room)
        lead = _numbered(len(entry.rows), _sign(entry.type.level))
        return hanging(lead, entry.type.title, self._room)

    @property
    def _room(self) -> int:
        """The width in characters that is left beside the scrollbar; a wide one before the list is laid out."""
        return (
            self._drawn_width - self.styles.scrollbar_size_vertical if self._drawn_width else _BEFORE_LAYOUT
        )

    @on(OptionList.OptionHighlighted)
    def report_choice(self) -> None:
        """Report that the user has moved the cursor."""
        self.post_message(self.Chosen())


def _numbered(number: int, text: str | Content) -> Content:
    return Content.assemble((f"{number:>6,}", "bold"), " ", text)
