"""A base class for screens of data care that are about one file."""

from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.printable import printable
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.key_line import key_line
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class FileScreen(StepScreen[None]):
    """A screen that asks for a file, does something with it, and says what came of it."""

    CSS_PATH = stylesheet("data_care")
    PLACE: ClassVar[str] = ""
    """Where the user is, for the top of the screen."""
    INTRO: ClassVar[str] = ""
    """What the screen is for."""
    PROMPT: ClassVar[str] = ""
    """What to type."""
    ENTER: ClassVar[str] = ""
    """What Enter does."""

    path_input = getters.query_one("#path", Input)
    outcome = getters.query_one("#outcome", Static)

    @property
    def suggested_path(self) -> str:
        """The file that is suggested."""
        return ""

    def compose(self) -> ComposeResult:
        """Lay out what the screen is for, the input for the file, and the outcome."""
        yield Breadcrumb(self.PLACE)
        with VerticalScroll(can_focus=False):
            yield Static(plain(self.INTRO), id="intro")
            with titled(Vertical(id="file"), self.PROMPT):
                yield Input(printable(self.suggested_path), id="path", compact=True, select_on_focus=False)
            yield Static(key_line((("Enter", self.ENTER),)), id="keys")
            yield Static(id="outcome")
        yield Footer()

    def on_mount(self) -> None:
        """Focus the input."""
        self.path_input.focus()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Start with the file that was typed."""
        text = event.value.strip()
        if not text:
            self.show_outcome("Type the name of a file.", is_wrong=True)
            return
        try:
            path = Path(text).expanduser()
        except RuntimeError:
            path = Path(text)
        self.holds_keys = True
        self.show_outcome("…")
        self.start(path)

    @abstractmethod
    def start(self, path: Path) -> None:
        """Do what the screen is for with a file."""

    def show_outcome(self, text: str, *, is_wrong: bool = False) -> None:
        """Say what came of it."""
        self.outcome.set_class(is_wrong, "-error")
        self.outcome.update(plain_lines(text))

    def show_failure(self, error: BackdropError) -> None:
        """Show why it failed, below the file."""
        self.show_outcome(error.message, is_wrong=True)
