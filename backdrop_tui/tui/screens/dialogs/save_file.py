"""Saving a file that the user asks for, such as a template."""

from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.store.private_file import write_private
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain


class SaveFileScreen(DialogScreen[Path]):
    """Asks for a path, and writes a file there that only its owner can read. It is dismissed with the path."""

    ENTER = "Save the file"

    path = getters.query_one("#path", Input)
    message = getters.query_one("#message", Static)

    def __init__(self, title: str, folder: Path, name: str, data: Callable[[], bytes]) -> None:
        """Create the dialog.

        Args:
            title: What is saved.
            folder: The folder that is suggested.
            name: The name that is suggested; with a number if it is taken.
            data: Makes the file's content.
        """
        super().__init__()
        self._title = title
        self._folder = folder
        self._file_name = name
        self._data = data

    def compose(self) -> ComposeResult:
        """Lay out the input for the path."""
        folder = self._folder if str(self._folder).isprintable() else Path.home()
        with Vertical(classes="window") as window:
            window.border_title = plain(self._title, 60)
            window.border_subtitle = "Enter to save, Esc to cancel"
            yield Static("Where to:")
            yield Input(
                str(_free_path(folder / self._file_name)),
                id="path",
                select_on_focus=False,
                compact=True,
            )
            yield Static(id="message")

    @on(Input.Submitted)
    def save(self, event: Input.Submitted) -> None:
        """Write the file, unless the path is taken or can't be used."""
        try:
            path = Path(event.value.strip()).expanduser()
            if path.exists():
                self._refuse("That name is already taken. Choose another name.")
                return
            write_private(path, self._data(), replace=False)
        except BackdropError as error:
            self._refuse(error.message)
        except (OSError, ValueError, RuntimeError):
            self._refuse("That path can't be used. Choose another.")
        else:
            self.notify(plain(f"Saved in {path}").plain, markup=False)
            self.dismiss(path)

    def _refuse(self, reason: str) -> None:
        self.message.update(plain(reason))


def _free_path(path: Path) -> Path:
    """The path, or if there is a file already, the first one with a number that is free."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    try:
        return next(free for free in chain([path], numbered) if not free.exists())
    except OSError:  # it can't be looked up, and is refused when it is used
        return path
