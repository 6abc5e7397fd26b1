"""Reviewing the system settings: what each is, what it does, and changing it in place."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Footer, OptionList, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.mail.mailer import Sent
from backdrop_tui.mail.password import PasswordStatus, password_help, password_status
from backdrop_tui.mail.testing import result_of_test, send_test_message
from backdrop_tui.people.setting_changes import CurrentSetting, SettingChange, change_setting
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
from backdrop_tui.tui.widgets.line_editor import LineEditor
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.tui.widgets.setting_list import PASSWORD, SettingList

_TEST = "test"
"""What the editor edits where it asks for the address of a test message."""


class SettingsScreen(OutboxScreen[bool]):
    """All settings in sections, with what the one here does below them. It is left with True once they are confirmed."""

    CSS_PATH = stylesheet("settings")
    TITLE = "Review system settings"
    HELP = (
        "Every setting with what it is now. What the one here does stands below the list.\n"
        "Enter changes it; what you type is looked at as it is saved. d sets it back to its default.\n"
        "t sends a test message, to see whether mail goes out. When all is as you want it, press c."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Change", id="settings.edit", key_display="Enter", tooltip="Change this setting"),
        Binding("d", "default", "Default", id="settings.default", tooltip="Set it back to its default"),
        Binding("t", "test", "Test message", id="settings.test", tooltip="Send a test message, to see whether mail goes out"),
        Binding("o", "show_letter", "Show it", id="settings.show", tooltip="Show the test message that was written to the outbox"),
        Binding("c", "confirm", "Confirm", id="settings.confirm", tooltip="Confirm that the settings have been looked through"),
    ]  # fmt: skip

    settings = getters.query_one("#settings", SettingList)
    about = getters.query_one("#about", Static)
    message = getters.query_one("#message", Static)
    editor = getters.query_one("#editor", LineEditor)
    button = getters.query_one("#confirm", Button)

    @dataclass
    class Found(Message):
        """The settings have been looked up."""

        now: dict[str, CurrentSetting]
        """They, by name."""
        password: PasswordStatus
        """Whether the mail server's password is there."""
        email: str
        """The account's address."""

    @dataclass
    class Saved(Message):
        """A setting has been changed."""

        changed: SettingChange
        """What that came to."""

    @dataclass
    class Tested(Message):
        """A test message is on its way."""

        sent: Sent
        """Where it went."""

    @dataclass
    class NotSent(Message):
        """A test message could not be sent."""

        error: BackdropError
        """Why."""

    class Confirmed(Message):
        """The settings are confirmed as reviewed."""

    def __init__(self) -> None:
        super().__init__()
        self.now: dict[str, CurrentSetting] = {}
        """The settings by name; empty until they have been looked up."""
        self._password: PasswordStatus | None = None
        self._email = ""
        self._sending = False
        self._said_of = ""

    def compose(self) -> ComposeResult:
        """The settings, what the one here does, the editor, and the confirmation."""
        yield Breadcrumb("Review system settings")
        yield SettingList(id="settings")
        with Vertical(id="below"):
            yield Static(id="about")
            yield LineEditor(id="editor")
            yield Static(id="message")
        yield Button(
            "Confirm as reviewed", variant="primary", id="confirm", compact=True, action="screen.confirm"
        )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Look the settings up."""
        self.settings.focus()
        self.holds_keys = True
        self.look()
        self.watch(self.app, "progress", self.show_reviewed)

    def show_reviewed(self, progress: SetUpProgress | None) -> None:
        """Say whether they were confirmed before."""
        status = progress.status_of(REVIEW_SETTINGS.key) if progress else None
        done = status is not None and status.state == "done"
        self.button.label = "Confirm as reviewed once more" if done else "Confirm as reviewed"

    @property
    def leave_warning(self) -> str:
        """Why the app should not be left just now, in a sentence; empty where it can be."""
        return (
            "What you are typing in has not been saved yet."
            if self.is_mounted and self.editor.is_changed
            else ""
        )

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self) -> None:
        """Look the settings up, away from the screen."""
        try:
            school = self.host.school
            now = {name: CurrentSetting.of(school, name) for name in SETTINGS}
            password = password_status(school.folder, needed=now["mail-user"].value is not None)
            account = account_of(school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Found(now, password, account.email if account else ""))

    @on(Found)
    def show(self, event: Found) -> None:
        """Show them."""
        self.holds_keys = False
        self.now, self._password, self._email = event.now, event.password, event.email
        self.settings.show(event.now, event.password)
        self.tell_about()

    @on(OptionList.OptionHighlighted)
    def tell_about(self) -> None:
        """Say what the setting here does."""
        here = self.settings.name_here
        if here != self._said_of:
            self._say("")
        if here == PASSWORD:
            text = password_help(self.host.folder)
        elif here in self.now:
            now = self.now[here]
            default = (
                ""
                if now.is_default or now.default is None
                else f" Default: {now.setting.text_of(now.default)}."
            )
            text = f"{now.setting.purpose}{default}"
        else:
            return
        self.about.update(plain(text))
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Change the setting here."""
        here = self.settings.name_here
        if here == PASSWORD and self._password is not None:
            self._say(
                self._password.problem or f"It is {self._password.description}. It can't be typed in here."
            )
        elif here in self.now:
            self._say("")
            if self.now[here].setting.choices:
                self._choose(self.now[here])
            else:
                self._type(self.now[here])

    def _choose(self, now: CurrentSetting) -> None:
        choices = now.setting.choices
        width = max(map(len, choices)) + 2

        def said(choice: str) -> Content:
            default = " (default)" if choice == now.default else ""
            return Content.assemble(f"{choice:<{width}}", (f"{now.setting.meanings[choice]}{default}", "dim"))

        def chosen(place: int | None) -> None:
            if place is not None:
                self._save(now.setting.name, choices[place])

        start = choices.index(str(now.value))
        self.app.push_screen(ChooseScreen(now.setting.label, [said(c) for c in choices], start), chosen)

    def _type(self, now: CurrentSetting) -> None:
        setting = now.setting
        default = setting.text_of(now.default)
        self.editor.edit(
            setting.name,
            setting.label,
            "" if now.is_default else now.text,
            blank="" if setting.needed else default,
            hint=f"Enter saves, Esc leaves it as it was.{'' if setting.needed else f' Blank: {default}.'}",
            before=self.host.unsaved_settings.get(setting.name, ""),
        )
        self.settings.scroll_to_highlight()
        self.refresh_bindings()

    def action_test(self) -> None:
        """Ask for the address of a test message."""
        self._say("")
        hint = "Enter sends a test message there, Esc does not."
        self.editor.edit(_TEST, "Test message to", self._email, blank=self._email, hint=hint)
        self.refresh_bindings()

    @on(LineEditor.Typed)
    def keep_typed(self, event: LineEditor.Typed) -> None:
        """Let nothing that was typed be lost, wherever the user goes."""
        if event.name in self.now:
            self.host.unsaved_settings[event.name] = event.text

    @on(LineEditor.Cancelled)
    def cancelled(self) -> None:
        """Back to the list."""
        self._close_editor()

    def _close_editor(self) -> None:
        self.editor.close()
        self.settings.focus()
        self.refresh_bindings()

    @on(LineEditor.Entered)
    def entered(self, event: LineEditor.Entered) -> None:
        """Save what was typed, or send the test message there."""
        if event.name != _TEST:
            self._save(event.name, event.text)
        elif not self._sending:
            self._sending = True
            self.editor.explain("Sending a test message …")
            self.send(event.text)

    def action_default(self) -> None:
        """Set the setting here back to its default."""
        self._save(self.settings.name_here, "")

    def _save(self, name: str, text: str) -> None:
        self.holds_keys = True
        self.save(name, text)

    @work(thread=True, exclusive=True, group="save", exit_on_error=False)
    def save(self, name: str, text: str) -> None:
        """Change a setting, away from the screen."""
        try:
            changed = change_setting(self.host.school, name, text)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Saved(changed))

    @on(Saved)
    def saved(self, event: Saved) -> None:
        """Show what it is now; its effect is there at once."""
        now = event.changed.current
        self.host.unsaved_settings.pop(now.setting.name, None)
        self._close_editor()
        saved = "Saved" if event.changed.changed else "Nothing is changed"
        self._say(f"{saved}. {now.setting.label}: {now.text}. {event.changed.note}")
        self.host.refresh_progress()
        self.look()

    @work(thread=True, exclusive=True, group="test", exit_on_error=False)
    def send(self, to: str) -> None:
        """Send a test message, away from the screen."""
        try:
            sent = send_test_message(self.host.school, to)
        except BackdropError as error:
            self.post_message(self.NotSent(error))
        else:
            self.post_message(self.Tested(sent))

    @on(NotSent)
    def not_sent(self, event: NotSent) -> None:
        """Say why a test message could not be sent; beside its address, unless that has been left meanwhile."""
        self._sending = False
        if self.editor.what == _TEST:
            self.editor.refuse(event.error.message)
        else:
            self._say(event.error.message, wrong=True)

    @on(Tested)
    def tested(self, event: Tested) -> None:
        """Say where the test message went."""
        self._sending = False
        self.written_to = event.sent.path
        if self.editor.what == _TEST:
            self._close_editor()
        self._say(f"{result_of_test(event.sent)}{'. o shows it.' if self.written_to else ''}")
        self.refresh_bindings()

    def show_letter(self, text: str) -> None:
        """Show a test message."""
        self.app.push_screen(ShowTextScreen("The message", plain_lines(text)))

    def action_confirm(self) -> None:
        """Confirm that the settings have been looked through."""
        self.holds_keys = True
        self.confirm()

    @work(thread=True, exclusive=True, group="confirm", exit_on_error=False)
    def confirm(self) -> None:
        """Note that they have been looked through, away from the screen."""
        try:
            mark_reviewed(self.host.school, REVIEW_SETTINGS)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Confirmed())

    @on(Confirmed)
    def confirmed(self) -> None:
        """Leave with that."""
        self.holds_keys = False
        self.notify("The system settings are confirmed as reviewed.")
        self.dismiss(True)

    def show_failure(self, error: BackdropError) -> None:
        """Say why, beside what was typed; it can be put right there."""
        if self.editor.is_open:
            self.editor.refuse(error.message)
        else:
            self._say(error.message, wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self._said_of = self.settings.name_here
        self.message.update(plain(text))
        self.message.display = bool(text)
        self.message.set_class(wrong, "-error")
        self.settings.call_after_refresh(self.settings.scroll_to_highlight)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if not self.is_mounted or action not in ("edit", "default", "test", "show_letter", "confirm"):
            return True
        now = self.now.get(self.settings.name_here)
        possible = {
            "default": now is not None and now.can_be_reset,
            "show_letter": self.written_to is not None,
        }
        return True if not self.editor.is_open and possible.get(action, bool(self.now)) else None
