"""The line that names the next key, for someone who hasn't imported anybody yet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widgets import Static

from backdrop_tui.tui.widgets.panels.key_line import key_line

if TYPE_CHECKING:
    from backdrop_tui.steps.progress import SetUpProgress


class NextKey(Static):
    """The keys that lead on from a screen. Hidden once a first import is complete, or the whole of set-up."""

    DEFAULT_CSS = """
    NextKey {
        display: none;
        height: 1;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;

        &.-shown {
            display: block;
        }
    }
    """

    def __init__(self, hints: Sequence[tuple[str, str]], *, until_set_up: bool = False) -> None:
        """Create the line.

        Args:
            hints: Pairs of keys and what they do, the most useful first.
            until_set_up: Whether the line stays until set-up is complete, and not only until the first import is.
        """
        super().__init__(key_line(hints), id="next-key")
        self._hints = hints
        self._until_set_up = until_set_up

    def on_mount(self) -> None:
        """Follow set-up progress."""
        self.watch(self.app, "progress", self._show_if_new)

    def leave_out(self, key: str) -> None:
        """Don't name a key, because it does nothing now."""
        self.update(key_line(hint for hint in self._hints if hint[0] != key))

    def _show_if_new(self, progress: "SetUpProgress | None") -> None:
        is_new = progress is not None and (
            progress.next_step is not None if self._until_set_up else not progress.has_imported
        )
        self.set_class(is_new, "-shown")
