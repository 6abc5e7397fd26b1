"""Administration: everything that can be looked up and changed at any time."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.steps.progress import SetUpProgress
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import counted

_WIDTH = 34
_CHOICES = (
    ("people.students", "Students", "search, change, add, remove; leavers"),
    ("people.staff", "Staff", "the same; and their user groups"),
    ("groups", "User groups and permissions", "who may see and do what"),
    ("settings", "System settings", "the school, mail, the app"),
    ("invite", "Invitations", "welcome e-mails to staff"),
    ("imports", "Import history", "who, when, which file; undo the last"),
    ("sign-up", "Account", "your name, e-mail, organisation"),
)


class AdministrationScreen(StepScreen[str]):
    """A list of all that can be administered. It is left with what was chosen."""

    CSS_PATH = stylesheet("administration")
    TITLE = "Administration"
    HELP = "Everything that can be looked up and changed at any time. Choose with the arrow keys and Enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "Quit", id="administration.quit", tooltip="Close; nothing is lost"),
    ]

    choices = getters.query_one("#choices", OptionList)
    standing = getters.query_one("#standing", Static)

    def __init__(self, here: str = "") -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """What there is."""
        yield Breadcrumb("Administration")
        with VerticalScroll(can_focus=False):
            yield Static(id="standing")
            yield OptionList(
                *(
                    Option(Content.assemble(f"{title:<{_WIDTH}}", (about, "dim")), id=key)
                    for key, title, about in _CHOICES
                ),
                id="choices",
                compact=True,
                markup=False,
            )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Follow what is stored."""
        self.choices.focus()
        keys = [key for key, _, _ in _CHOICES]
        self.choices.highlighted = keys.index(self._here) if self._here in keys else 0
        self.watch(self.app, "progress", self.show)

    def show(self, progress: SetUpProgress | None) -> None:
        """Say what is stored."""
        if progress is not None:
            students = counted(progress.students, "student")
            self.standing.update(
                Content.assemble(
                    plain(progress.organisation or "", 50),
                    f": {students} and {progress.staff:,} staff are stored.",
                )
            )

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.dismiss(event.option.id)
