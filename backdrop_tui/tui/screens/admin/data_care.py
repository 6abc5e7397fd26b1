"""Data care: the menu of what keeps the data safe, and of what is held about people."""

from dataclasses import dataclass
from pkgutil import resolve_name

from textual import on, work
from textual.message import Message
from textual.widgets import OptionList

from backdrop_tui.care.backups.backup import last_backup
from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.screens.shared.menu_screen import Choice, MenuScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.widgets.plain import plain

_CARE = "backdrop_tui.tui.screens.admin.care"


class DataCareScreen(MenuScreen):
    """The menu of data care."""

    TITLE = "Data care"
    PLACE = "Administration: data care"
    HELP = "Back up everything, restore a backup, check what is stored, and see whose records are due for removal."
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
        Choice(
            "retention",
            "Retention",
            "whose records are due for removal",
            f"{_CARE}.retention:RetentionScreen",
        ),
        Choice("log", "Audit log", "who did what, and when", f"{_CARE}.audit_log:AuditLogScreen"),
    )

    @dataclass
    class LastBackup(Message):
        """It is known when the last backup was made."""

        words: str
        """When, in a sentence."""

    def on_screen_resume(self) -> None:
        """Look when the last backup was made."""
        self.look()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self) -> None:
        """Look when the last backup was made, in a worker."""
        school = self.host.school
        try:
            self.post_message(self.LastBackup(last_backup(school)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(LastBackup)
    def show_last_backup(self, event: LastBackup) -> None:
        """Say when the last backup was made."""
        self.note.update(plain(event.words))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Open the screen of the choice, which comes back to this menu."""
        event.prevent_default()
        choice = next(choice for choice in self.CHOICES if choice.key == event.option.id)
        self.app.push_screen(resolve_name(choice.screen)())
