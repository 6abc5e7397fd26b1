"""The fields of one person as a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Input, Label

from backdrop_tui.printable import printable
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen

if TYPE_CHECKING:
    from backdrop_tui.records.schema.context import Context


class PersonForm(Grid):
    """An input for each field. Enter goes to the next one; in the last one it completes the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,down", "choose", "Choose", id="form.choose", tooltip="Choose from a list"),
    ]

    class Filled(Message):
        """Enter has been pressed in the last input."""

    @dataclass
    class Left(Message):
        """The user has left an input."""

        field: Field
        """The field of the input."""
        text: str
        """The text in it."""

    def __init__(self, kind: RecordKind) -> None:
        super().__init__()
        self._kind = kind
        self._last = kind.template_fields[-1]
        self.context: Context | None = None
        """What the choices for fields depend on; None until it is known."""

    def compose(self) -> ComposeResult:
        """Lay out a label and an input for each field; those outside the template are hidden."""
        for field in self._kind.fields:
            label = Label(Content(field.label + ("" if field.needed else " (can be blank)")))
            text_input = Input(id=field.key, compact=True, placeholder=_placeholder(field))
            label.display = text_input.display = field.in_template
            yield from (label, text_input)

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show the inputs of these fields, and hide the others; at first, those of the template are shown."""
        self._last = fields[-1]
        for field, label in zip(self._kind.fields, self.query(Label), strict=True):
            label.display = self.input_of(field.key).display = field in fields

    def input_of(self, key: str) -> Input:
        """The input of the field with this key."""
        return self.query_one(f"#{key}", Input)

    @property
    def values(self) -> dict[str, str]:
        """The texts as typed, by the fields' keys."""
        return {key: self.input_of(key).value.strip() for key in self._kind.keys}

    @property
    def _values_as_read(self) -> dict[str, str]:
        """The texts as rows of a file would have them, by the fields' keys."""
        return {key: self._kind.by_key[key].typed(text) for key, text in self.values.items()}

    def begin(self, values: Mapping[str, str] | None = None) -> None:
        """Fill the inputs with texts by the fields' keys, or empty them, and focus the first one."""
        for field in self._kind.fields:
            text_input = self.input_of(field.key)
            text_input.value = printable(values[field.key]) if values else ""
            text_input.placeholder = _placeholder(field)
            text_input.select_on_focus = True
        self.input_of(self._kind.keys[0]).focus()

    def carry_on_with(self, values: Mapping[str, str]) -> None:
        """Fill the inputs with texts that were typed earlier; the next key adds to the last of them."""
        self.begin(values)
        last = next((key for key in reversed(self._kind.keys) if values[key]), self._kind.keys[0])
        self.input_of(last).select_on_focus = False
        self.input_of(last).focus()

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Go to the next input, or complete the form."""
        event.stop()
        if event.input.id == self._last.key:
            self.post_message(self.Filled())
        else:
            self.screen.focus_next()

    @on(Input.Blurred)
    def report_left(self, event: Input.Blurred) -> None:
        """Report which input the user has left, unless a window in front of the form has only taken the focus."""
        event.stop()
        if self.screen.is_active and event.input.id in self._kind.by_key:
            self.post_message(self.Left(self._kind.by_key[event.input.id], event.value.strip()))

    @on(DescendantFocus)
    def show_choices(self) -> None:
        """Say in an empty input that there is a list to choose from, and what the other fields suggest."""
        self.refresh_bindings()
        if (field := self._focused_choice) is None or self.context is None:
            return
        suggestion = field.suggestion(self._values_as_read, self.context)
        hint = f"suggested: {suggestion}" if suggestion else field.hint
        self.input_of(field.key).placeholder = printable(f"↓ to choose; {hint}")

    @property
    def _focused_choice(self) -> Field | None:
        """The field that has the focus, if there is a list to choose from; None otherwise."""
        focused = self.screen.focused
        field = self._kind.by_key.get(focused.id or "") if isinstance(focused, Input) else None
        return field if field is not None and field.choices is not None else None

    def action_choose(self) -> None:
        """Show the choices for a field, with the cursor on the text typed or on the suggestion."""
        field = self._focused_choice
        if field is None or field.choices is None or self.context is None:
            return
        choices = field.choices(self.context)
        values = self.values
        suggestion = field.suggestion(values, self.context)
        start = next((n for n, choice in enumerate(choices) if choice in (values[field.key], suggestion)), 0)
        text_input = self.input_of(field.key)

        def fill_in(place: int | None) -> None:
            if place is not None:
                text_input.value = field.to_show(choices[place])
                self.screen.focus_next()

        lines = [
            field.to_say(choice) + (" (suggested)" if choice == suggestion else "") for choice in choices
        ]
        self.app.push_screen(ChooseScreen(field.label, lines, start), fill_in)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Hide the key that opens the choices where there are none."""
        return action != "choose" or self._focused_choice is not None


def _placeholder(field: Field) -> str:
    """The text in an empty input. A field's choices would be too long for it."""
    return field.hint if field.choices is None else "type it in, or ↓ to choose"
