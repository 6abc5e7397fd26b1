"""Showing a message that was written to the outbox, from any screen that sends one."""

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.tui.shell.base_screens import Failed, Result, StepScreen


class OutboxScreen(StepScreen[Result]):
    """A screen that shows the message that it has sent last, where that was written to the outbox."""

    @dataclass
    class Read(Message):
        """A message has been read from the outbox."""

        text: str
        """Its main headers, a blank line, its text."""

    def __init__(self) -> None:
        super().__init__()
        self.written_to: Path | None = None
        """The file that the last message was written to; None where there is none."""

    def action_show_letter(self) -> None:
        """Show the message that was written to the outbox."""
        if self.written_to is not None:
            self.read(self.written_to)

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def read(self, path: Path) -> None:
        """Read a message of the outbox, away from the screen."""
        try:
            self.post_message(self.Read(outbox_text(path)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Read)
    def _read(self, event: Read) -> None:
        self.show_letter(event.text)

    @abstractmethod
    def show_letter(self, text: str) -> None:
        """Show a message.

        Args:
            text: Its main headers, a blank line, its text.
        """
