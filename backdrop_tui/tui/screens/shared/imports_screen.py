"""The base of screens that show the imports and can undo the last one."""

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.undo import UndoPreview, UndoResult, preview_undo, undo
from backdrop_tui.imports.untold_undo import note_undo_told
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.import_history import ImportRecord, date_time_in_words, import_records
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed, Result, StepScreen
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import listed

_MOST_NAMES = 10
"""The number of people that a sentence names before it counts the others."""
IMPORT_MARKS = {"succeeded": "✓", "undone": "-", "running": "~", "undoing": "~"}
"""Marks for the states of an import; any other state is marked with an exclamation mark."""


class ImportsScreen(StepScreen[Result]):
    """A screen that reads the imports, and undoes the last one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo last import", id="imports.undo", tooltip="Undo the whole last import"),
    ]

    @dataclass
    class Loaded(Message):
        """The imports have been read."""

        records: tuple[ImportRecord, ...]
        """The imports, newest first."""

    @dataclass
    class Previewed(Message):
        """What undoing the last import would do has been worked out."""

        preview: UndoPreview | None
        """What it would do; None if there is no import to undo."""

    @dataclass
    class Undone(Message):
        """The last import has been undone."""

        result: UndoResult
        """What undoing it did."""

    def __init__(self) -> None:
        super().__init__()
        self.records: tuple[ImportRecord, ...] = ()
        """The imports, newest first."""

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def load(self) -> None:
        """Read the imports, in a worker."""
        try:
            records = tuple(import_records(self.host.school))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Loaded(records))

    @on(Loaded)
    def keep_records(self, event: Loaded) -> None:
        """Keep the imports, and show them."""
        self.records = event.records
        self.show_imports()
        self.refresh_bindings()

    @abstractmethod
    def show_imports(self) -> None:
        """Show the imports."""

    @property
    def can_undo(self) -> bool:
        """Whether there is an import to undo, and none is running."""
        return self.host.running_import is None and any(record.can_be_undone for record in self.records)

    def action_undo(self) -> None:
        """Work out what undoing the last import would do, then ask."""
        self.preview()

    @work(thread=True, exclusive=True, group="undo", exit_on_error=False)
    def preview(self) -> None:
        """Work out what undoing the last import would do, in a worker."""
        try:
            preview = preview_undo(self.host.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Previewed(preview))

    @on(Previewed)
    def confirm_undo(self, event: Previewed) -> None:
        """Ask before the import is undone; name the people who have been edited since."""
        if (preview := event.preview) is None:
            self.notify("There is no import to undo.", severity="warning")
            return
        record = preview.record
        lines = [
            f"This will undo the whole of {record.in_words}, {date_time_in_words(record.started)}.",
            f"{KINDS[record.kind].counted(preview.removed)} will be removed, {preview.restored:,} set back to what they were.",
        ]
        if preview.erased:
            lines.append(f"{KINDS[record.kind].counted(preview.erased)} erased since will stay erased.")
        if preview.edited:
            names = listed((person.name for person in preview.edited), at_most=_MOST_NAMES)
            lines.append(f"These people have been edited since, and those changes would be lost: {names}.")
        ask(
            self.app,
            ConfirmScreen("Undo the last import?", "\n".join(lines), "Undo it", "Keep it"),
            yes=partial(self.undo, record.id, force=bool(preview.edited)),
        )

    @work(thread=True, exclusive=True, group="undo", exit_on_error=False)
    def undo(self, record_id: str, *, force: bool) -> None:
        """Undo an import in a worker; `force` even if people have been edited since."""
        school = self.host.school
        try:
            result = undo(school, force=force, only=record_id)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Undone(result))
            note_undo_told(school, result.record)

    @on(Undone)
    def show_undone(self, event: Undone) -> None:
        """Say what was undone."""
        result = event.result
        self.host.forget_finished_import()
        groups = f" User groups removed: {listed(result.groups)}." if result.groups else ""
        self.notify(
            plain(
                f"Undone: {result.removed:,} removed, {result.restored:,} set back.{_erased(result)}{groups}"
            ).plain,
            markup=False,
        )
        self.host.refresh_progress()
        self.load()


def _erased(result: UndoResult) -> str:
    """How many people the undo didn't bring back; empty if there are none."""
    return f" {result.erased:,} erased since, not brought back." if result.erased else ""
