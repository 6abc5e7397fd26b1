"""A dialog that asks for a day."""

from datetime import date

from textual.widgets import Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.leaver_changes import past_day
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.widgets.plain import plain


class AskDayScreen(AskTextScreen):
    """Asks for a day that isn't in the future, and stays open until it is one. It is dismissed with the day in ISO form."""

    def __init__(self, title: str, note: str, today: date) -> None:
        """Set up the dialog, with today as the text to begin with.

        Args:
            title: What is asked for.
            note: What happens with it.
            today: The current date.
        """
        super().__init__(title, note, "Store", f"{today:%d/%m/%Y}")
        self._today = today

    def finish(self, text: str) -> None:
        """Leave with the day, or say why the text can't be used."""
        try:
            day = past_day(text, self._today, what="The date")
        except BackdropError as error:
            self.query_one("#wrong", Static).update(plain(error.message))
        else:
            self.dismiss(day.isoformat())
