"""What a step is for, and its keys."""

from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain


class HelpScreen(DialogScreen[None]):
    """Help on one screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,q,enter", "cancel", "Close", id="help.close", tooltip="Back to where you were"),
    ]

    def __init__(self, title: str, text: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._keys = keys

    @classmethod
    def of(cls, screen: Screen[object]) -> Self:
        """Help on a screen: its own text, and every key that works there now."""
        keys: dict[str, list[str]] = {}
        for _, binding, _, _ in screen.active_bindings.values():
            # Textual's own keys have no tooltip: arrows, Tab and the like need no list.
            if binding.tooltip and not binding.system:
                keys.setdefault(binding.tooltip, []).append(screen.app.get_key_display(binding))
        listed = [(" ".join(dict.fromkeys(names)), text) for text, names in keys.items()]
        return cls(screen.title or "Help", getattr(screen, "HELP", ""), listed)

    def compose(self) -> ComposeResult:
        """The text, then the keys."""
        with Vertical(classes="window tall") as window:
            window.border_title = plain(f"Help: {self._title}")
            window.border_subtitle = "Esc closes"
            with VerticalScroll():
                yield Static(
                    plain(self._text) if "\n" not in self._text else Content(self._text), classes="paragraph"
                )
                for names, text in self._keys:
                    yield Static(Content.assemble((f"{names:<14}", "bold"), " ", text))
