"""Choosing what a setting is to be."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.setup.change import SettingNow
from backdrop_tui.widgets.plain import plain
from backdrop_tui.widgets.step import AskScreen


class ChooseValueScreen(AskScreen[str]):
    """A list of all that a setting can be, with what each means."""

    def __init__(self, now: SettingNow) -> None:
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """The choices."""
        setting = self._now.setting
        with Vertical(classes="window") as window:
            window.border_title = plain(setting.label)
            window.border_subtitle = "Enter chooses, Esc leaves it as it was"
            yield OptionList(
                *(Option(self._said(choice), id=choice) for choice in setting.choices), compact=True
            )

    def on_mount(self) -> None:
        """Start on what it is now."""
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(str(self._now.value))
        options.focus()

    def _said(self, choice: str) -> Content:
        default = " (default)" if choice == self._now.default else ""
        width = max(map(len, self._now.setting.choices)) + 2
        return Content.assemble(
            f"{choice:<{width}}", (f"{self._now.setting.meanings[choice]}{default}", "dim")
        )

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.dismiss(event.option.id)
