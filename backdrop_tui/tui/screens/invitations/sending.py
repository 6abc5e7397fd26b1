"""Sending welcome e-mails, with a progress bar."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import ProgressBar, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.invitation_sending import PAUSE, SendingOutcome, SendResult, send_invitations
from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import DialogScreen, Failed, show_error
from backdrop_tui.tui.widgets.plain import plain

_UPDATE_INTERVAL = 0.1
"""Seconds between updates of the screen; more would only fill a slow line."""


class SendingScreen(DialogScreen[SendingOutcome]):
    """Sends messages in a worker. It is dismissed with their results, or None if none could be sent at all."""

    bar = getters.query_one(ProgressBar)
    status = getters.query_one("#status", Static)

    @dataclass
    class Progressed(Message):
        """More messages have been tried."""

        tried: int
        """The number of messages tried so far."""
        not_sent: int
        """The number of those that were not sent."""
        name: str
        """The person whose message was tried last."""

    @dataclass
    class Ended(Message):
        """Every message has been tried, or sending has been stopped."""

        outcome: SendingOutcome
        """The results of all messages."""

    @property
    def leave_warning(self) -> str:
        """What leaving the app now would interrupt."""
        return "Messages are being sent. Sending will stop after the current one, and you can send the rest later."

    def __init__(self, recipients: Sequence[Invitee], stop: Event, pause: float = PAUSE) -> None:
        """Create the dialog.

        Args:
            recipients: Those who get a message.
            stop: Stops the sending after the current message, once it is set.
            pause: Seconds between messages.
        """
        super().__init__()
        self._recipients = recipients
        self._stop = stop
        self._pause = pause
        self._has_ended = False

    def compose(self) -> ComposeResult:
        """Lay out the status line and the progress bar."""
        with Vertical(classes="window") as window:
            window.border_title = "Sending welcome e-mails"
            window.border_subtitle = "Esc to stop"
            yield Static(f"0 of {len(self._recipients):,}", id="status")
            yield ProgressBar(total=len(self._recipients), show_eta=False)

    def on_mount(self) -> None:
        """Start to send."""
        self.send()

    @work(thread=True, exclusive=True, group="send", exit_on_error=False)
    def send(self) -> None:
        """Send all messages, in a worker."""
        school = self.host.school
        tried = not_sent = 0
        updated_at = 0.0

        def show_result(result: SendResult) -> None:
            nonlocal tried, not_sent, updated_at
            tried += 1
            not_sent += result.state not in {"sent", "outbox"}
            if time.monotonic() - updated_at >= _UPDATE_INTERVAL:
                updated_at = time.monotonic()
                self.post_message(self.Progressed(tried, not_sent, result.invitee.name))

        try:
            outcome = send_invitations(
                school, self._recipients, on_result=show_result, stop=self._stop, pause=self._pause
            )
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Ended(outcome))

    @on(Progressed)
    def show_progress(self, event: Progressed) -> None:
        """Show how many messages have been tried, and whose was the last."""
        self.bar.update(progress=event.tried)
        not_sent = f" · {event.not_sent:,} not sent" if event.not_sent else ""
        current = "Stopping …" if self._stop.is_set() else plain(event.name, 40).plain
        self.status.update(Content(f"{event.tried:,} of {len(self._recipients):,}{not_sent} · {current}"))

    def action_cancel(self) -> None:
        """Stop the sending, after asking."""
        text = "The others stay ticked, and you can send them later."
        ask(self.app, ConfirmScreen("Stop sending?", text, "Stop", "Go on"), yes=self._stop_sending)

    def _stop_sending(self) -> None:
        self._stop.set()
        if not self._has_ended:
            self.status.update("Stopping after the current message …")

    @on(Ended)
    def finish(self, event: Ended) -> None:
        """Close with the results."""
        self._has_ended = True
        self.dismiss(event.outcome)

    @on(Failed)
    def show_failure(self, event: Failed) -> None:
        """Show why no message could be sent, and close."""
        self._has_ended = True
        show_error(self.app, event.error)
        self.dismiss(None)
