"""Send messages through the school's mail server, or write them to the outbox if none is set.

with Mailer(school, "a.khan@school.org.uk") as mailer:
    sent = mailer.send(letter, "b.jones@school.org.uk")
"""

from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, Self

from backdrop_tui.mail.composing import compose, deliverable_address
from backdrop_tui.mail.letters import Letter
from backdrop_tui.mail.outbox import write_to_outbox
from backdrop_tui.mail.password import mail_password
from backdrop_tui.mail.server import MailServer
from backdrop_tui.mail.smtp import SmtpConnection
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import TIMEOUT


@dataclass(frozen=True)
class Sent:
    """Where a message went."""

    to: str
    """The recipient's address."""
    by: Literal["smtp", "outbox"]
    """Whether the mail server accepted the message, or it was only written to the outbox."""
    path: Path | None = None
    """The file in the outbox."""
    server: str | None = None
    """The mail server that accepted the message, for people."""


class Mailer:
    """Sends messages, all over one connection. A context manager, to be used in one thread."""

    def __init__(self, school: School, account: str, *, timeout: float = TIMEOUT) -> None:
        """Look up the mail settings.

        Args:
            school: The school.
            account: The account's address: the sender, unless the settings name another.
            timeout: Seconds to wait for an answer from the mail server.

        Raises:
            MailError: There is no password for the mail server's user.
            DataFolderError: The settings, or the file with the password, can't be read.
        """
        settings = school.settings
        self._folder = school.folder
        self._organisation = settings.text("organisation") or ""
        self._sender = settings.text("mail-from") or account
        server = MailServer.of(settings)
        self._server = server
        self._connection: SmtpConnection | None = None
        if server is not None:
            password = mail_password(school.folder) if server.user else None
            self._connection = SmtpConnection(server, password, timeout)

    @property
    def uses_outbox(self) -> bool:
        """Whether no mail server is set."""
        return self._connection is None

    def send(self, letter: Letter, to: str) -> Sent:
        """Send one message.

        Raises:
            MailError: The mail server didn't accept it.
            DataFolderError: It can't be written to the outbox.
        """
        message = self.message(letter, to)
        if self._connection is None:
            return Sent(to, "outbox", write_to_outbox(self._folder, message))
        self._connection.send(message, deliverable_address(self._sender), deliverable_address(to))
        return Sent(to, "smtp", server=str(self._server))

    def message(self, letter: Letter, to: str) -> EmailMessage:
        """The message that `send` would send."""
        return compose(
            letter,
            to=deliverable_address(to),
            sender=deliverable_address(self._sender),
            organisation=self._organisation,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()
