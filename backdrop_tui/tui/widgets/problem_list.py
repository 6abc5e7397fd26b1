"""The list of the kinds of problems with their counts, which filters a table."""

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.intake.draft.review import ProblemKind
from backdrop_tui.tui.widgets.plain import plain

MARKS = {"error": ("!", "$text-error"), "warning": ("?", "$text-warning")}
"""The sign and the colour of each level."""


def problem_line(level: str, message: str) -> Content:
    """One problem in a line: the sign of its level, and the message."""
    sign, style = MARKS[level]
    return Content.assemble((f"{sign} ", f"bold {style}"), plain(message))


class ProblemList(OptionList):
    """All problems, then each kind. Moving the cursor filters the table."""

    class Chosen(Message):
        """Another kind of problem, or all of them, have been chosen."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)
        self._kinds: tuple[ProblemKind, ...] = ()

    @property
    def chosen(self) -> ProblemKind | None:
        """The kind of problem that the table is filtered by; None for all."""
        place = self.highlighted or 0
        return self._kinds[place - 1] if 0 < place <= len(self._kinds) else None

    def show(self, kinds: Sequence[ProblemKind], count: int) -> None:
        """Show kinds of problems; the chosen kind stays chosen while it is among them.

        Args:
            kinds: The kinds, in the order of the list.
            count: The number of all problems.
        """
        before = self.chosen
        self._kinds = tuple(kinds)
        chosen_places = [
            n
            for n, kind in enumerate(kinds, start=1)
            if before and (kind.field, kind.code) == (before.field, before.code)
        ]
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_option(
                Option(
                    Content.assemble(
                        (f"{count:>6,}", "bold"), "   All problems" if count else "   No problems left"
                    )
                )
            )
            self.add_options(Option(self._draw(kind)) for kind in kinds)
            self.highlighted = chosen_places[0] if chosen_places else 0
        if before is not None and not chosen_places:
            self.post_message(self.Chosen())

    @staticmethod
    def _draw(kind: ProblemKind) -> Content:
        sign, style = MARKS[kind.level]
        return Content.assemble(
            (f"{kind.count:>6,}", "bold"), " ", (sign, f"bold {style}"), " ", plain(kind.title)
        )

    @on(OptionList.OptionHighlighted)
    def choose(self) -> None:
        """Report that another kind is chosen."""
        self.post_message(self.Chosen())
