"""The file picker's list of files and folders, with everything in it made safe for the screen."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.style import Style
from textual.visual import VisualType
from textual.worker import Worker, get_current_worker
from textual_fspicker.parts import CurrentDirectory, DirectoryNavigation
from textual_fspicker.parts.directory_navigation import DirectoryEntry
from textual_fspicker.safe_tests import is_dir, is_file
from textual_fspicker.suggest_path import SuggestPath

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.shell.base_screens import raise_worker_error
from backdrop_tui.tui.widgets.lists.options import with_reverse
from backdrop_tui.tui.widgets.plain import cell, plain
from backdrop_tui.wording import counted

_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def file_icon(location: str | Path) -> Text:
    """A slash for folders and nothing for files: not every terminal font has the picker's pictograms."""
    return Text("/" if is_dir(Path(location)) else " ")


def likelihood(path: Path, kind: RecordKind) -> int:
    """How likely a file's name makes it that people of a kind are in it: 1 if it says so, -1 if it names another kind, otherwise 0."""
    words = set(re.findall(r"[^\W\d_]+", path.stem.lower()))
    if words & kind.owner_words:
        return 1
    return -1 if any(words & other.owner_words for other in KINDS.values()) else 0


class PlainEntry(DirectoryEntry):
    """A file or folder with its name made safe for the screen, a readable size and a British date."""

    @classmethod
    def _name(cls, location: Path) -> Text:
        return cell(location.name)

    def marked(self) -> "PlainEntry":
        """Make an entry for this file that shows the sign of a marked file."""
        return MarkedEntry(self.location, self._styles)

    @staticmethod
    def _size(location: Path) -> str:
        try:
            size = 0 if is_dir(location) else location.stat().st_size
        except OSError:
            return ""
        if is_dir(location):
            return "folder"
        return next(
            (f"{size / unit:.1f} {name}" for unit, name in _SIZES if size >= unit), counted(size, "byte")
        )

    @staticmethod
    def _mtime(location: Path) -> str:
        try:
            return datetime.fromtimestamp(int(location.stat().st_mtime)).strftime("%d/%m/%Y %H:%M")  # noqa: DTZ006 - local
        except (OSError, OverflowError, ValueError):
            return ""


class MarkedEntry(PlainEntry):
    """A file that is marked, to be read together with others."""

    @classmethod
    def _name(cls, location: Path) -> Text:
        return Text.assemble(("✓ ", "bold"), cell(location.name))


class PlainNavigation(DirectoryNavigation):
    """The list of files and folders. Folders that have vanished or can't be read are reported, not raised."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "navigate_up", "Folder above", id="pick.above", tooltip="Go to the folder above this one"),
        Binding("space", "mark", "Mark", id="pick.mark", tooltip="Mark this file, to read several files with the same headings as one"),
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

    @dataclass
    class Marked(Message):
        """A file has been marked, or is no longer marked."""

        files: tuple[Path, ...]
        """The marked files of this folder, in the order in which they were marked."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a part of the list."""
        style = super().get_visual_style(*component_classes, partial=partial)
        return with_reverse(self, style, component_classes)

    def __init__(self, location: Path | str, kind: RecordKind) -> None:
        """Create the list.

        Args:
            location: The folder to list.
            kind: The kind of people whose file is wanted.
        """
        super().__init__(location)
        self._kind = kind
        self._marks: dict[Path, None] = {}

    @property
    def marked_files(self) -> tuple[Path, ...]:
        """The marked files of this folder, in the order in which they were marked."""
        return tuple(path for path in self._marks if path.parent == self.location)

    def action_mark(self) -> None:
        """Mark the file under the cursor, or take its mark away; then go on to the next file."""
        if self.highlighted is None:
            return
        entry = self.get_option_at_index(self.highlighted)
        if not isinstance(entry, PlainEntry) or is_dir(entry.location):
            return
        if entry.location in self._marks:
            del self._marks[entry.location]
        else:
            self._marks[entry.location] = None
        place = self.highlighted
        self._repopulate_display()
        self.highlighted = min(place + 1, self.option_count - 1)
        self.post_message(self.Marked(self.marked_files))

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
        """Show the entries, with the cursor on the first file that may be the one that is wanted, going by its name."""
        entries = list(self._sort(entry for entry in self._entries if not self.hide(entry.location)))
        above = [] if self.is_root else [PlainEntry(self._location / "..", self._styles)]
        with self.app.batch_update():
            self.clear_options()
            self.add_options([*above, *map(self._with_mark, entries)])
        files = {
            n: entry.location
            for n, entry in enumerate(entries, start=len(above))
            if not is_dir(entry.location)
        }
        likeliest = max(files, key=lambda n: likelihood(files[n], self._kind), default=0)
        self.highlighted = likeliest if above or entries else None
        self.post_message(self.Listed(len(files)))

    def _with_mark(self, entry: DirectoryEntry) -> DirectoryEntry:
        if isinstance(entry, PlainEntry) and entry.location in self._marks:
            return entry.marked()
        return entry


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
