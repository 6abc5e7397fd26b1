"""Taking the last import back, from any screen that shows imports."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.undo import UndoPreview, UndoResult, preview_undo, undo
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.import_history import ImportRecord, date_time_in_words, import_records
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.shell.base_screens import Failed, Result, StepScreen
from backdrop_tui.tui.widgets.plain import plain

_NAMED = 10
IMPORT_MARKS = {"succeeded": "✓", "undone": "-", "running": "~", "undoing": "~"}
"""Marks for the states of an import; any other state is marked with an exclamation mark."""


class ImportsScreen(StepScreen[Result]):
    """A screen that looks the imports up, and takes the last one back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u", "undo", "Undo last import", id="imports.undo", tooltip="Take the last import back as a whole"
        ),
    ]

    @dataclass
    class Found(Message):
        """The imports have been looked up."""

        records: tuple[ImportRecord, ...]
        """They, the newest first."""

    @dataclass
    class ToUndo(Message):
        """It is known what undoing would do."""

        found: UndoPreview | None
        """What."""

    @dataclass
    class WasUndone(Message):
        """An import has been taken back."""

        undone: UndoResult
        """What that did."""

    def __init__(self) -> None:
        super().__init__()
        self.records: tuple[ImportRecord, ...] = ()
        """The imports, the newest first."""

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self) -> None:
        """Look the imports up, away from the screen."""
        try:
            found = tuple(import_records(self.host.school))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Found(found))

    @on(Found)
    def keep_records(self, event: Found) -> None:
        """Show them."""
        self.records = event.records
        self.show_imports()
        self.refresh_bindings()

    @abstractmethod
    def show_imports(self) -> None:
        """Show the imports."""

    @property
    def can_undo(self) -> bool:
        """Whether there is an import to take back, and none is being done."""
        return self.host.running_import is None and any(record.can_be_undone for record in self.records)

    def action_undo(self) -> None:
        """Look what undoing would do, then ask."""
        self.look_what_to_undo()

    @work(thread=True, exclusive=True, group="undo", exit_on_error=False)
    def look_what_to_undo(self) -> None:
        """Look what undoing would do, away from the screen."""
        try:
            found = preview_undo(self.host.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.ToUndo(found))

    @on(ToUndo)
    def ask(self, event: ToUndo) -> None:
        """Ask before an import is taken back; name who was edited since."""
        found = event.found
        if found is None:
            self.notify("There is no import to take back.", severity="warning")
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self.take_back(found.record.id, bool(found.edited))

        lines = [f"The import of {found.record.source}, {date_time_in_words(found.record.started)}, is taken back as a whole.",
                 f"{KINDS[found.record.kind].counted(found.removed)} will be removed, {found.restored:,} set back to what they were."]  # fmt: skip
        if found.edited:
            names = ", ".join(person.name for person in found.edited[:_NAMED])
            more = f" and {len(found.edited) - _NAMED} more" if len(found.edited) > _NAMED else ""
            lines.append(f"Edited since, and that would be lost: {names}{more}.")
        self.app.push_screen(
            ConfirmScreen("Undo the last import?", "\n".join(lines), "Undo it", "Keep it"), answered
        )

    @work(thread=True, exclusive=True, group="undo", exit_on_error=False)
    def take_back(self, record_id: str, force: bool) -> None:  # noqa: FBT001 - a worker's argument
        """Take an import back, away from the screen."""
        try:
            undone = undo(self.host.school, force=force, only=record_id)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.WasUndone(undone))

    @on(WasUndone)
    def say_undone(self, event: WasUndone) -> None:
        """Say what was taken back."""
        undone = event.undone
        self.host.forget_finished_import()
        groups = f" User groups that went with it: {', '.join(undone.groups)}." if undone.groups else ""
        self.notify(
            plain(f"Taken back: {undone.removed:,} removed, {undone.restored:,} set back.{groups}").plain,
            markup=False,
        )
        self.host.refresh_progress()
        self.look()
