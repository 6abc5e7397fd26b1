"""The file picker."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual_fspicker import FileOpen, Filters, Icons
from textual_fspicker.parts import DirectoryNavigation
from textual_fspicker.safe_tests import is_dir

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.tui.screens.wizard.file_list import (
    PlainDirectory,
    PlainNavigation,
    PlainSuggest,
    file_icon,
)
from backdrop_tui.tui.shell.base_screens import BaseScreen, stop_cursor_blinking
from backdrop_tui.tui.shell.picked import Picked
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.next_key import NextKey
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.progress_menu import ProgressMenu

_SUFFIXES = (".csv", ".txt", ".tsv", ".tab", ".dat")
"""Suffixes of files that are listed unless the user asks for all files."""
_PREVIEWED = 12
"""The number of lines that are shown of the file under the cursor."""
_LONGEST_LINE = 200


def _unquoted(path: str) -> str:
    """A path without the quotation marks that terminals and file managers put round a path that is pasted or dropped."""
    return path[1:-1].strip() if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"" else path


class PickFileScreen(BaseScreen[Picked | None], FileOpen):
    """A list of files that can be CSV, and an input for a path. It is dismissed with what was picked or pasted."""

    CSS_PATH = stylesheet("pick_file")
    TITLE = "Pick a file"
    HELP = (
        "Choose a file with the arrow keys, then press Enter. The first lines of the selected file are shown below the list. Press Backspace for the folder above.\n"
        "Several files with the same headings, such as one for each class, can be read as one: mark them with the space bar, then press "
        "Enter.\n"
        "Or type or paste the file's path below the list. You can also paste cells copied from a spreadsheet, with their "
        "headings, instead of choosing a file."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f1", "app.help_keys", "Help", id="pick.help", tooltip="What this step is for, and all its keys"
        ),
        Binding(
            "ctrl+p",
            "app.palette",
            "Commands",
            show=False,
            id="pick.palette",
            tooltip="Everything you can do here, and places to go",
        ),
        Binding(
            "f3",
            "app.steps",
            "Steps",
            show=False,
            id="pick.steps",
            tooltip="See how far set-up is, and go to a step",
        ),
        Binding(
            "full_stop",
            "hidden",
            "Hidden files",
            show=False,
            id="pick.hidden",
            tooltip="Show or hide hidden files",
        ),
        Binding(
            "tab",
            "app.focus_next",
            "Type a path",
            id="pick.path",
            tooltip="Go to the line for typing a path, and back",
        ),
        Binding("escape", "dismiss(None)", "Back", id="pick.back", tooltip="One step back"),
    ]
    ERROR_PERMISSION_ERROR = "You don't have permission to open that folder. Choose another one."
    ERROR_A_FILE_MUST_BE_CHOSEN = "Choose a file in the list, or type its path."
    ERROR_NO_PATH = "That path can't be used. Check it, or choose a file in the list."
    ERROR_A_FILE_MUST_EXIST = "There is no such file. Check the path, or choose a file in the list."

    @dataclass
    class PreviewRead(Message):
        """The beginning of a file has been read."""

        path: Path
        """The file."""
        lines: tuple[str, ...]
        """Its first lines, or why it can't be used."""

    def __init__(self, kind: RecordKind, location: Path) -> None:
        """Create the screen.

        Args:
            kind: The kind of people in the file.
            location: The folder to start in; the home folder if it doesn't exist.
        """
        Icons.set_picker(file_icon)
        can_be_csv = lambda path: path.suffix.lower() in _SUFFIXES  # noqa: E731 - the library's own style
        super().__init__(
            location if location.is_dir() else Path.home(),
            filters=Filters(("CSV files", can_be_csv), ("All files", lambda _: True)),
        )
        self._kind = kind
        self._suggest_path = PlainSuggest()
        self._preview: Path | None = None

    def compose(self) -> ComposeResult:
        """Lay out the current folder, its entries, and the input for a path."""
        yield Breadcrumb(self._kind.plural.capitalize(), IMPORT_STEPS, 0)
        with Vertical(id="picker"):
            yield PlainDirectory()
            yield titled(PlainNavigation(self._location, self._kind), "Files")
            yield titled(Static(id="preview"), "First lines")
            yield Static(id="error")
            with Horizontal(id="path"):
                yield Static("File: ")
                yield from self._input_bar()
        yield NextKey((("Enter", "opens the selected file or folder"), ("Tab", "lets you type its path")))
        yield ProgressMenu(step_adding(self._kind).key)
        yield Footer()

    def on_mount(self) -> None:
        """Stop cursors from blinking."""
        stop_cursor_blinking(self)

    @on(DirectoryNavigation.Highlighted)
    def show_preview(self, event: DirectoryNavigation.Highlighted) -> None:
        """Show the beginning of the file under the cursor."""
        if is_dir(event.path):
            self._preview = None
            self.query_one("#preview", Static).update("")
        elif event.path != self._preview:
            self._preview = event.path
            self.read_preview(event.path)

    @work(thread=True, exclusive=True, group="preview", exit_on_error=False)
    def read_preview(self, path: Path) -> None:
        """Read the beginning of a file, in a worker."""
        from backdrop_tui.intake.overview.first_look import first_lines_of  # noqa: PLC0415 - loads polars

        try:
            self.post_message(self.PreviewRead(path, first_lines_of(path, _PREVIEWED)))
        except UnusableFileError as error:
            self.post_message(self.PreviewRead(path, (error.message,)))

    @on(PreviewRead)
    def show_first_lines(self, event: PreviewRead) -> None:
        """Show the first lines, unless the cursor has moved on since."""
        if event.path == self._preview:
            lines = [plain(line, _LONGEST_LINE) for line in event.lines]
            self.query_one("#preview", Static).update(Content("\n").join(lines))

    def _set_error(self, message: str = "") -> None:
        for label in self.query("#error").results(Static):
            label.update(plain(message))

    @on(PlainNavigation.Listed)
    def _explain_empty_folder(self, event: PlainNavigation.Listed) -> None:
        """Tell the user what to do if there is no file to pick."""
        self._set_error()
        if not event.files:
            self._set_error(
                "There are no CSV files in this folder. Go to another one, or press Tab and type a path."
            )

    @on(Input.Submitted)
    def _open_path(self, event: Input.Submitted) -> None:
        """Pick the file whose path was typed, or go to the folder."""
        event.prevent_default()
        event.stop()
        files = self.query_one(DirectoryNavigation)
        text = _unquoted(event.value.strip())
        try:
            path = (files.location / Path(text).expanduser()).resolve()
            if path.is_dir() and text:
                event.input.value = ""
                files.location = path
                files.focus()
            elif not text:
                self._set_error(self.ERROR_A_FILE_MUST_BE_CHOSEN)
            elif self._should_return(path):
                self.dismiss(Picked((path,)))
        except PermissionError:
            self._set_error(self.ERROR_PERMISSION_ERROR)
        except (OSError, ValueError, RuntimeError):
            self._set_error(self.ERROR_NO_PATH)

    @on(DirectoryNavigation.Selected)
    def _select_file(self, event: DirectoryNavigation.Selected) -> None:
        """Pick the file that Enter was pressed on, or all that are marked; the library would only fill it in below the list."""
        event.prevent_default()
        marked = self.query_one(PlainNavigation).marked_files
        if self._should_return(event.path):
            self.dismiss(Picked(marked or (event.path,)))

    @on(PlainNavigation.Marked)
    def _count_marked(self, event: PlainNavigation.Marked) -> None:
        """Say how many files are marked, and how to go on."""
        match len(event.files):
            case 0:
                message = ""
            case 1:
                message = "1 file is marked. Mark others with the same headings, then press Enter."
            case several:
                message = f"{several:,} files are marked. Press Enter to read them as one."
        self.query_one("#error", Static).update(Content.styled(message, "$foreground"))

    def on_paste(self, event: events.Paste) -> None:
        """Take cells that are pasted instead of a file."""
        event.stop()
        if "\n" in event.text.strip() or "\t" in event.text:
            self.dismiss(Picked(pasted=event.text))
        else:
            self._set_error(
                "To paste cells, copy them with their headings. To paste a path, press Tab first."
            )
