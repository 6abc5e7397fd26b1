"""A list in the middle of a text that scrolls."""

from textual.actions import SkipAction

from backdrop_tui.tui.widgets.lists.options import Options


class ListInText(Options):
    """A list that is shown whole, in a text that scrolls: PgDn and PgUp scroll the text, as the line below the text says."""

    def action_page_down(self) -> None:
        """Leave the key to the screen."""
        raise SkipAction

    def action_page_up(self) -> None:
        """Leave the key to the screen."""
        raise SkipAction
