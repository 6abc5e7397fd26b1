"""Which columns to export from the school's information system, and how to copy the file to this computer."""

import getpass
import socket
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain


class ColumnsScreen(StepScreen[None]):
    """The columns to tick in a report of SIMS, Arbor or Bromcom, and the command that copies the file to this computer."""

    CSS_PATH = stylesheet("columns")
    TITLE = "Which columns to ask for"
    HELP = "Make a report in SIMS, Arbor or Bromcom with these columns, and export it as CSV."

    def __init__(self, folder: Path) -> None:
        """Create the screen.

        Args:
            folder: The folder to copy files to, in which the file picker starts.
        """
        super().__init__()
        self._folder = folder

    def compose(self) -> ComposeResult:
        """Lay out the columns for students and staff, then how to copy the file."""
        yield Breadcrumb("Which columns to ask for")
        with titled(VerticalScroll(), "What to ask for, and how to get the file here"):
            for kind in KINDS.values():
                yield Static(
                    Content.styled(f"A report on {kind.plural} with these columns:", "bold $accent"),
                    classes="heading",
                )
                with Grid(classes="fields"):
                    for field in kind.template_fields:
                        needed = "needed" if field.needed and field.column_needed else "if you have it"
                        yield Static(Content(f"[ ] {field.label:<20} {needed}"))
                        yield Static(Content(field.hint))
            yield Static(Content.styled("How to get the file here:", "bold $accent"), classes="heading")
            yield Static(
                Content(
                    "Export the report as CSV. If it is an Excel file, use File, Save As, CSV UTF-8.\n"
                    "Then, on your own computer, in the folder with the file, run:"
                ),
                classes="indented",
            )
            host = socket.gethostname()
            copy = f"scp students.csv {getpass.getuser()}@{host}:{self._folder}/"
            yield Static(plain(copy), id="scp", classes="indented")
            yield Static(plain(f"The file picker opens in {self._folder} first."), classes="indented")
        yield Footer()
