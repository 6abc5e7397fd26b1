"""Data care: the menu of what keeps the data safe, and of what is held about people."""

from pkgutil import resolve_name

from textual import on
from textual.widgets import OptionList

from backdrop_tui.tui.screens.shared.menu_screen import Choice, MenuScreen

_CARE = "backdrop_tui.tui.screens.admin.care"


class DataCareScreen(MenuScreen):
    """The menu of data care."""

    TITLE = "Data care"
    PLACE = "Administration: data care"
    HELP = "Back up everything, bring a backup back, and check that what is stored is as it should be."
    CHOICES = (
        Choice(
            "backup", "Back up", "everything, except drafts, in one file", f"{_CARE}.back_up:BackUpScreen"
        ),
        Choice("restore", "Restore a backup", "in place of what is stored", f"{_CARE}.restore:RestoreScreen"),
        Choice(
            "check",
            "Check the data",
            "that nothing is missing or changed",
            f"{_CARE}.check_data:CheckDataScreen",
        ),
        Choice("log", "Audit log", "who did what, and when", f"{_CARE}.audit_log:AuditLogScreen"),
    )

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Open the screen of the choice, which comes back to this menu."""
        event.prevent_default()
        choice = next(choice for choice in self.CHOICES if choice.key == event.option.id)
        self.app.push_screen(resolve_name(choice.screen)())
