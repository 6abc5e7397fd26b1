"""The page for the head: to read here, or to save and print."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from backdrop_tui.care.report.page import page_of
from backdrop_tui.care.report.parts import Page
from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.dialogs.save_file import SaveFileScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.outcome.report_page import drawn
from backdrop_tui.tui.widgets.panels.panel import titled


class ReportScreen(StepScreen[None]):
    """The page, drawn. It names nobody until the user asks for that."""

    CSS_PATH = stylesheet("report")
    TITLE = "Page for the head"
    HELP = (
        "One page for the head or the safeguarding lead: who is stored, what the last imports changed, who holds "
        "child-protection rights, and what is left to do.\n"
        "Press s to save it as a file that you can open in a browser and print on A4. It names nobody unless you press n, and "
        "the audit log notes that."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save to print", id="report.save", tooltip="Save it as an HTML file"),
        Binding("n", "names", "Names", id="report.names", tooltip="Name people; the audit log notes that"),
    ]

    text = getters.query_one("#text", Static)

    @dataclass
    class Made(Message):
        """The page has been made."""

        page: Page
        """The page."""

    def __init__(self) -> None:
        super().__init__()
        self._page: Page | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield Breadcrumb("Page for the head")
        with titled(VerticalScroll(), "For the head or the safeguarding lead"):
            yield Static("Working it out …", id="text")
        yield Footer()

    def on_mount(self) -> None:
        """Start to make the page."""
        self.make()

    @work(thread=True, exclusive=True, group="make", exit_on_error=False)
    def make(self, *, names: bool = False) -> None:
        """Make the page in a worker, with names on request."""
        host = self.host
        try:
            page = page_of(host.school, host.now, names=names)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Made(page))

    @on(Made)
    def show_page(self, event: Made) -> None:
        """Show the page."""
        self._page = event.page
        self.text.update(drawn(event.page))
        self.refresh_bindings()

    def action_names(self) -> None:
        """Name people, after asking."""
        question = (
            "The page will name those who were left out, who joined and left, and who holds child-protection rights. "
            "The audit log will note that you asked for names."
        )
        ask(
            self.app,
            ConfirmScreen("Name people?", question, "Name them", "Leave as it is"),
            yes=self.name_people,
        )

    def name_people(self) -> None:
        """Make the page again, with names."""
        self.make(names=True)

    def action_save(self) -> None:
        """Ask where to save the page."""
        page = self._page
        if page is None:
            return

        def html() -> bytes:
            from backdrop_tui.care.report.html import as_html  # noqa: PLC0415 - jinja2 is needed only here

            return as_html(page)

        name = f"backdrop-{self.host.today.isoformat()}.html"
        self.app.push_screen(SaveFileScreen("Save the page for the head", Path.home(), name, html))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey out saving until there is a page."""
        return self._page is not None or None if action == "save" else True
