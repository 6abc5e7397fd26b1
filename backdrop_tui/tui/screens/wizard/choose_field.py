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
from backdrop_tui.tui.widgets.plain import plain


@dataclass(frozen=True)
class Choice:
    """What was chosen."""

    target: str | None
    """The key of the field, `full_name`, or None for “not used”."""


class ChooseFieldScreen(DialogScreen[Choice]):
    """A list of the fields, with the columns that go to them now."""

    def __init__(self, matching: Matching, place: int) -> None:
        super().__init__()
        self._matching = matching
        self._column = matching.columns[place]

    def compose(self) -> ComposeResult:
        """The fields."""
        names = "first_name" in self._matching.kind.keys
        targets: list[str | None] = [None, *self._matching.kind.keys, *([FULL_NAME] if names else [])]
        with Vertical(classes="window") as window:
            window.border_title = plain(f"“{self._column.heading}” goes to", 50)
            window.border_subtitle = "Enter chooses, Esc cancels"
            yield Static(plain(" · ".join(self._column.samples), 70), classes="samples")
            yield OptionList(
                *(Option(self._said(target), id=target or "-") for target in targets), compact=True
            )

    def on_mount(self) -> None:
        """Start where the column goes now, or could go."""
        options = self.query_one(OptionList)
        suggested = self._column.near_miss.target if self._column.near_miss else None
        options.highlighted = options.get_option_index(self._column.target or suggested or "-")
        options.focus()

    def _said(self, target: str | None) -> Content:
        if target is None:
            return Content("Not used")
        by = next((c.heading for c in self._matching.columns if c.target == target), None)
        field = self._matching.kind.by_key.get(target)
        label = field.label if field else f"{FULL_NAME_LABEL} (split into first name and surname)"
        hint = plain(f"  now “{by}”", 40) if by else Content("  needed" if field and field.needed else "")
        return Content.assemble(f"{label:<20}", (hint.plain, "dim"))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.dismiss(Choice(None if event.option.id == "-" else event.option.id))
