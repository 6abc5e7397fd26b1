"""Welcome e-mails going out: how far it is, and what became of them."""

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
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.shell.base_screens import DialogScreen, Failed, show_error
from backdrop_tui.tui.widgets.plain import plain

_OFTEN = 0.1
"""Seconds between two looks at how far it is: more would only fill a slow line."""
_MOST = 500
_MARKS = {
    "sent": ("✓", ""),
    "outbox": ("✓", ""),
    "refused": ("!", "$text-error"),
    "unsure": ("?", "$text-warning"),
    "changed": ("-", "$text-warning"),
}


class SendingScreen(DialogScreen[SendingOutcome]):
    """A bar that fills as messages go out. It is left with what became of them, or None where none could be sent."""

    bar = getters.query_one(ProgressBar)
    said = getters.query_one("#said", Static)

    @dataclass
    class Went(Message):
        """It is known what became of some more."""

        tried: int
        """Of how many altogether."""
        refused: int
        """How many of them did not go out."""
        name: str
        """Who was the last."""

    @dataclass
    class Ended(Message):
        """All that could be done is done."""

        sending: SendingOutcome
        """What became of it."""

    @property
    def leave_warning(self) -> str:
        """Why the app should not be left just now."""
        return (
            "Messages are being sent. It stops after the one that is on its way; the rest can be sent later."
        )

    def __init__(self, people: Sequence[Invitee], stop: Event, pause: float = PAUSE) -> None:
        super().__init__()
        self._people = people
        self._stop = stop
        self._pause = pause
        self._ended = False

    def compose(self) -> ComposeResult:
        """How far it is."""
        with Vertical(classes="window") as window:
            window.border_title = "Sending welcome e-mails"
            window.border_subtitle = "Esc stops"
            yield Static(f"0 of {len(self._people):,}", id="said")
            yield ProgressBar(total=len(self._people), show_eta=False)

    def on_mount(self) -> None:
        """Begin."""
        self.post(self._people)

    @work(thread=True, exclusive=True, group="post", exit_on_error=False)
    def post(self, people: Sequence[Invitee]) -> None:
        """Send, away from the screen."""
        school = self.host.school
        tried = refused = 0
        last = 0.0

        def show_result(result: SendResult) -> None:
            nonlocal tried, refused, last
            tried += 1
            refused += result.state not in {"sent", "outbox"}
            if time.monotonic() - last >= _OFTEN:
                last = time.monotonic()
                self.post_message(self.Went(tried, refused, result.invitee.name))

        try:
            sending = send_invitations(
                school, people, on_result=show_result, stop=self._stop, pause=self._pause
            )
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Ended(sending))

    @on(Went)
    def show_how_far(self, event: Went) -> None:
        """Show how far it is."""
        self.bar.update(progress=event.tried)
        wrong = f" · {event.refused:,} not sent" if event.refused else ""
        going = "Stopping …" if self._stop.is_set() else plain(event.name, 40).plain
        self.said.update(Content(f"{event.tried:,} of {len(self._people):,}{wrong} · {going}"))

    def action_cancel(self) -> None:
        """Ask whether to stop."""

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self._stop.set()
                if not self._ended:
                    self.said.update("Stopping after the message that is on its way …")

        question = "What was sent is kept. The others stay ticked, and can be sent later."
        self.app.push_screen(ConfirmScreen("Stop sending?", question, "Stop", "Go on"), answered)

    @on(Ended)
    def ended(self, event: Ended) -> None:
        """Leave with what became of it."""
        self._ended = True
        self.dismiss(event.sending)

    @on(Failed)
    def show_failure(self, event: Failed) -> None:
        """Leave, where nothing could be sent at all."""
        self._ended = True
        show_error(self.app, event.error)
        self.dismiss(None)


def outcome(sending: SendingOutcome) -> Content:
    """What became of messages, as text: the counts, what stopped it, who got none and why, then all others."""
    lines = [
        Content.styled(f"{_count(sending.sent)} {'sent' if sending.outbox is None else 'written'}.", "bold")
    ]
    if sending.outbox is not None and sending.sent:
        lines.append(plain(f"No mail server is set, so they were written to files in {sending.outbox}."))
    if sending.error is not None:
        lines.append(Content.styled(plain(sending.error.message).plain, "$text-error"))
    if sending.not_tried:
        lines.append(
            plain(f"{len(sending.not_tried):,} had no turn. They are still ticked: s sends to them.")
        )
    wrong = [one for one in sending.results if one.reason]
    if wrong:
        lines += [Content(""), Content.styled(f"{_count(len(wrong))} not sent", "bold")]
    right = [one for one in sending.results if not one.reason]
    lines += [_line(one) for one in wrong[:_MOST]]
    if right:
        lines += [Content(""), Content.styled("To", "bold"), *(_line(one) for one in right[:_MOST])]
    if len(right) > _MOST:
        lines.append(plain(f"… and {len(right) - _MOST:,} more"))
    return Content("\n").join(lines)


def _count(number: int) -> str:
    return f"{number:,} {'message' if number == 1 else 'messages'}"


def _line(one: SendResult) -> Content:
    mark, style = _MARKS[one.state]
    reason = f": {one.reason}" if one.reason else ""
    return Content.assemble((mark, style), " ", plain(f"{one.invitee.name}  {one.invitee.address}{reason}"))
