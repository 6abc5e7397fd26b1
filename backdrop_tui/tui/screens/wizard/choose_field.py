"""Choosing the field that a column goes to."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.intake.matching.full_name import FULL_NAME, FULL_NAME_LABEL
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.plain import plain

_NOT_USED = "-"


@dataclass(frozen=True)
class FieldChoice:
    """The field that was chosen for a column."""

    target: str | None
    """The key of the field, `full_name`, or None for “not used”."""


class ChooseFieldScreen(DialogScreen[FieldChoice]):
    """A list of the fields, each with the column that goes to it now."""

    def __init__(self, matching: Matching, index: int) -> None:
        """Create the dialog.

        Args:
            matching: Where the columns go now.
            index: The place of the column among the columns of the file.
        """
        super().__init__()
        self._matching = matching
        self._column = matching.columns[index]

    def compose(self) -> ComposeResult:
        """Lay out the column's first values and the fields."""
        has_names = "first_name" in self._matching.kind.keys
        targets: list[str | None] = [
            None,
            *self._matching.kind.file_keys,
            *([FULL_NAME] if has_names else []),
        ]
        with Vertical(classes="window") as window:
            window.border_title = plain(f"“{self._column.heading}” goes to", 50)
            window.border_subtitle = "Enter to choose, Esc to cancel"
            yield Static(plain(" · ".join(self._column.samples), 70), classes="samples")
            yield Options(
                *(Option(self._label(target), id=target or _NOT_USED) for target in targets), compact=True
            )

    def on_mount(self) -> None:
        """Start on the field that the column goes to, or that is suggested for it."""
        options = self.query_one(OptionList)
        suggested = self._column.near_miss.target if self._column.near_miss else None
        options.highlighted = options.get_option_index(self._column.target or suggested or _NOT_USED)
        options.focus()

    def _label(self, target: str | None) -> Content:
        """A field's label, and the column that goes to it now."""
        if target is None:
            return Content("Not used")
        heading = next((column.heading for column in self._matching.columns if column.target == target), None)
        field = self._matching.kind.by_key.get(target)
        label = field.label if field else f"{FULL_NAME_LABEL} (split into first name and surname)"
        if heading:
            hint = plain(f"  now “{heading}”", 40).plain
        else:
            hint = "  needed" if field and field.needed else ""
        return Content.assemble(f"{label:<20}", (hint, "$text-muted"))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Close with the chosen field."""
        self.dismiss(FieldChoice(None if event.option.id == _NOT_USED else event.option.id))
