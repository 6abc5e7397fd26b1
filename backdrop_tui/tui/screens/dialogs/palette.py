"""The command palette: every action of a screen and every place to go, found by typing a few letters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from backdrop_tui.steps.progress import SetUpProgress
from backdrop_tui.tui.screens.dialogs.help import explained_keys
from backdrop_tui.tui.screens.dialogs.steps import ACTION_PLAN, ADMINISTRATION, START
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.fitted_text import hanging
from backdrop_tui.tui.widgets.lists.options import Options

_TITLE_WIDTH = 18
_KEY_WIDTH = 8
_WINDOW, _MARGIN = 76, 5
"""The width of the window, and that of its border, its padding and the scrollbar."""


@dataclass(frozen=True)
class Command:
    """Something that can be done, or a place to go."""

    title: str
    """What it is called, in a word or two."""
    detail: str
    """What it does, in a sentence."""
    key: str
    """The key that does the same; empty if there is none."""
    run: Callable[[], object]
    """Does it."""


def commands_of(screen: Screen[object]) -> Iterator[Command]:
    """Every action of a screen that has a key and can be used now, the most used first."""
    seen = set()
    for node, binding, enabled, tooltip in chain.from_iterable(explained_keys(screen).values()):
        if enabled and (node, binding.action) not in seen:
            seen.add((node, binding.action))
            display = screen.app.get_key_display(binding)
            run = partial(screen.call_later, partial(screen.app.run_action, binding.action, node))
            yield Command(binding.description, tooltip, display, run)


def places(progress: SetUpProgress | None, go_to: Callable[[str], object]) -> Iterator[Command]:
    """The places that can be gone to from anywhere: steps that aren't locked, and those that are no steps.

    Args:
        progress: Set-up progress; None until it has been read.
        go_to: Goes to a place.
    """
    titles = {START: "Getting started"}
    titles |= {
        status.step.key: status.step.title
        for status in (progress.steps if progress else ())
        if status.is_open
    }
    titles |= {ACTION_PLAN: "Action Plan", ADMINISTRATION: "Administration"}
    for place, title in titles.items():
        yield Command("Go to", title, "", partial(go_to, place))


class PaletteScreen(DialogScreen[Command]):
    """A list of commands, filtered while the user types. It is dismissed with the one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, id="palette.down", tooltip="Next command"),
        Binding("up", "move(-1)", "Up", show=False, id="palette.up", tooltip="Previous command"),
    ]

    options = getters.query_one(OptionList)

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._listed: list[Command] = []

    def compose(self) -> ComposeResult:
        """Lay out the words and the commands."""
        with Vertical(classes="window") as window:
            window.border_title = "What do you want to do?"
            window.border_subtitle = "Enter to do it, Esc to stay here"
            yield Input(id="words", compact=True, placeholder="Type a few letters")
            yield Options(id="commands", compact=True)

    def on_mount(self) -> None:
        """Show all commands."""
        self.options.can_focus = False
        self.query_one(Input).focus()
        self._list("")

    @on(Input.Changed)
    def filter_commands(self, event: Input.Changed) -> None:
        """List the commands that the words fit, the best first."""
        self._list(event.value.strip())

    def _list(self, words: str) -> None:
        if words:
            scores = [_score(Matcher(words), command) for command in self._commands]
            fitting = [n for n, score in enumerate(scores) if score > 0]
            self._listed = [self._commands[n] for n in sorted(fitting, key=lambda n: -scores[n])]
        else:
            self._listed = [*self._commands]
        self.options.clear_options()
        room = min(self.app.size.width * 96 // 100, _WINDOW) - _MARGIN
        self.options.add_options(Option(_line(command, room)) for command in self._listed)
        if not self._listed:
            self.options.add_option(Option("No matching command.", disabled=True))
        self.options.highlighted = 0 if self._listed else None

    def action_move(self, step: int) -> None:
        """Move the cursor to the next (1) or previous (-1) command."""
        (self.options.action_cursor_down if step > 0 else self.options.action_cursor_up)()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def choose(self) -> None:
        """Close with the command under the cursor."""
        if (place := self.options.highlighted) is not None:
            self.dismiss(self._listed[place])


def _score(matcher: Matcher, command: Command) -> float:
    """How well words fit a command; 0 if they don't. Its name counts more than the sentence about it."""
    return matcher.match(command.title) + matcher.match(f"{command.title} {command.detail}")


def _line(command: Command, width: int) -> Content:
    """A command: its key, its title, and what it does, in as many lines as that takes."""
    lead = Content.assemble(
        (f"{command.key:<{_KEY_WIDTH}}", "bold $footer-key-foreground"),
        (f"{command.title:<{_TITLE_WIDTH}}", "bold"),
    )
    return hanging(lead, command.detail, width)
