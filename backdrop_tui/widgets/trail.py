"""Where the user is: one line at the top of every screen."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from backdrop_tui.widgets.plain import plain

IMPORT_STEPS = ("Pick a file", "Match", "Put right", "Check", "Complete")
"""The way of a file through the wizard."""

HAND_STEPS = ("Type in", "Put right", "Check", "Complete")
"""The way of people who are typed in by hand."""


class Trail(Static):
    """The title of the screen, and the steps of the way with the present one marked."""

    def __init__(self, title: str, steps: Sequence[str] = (), here: int = 0) -> None:
        parts = [Content.styled(" Back:drop ", "bold"), Content(" "), plain(title)]
        if steps:
            marks = [self._step(n, name, here) for n, name in enumerate(steps)]
            parts += [Content("  "), Content(" ").join(marks)]
        super().__init__(Content("").join(parts))

    @staticmethod
    def _step(n: int, name: str, here: int) -> Content:
        if n < here:
            return Content(f"✓ {name}")
        return Content.styled(f"> {name}", "bold underline") if n == here else Content.styled(name, "dim")
