"""Where the user is: one line at the top of every screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from backdrop_tui.tui.widgets.plain import plain

if TYPE_CHECKING:
    from backdrop_tui.steps.progress import SetUpProgress

_SHORTEST = 9
"""Characters that the organisation's name has at least, whatever stands behind it."""

IMPORT_STEPS = ("Pick a file", "Match", "Put right", "Check", "Complete")
"""The way of a file through the wizard."""

HAND_STEPS = ("Type in", "Put right", "Check", "Complete")
"""The way of people who are typed in by hand."""


class Breadcrumb(Static):
    """Whose set-up it is, the title of the screen, and the steps of the way with the present one marked."""

    def __init__(self, title: str, steps: Sequence[str] = (), here: int = 0) -> None:
        super().__init__()
        parts = [Content("  "), plain(title)]
        if steps:
            marks = [self._step(n, name, here) for n, name in enumerate(steps)]
            parts += [Content("  "), Content(" ").join(marks)]
        self._rest = Content("").join(parts)
        self._organisation = ""

    def on_mount(self) -> None:
        """Follow the organisation's name."""
        self.watch(self.app, "progress", self._look_whose)

    def _look_whose(self, progress: "SetUpProgress | None") -> None:
        organisation = (progress.organisation if progress else None) or ""
        if organisation != self._organisation:
            self._organisation = organisation
            self.refresh()

    def render(self) -> Content:
        """The organisation's name, as much of it as there is room for, and the rest."""
        room = max(self.size.width - self._rest.cell_length - 2, _SHORTEST)
        whose = plain(self._organisation or "Back:drop", room)
        return Content.assemble((f" {whose.plain}", "bold"), self._rest)

    @staticmethod
    def _step(n: int, name: str, here: int) -> Content:
        if n < here:
            return Content(f"✓ {name}")
        return Content.styled(f"> {name}", "bold underline") if n == here else Content.styled(name, "dim")
