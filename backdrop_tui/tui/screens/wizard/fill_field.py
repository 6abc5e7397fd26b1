"""Asking what every row gets in a field that no column of the file goes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from textual.app import App

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.checking.worked_out import fill_for, groups_in_words, values_of_column
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.matching.fills import Fill
from backdrop_tui.records.rights.user_groups import UserGroup
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask

Way = Literal["same", "work out", "blank"]
"""The same value for every row, one that is worked out from its other fields, or none."""


@dataclass(frozen=True)
class FieldFilling:
    """Asks what every row of a draft gets in a field, by one dialog after the other."""

    app: App[Any]
    """The app that shows the dialogs."""
    draft: Draft
    """The draft."""
    field: Field
    """The field."""
    context: Context
    """What the field's rules need to know."""
    groups: Sequence[UserGroup]
    """The school's user groups."""
    use: Callable[[Fill | None], object]
    """Called with what every row gets; None if the field stays blank."""
    keep: Callable[[str | None], object]
    """Called with the value while it is being typed, and with None when the user has entered it or given up."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which rows can get a value in this field."""
        ways: list[Way] = []
        if self.field.worked_out_as:
            ways.append("work out")
        if self.field.can_be_uniform:
            ways.append("same")
        if not (self.field.needed and self.field.column_needed):
            ways.append("blank")
        return tuple(ways)

    def ask(self) -> None:
        """Ask for the way."""
        labels = {
            "work out": f"Work it out from {self.field.worked_out_from}",
            "same": "The same for every row …",
            "blank": "Leave it blank; you will be asked in each row"
            if self.field.needed
            else "Leave it blank",
        }
        if not self.ways:
            self.app.notify(
                f"Every {self.draft.kind.singular} needs a {self.field.label}, and it can't be the same for everyone. "
                "Choose the column that has it, or export the report again with it.",
                title="One of the columns must have it",
                severity="warning",
                markup=False,
            )
            return
        note = "If one of your columns has it, press Esc and choose that column instead."
        choices = [labels[way] for way in self.ways]
        self.app.push_screen(
            ChooseScreen(f"No column for {self.field.label}", choices, note=note), self._go_on
        )

    def _go_on(self, index: int | None) -> None:
        """Go on with the way that was chosen, given its index; None if none was."""
        way = None if index is None else self.ways[index]
        if way == "same":
            self.ask_value()
        elif way == "work out":
            self.take(self.field.worked_out_as)
        elif way == "blank":
            self.use(None)

    def ask_value(self, text: str = "", error: str = "") -> None:
        """Ask for the value.

        Args:
            text: The text to begin with.
            error: Why that text can't be used; empty if it hasn't been entered yet.
        """

        def typed(text: str | None) -> None:
            self.keep(None)
            if text is not None:
                self.take(text)

        title = f"{self.field.label} for every row"
        note = f"Type in the {self.field.label} that everyone in the file has: {self.field.hint}."
        carries_on = bool(text) and not error
        dialog = AskTextScreen(title, note, "Use it", text, error, keep=self.keep, carries_on=carries_on)
        self.app.push_screen(dialog, typed)

    def take(self, text: str) -> None:
        """Use a value or a way of working it out; ask for another if it can't be used, and first if it gives rights.

        Args:
            text: The value as typed, or what `--set` calls working it out.
        """
        try:
            fill = fill_for(self.draft.kind, self.field, text, self.context)
        except UnusableChoiceError as error:
            self.ask_value(text, error.message)
            return
        if fill.is_worked_out and not self.field.column_needed:
            lines = groups_in_words(
                values_of_column(self.field, self.draft.kind, self.draft.texts, self.context), self.groups
            )
            question = ConfirmScreen("Is each group the right one?", "\n".join(lines), "Use these groups")
            ask(self.app, question, yes=lambda: self.use(fill))
        else:
            self.use(fill)
