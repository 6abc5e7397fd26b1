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
from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed, Result, StepScreen
from backdrop_tui.tui.widgets.plain import plain

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
        ask(
            self.app,
            ConfirmScreen("Undo the last import?", "\n".join(preview.in_words), "Undo it", "Keep it"),
            yes=partial(self.undo, preview.record.id, force=bool(preview.edited)),
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
        self.host.forget_finished_import()
        self.notify(plain(f"Undone: {' '.join(event.result.in_words)}").plain, markup=False)
        self.host.refresh_progress()
        self.load()
