"""The system settings in sections, a line each."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.tui.widgets.plain import printable, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backdrop_tui.mail.password import PasswordStatus
    from backdrop_tui.people.setting_changes import CurrentSetting

PASSWORD = "mail-password"  # noqa: S105 - the name of a line
"""The line that says whether there is a mail password."""
_LABEL = 28
_DEFAULT = 9


class SettingList(OptionList):
    """Each setting with its label, what it is now, and whether that is its default."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)
        self._found: tuple[Mapping[str, CurrentSetting], PasswordStatus] | None = None

    @property
    def name_here(self) -> str:
        """The name of the setting that the cursor is on; empty where there is none."""
        option = self.highlighted_option
        return (option.id or "") if option else ""

    def show(self, now: "Mapping[str, CurrentSetting]", password: "PasswordStatus") -> None:
        """Show the settings; the cursor stays where it is."""
        self._found = now, password
        here = self.name_here
        self.clear_options()
        section = ""
        for name, one in now.items():
            if one.setting.section != section:
                section = one.setting.section
                self.add_option(Option(Content.styled(f" {section}", "bold"), disabled=True))
            default = "default" if one.is_default and one.value is not None else ""
            dim = one.value is None
            self.add_option(Option(self._line(one.setting.label, one.text, default, dim=dim), id=name))
            if name == "mail-user":
                said = self._line("Mail server's password", password.description, "", dim=not password.source)
                self.add_option(Option(said, id=PASSWORD))
        self.highlighted = self.get_option_index(here or next(iter(now)))

    def on_resize(self) -> None:
        """Use the room that there is."""
        if self._found is not None:
            self.show(*self._found)

    def _line(self, label: str, value: str, default: str, *, dim: bool) -> Content:
        room = max(self.size.width - _LABEL - _DEFAULT - 4, 10)
        text = shortened(printable(value), room)
        return Content.assemble(
            f"   {label:<{_LABEL}}", (f"{text:<{room}}", "dim" if dim else ""), (f" {default}", "dim")
        )
