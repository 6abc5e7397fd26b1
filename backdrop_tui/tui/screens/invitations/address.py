"""Typing in the e-mail address of a member of staff."""

from dataclasses import dataclass

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.invitees import Invitee, set_address
from backdrop_tui.printable import printable
from backdrop_tui.tui.shell.base_screens import DialogScreen, Failed
from backdrop_tui.tui.widgets.plain import plain


class AddressScreen(DialogScreen[str]):
    """Asks for a person's e-mail address, and stores it. It is dismissed with the address as it was stored."""

    message = getters.query_one("#message", Static)

    @dataclass
    class Stored(Message):
        """The address has been stored."""

        address: str
        """The address as it was stored."""

    def __init__(self, invitee: Invitee) -> None:
        """Create the dialog.

        Args:
            invitee: The member of staff.
        """
        super().__init__()
        self._invitee = invitee

    def compose(self) -> ComposeResult:
        """Lay out the input, and the line for errors."""
        with Vertical(classes="window") as window:
            window.border_title = plain(f"E-mail address of {self._invitee.name}", 60)
            window.border_subtitle = "Enter to save, Esc to cancel"
            with Grid(classes="form"):
                yield Label("Address")
                yield Input(
                    printable(self._invitee.address),
                    placeholder="a.khan@school.org.uk",
                    id="address",
                    compact=True,
                )
            yield Static("It will be stored with the person straight away.", id="message")

    def on_mount(self) -> None:
        """Focus the input."""
        self.query_one("#address").focus()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Store the address that was typed."""
        self.store(event.value)

    @work(thread=True, exclusive=True, group="store", exit_on_error=False)
    def store(self, text: str) -> None:
        """Check and store an address, in a worker."""
        try:
            self.post_message(self.Stored(set_address(self.host.school, self._invitee.id, text)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Stored)
    def finish(self, event: Stored) -> None:
        """Close with the address."""
        self.dismiss(event.address)

    @on(Failed)
    def show_failure(self, event: Failed) -> None:
        """Show below the input why the address can't be stored."""
        self.message.update(plain(event.error.message))
        self.message.add_class("-error")
