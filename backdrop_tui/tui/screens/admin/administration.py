"""Administration: the menu of everything that can be viewed and changed at any time."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from backdrop_tui.steps.progress import SetUpProgress
from backdrop_tui.tui.screens.shared.menu_screen import Choice, MenuScreen
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import listed


class AdministrationScreen(MenuScreen):
    """The menu of Administration, with the numbers of people stored."""

    TITLE = "Administration"
    PLACE = "Administration"
    HELP = "Everything you can look up or change at any time. Choose with the arrow keys, then press Enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "Quit", id="administration.quit", tooltip="Close; nothing is lost"),
    ]
    CHOICES = (
        Choice("people.students", "Students", "search, change, add, remove"),
        Choice("people.staff", "Staff", "the same, and their user groups"),
        Choice("leavers.students", "Leavers", "safeguarding files, new schools"),
        Choice("leavers.staff", "Former staff", "who held child-protection rights"),
        Choice("groups", "User groups and permissions", "who may see and do what"),
        Choice("settings", "System settings", "the school, mail, the app"),
        Choice("invite", "Invite staff", "welcome e-mails to staff"),
        Choice("turn", "New school year", "move everyone up; who joins and leaves"),
        Choice("imports", "Import history", "who, when, which file; undo the last"),
        Choice("care", "Data care", "back up, restore, check; the audit log"),
        Choice("sign-up", "Your account", "your name, e-mail, organisation"),
    )

    def on_mount(self) -> None:
        """Follow the counts."""
        self.watch(self.app, "progress", self.show_counts)

    def show_counts(self, progress: SetUpProgress | None) -> None:
        """Say how many people are stored."""
        if progress is not None:
            stored = listed(progress.stored.split(", "))
            self.note.update(
                Content.assemble(plain(progress.organisation or "", 50), f": {stored} are stored.")
            )
