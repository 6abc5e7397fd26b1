"""The list of the system settings, in sections."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from backdrop_tui.printable import printable
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.plain import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backdrop_tui.mail.password import PasswordStatus
    from backdrop_tui.people.setting_changes import CurrentSetting

PASSWORD = "mail-password"  # noqa: S105 - a line's name
"""The name of the line that tells whether there is a mail password, which is not a setting."""
_LABEL = 28
_DEFAULT = 9


class SettingList(Options):
    """Each setting with its label, its current value, and whether that is the default."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)
        self._settings: Mapping[str, CurrentSetting] = {}
        self._password: PasswordStatus | None = None

    @property
    def selected_name(self) -> str:
        """The name of the setting under the cursor; empty if there is none."""
        option = self.highlighted_option
        return (option.id or "") if option else ""

    def show(self, settings: "Mapping[str, CurrentSetting]", password: "PasswordStatus") -> None:
        """Show the settings, by name; the cursor stays where it is."""
        self._settings, self._password = settings, password
        selected, section = self.selected_name, ""
        self.clear_options()
        for name, current in settings.items():
            if current.setting.section != section:
                section = current.setting.section
                self.add_option(Option(Content.styled(section, "bold $accent"), disabled=True))
            note = "default" if current.is_default and current.value is not None else ""
            is_dim = current.value is None
            self.add_option(
                Option(self._line(current.setting.label, current.text, note, dim=is_dim), id=name)
            )
            if name == "mail-user":
                line = self._line("Mail server's password", password.description, "", dim=not password.source)
                self.add_option(Option(line, id=PASSWORD))
        self.highlighted = self.get_option_index(selected or next(iter(settings)))

    def on_resize(self) -> None:
        """Use the new width."""
        if self._password is not None:
            self.show(self._settings, self._password)

    def _line(self, label: str, value: str, note: str, *, dim: bool) -> Content:
        room = max(self.size.width - _LABEL - _DEFAULT - 3, 10)
        text = shortened(printable(value), room)
        return Content.assemble(
            f"  {label:<{_LABEL}}",
            (f"{text:<{room}}", "$text-muted" if dim else ""),
            (f" {note}", "$text-muted"),
        )
