"""The file picker."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.visual import VisualType
from textual.widgets import Footer, Input, Static
from textual.worker import Worker, get_current_worker
from textual_fspicker import FileOpen, Filters, Icons
from textual_fspicker.parts import CurrentDirectory, DirectoryNavigation
from textual_fspicker.parts.directory_navigation import DirectoryEntry
from textual_fspicker.safe_tests import is_dir, is_file
from textual_fspicker.suggest_path import SuggestPath

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.tui.shell.base_screens import BaseScreen, raise_worker_error, stop_cursor_blinking
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.plain import cell, plain
from backdrop_tui.tui.widgets.progress_menu import ProgressMenu

_SUFFIXES = (".csv", ".txt", ".tsv", ".tab", ".dat")
"""Suffixes of files that are listed unless the user asks for all files."""
_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def _icon(location: str | Path) -> Text:
    """A slash for folders and nothing for files: not every terminal font has the picker's pictograms."""
    return Text("/" if is_dir(Path(location)) else " ")


def _unquoted(path: str) -> str:
    """A path without the quotation marks that terminals and file managers put round a path that is pasted or dropped."""
    return path[1:-1].strip() if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"" else path


class PlainEntry(DirectoryEntry):
    """A file or folder with its name made safe for the screen, a readable size and a British date."""

    @classmethod
    def _name(cls, location: Path) -> Text:
        return cell(location.name)

    @staticmethod
    def _size(location: Path) -> str:
        try:
            size = 0 if is_dir(location) else location.stat().st_size
        except OSError:
            return ""
        if is_dir(location):
            return "folder"
        return next((f"{size / unit:.1f} {name}" for unit, name in _SIZES if size >= unit), f"{size} bytes")

    @staticmethod
    def _mtime(location: Path) -> str:
        try:
            return datetime.fromtimestamp(int(location.stat().st_mtime)).strftime("%d/%m/%Y %H:%M")  # noqa: DTZ006 - local
        except (OSError, OverflowError, ValueError):
            return ""


class PlainNavigation(DirectoryNavigation):
    """The list of files and folders. Folders that have vanished or can't be read are reported, not raised."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "navigate_up", "Folder above", id="pick.above", tooltip="To the folder above this one"),
    ]  # fmt: skip

    @dataclass
    class EntriesRead(Message):
        """The entries of a folder have been read."""

        location: Path
        """The folder."""
        entries: list[DirectoryEntry]
        """Its folders, and its files if files are shown."""

    @dataclass
    class Listed(Message):
        """A folder is on the screen."""

        files: int
        """The number of files that are listed."""

    @work(thread=True, exclusive=True, group="list", exit_on_error=False)
    def _load(self) -> None:
        """Read the entries of the folder, in a worker. The library's own version can crash on a race."""
        worker = get_current_worker()
        styles, location = self._styles, self._location
        entries: list[DirectoryEntry] = []
        try:
            for entry in location.iterdir():
                if worker.is_cancelled:
                    return
                if is_dir(entry) or (is_file(entry) and self.show_files):
                    entries.append(PlainEntry(entry, styles))
        except OSError:
            self.post_message(self.PermissionError(self, location))
        self.post_message(self.EntriesRead(location, entries))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Let an unexpected error in a worker end the app."""
        raise_worker_error(event)

    @on(EntriesRead)
    def show_entries(self, event: EntriesRead) -> None:
        """Show the entries, unless the user has gone to another folder since."""
        if event.location == self.location:
            self._entries = event.entries
            self._repopulate_display()

    def _repopulate_display(self) -> None:
        """Show the entries, with the cursor on the first file."""
        entries = list(self._sort(entry for entry in self._entries if not self.hide(entry.location)))
        above = [] if self.is_root else [PlainEntry(self._location / "..", self._styles)]
        with self.app.batch_update():
            self.clear_options()
            self.add_options([*above, *entries])
        files = [n for n, entry in enumerate(entries, start=len(above)) if not is_dir(entry.location)]
        self.highlighted = files[0] if files else 0 if above or entries else None
        self.post_message(self.Listed(len(files)))


class PlainDirectory(CurrentDirectory):
    """The path of the current folder, made safe for the screen."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show a path as plain text."""
        super().update(plain(content) if isinstance(content, str) else content, layout=layout)


class PlainSuggest(SuggestPath):
    """Completes a path as it is typed, but never with text that isn't safe for the screen."""

    async def get_suggestion(self, value: str) -> str | None:
        """An existing path that starts with the text typed so far; None if there is none."""
        try:
            path = await super().get_suggestion(value)
        except (OSError, ValueError):
            return None
        return path if path and path.isprintable() else None


class PickFileScreen(BaseScreen[Path | None], FileOpen):
    """A list of files that can be CSV, and an input for a path. It is dismissed with the file picked."""

    CSS_PATH = stylesheet("pick_file")
    TITLE = "Pick a file"
    HELP = (
        "Choose with the arrow keys and Enter. Backspace goes to the folder above.\n"
        "Or type or paste the file's path below the list."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f1", "app.help_keys", "Help", id="pick.help", tooltip="What this step is for, and all its keys"
        ),
        Binding(
            "f3", "app.steps", "Steps", show=False, id="pick.steps", tooltip="How far set-up is; go to a step"
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
            tooltip="To the place where a path is typed, and back",
        ),
        Binding("escape", "dismiss(None)", "Back", id="pick.back", tooltip="One step back"),
    ]
    ERROR_PERMISSION_ERROR = "You have no right to look into that folder. Choose another."
    ERROR_A_FILE_MUST_BE_CHOSEN = "Choose a file in the list, or type its path."
    ERROR_NO_PATH = "That path can't be used. Check it, or choose a file in the list."
    ERROR_A_FILE_MUST_EXIST = "There is no such file. Check the path, or choose a file in the list."

    def __init__(self, kind: RecordKind, location: Path) -> None:
        """Create the screen.

        Args:
            kind: The kind of people in the file.
            location: The folder to start in; the home folder if it doesn't exist.
        """
        Icons.set_picker(_icon)
        can_be_csv = lambda path: path.suffix.lower() in _SUFFIXES  # noqa: E731 - the library's own style
        super().__init__(
            location if location.is_dir() else Path.home(),
            filters=Filters(("CSV files", can_be_csv), ("All files", lambda _: True)),
        )
        self._kind = kind
        self._suggest_path = PlainSuggest()

    def compose(self) -> ComposeResult:
        """Lay out the current folder, its entries, and the input for a path."""
        yield Breadcrumb(self._kind.plural.capitalize(), IMPORT_STEPS, 0)
        with Vertical(id="picker"):
            yield PlainDirectory()
            yield PlainNavigation(self._location)
            yield Static(id="error")
            with Horizontal(id="path"):
                yield Static("File: ")
                yield from self._input_bar()
        yield ProgressMenu(step_adding(self._kind).key)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Stop cursors from blinking."""
        stop_cursor_blinking(self)

    def _set_error(self, message: str = "") -> None:
        for label in self.query("#error").results(Static):
            label.update(plain(message))

    @on(PlainNavigation.Listed)
    def _explain_empty_folder(self, event: PlainNavigation.Listed) -> None:
        """Tell the user what to do if there is no file to pick."""
        self._set_error()
        if not event.files:
            self._set_error("No CSV file is in this folder. Go to another, or press Tab and type a path.")

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
                self.dismiss(path)
        except PermissionError:
            self._set_error(self.ERROR_PERMISSION_ERROR)
        except (OSError, ValueError, RuntimeError):
            self._set_error(self.ERROR_NO_PATH)

    @on(DirectoryNavigation.Selected)
    def _select_file(self, event: DirectoryNavigation.Selected) -> None:
        """Pick the file that Enter was pressed on; the library would only fill it in below the list."""
        event.prevent_default()
        if self._should_return(event.path):
            self.dismiss(event.path)
