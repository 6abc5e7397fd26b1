"""Help for a screen: what it is for, and its keys."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from backdrop_tui.tui.shell.base_screens import DialogScreen, StepScreen
from backdrop_tui.tui.widgets.fitted_text import FittedText, hanging
from backdrop_tui.tui.widgets.plain import plain

_HEADINGS = ("Used most", "Also on this screen", "On every screen")
_EVERYWHERE = frozenset(binding.id for binding in StepScreen.BINDINGS if isinstance(binding, Binding))


class HelpScreen(DialogScreen[None]):
    """The help text of the screen behind it, and a list of the keys that work there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,q,enter", "cancel", "Close", id="help.close", tooltip="Back to where you were"),
    ]

    def __init__(self, title: str, text: str, groups: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Create the dialog.

        Args:
            title: The title of the screen.
            text: Its help text; may have several lines.
            groups: For each heading, the pairs of keys and what they do.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._groups = groups

    @classmethod
    def of(cls, screen: Screen[object]) -> Self:
        """Create help for a screen: its own text, and every key that works there now, the most used first."""
        groups = {}
        for heading, active in explained_keys(screen).items():
            keys: dict[str, list[str]] = {}
            for _, binding, _, tooltip in active:
                keys.setdefault(tooltip, []).append(screen.app.get_key_display(binding))
            groups[heading] = [(" ".join(dict.fromkeys(names)), tooltip) for tooltip, names in keys.items()]
        if enter := getattr(screen, "ENTER", ""):
            first, *_ = groups
            groups[first].insert(0, ("Enter", enter))
        window = next(iter(screen.query(".window")), None)
        title = screen.title or (window and window.border_title) or "Keys"
        return cls(str(title), getattr(screen, "help_text", screen.HELP) or "", groups)

    def compose(self) -> ComposeResult:
        """Lay out the text and the keys."""
        with Vertical(classes="window tall") as window:
            window.border_title = plain(f"Help: {self._title}")
            window.border_subtitle = "Esc to close"
            with VerticalScroll():
                if paragraphs := [line for line in self._text.splitlines() if line]:
                    yield (text := FittedText())
                    text.show(partial(_draw_text, paragraphs))
                for place, (heading, keys) in enumerate(self._groups.items()):
                    is_first = not place and not paragraphs
                    yield Static(
                        Content.styled(heading, "bold $accent"), classes="" if is_first else "heading"
                    )
                    yield (key_list := FittedText())
                    key_list.show(partial(_draw_keys, keys))


def _draw_text(paragraphs: Sequence[str], width: int) -> Content:
    """The help text; each of several paragraphs begins with a point, so that one is told from the next."""
    lead = Content.styled("· ", "bold $accent") if len(paragraphs) > 1 else Content()
    return Content("\n").join(hanging(lead, text, width) for text in paragraphs)


def _draw_keys(keys: Sequence[tuple[str, str]], width: int) -> Content:
    leads = [Content.styled(f"{names:<14} ", "bold") for names, _ in keys]
    return Content("\n").join(hanging(lead, text, width) for lead, (_, text) in zip(leads, keys, strict=True))


def explained_keys(screen: Screen[object]) -> dict[str, list[ActiveBinding]]:
    """Every key of a screen that needs an explanation, by headings: the most used first, and its own before those of its lists."""
    groups: dict[str, list[ActiveBinding]] = {heading: [] for heading in _HEADINGS}
    app_keys = {binding.key for binding in screen.app.BINDINGS if isinstance(binding, Binding)}
    for active in sorted(screen.active_bindings.values(), key=lambda active: active.node is not screen):
        # Textual's own keys, such as arrows and Tab, have no tooltip.
        if active.tooltip and not active.binding.system:
            groups[_heading(active.binding, app_keys)].append(active)
    return {heading: group for heading, group in groups.items() if group}


def _heading(binding: Binding, app_keys: Collection[str]) -> str:
    """The heading that a key is listed below."""
    most_used, others, everywhere = _HEADINGS
    if binding.key in app_keys or binding.id in _EVERYWHERE:
        return everywhere
    return most_used if binding.show else others
