"""Where the user is: one line at the top of every screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from backdrop_tui.tui.widgets.plain import plain

if TYPE_CHECKING:
    from backdrop_tui.steps.progress import SetUpProgress

_SHORTEST = 9
"""The number of characters of the organisation's name that are always shown."""

IMPORT_STEPS = ("Pick a file", "Match", "Put right", "Check", "Complete")
"""The steps of importing a file."""

HAND_STEPS = ("Type in", "Put right", "Check", "Complete")
"""The steps of adding people by hand."""


class Breadcrumb(Static):
    """The organisation, the title of the screen, and the steps of an import with the current one marked."""

    def __init__(self, title: str, steps: Sequence[str] = (), current: int = 0) -> None:
        super().__init__()
        self._steps, self._current = steps, current
        self._organisation = ""
        self._rest = self._short = Content()
        self.show_title(title)

    def show_title(self, title: str) -> None:
        """Show another title of the screen."""
        self._rest = self._short = Content.assemble("  ", plain(title))
        if self._steps:
            marks = [self._step(n, name, self._current) for n, name in enumerate(self._steps)]
            self._rest = Content.assemble(self._short, "  ", Content(" ").join(marks))
            if self._current < len(self._steps):
                step = f"> {self._current + 1} of {len(self._steps)}: {self._steps[self._current]}"
                self._short = Content.assemble(self._short, "  ", Content.styled(step, "bold"))
        self.refresh()

    def on_mount(self) -> None:
        """Follow changes of the organisation's name."""
        self.watch(self.app, "progress", self._show_organisation)

    def _show_organisation(self, progress: "SetUpProgress | None") -> None:
        organisation = (progress.organisation if progress else None) or ""
        if organisation != self._organisation:
            self._organisation = organisation
            self.refresh()

    def render(self) -> Content:
        """Draw the line; the organisation's name is cut to the room that is left, and all steps but the current one left out."""
        fits = self._rest.cell_length + _SHORTEST + 1 <= self.size.width
        rest = self._rest if fits else self._short
        room = max(self.size.width - rest.cell_length - 2, _SHORTEST)
        name = plain(self._organisation or "Back:drop", room)
        return Content.assemble((f" {name.plain}", "bold"), rest)

    @staticmethod
    def _step(n: int, name: str, current: int) -> Content:
        if n < current:
            return Content(f"✓ {name}")
        return (
            Content.styled(f"> {name}", "bold underline")
            if n == current
            else Content.styled(name, "$text-muted")
        )
