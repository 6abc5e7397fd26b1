"""Typing in the e-mail address of somebody who is to be invited."""

from dataclasses import dataclass

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.invitees import Invitee, set_address
from backdrop_tui.tui.shell.base_screens import DialogScreen, Failed
from backdrop_tui.tui.widgets.plain import plain, printable


class AddressScreen(DialogScreen[str]):
    """Asks for somebody's e-mail address, and stores it. It is left with the address."""

    message = getters.query_one("#message", Static)

    @dataclass
    class Stored(Message):
        """The address is stored."""

        address: str
        """In the form in which it is stored."""

    def __init__(self, invitee: Invitee) -> None:
        super().__init__()
        self._invitee = invitee

    def compose(self) -> ComposeResult:
        """The address, and what is wrong with it."""
        with Vertical(classes="window") as window:
            window.border_title = plain(f"E-mail address of {self._invitee.name}", 60)
            window.border_subtitle = "Enter saves, Esc cancels"
            with Grid(classes="form"):
                yield Label("Address")
                yield Input(
                    printable(self._invitee.address),
                    placeholder="a.khan@school.org.uk",
                    id="address",
                    compact=True,
                )
            yield Static("It is stored with the person at once.", id="message")

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one("#address").focus()

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Store what was typed."""
        self.store(event.value)

    @work(thread=True, exclusive=True, group="store", exit_on_error=False)
    def store(self, text: str) -> None:
        """Store an address, away from the screen."""
        try:
            self.post_message(self.Stored(set_address(self.host.school, self._invitee.id, text)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Stored)
    def stored(self, event: Stored) -> None:
        """Leave with the address."""
        self.dismiss(event.address)

    @on(Failed)
    def show_failure(self, event: Failed) -> None:
        """Say why; it can be tried again."""
        self.message.update(plain(event.error.message))
        self.message.add_class("-error")
