"""A base class for screens that send a message, which they can show if it was written to the outbox."""

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.tui.shell.base_screens import Failed, Result, StepScreen


class OutboxScreen(StepScreen[Result]):
    """A screen that sends a message. If there is no mail server, the message is in the outbox and can be shown."""

    @dataclass
    class LetterRead(Message):
        """A message has been read from the outbox."""

        text: str
        """The main headers, a blank line and the body."""

    def __init__(self) -> None:
        super().__init__()
        self.outbox_file: Path | None = None
        """The file that the last message was written to; None if there is none, or if it was really sent."""

    def action_show_letter(self) -> None:
        """Show the last message that was written to the outbox."""
        if self.outbox_file is not None:
            self.read_letter(self.outbox_file)

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def read_letter(self, path: Path) -> None:
        """Read a message from the outbox, in a worker."""
        try:
            self.post_message(self.LetterRead(outbox_text(path)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(LetterRead)
    def _show_letter(self, event: LetterRead) -> None:
        self.show_letter(event.text)

    @abstractmethod
    def show_letter(self, text: str) -> None:
        """Show a message.

        Args:
            text: The main headers, a blank line and the body.
        """
