"""Reviewing the system settings: each is explained, changed in place, and tested where it is about mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, OptionList, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.mail.mailer import Sent
from backdrop_tui.mail.password import PasswordStatus, password_help, password_status
from backdrop_tui.mail.testing import result_of_test, send_test_message
from backdrop_tui.people.setting_changes import ChangedSetting, CurrentSetting, change_setting
from backdrop_tui.school.account import account_of
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.steps.progress import SetUpProgress
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.shared.outbox_screen import OutboxScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.line_editor import LineEditor
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.tui.widgets.setting_list import PASSWORD, SettingList

_TEST = "test"
"""The name under which the editor asks for the address of a test message, which is not a setting."""


class SettingsScreen(OutboxScreen[bool]):
    """All settings in sections, with a description of the selected one. It is dismissed with True once they are confirmed."""

    CSS_PATH = stylesheet("settings")
    TITLE = "Review system settings"
    HELP = (
        "Every setting with its current value. Below the list is a description of the selected setting.\n"
        "Press Enter to change it; what you type is checked when you save it. Press d to set it back to its default.\n"
        "Press t to send a test message and see whether e-mail works. When everything is as you want it, press c."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Change", id="settings.edit", key_display="Enter", tooltip="Change this setting"),
        Binding("d", "default", "Default", id="settings.default", tooltip="Set it back to its default"),
        Binding("t", "test", "Test message", id="settings.test", tooltip="Send a test message, to see whether e-mail works"),
        Binding("o", "show_letter", "Show it", id="settings.show", tooltip="Show the test message that was written to the outbox"),
        Binding("c", "confirm", "Confirm", id="settings.confirm", tooltip="Confirm that the settings have been reviewed"),
    ]  # fmt: skip

    settings = getters.query_one("#settings", SettingList)
    about = getters.query_one("#about", Static)
    message = getters.query_one("#message", Static)
    editor = getters.query_one("#editor", LineEditor)
    button = getters.query_one("#confirm", Button)

    @dataclass
    class Loaded(Message):
        """The settings have been read."""

        current: dict[str, CurrentSetting]
        """The settings by name."""
        password: PasswordStatus
        """Whether the mail server's password is set."""
        email: str
        """The account's e-mail address; empty if there is no account."""

    @dataclass
    class Saved(Message):
        """A setting has been saved."""

        change: ChangedSetting
        """What the change did."""

    @dataclass
    class TestSent(Message):
        """A test message has been sent."""

        sent: Sent
        """Where it went."""

    @dataclass
    class TestFailed(Message):
        """A test message could not be sent."""

        error: BackdropError
        """Why it could not be sent."""

    class Confirmed(Message):
        """The settings have been confirmed as reviewed."""

    def __init__(self) -> None:
        super().__init__()
        self.current: dict[str, CurrentSetting] = {}
        """The settings by name; empty until they have been read."""
        self._password: PasswordStatus | None = None
        self._email = ""
        self._sending = False
        self._message_about = ""

    def compose(self) -> ComposeResult:
        """Lay out the settings, the description of the selected one, the editor, and the button to confirm."""
        yield Breadcrumb("Review system settings")
        with Container(classes="beside"):
            yield titled(SettingList(id="settings"), "Settings")
            with titled(Vertical(id="below", classes="about"), "This setting"):
                yield Static(id="about")
                yield LineEditor(id="editor")
                yield Static(id="message")
        yield Button(
            "Confirm as reviewed", variant="primary", id="confirm", compact=True, action="screen.confirm"
        )
        yield Footer("confirm")

    def on_mount(self) -> None:
        """Read the settings."""
        self.settings.focus()
        self.holds_keys = True
        self.load()
        self.watch(self.app, "progress", self.show_reviewed)

    def show_reviewed(self, progress: SetUpProgress | None) -> None:
        """Show on the button whether the settings were confirmed before."""
        status = progress.status_of(REVIEW_SETTINGS.key) if progress else None
        done = status is not None and status.state == "done"
        self.button.label = "Confirm as reviewed again" if done else "Confirm as reviewed"
        self.button.refresh(layout=True)  # A longer label needs a wider button.

    @property
    def leave_warning(self) -> str:
        """A sentence about text that is not saved; empty if there is none."""
        unsaved = self.is_mounted and self.editor.is_changed
        return "What you have typed hasn't been saved yet." if unsaved else ""

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def load(self) -> None:
        """Read the settings, in a worker."""
        try:
            school = self.host.school
            current = {name: CurrentSetting.of(school, name) for name in SETTINGS}
            password = password_status(school.folder, needed=current["mail-user"].value is not None)
            account = account_of(school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Loaded(current, password, account.email if account else ""))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the settings."""
        self.holds_keys = False
        is_first = not self.current
        self.current, self._password, self._email = event.current, event.password, event.email
        self.settings.show(event.current, event.password)
        self.describe()
        if is_first:
            self.restore_unsaved()

    @on(OptionList.OptionHighlighted)
    def describe(self) -> None:
        """Describe the selected setting."""
        name = self.settings.selected_name
        if name != self._message_about:
            self._show_message("")
        if name == PASSWORD:
            self.about.update(plain(password_help(self.host.folder)))
        elif (current := self.current.get(name)) is not None:
            setting, default = current.setting, current.default
            note = "" if current.is_default or default is None else f" Default: {setting.text_of(default)}."
            self.about.update(plain(f"{setting.purpose}{note}"))
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Change the selected setting."""
        name = self.settings.selected_name
        if name == PASSWORD and self._password is not None:
            password = self._password
            self._show_message(
                password.problem or f"It is {password.description}. It can't be typed in here."
            )
        elif (current := self.current.get(name)) is not None:
            self._show_message("")
            if current.setting.choices:
                self._choose(current)
            else:
                self._open_editor(current)

    def _choose(self, current: CurrentSetting) -> None:
        """Let the user choose one of a setting's values."""
        setting, choices = current.setting, current.setting.choices
        width = max(map(len, choices)) + 2

        def describe(choice: str) -> Content:
            default = " (default)" if choice == current.default else ""
            return Content.assemble(
                f"{choice:<{width}}", (f"{setting.meanings[choice]}{default}", "$text-muted")
            )

        def save(place: int | None) -> None:
            if place is not None:
                self._save(setting.name, choices[place])

        start = choices.index(str(current.value))
        self.app.push_screen(ChooseScreen(setting.label, [describe(c) for c in choices], start), save)

    def _open_editor(self, current: CurrentSetting) -> None:
        setting = current.setting
        default = setting.text_of(current.default)
        self.editor.edit(
            setting.name,
            setting.label,
            "" if current.is_default else current.text,
            blank="" if setting.needed else default,
            hint=f"Enter to save, Esc to leave it as it was.{'' if setting.needed else f' Blank: {default}.'}",
            unsaved=self.host.unsaved_settings.get(setting.name, ""),
        )
        self.settings.scroll_to_highlight()
        self.refresh_bindings()

    def action_test(self) -> None:
        """Ask for the address of a test message."""
        self._show_message("")
        hint = "Enter to send a test message there, Esc to cancel."
        self.editor.edit(_TEST, "Test message to", self._email, blank=self._email, hint=hint)
        self.refresh_bindings()

    @on(LineEditor.Changed)
    def keep_text(self, event: LineEditor.Changed) -> None:
        """Keep unsaved text, so that it can be brought back wherever the user goes next."""
        if event.name in self.current:
            self.host.unsaved_settings[event.name] = event.text
            self.keep_unsaved()

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """The setting that is being edited, and its text."""
        is_setting = self.editor.is_changed and self.editor.value_name in self.current
        return {"name": self.editor.value_name, "text": self.editor.text.value} if is_setting else None

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Edit a setting with a text that was not saved."""
        match unsaved:
            case {"name": str(name), "text": str(text)} if name in self.current:
                self.settings.highlighted = self.settings.get_option_index(name)
                self._open_editor(self.current[name])
                self.editor.carry_on_with(text)
                return True
        return False

    @on(LineEditor.Cancelled)
    def close_editor(self) -> None:
        """Go back to the list."""
        self.editor.close()
        self.keep_unsaved()
        self.settings.focus()
        self.refresh_bindings()

    @on(LineEditor.Submitted)
    def submit(self, event: LineEditor.Submitted) -> None:
        """Save the text, or send a test message to that address."""
        if event.name != _TEST:
            self._save(event.name, event.text)
        elif not self._sending:
            self._sending = True
            self.editor.show_hint("Sending a test message …")
            self.send_test(event.text)

    def action_default(self) -> None:
        """Set the selected setting back to its default."""
        self._save(self.settings.selected_name, "")

    def _save(self, name: str, text: str) -> None:
        self.holds_keys = True
        self.save(name, text)

    @work(thread=True, exclusive=True, group="save", exit_on_error=False)
    def save(self, name: str, text: str) -> None:
        """Save a setting, in a worker."""
        try:
            change = change_setting(self.host.school, name, text)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Saved(change))

    @on(Saved)
    def show_saved(self, event: Saved) -> None:
        """Show the new value, which takes effect at once."""
        current = event.change.current
        self.host.unsaved_settings.pop(current.setting.name, None)
        self.close_editor()
        saved = "Saved" if event.change.changed else "Nothing has changed"
        self._show_message(f"{saved}. {current.setting.label}: {current.text}. {event.change.note}")
        self.host.refresh_progress()
        self.load()

    @work(thread=True, exclusive=True, group="test", exit_on_error=False)
    def send_test(self, address: str) -> None:
        """Send a test message, in a worker."""
        try:
            sent = send_test_message(self.host.school, address)
        except BackdropError as error:
            self.post_message(self.TestFailed(error))
        else:
            self.post_message(self.TestSent(sent))

    @on(TestFailed)
    def show_test_failure(self, event: TestFailed) -> None:
        """Say why the test message could not be sent: beside its address while that is still being edited."""
        self._sending = False
        if self.editor.value_name == _TEST:
            self.editor.show_error(event.error.message)
        else:
            self._show_message(event.error.message, is_error=True)

    @on(TestSent)
    def show_test_sent(self, event: TestSent) -> None:
        """Say where the test message went."""
        self._sending = False
        self.outbox_file = event.sent.path
        if self.editor.value_name == _TEST:
            self.close_editor()
        self._show_message(
            f"{result_of_test(event.sent)}{'. Press o to read it.' if self.outbox_file else ''}"
        )
        self.refresh_bindings()

    def show_letter(self, text: str) -> None:
        """Show a test message."""
        self.app.push_screen(ShowTextScreen("The message", plain_lines(text)))

    def action_confirm(self) -> None:
        """Confirm that the settings have been reviewed."""
        self.holds_keys = True
        self.confirm()

    @work(thread=True, exclusive=True, group="confirm", exit_on_error=False)
    def confirm(self) -> None:
        """Store that the settings have been reviewed, in a worker."""
        try:
            mark_reviewed(self.host.school, REVIEW_SETTINGS)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Confirmed())

    @on(Confirmed)
    def leave_confirmed(self) -> None:
        """Say that the settings are confirmed, and leave."""
        self.holds_keys = False
        self.notify("The system settings are confirmed as reviewed.")
        self.dismiss(True)

    def show_failure(self, error: BackdropError) -> None:
        """Show an error beside the text that is being edited, where it can be corrected."""
        if self.editor.is_open:
            self.editor.show_error(error.message)
        else:
            self._show_message(error.message, is_error=True)

    def _show_message(self, text: str, *, is_error: bool = False) -> None:
        """Show a message about the selected setting until another one is selected."""
        self._message_about = self.settings.selected_name
        self.message.update(plain(text))
        self.message.display = bool(text)
        self.message.set_class(is_error, "-error")
        self.settings.call_after_refresh(self.settings.scroll_to_highlight)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey the keys that can't be used now."""
        if not self.is_mounted or action not in {"edit", "default", "test", "show_letter", "confirm"}:
            return True
        selected = self.current.get(self.settings.selected_name)
        possible = {
            "default": selected is not None and selected.can_be_reset,
            "show_letter": self.outbox_file is not None,
        }
        return True if not self.editor.is_open and possible.get(action, bool(self.current)) else None
