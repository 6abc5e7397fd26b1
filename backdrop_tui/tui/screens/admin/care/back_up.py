"""Backing up everything into one file."""

from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.message import Message

from backdrop_tui.care.backups.backup import BackedUp, ExistsError, back_up, default_name
from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.screens.admin.care.file_screen import FileScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.wording import counted


class BackUpScreen(FileScreen):
    """Asks for a file, and writes a backup there."""

    TITLE = "Back up"
    PLACE = "Administration: data care: back up"
    INTRO = (
        "This saves everything about the school in one file, except drafts. The file is read back and compared before it gets its "
        "name. It has children's data in it, so keep it as safe as the data itself, preferably on another disk."
    )
    PROMPT = "Save as"
    ENTER = "backs up"
    HELP = (
        "Type where to save the backup, then press Enter. To back up every night, use “backdrop backup FILE”."
    )

    @dataclass
    class Written(Message):
        """A backup has been written."""

        done: BackedUp
        """The backup."""

    @dataclass
    class Exists(Message):
        """There is a file already where the backup is to go."""

        path: Path
        """The file."""

    @property
    def suggested_path(self) -> str:
        """A file in the home folder, named by the time."""
        return str(Path.home() / default_name(self.host.now))

    def start(self, path: Path) -> None:
        """Write a backup."""
        self.write(path, replace=False)

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def write(self, path: Path, *, replace: bool) -> None:
        """Write a backup, in a worker."""
        host = self.host
        try:
            done = back_up(host.school, path, host.now, replace=replace)
        except ExistsError:
            self.post_message(self.Exists(path))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Written(done))

    @on(Written)
    def show_written(self, event: Written) -> None:
        """Say what is in the backup."""
        self.holds_keys = False
        holdings = event.done.backup.holdings
        people = counted(holdings.people, "person", "people")
        done = (
            f"Done. {people} and {counted(holdings.imports, 'import')} are in {event.done.backup.path}, "
            "which has been read back and compared."
        )
        self.show_outcome("\n".join([done, *event.done.remarks]))

    @on(Exists)
    def ask_to_replace(self, event: Exists) -> None:
        """Ask whether to replace a backup."""
        self.holds_keys = False
        self.show_outcome("")
        ask(
            self.app,
            ConfirmScreen("Replace the file?", f"{event.path} already exists.", "Replace it", "Keep it"),
            yes=lambda: self.write(event.path, replace=True),
        )
