"""What every screen of the wizard has in common."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from backdrop_tui.errors import BackdropError
from backdrop_tui.widgets.plain import plain

Result = TypeVar("Result")


class StepScreen(Screen[Result]):
    """One step of the wizard. It is left by `dismiss` with a result of its own type."""

    HELP: ClassVar[str] = ""
    """What F1 shows: what this step is for, in a few short sentences. The keys are listed below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="back", tooltip="One step back; nothing is lost"),
    ]

    def action_back(self) -> None:
        """Go one step back."""
        self.dismiss(None)

    def say(self, error: BackdropError) -> None:
        """Show an error that the user is meant to see."""
        self.notify(plain(error.message).plain, title=error.title, severity="error", timeout=15, markup=False)


class AskScreen(ModalScreen[Result]):
    """A small window that asks one thing. Esc leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="cancel", tooltip="Leave everything as it is"),
    ]

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
