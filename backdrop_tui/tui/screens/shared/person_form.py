"""The fields of one person as a form."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Input, Label

from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.widgets.plain import printable

if TYPE_CHECKING:
    from backdrop_tui.records.schema.context import Context


class PersonForm(Grid):
    """A line for each field. Enter goes to the next, and from the last one says that all is typed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,down", "choose", "Choose", id="form.choose", tooltip="Choose from what there is"),
    ]

    class Filled(Message):
        """Enter was pressed in the last line."""

    def __init__(self, kind: RecordKind) -> None:
        super().__init__()
        self._kind = kind
        self._last = kind.template_fields[-1]
        self.context: Context | None = None
        """What choices depend on; None as long as it is not known."""

    def compose(self) -> ComposeResult:
        """The lines."""
        for field in self._kind.fields:
            label = Label(Content(field.label + ("" if field.needed else " (can be blank)")))
            text_input = Input(id=field.key, compact=True, placeholder=_hint(field))
            label.display = text_input.display = field.in_template
            yield from (label, text_input)

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show these fields' lines, and hide the others; without it, the template's are shown."""
        self._last = fields[-1]
        for field, label in zip(self._kind.fields, self.query(Label), strict=True):
            label.display = self.line(field.key).display = field in fields

    def line(self, key: str) -> Input:
        """The line of a field."""
        return self.query_one(f"#{key}", Input)

    @property
    def values(self) -> dict[str, str]:
        """What is typed in, by the fields' keys."""
        return {key: self.line(key).value.strip() for key in self._kind.keys}

    def begin(self, values: Mapping[str, str] | None = None) -> None:
        """Empty the lines, or fill them, and start on the first."""
        for field in self._kind.fields:
            box = self.line(field.key)
            box.value = printable(values[field.key]) if values else ""
            box.placeholder = _hint(field)
        self.line(self._kind.keys[0]).focus()

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        if event.input.id == self._last.key:
            self.post_message(self.Filled())
        else:
            self.screen.focus_next()

    @on(DescendantFocus)
    def show_choices(self) -> None:
        """Say in an empty line that there is something to choose, and what the job role or the like points to."""
        self.refresh_bindings()
        if (field := self._field_here) is None or self.context is None:
            return
        suggested = field.suggestion(self.values, self.context)
        words = f"suggested: {suggested}" if suggested else field.hint
        self.line(field.key).placeholder = printable(f"↓ to choose; {words}")

    @property
    def _field_here(self) -> Field | None:
        """The field that is being typed, where there is something to choose for it."""
        here = self.screen.focused
        field = self._kind.by_key.get(here.id or "") if isinstance(here, Input) else None
        return field if field is not None and field.choices is not None else None

    def action_choose(self) -> None:
        """Show what there is to choose for a field; the suggestion, or what is typed, comes first to hand."""
        field = self._field_here
        if field is None or field.choices is None or self.context is None:
            return
        choices = field.choices(self.context)
        values = self.values
        suggested = field.suggestion(values, self.context)
        start = next((n for n, choice in enumerate(choices) if choice in (values[field.key], suggested)), 0)
        box = self.line(field.key)

        def chosen(place: int | None) -> None:
            if place is not None:
                box.value = field.to_show(choices[place])
                self.screen.focus_next()

        said = [field.to_say(choice) + (" (suggested)" if choice == suggested else "") for choice in choices]
        self.app.push_screen(ChooseScreen(field.label, said, start), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Hide what can't be done now."""
        return action != "choose" or self._field_here is not None


def _hint(field: Field) -> str:
    """What stands in an empty line; the choices of one that has some are too long for it."""
    return field.hint if field.choices is None else "type it in, or ↓ to choose"
