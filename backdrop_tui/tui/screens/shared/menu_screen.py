"""A base class for screens that are a menu."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.tui.screens.shared.school_profile import SchoolProfile
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.panels.panel import titled


@dataclass(frozen=True)
class Choice:
    """One line of a menu."""

    key: str
    """What the menu is dismissed with if it is chosen."""
    title: str
    """What it is."""
    about: str
    """What it is for, in a few words."""
    screen: str = ""
    """Where its screen is, as `module:class`; empty if it takes more than opening a screen."""


class MenuScreen(StepScreen[str]):
    """A menu. It is dismissed with the key of what was chosen."""

    CSS_PATH = stylesheet("menu")
    CHOICES: ClassVar[tuple[Choice, ...]] = ()
    """The lines of the menu."""
    PLACE: ClassVar[str] = ""
    """Where the user is, for the top of the screen."""

    choices = getters.query_one("#choices", OptionList)
    note = getters.query_one("#note", Static)

    def __init__(self, selected: str = "") -> None:
        """Set up the menu with the cursor on the choice with this key, or on the first."""
        super().__init__()
        self._selected = selected

    def compose(self) -> ComposeResult:
        """Lay out the note and the menu."""
        yield Breadcrumb(self.PLACE)
        width = max(len(choice.title) for choice in self.CHOICES) + 2
        with VerticalScroll(can_focus=False):
            yield Static(id="note")
            choices = Options(
                *(
                    Option(
                        Content.assemble(f"{choice.title:<{width}}", (choice.about, "$text-muted")),
                        id=choice.key,
                    )
                    for choice in self.CHOICES
                ),
                id="choices",
                compact=True,
                markup=False,
            )
            yield titled(choices, "What to look up or change")
            yield SchoolProfile()
        yield Footer()

    def on_mount(self) -> None:
        """Select a choice."""
        self.choices.focus()
        keys = [choice.key for choice in self.CHOICES]
        self.choices.highlighted = keys.index(self._selected) if self._selected in keys else 0
        self.call_after_refresh(self.query_one(SchoolProfile).reload)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.dismiss(event.option.id)
