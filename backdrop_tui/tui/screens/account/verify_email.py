"""Verifying the e-mail address with a code that is sent to it."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.mail.letters import CODE_SUBJECT
from backdrop_tui.mail.mailer import Sent
from backdrop_tui.mail.outbox import latest_in_outbox
from backdrop_tui.mail.verification import AlreadyVerifiedError, send_code, verify
from backdrop_tui.school.account import Account, account_of
from backdrop_tui.tui.screens.shared.outbox_screen import OutboxScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.next_key import NextKey
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class VerifyEmailScreen(OutboxScreen[Account]):
    """An input for the code, and where the code was sent. It is dismissed with the verified account."""

    CSS_PATH = stylesheet("account")
    TITLE = "Verify your e-mail"
    HELP = (
        "Type the six digits that were sent to your address, then press Enter. The code is valid for 30 minutes.\n"
        "Press Ctrl+R for a new code, at most once a minute.\n"
        "If no mail server is set up, the message is saved as a file: press Ctrl+O to read it."
    )
    NEXT_KEYS = (("Enter", "checks the code you typed"), ("Ctrl+R", "sends a new one"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "resend", "Send a new code", id="verify.resend", tooltip="Send a new code (the old one will stop working)"),
        Binding("ctrl+o", "show_letter", "Show the message", id="verify.show", tooltip="Show the message that was written to the outbox"),
    ]  # fmt: skip

    destination = getters.query_one("#destination", Static)
    message = getters.query_one("#message", Static)
    letter = getters.query_one("#letter", Static)
    code = getters.query_one("#code", Input)

    @dataclass
    class CodeSent(Message):
        """A code has been sent, or was found in the outbox."""

        sent: Sent
        """The message, and where it was sent or written to."""

    @dataclass
    class AlreadyVerified(Message):
        """The address has been verified before, so no code is needed."""

        account: Account
        """The account."""

    @dataclass
    class Verified(Message):
        """The code was right."""

        account: Account
        """The account as it is now."""

    def __init__(self, *, send: bool = False) -> None:
        """Create the screen.

        Args:
            send: Whether to send a code when the screen is shown.
        """
        super().__init__()
        self._send = send

    def compose(self) -> ComposeResult:
        """Lay out where the code was sent, and the input for it."""
        yield Breadcrumb("Verify your e-mail")
        with VerticalScroll(can_focus=False):
            yield Static(
                "Sending a code …"
                if self._send
                else "Type the code that was sent to you, or press Ctrl+R for a new one.",
                id="destination",
                classes="paragraph",
            )
            yield Static(id="letter")
            with titled(Grid(classes="form"), "The code"):
                yield Label("Six-digit code")
                yield Input(id="code", placeholder="123 456", max_length=20, compact=True)
            yield Button("Verify", variant="primary", id="go", compact=True)
            yield Static(id="message")
        yield Footer()

    def on_mount(self) -> None:
        """Send a code, or look for the last one."""
        self.code.focus()
        if self._send:
            self.send()
        else:
            self.find_code()

    @work(thread=True, exclusive=True, group="send", exit_on_error=False)
    def send(self) -> None:
        """Send a code, in a worker."""
        try:
            sent = send_code(self.host.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.CodeSent(sent))

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def find_code(self) -> None:
        """Find out whether a code is still needed, and whether the last one is in the outbox, in a worker."""
        try:
            school = self.host.school
            account = account_of(school)
            if account is None:
                return
            if account.verified:
                self.post_message(self.AlreadyVerified(account))
            elif not school.settings.text("mail-host"):
                path = latest_in_outbox(school.folder, account.email, CODE_SUBJECT)
                if path is not None:
                    self.post_message(self.CodeSent(Sent(account.email, "outbox", path)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(AlreadyVerified)
    def show_already_verified(self, event: AlreadyVerified) -> None:
        """Show that no code is needed."""
        self.query_one(NextKey).display = False
        self.destination.update(
            Content.assemble(
                "✓ ", plain(event.account.email), " is verified. No code is needed; Esc goes back."
            )
        )

    @on(CodeSent)
    def show_destination(self, event: CodeSent) -> None:
        """Show where the code was sent or written to."""
        sent = event.sent
        self.outbox_file = sent.path
        self.message.update("")
        if sent.by == "smtp":
            text = f"A code was sent to {sent.to}. Type it in here. If it doesn't arrive, look in the junk folder."
        else:
            text = (
                f"No mail server is set up, so the message to {sent.to} was saved as a file: "
                f"{sent.path or 'in the outbox'}. Press Ctrl+O to read it."
            )
        self.destination.update(plain(text))
        self.refresh_bindings()

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def submit(self) -> None:
        """Check the code that was typed."""
        self.check_code(self.code.value)

    @work(thread=True, exclusive=True, group="verify", exit_on_error=False)
    def check_code(self, text: str) -> None:
        """Check a code, in a worker."""
        school = self.host.school
        try:
            account = verify(school, text)
        except AlreadyVerifiedError as error:
            verified_account = account_of(school)
            self.post_message(self.Verified(verified_account) if verified_account else Failed(error))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Verified(account))

    @on(Verified)
    def finish(self, event: Verified) -> None:
        """Leave with the account."""
        self.notify("Your e-mail address is verified.")
        self.dismiss(event.account)

    def show_failure(self, error: BackdropError) -> None:
        """Show why the code could not be sent or is wrong, and start on an empty input."""
        self.message.update(plain(error.message))
        self.message.add_class("-error")
        self.code.value = ""
        self.code.focus()

    def action_resend(self) -> None:
        """Send a new code."""
        self.message.update("Sending a new code …")
        self.send()

    def show_letter(self, text: str) -> None:
        """Show a message without its headers, so that the code can be seen without scrolling."""
        self.destination.display, self.letter.display = False, True
        self.letter.update(plain_lines(text.partition("\n\n")[2]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey out “Show the message” if there is none in the outbox."""
        return None if action == "show_letter" and self.outbox_file is None else True
