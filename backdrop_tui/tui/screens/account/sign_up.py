"""Signing up: the school's name, the admin's name and e-mail address."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Footer, Input, Label, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.school.account import Account, account_of, sign_up
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.plain import plain, printable

_FIELDS = (
    ("organisation", "Organisation name", "your school, as parents know it"),
    ("name", "Your name", "first name and surname"),
    ("email", "Your e-mail address", "a code is sent there"),
)


class SignUpScreen(StepScreen[Account]):
    """Three lines that say who is setting up."""

    CSS_PATH = stylesheet("account")
    TITLE = "Sign up"
    HELP = (
        "Type in the name of your school, your own name, and your e-mail address. Enter goes to the next line.\n"
        "A code of six digits is sent to that address. You type it in on the next screen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "sign_up", "Sign up", id="sign_up.send", tooltip="Keep this, and go on to the code"
        ),
    ]

    message = getters.query_one("#message", Static)

    @dataclass
    class Known(Message):
        """Who has signed up before."""

        organisation: str
        """The organisation's name."""
        account: Account
        """The account."""

    @dataclass
    class Done(Message):
        """The account has been made, or changed."""

        account: Account
        """The account."""

    def compose(self) -> ComposeResult:
        """The lines."""
        yield Breadcrumb("Sign up")
        with VerticalScroll(can_focus=False):
            yield Static(
                "Students and staff can be added once your e-mail address has been verified. "
                "A code is sent to it for that.",
                classes="paragraph",
            )
            with Grid(classes="form"):
                for key, label, hint in _FIELDS:
                    yield Label(label)
                    yield Input(id=key, placeholder=hint, compact=True)
            yield Button("Sign up", variant="primary", id="go", compact=True, action="screen.sign_up")
            yield Static(id="message")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first line, and with what is known."""
        self.query_one("#organisation").focus()
        self.look()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self) -> None:
        """See who has signed up before."""
        try:
            school = self.host.school
            account = account_of(school)
            organisation = school.settings.text("organisation") or ""
        except BackdropError as error:
            self.post_message(Failed(error))
            return
        if account is not None:
            self.post_message(self.Known(organisation, account))

    @on(Known)
    def fill(self, event: Known) -> None:
        """Put in what is known, where nothing has been typed yet."""
        known = {"organisation": event.organisation, "name": event.account.name, "email": event.account.email}
        for key, text in known.items():
            box = self.query_one(f"#{key}", Input)
            box.value = box.value or printable(text)
        self.message.update("Another address has to be verified again.")

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Enter goes to the next line; in the last one it signs up."""
        if event.input.id == _FIELDS[-1][0]:
            self.action_sign_up()
        else:
            self.focus_next()

    def action_sign_up(self) -> None:
        """Keep what was typed."""
        self.message.update("")
        self.make(*(self.query_one(f"#{key}", Input).value for key, _, _ in _FIELDS))

    @work(thread=True, exclusive=True, group="sign-up", exit_on_error=False)
    def make(self, organisation: str, name: str, email: str) -> None:
        """Make the account, away from the screen."""
        try:
            account = sign_up(self.host.school, organisation, name, email)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Done(account))

    @on(Done)
    def done(self, event: Done) -> None:
        """Leave with the account."""
        self.dismiss(event.account)

    def show_failure(self, error: BackdropError) -> None:
        """Say why; it can be tried again."""
        self.message.update(plain(error.message))
        self.message.add_class("-error")
