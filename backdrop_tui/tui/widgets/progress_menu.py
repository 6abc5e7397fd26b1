"""Set-up progress: a menu on the right of every screen, folded to one line where there is little room."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from backdrop_tui.steps.progress import SetUpProgress, StepStatus

MARKS = {"done": "✓", "here": ">", "to-do": "·", "skipped": "-", "locked": "×", "running": "~"}
"""The mark that goes with each state's word."""
_WORDS = {"to-do": "to do"}
"""Words for states that are not shown by their own name."""
_STYLES = {
    "done": "$text-success",
    "here": "bold",
    "running": "$text-warning",
    "locked": "$text-muted",
    "skipped": "$text-muted",
}


def step_line(status: "StepStatus", width: int, state: str = "") -> Content:
    """One line for a step: mark, title and word.

    Args:
        status: The state of the step.
        width: The line's width in characters.
        state: The state to show; the step's own unless given.
    """
    state = state or status.state
    word = _WORDS.get(state, state)
    room = width - len(word) - 3
    title = status.step.title if len(status.step.title) <= room else f"{status.step.title[: room - 1]}…"
    return Content.assemble((f"{MARKS[state]} {title:<{room}} {word}", _STYLES.get(state, "")))


class ProgressMenu(Static):
    """Each step with its mark and word. F3 opens the dialog in which one is chosen."""

    def __init__(self, current_key: str = "") -> None:
        super().__init__(id="progress-menu")
        self._current_key = current_key

    def on_mount(self) -> None:
        """Follow set-up progress and the running import."""
        self.border_title, self.border_subtitle = "Set-up progress", "F3 goes to a step"
        self.watch(self.app, "progress", self.show)
        self.watch(self.app, "running_import", self.show)

    def on_resize(self) -> None:
        """Fold or unfold the menu."""
        self.show()

    def show(self) -> None:
        """Show set-up progress as it is now."""
        progress: SetUpProgress | None = getattr(self.app, "progress", None)
        if progress is not None:
            self.update(self._unfolded(progress) if self.size.height > 1 else self._folded(progress))

    def _unfolded(self, progress: "SetUpProgress") -> Content:
        lines = []
        for status in progress.steps:
            is_current = status.step.key == self._current_key
            lines.append(step_line(status, self.size.width, "here" if is_current else ""))
        if (running := getattr(self.app, "running_import", None)) is not None:
            lines += [Content(""), Content(f"Import: {running.stage.lower()}, {running.fraction:.0%}")]
        return Content("\n").join(lines)

    def _folded(self, progress: "SetUpProgress") -> Content:
        done = sum(status.state in ("done", "skipped") for status in progress.steps)
        parts = [f"Set-up: {done} of {len(progress.steps)} done"]
        if (running := getattr(self.app, "running_import", None)) is not None:
            parts.append(f"~ importing {running.fraction:.0%}")
        elif progress.next_step is not None:
            parts.append(f"next: {progress.next_step.title}")
        return Content(f" {' · '.join(parts)} · F3 goes to a step")
