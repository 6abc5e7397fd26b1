"""The keys of a screen, in its last line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from textual import actions, events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget


@dataclass(frozen=True)
class FooterKey:
    """A key, and what it does."""

    key: str
    """The key as Textual calls it."""
    display: str
    """The key as it is shown."""
    description: str
    """What it does, in a word or two."""
    action: str
    """The name of its action, without a namespace or arguments."""
    enabled: bool
    """Whether it can be used now."""

    @property
    def width(self) -> int:
        """The number of characters that it takes, with the space after it."""
        return len(self.display) + len(self.description) + 2

    def draw(self) -> Content:
        """Draw it, with less weight if it can't be used now."""
        if not self.enabled:
            return Content.styled(f"{self.display} {self.description}", "$text-muted")
        return Content.assemble((self.display, "bold $footer-key-foreground"), f" {self.description}")


class Footer(Widget):
    """The keys that can be used where the focus is. A click on one does the same as the key.

    Textual's own footer makes a widget for each key anew whenever any key may have changed, and keeps the old ones.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Footer {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        color: $footer-foreground;
        background: $footer-background;
    }
    """

    def __init__(self, main_action: str = "") -> None:
        """Create the footer.

        Args:
            main_action: The action that leads on from this screen. Like help, its key stays in view however narrow the
                terminal is.
        """
        super().__init__()
        self._kept_actions = {main_action, "help_keys"}
        self._keys: list[FooterKey] = []
        self._shown_keys: list[FooterKey] = []
        self._is_outdated = False

    def on_mount(self) -> None:
        """Follow changes of the screen's keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._outdate, immediate=True)

    def on_resize(self) -> None:
        """Show the keys that there is room for."""
        self._show_keys()

    def render(self) -> Content:
        """The keys in a line."""
        return Content(" ").join(key.draw() for key in self._shown_keys)

    def _outdate(self, screen: Screen[object]) -> None:
        """Read the keys again when everything else is done: they often change several times in a row."""
        if screen.app.app_focus and not self._is_outdated:
            self._is_outdated = True
            self.call_after_refresh(self._read_keys)

    def _read_keys(self) -> None:
        self._is_outdated = False
        if self.is_attached:  # The screen may have been left in the meantime.
            self._keys = read_keys(self.screen)
            self._show_keys()

    def _show_keys(self) -> None:
        fitting = fitting_keys(self._keys, self._kept_actions, self.size.width)
        if fitting != self._shown_keys:
            self._shown_keys = fitting
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that has been clicked on."""
        end = 0
        for key in self._shown_keys:
            end += key.width
            if event.x < end:
                self.app.simulate_key(key.key) if key.enabled else self.app.bell()
                return


def read_keys(screen: Screen[object]) -> list[FooterKey]:
    """The keys of a screen that have a place in its footer; the first of an action that has several."""
    keys: dict[str, FooterKey] = {}
    for _, binding, enabled, _ in screen.active_bindings.values():
        if binding.show:
            _, name, _ = actions.parse(binding.action)
            display = screen.app.get_key_display(binding)
            keys.setdefault(
                binding.action, FooterKey(binding.key, display, binding.description, name, enabled)
            )
    return list(keys.values())


def fitting_keys(keys: Sequence[FooterKey], kept_actions: Collection[str], width: int) -> list[FooterKey]:
    """The keys that there is room for, in their order: those to keep, then those that can be used now, then the others.

    Args:
        keys: All keys.
        kept_actions: The actions whose keys matter most.
        width: The room in characters.
    """
    by_importance = sorted(keys, key=lambda key: (key.action not in kept_actions, not key.enabled))
    widths = accumulate(key.width for key in by_importance)
    room = width + 1  # There is no space after the last key.
    fitting = {key for key, taken in zip(by_importance, widths, strict=True) if taken <= room}
    return [key for key in keys if key in fitting]
