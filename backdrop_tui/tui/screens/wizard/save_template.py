"""Saving an empty file with the right headings."""

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
    """Asks where the file shall be, and writes it there."""

    path = getters.query_one("#where", Input)
    message = getters.query_one("#message", Static)

    def __init__(self, kind: RecordKind, folder: Path) -> None:
        super().__init__()
        self._kind = kind
        self._folder = folder

    def compose(self) -> ComposeResult:
        """Where to."""
        folder = self._folder if str(self._folder).isprintable() else Path.home()
        with Vertical(classes="window") as window:
            window.border_title = f"Save an empty file for {self._kind.many}"
            window.border_subtitle = "Enter saves, Esc cancels"
            yield Static("Where to:")
            yield Input(
                str(folder / f"{self._kind.name}-template.csv"),
                id="where",
                select_on_focus=False,
                compact=True,
            )
            yield Static(id="message")

    @on(Input.Submitted)
    def save(self, event: Input.Submitted) -> None:
        """Write the file, unless there is one already."""
        path = Path(event.value.strip()).expanduser()
        try:
            if path.exists():
                self.message.update(plain("There is something of that name already. Choose another name."))
                return
            write_private(path, template(self._kind), replace=False)
        except (BackdropError, OSError, ValueError, RuntimeError) as error:
            self.message.update(
                plain(
                    error.message
                    if isinstance(error, BackdropError)
                    else "That path can't be used. Choose another."
                )
            )
            return
        self.notify(plain(f"Saved in {path}").plain, markup=False)
        self.dismiss(path)
