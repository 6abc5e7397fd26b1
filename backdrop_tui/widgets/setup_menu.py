"""The set-up's progress: on the right of every screen, or folded to one line where there is little room."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from backdrop_tui.app import BackdropApp
    from backdrop_tui.setup.progress import Step

MARKS = {"done": "✓", "here": ">", "to-do": "·", "skipped": "-", "locked": "×", "running": "~"}
"""A mark for each state, beside its word."""
WORDS = {"to-do": "to do"}
"""States whose word is not their name."""
_STYLES = {
    "done": "$text-success",
    "here": "bold",
    "running": "$text-warning",
    "locked": "dim",
    "skipped": "dim",
}
_WIDTH = 29


def marked(step: "Step", state: str, width: int) -> Content:
    """A step with its mark and its word, in one line."""
    word = WORDS.get(state, state)
    room = width - len(word) - 3
    title = step.title if len(step.title) <= room else f"{step.title[: room - 1]}…"
    return Content.assemble((f"{MARKS[state]} {title:<{room}} {word}", _STYLES.get(state, "")))


class SetupMenu(Static):
    """Each step with a mark and a word. F3 goes to one."""

    app: "BackdropApp"

    def __init__(self, here: str = "") -> None:
        super().__init__(id="setup-menu")
        self._here = here

    def on_mount(self) -> None:
        """Follow the progress."""
        self.watch(self.app, "progress", self.show)
        self.watch(self.app, "running", self.show)

    def on_resize(self) -> None:
        """Fold or unfold."""
        self.show()

    def show(self) -> None:
        """Show how far set-up is."""
        steps = self.app.progress
        self.update(self._unfolded(steps) if self.size.height > 1 else self._folded(steps))

    def _state(self, step: "Step") -> str:
        return "here" if step.key == self._here else step.state

    def _unfolded(self, steps: "tuple[Step, ...]") -> Content:
        lines = [marked(step, self._state(step), _WIDTH - 3) for step in steps]
        running = self.app.running
        if running is not None:
            lines += [Content(""), Content(f"{running.words} {running.fraction:.0%}")]
        return Content("\n").join(
            [
                Content.styled("Set-up progress", "bold"),
                *lines,
                Content(""),
                Content.styled("F3 goes to a step", "dim"),
            ]
        )

    def _folded(self, steps: "tuple[Step, ...]") -> Content:
        if not steps:
            return Content("")
        done = sum(step.state in ("done", "skipped") for step in steps)
        following = next((step for step in steps if step.state == "to-do"), None)
        parts = [f"Set-up: {done} of {len(steps)} done"]
        if following is not None:
            parts.append(f"next: {following.title}")
        if self.app.running is not None:
            parts.append(f"import {self.app.running.fraction:.0%}")
        return Content(f" {' · '.join(parts)} · F3 goes to a step")
