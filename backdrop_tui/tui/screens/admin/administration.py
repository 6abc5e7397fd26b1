"""Administration: the menu of everything that can be viewed and changed at any time."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.steps.progress import SetUpProgress
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import listed

_TITLE_WIDTH = 34
_CHOICES = (
    ("people.students", "Students", "search, change, add, remove"),
    ("people.staff", "Staff", "the same; and their user groups"),
    ("leavers.students", "Leavers", "safeguarding files, new schools"),
    ("leavers.staff", "Former staff", "who held child-protection rights"),
    ("groups", "User groups and permissions", "who may see and do what"),
    ("settings", "System settings", "the school, mail, the app"),
    ("invite", "Invitations", "welcome e-mails to staff"),
    ("turn", "Year's turn", "move everybody up; who joins and leaves"),
    ("imports", "Import history", "who, when, which file; undo the last"),
    ("sign-up", "Account", "your name, e-mail, organisation"),
)


class AdministrationScreen(StepScreen[str]):
    """A menu. It is dismissed with the key of what was chosen."""

    CSS_PATH = stylesheet("administration")
    TITLE = "Administration"
    HELP = "Everything that can be viewed and changed at any time. Choose with the arrow keys and Enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "Quit", id="administration.quit", tooltip="Close; nothing is lost"),
    ]

    choices = getters.query_one("#choices", OptionList)
    counts = getters.query_one("#counts", Static)

    def __init__(self, selected: str = "") -> None:
        """Set up the menu with the cursor on the choice with this key, or on the first."""
        super().__init__()
        self._selected = selected

    def compose(self) -> ComposeResult:
        """Lay out the counts of people stored, and the menu."""
        yield Breadcrumb("Administration")
        with VerticalScroll(can_focus=False):
            yield Static(id="counts")
            yield OptionList(
                *(
                    Option(Content.assemble(f"{title:<{_TITLE_WIDTH}}", (about, "dim")), id=key)
                    for key, title, about in _CHOICES
                ),
                id="choices",
                compact=True,
                markup=False,
            )
        yield Footer()

    def on_mount(self) -> None:
        """Select a choice, and follow the counts."""
        self.choices.focus()
        keys = [key for key, _, _ in _CHOICES]
        self.choices.highlighted = keys.index(self._selected) if self._selected in keys else 0
        self.watch(self.app, "progress", self.show_counts)

    def show_counts(self, progress: SetUpProgress | None) -> None:
        """Say how many people are stored."""
        if progress is not None:
            stored = listed(progress.stored.split(", "))
            self.counts.update(
                Content.assemble(plain(progress.organisation or "", 50), f": {stored} are stored.")
            )

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.dismiss(event.option.id)
