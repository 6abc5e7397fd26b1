"""Signing up: the name of the organisation, and the admin's name and e-mail address."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.printable import printable
from backdrop_tui.school.account import CHECKS, Account, account_of, sign_up
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain

_FIELDS = (
    ("organisation", "Organisation name", "your school, as parents know it"),
    ("name", "Your name", "first name and surname"),
    ("email", "Your e-mail address", "a code will be sent to it"),
)


class SignUpScreen(StepScreen[Account]):
    """A form for the account. It is dismissed with the account."""

    CSS_PATH = stylesheet("account")
    TITLE = "Sign up"
    HELP = (
        "Type the name of your school, your name and your e-mail address. Press Enter to go to the next line.\n"
        "A six-digit code will be sent to your address. You type it in on the next screen."
    )
    HELP_LATER = (
        "Change the name of your school, your name or your e-mail address, and press Ctrl+S to save.\n"
        "If you change your e-mail address, a six-digit code will be sent to the new one, and asked for after that."
    )
    """The help text once there is an account."""
    NEXT_KEYS = (("Enter", "goes to the next line, and saves after the last one"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "sign_up", "Save", id="sign_up.send", tooltip="Save this; a new address is sent a code"
        ),
        Binding("down", "app.focus_next", "Next", show=False, id="sign_up.next", tooltip="To the next line"),
        Binding(
            "up",
            "app.focus_previous",
            "Previous",
            show=False,
            id="sign_up.previous",
            tooltip="To the line above",
        ),
    ]

    breadcrumb = getters.query_one(Breadcrumb)
    explanation = getters.query_one("#explanation", Static)
    message = getters.query_one("#message", Static)

    @dataclass
    class AccountRead(Message):
        """The account of someone who signed up earlier has been read."""

        organisation: str
        """The organisation's name."""
        account: Account
        """The account as it is stored."""

    @dataclass
    class SignedUp(Message):
        """The account has been created or changed."""

        account: Account
        """The account as it is now."""

    def __init__(self) -> None:
        super().__init__()
        self._stored = {key: "" for key, _, _ in _FIELDS}
        self._has_account = False

    @property
    def help_text(self) -> str:
        """The help text for signing up, or for changing the account."""
        return self.HELP_LATER if self._has_account else self.HELP

    @property
    def leave_warning(self) -> str:
        """A sentence about what is typed in and not saved; empty if everything is."""
        is_changed = any(self.query_one(f"#{key}", Input).value != text for key, text in self._stored.items())
        return "What you have typed isn't saved yet." if is_changed else ""

    def action_back(self) -> None:
        """Go one step back; if there is something that isn't saved, ask what to do with it."""
        if not self.leave_warning:
            self.dismiss(None)
            return

        def leave(choice: int | None) -> None:
            if choice == 0:
                self.action_sign_up()
            elif choice is not None:
                self.dismiss(None)

        choices = ("Save and leave", "Leave without saving")
        self.app.push_screen(ChooseScreen("Save before you leave?", choices, note=self.leave_warning), leave)

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        yield Breadcrumb("Sign up")
        with VerticalScroll(can_focus=False):
            yield Static(
                "Before you can add students and staff, your e-mail address needs to be verified. "
                "You will be sent a code.",
                id="explanation",
                classes="paragraph",
            )
            with titled(Grid(classes="form"), "Your school and you"):
                for key, label, hint in _FIELDS:
                    yield Label(label)
                    yield Input(id=key, placeholder=hint, compact=True)
            yield Button("Save", variant="primary", id="go", compact=True, action="screen.sign_up")
            yield Static(id="message")
        yield Footer()

    def on_mount(self) -> None:
        """Start on the first input, and look for an account."""
        self.query_one("#organisation").focus()
        self.read_account()

    @work(thread=True, exclusive=True, group="account", exit_on_error=False)
    def read_account(self) -> None:
        """Read the account, in a worker; nothing is posted if nobody has signed up."""
        try:
            school = self.host.school
            account = account_of(school)
            organisation = school.settings.text("organisation") or ""
        except BackdropError as error:
            self.post_message(Failed(error))
            return
        if account is not None:
            self.post_message(self.AccountRead(organisation, account))

    @on(AccountRead)
    def fill(self, event: AccountRead) -> None:
        """Fill the inputs that are still empty with the stored values, which can be changed."""
        stored = {
            "organisation": event.organisation,
            "name": event.account.name,
            "email": event.account.email,
        }
        self._has_account, self.title = True, "Your account"
        self._stored = {key: printable(text) for key, text in stored.items()}
        for key, text in self._stored.items():
            text_input = self.query_one(f"#{key}", Input)
            text_input.value = text_input.value or text
        self.breadcrumb.show_title(self.title)
        self.explanation.update("Change the school's name, your own name or your e-mail address.")
        self.message.update("If you change your e-mail address, you will need to verify the new one.")

    @on(Input.Submitted)
    def go_to_next_input(self, event: Input.Submitted) -> None:
        """Go to the next input on Enter, or sign up after the last one; stay if the text can't be used."""
        if event.input.id == _FIELDS[-1][0]:
            self.action_sign_up()
        elif self._check(event.input):
            self.focus_next()

    def action_sign_up(self) -> None:
        """Create or change the account with the values typed, or go to the first that can't be used."""
        inputs = [self.query_one(f"#{key}", Input) for key, _, _ in _FIELDS]
        if all(map(self._check, inputs)):
            self.store_account(*(text_input.value for text_input in inputs))

    def _check(self, text_input: Input) -> bool:
        """Tell whether a text can be used; if it can't, say why and go to it."""
        self.message.update("")
        try:
            CHECKS[text_input.id or ""](text_input.value)
        except UnusableChoiceError as error:
            self.show_failure(error)
            text_input.focus()
            return False
        return True

    @work(thread=True, exclusive=True, group="sign-up", exit_on_error=False)
    def store_account(self, organisation: str, name: str, email: str) -> None:
        """Check the values and store the account, in a worker."""
        try:
            account = sign_up(self.host.school, organisation, name, email)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.SignedUp(account))

    @on(SignedUp)
    def finish(self, event: SignedUp) -> None:
        """Leave with the account."""
        self.dismiss(event.account)

    def show_failure(self, error: BackdropError) -> None:
        """Show below the form why the account could not be read or stored."""
        self.message.update(plain(error.message))
        self.message.add_class("-error")
