"""The set-up's progress: on the right of every screen, or folded to one line where there is little room."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from backdrop_tui.steps.progress import SetUpProgress, StepStatus

MARKS = {"done": "✓", "here": ">", "to-do": "·", "skipped": "-", "locked": "×", "running": "~"}
"""A mark for each state, beside its word."""
_WORDS = {"to-do": "to do"}
"""States whose word is not their name."""
_STYLES = {
    "done": "$text-success",
    "here": "bold",
    "running": "$text-warning",
    "locked": "dim",
    "skipped": "dim",
}
_WIDTH = 30


def step_line(now: "StepStatus", state: str, width: int) -> Content:
    """A step with its mark and its word, in one line."""
    word = _WORDS.get(state, state)
    room = width - len(word) - 3
    title = now.step.title if len(now.step.title) <= room else f"{now.step.title[: room - 1]}…"
    return Content.assemble((f"{MARKS[state]} {title:<{room}} {word}", _STYLES.get(state, "")))


class SetupMenu(Static):
    """Each step with a mark and a word. F3 goes to one."""

    def __init__(self, here: str = "") -> None:
        super().__init__(id="setup-menu")
        self._here = here

    def on_mount(self) -> None:
        """Follow the progress."""
        self.watch(self.app, "progress", self.show)
        self.watch(self.app, "running_import", self.show)

    def on_resize(self) -> None:
        """Fold or unfold."""
        self.show()

    def show(self) -> None:
        """Show how far set-up is."""
        set_up: SetUpProgress | None = getattr(self.app, "progress", None)
        if set_up is not None:
            self.update(self._unfolded(set_up) if self.size.height > 1 else self._folded(set_up))

    def _state(self, now: "StepStatus") -> str:
        return "here" if now.step.key == self._here else now.state

    def _unfolded(self, set_up: "SetUpProgress") -> Content:
        lines = [Content.styled("Set-up progress", "bold")]
        lines += [step_line(now, self._state(now), _WIDTH - 3) for now in set_up.steps]
        if (running := getattr(self.app, "running_import", None)) is not None:
            lines += [Content(""), Content(f"Import: {running.stage.lower()}, {running.fraction:.0%}")]
        return Content("\n").join([*lines, Content(""), Content.styled("F3 goes to a step", "dim")])

    def _folded(self, set_up: "SetUpProgress") -> Content:
        done = sum(now.state in ("done", "skipped") for now in set_up.steps)
        parts = [f"Set-up: {done} of {len(set_up.steps)} done"]
        if (running := getattr(self.app, "running_import", None)) is not None:
            parts.append(f"~ importing {running.fraction:.0%}")
        elif set_up.next_step is not None:
            parts.append(f"next: {set_up.next_step.title}")
        return Content(f" {' · '.join(parts)} · F3 goes to a step")
