"""A line that says that there is more to see than fits."""

from textual.containers import VerticalScroll
from textual.widgets import Static


class MoreBelow(Static):
    """Says below a text whether there is more of it, and which key shows it; takes no room if all of it is in view."""

    DEFAULT_CSS = """
    MoreBelow {
        display: none;
        height: 1;
        padding: 0 1;
        color: $accent;

        &.-shown {
            display: block;
        }
    }
    """

    def __init__(self, body: VerticalScroll) -> None:
        super().__init__()
        self._body = body

    def on_mount(self) -> None:
        """Follow the text, its length and where it is scrolled to."""
        for name in ("scroll_y", "virtual_size", "show_vertical_scrollbar"):
            self.watch(self._body, name, self._say_once_laid_out)

    def _say_once_laid_out(self) -> None:
        self.call_after_refresh(self._say)

    def _say(self) -> None:
        body = self._body
        self.set_class(body.max_scroll_y > 0, "-shown")
        is_end = body.scroll_y >= body.max_scroll_y
        self.update("▲ PgUp goes back up" if is_end else "▼ PgDn shows more")
