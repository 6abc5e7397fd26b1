"""Saving an empty CSV file that has the right headings."""

from pathlib import Path

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.output.export import template
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.private_file import write_private
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain


class SaveTemplateScreen(DialogScreen[Path]):
    """Asks for a path, and writes the template there. It is dismissed with the path."""

    path = getters.query_one("#path", Input)
    message = getters.query_one("#message", Static)

    def __init__(self, kind: RecordKind, folder: Path) -> None:
        """Create the dialog.

        Args:
            kind: The kind of people that the template is for.
            folder: The folder that is suggested.
        """
        super().__init__()
        self._kind = kind
        self._folder = folder

    def compose(self) -> ComposeResult:
        """Lay out the input for the path."""
        folder = self._folder if str(self._folder).isprintable() else Path.home()
        with Vertical(classes="window") as window:
            window.border_title = f"Save an empty file for {self._kind.plural}"
            window.border_subtitle = "Enter to save, Esc to cancel"
            yield Static("Where to:")
            yield Input(
                str(folder / f"{self._kind.name}-template.csv"),
                id="path",
                select_on_focus=False,
                compact=True,
            )
            yield Static(id="message")

    @on(Input.Submitted)
    def save(self, event: Input.Submitted) -> None:
        """Write the template, unless the path is taken or can't be used."""
        try:
            path = Path(event.value.strip()).expanduser()
            if path.exists():
                self._refuse("There is something of that name already. Choose another name.")
                return
            write_private(path, template(self._kind), replace=False)
        except BackdropError as error:
            self._refuse(error.message)
        except (OSError, ValueError, RuntimeError):
            self._refuse("That path can't be used. Choose another.")
        else:
            self.notify(plain(f"Saved in {path}").plain, markup=False)
            self.dismiss(path)

    def _refuse(self, reason: str) -> None:
        self.message.update(plain(reason))
