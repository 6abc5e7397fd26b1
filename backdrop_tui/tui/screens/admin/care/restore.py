"""Restoring a backup in place of what is stored."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import on, work
from textual.message import Message

from backdrop_tui.care.backups.backup import NAMES
from backdrop_tui.care.backups.backup_file import Backup, read_backup
from backdrop_tui.care.backups.erased_again import erased_since
from backdrop_tui.care.backups.holdings import Holdings, side_by_side, stored_holdings
from backdrop_tui.care.backups.restore import Restored, note_restore_told, restore
from backdrop_tui.errors import BackdropError
from backdrop_tui.school.import_history import date_time_in_words
from backdrop_tui.tui.screens.admin.care.file_screen import FileScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed


class RestoreScreen(FileScreen):
    """Asks for a backup, shows what it holds beside what is stored, and restores it."""

    TITLE = "Restore a backup"
    PLACE = "Administration: data care: restore a backup"
    INTRO = (
        "This replaces everything that is stored, except drafts, with what is in a backup. You will first see what is in "
        "the backup beside what is stored now. A copy of what is replaced is kept."
    )
    PROMPT = "Backup to restore"
    ENTER = "shows what is in it, before anything is changed"
    HELP = "Type where the backup is, then press Enter. Nothing is changed until you confirm it."

    @dataclass
    class ReadThrough(Message):
        """A backup has been read through and is sound."""

        backup: Backup
        """The backup."""
        stored: Holdings | None
        """What is stored now; None if it can't be read."""
        erased: str
        """How many people in it have been erased since, in a sentence; empty if nobody has."""

    @dataclass
    class Done(Message):
        """A backup has been restored."""

        restored: Restored
        """How it has ended."""

    @property
    def suggested_path(self) -> str:
        """The newest backup in the home folder, where the app suggests to write them; empty if there is none."""
        return str(max(Path.home().glob(NAMES), default=""))

    def start(self, path: Path) -> None:
        """Read through a backup."""
        self.read(path)

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def read(self, path: Path) -> None:
        """Read through a backup, in a worker."""
        host = self.host
        try:
            backup = read_backup(path)
            stored, erased = stored_holdings(host.school), erased_since(host.school, backup)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.ReadThrough(backup, stored, erased))

    @on(ReadThrough)
    def ask_to_restore(self, event: ReadThrough) -> None:
        """Show what the backup holds beside what is stored, and ask."""
        self.holds_keys = False
        self.show_outcome("")
        made = event.backup.made.astimezone(self.host.now.tzinfo)
        lines = [
            f"This backup was made on {date_time_in_words(made)}.",
            "",
            *side_by_side(event.backup.holdings, event.stored),
            *(["", event.erased] if event.erased else []),
        ]
        question = ConfirmScreen("Replace what is stored?", "\n".join(lines), "Replace it", "Keep it")
        ask(self.app, question, yes=lambda: self.restore(event.backup))

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def restore(self, backup: Backup) -> None:
        """Restore a backup, in a worker."""
        host = self.host
        try:
            restored = restore(host.school, backup, host.now)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Done(restored))

    @on(Done)
    def start_again(self, event: Done) -> None:
        """Have the app notice that everything is different now."""
        for remark in event.restored.remarks:
            self.notify(remark, severity="warning", timeout=20, markup=False)
        host = self.host
        host.look_for_restore()
        # The app's own worker: this screen is about to be left.
        told = partial(note_restore_told, host.school, event.restored)
        self.app.run_worker(told, thread=True, group="restore-told", exit_on_error=False)
