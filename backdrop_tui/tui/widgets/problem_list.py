"""The kinds of problems with their counts; moving in it filters the table."""

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.intake.draft.review import ProblemKind
from backdrop_tui.tui.widgets.plain import plain

MARKS = {"error": ("!", "$text-error"), "warning": ("?", "$text-warning")}
"""Sign and colour of each level."""


def problem_line(level: str, message: str) -> Content:
    """One problem in a line: the sign of its level, and what was found."""
    sign, style = MARKS[level]
    return Content.assemble((f"{sign} ", f"bold {style}"), plain(message))


class ProblemList(OptionList):
    """All problems, then each kind."""

    class Chosen(Message):
        """Another kind, or all kinds, were chosen."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)
        self._kinds: tuple[ProblemKind, ...] = ()

    @property
    def chosen(self) -> ProblemKind | None:
        """The kind that the table is filtered by; None for all."""
        place = self.highlighted or 0
        return self._kinds[place - 1] if 0 < place <= len(self._kinds) else None

    def show(self, kinds: Sequence[ProblemKind], count: int) -> None:
        """Show these kinds; the one that was chosen stays chosen, even when none of it is left."""
        before = self.chosen
        self._kinds = tuple(kinds)
        same = [
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
            self.add_options(Option(self._said(kind)) for kind in kinds)
            self.highlighted = same[0] if same else 0
        if before is not None and not same:
            self.post_message(self.Chosen())

    @staticmethod
    def _said(kind: ProblemKind) -> Content:
        sign, style = MARKS[kind.level]
        return Content.assemble(
            (f"{kind.count:>6,}", "bold"), " ", (sign, f"bold {style}"), " ", plain(kind.title)
        )

    @on(OptionList.OptionHighlighted)
    def choose(self) -> None:
        """Tell that another kind is chosen."""
        self.post_message(self.Chosen())
