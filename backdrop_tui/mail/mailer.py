"""Sending messages: over the school's mail server, or into the outbox where none is set.

with Mailer(school, "a.khan@school.org.uk") as mailer:
    sent = mailer.send(letter, "b.jones@school.org.uk")
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from backdrop_tui.mail.letters import Letter
from backdrop_tui.mail.password import MailError, mail_password
from backdrop_tui.mail.smtp import Conversation
from backdrop_tui.mail.smtp_errors import MailServer
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import TIMEOUT
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.folder import DataFolder

__all__ = ["MailError", "Mailer", "Sent", "compose", "newest", "readable", "shown"]


@dataclass(frozen=True)
class Sent:
    """Where a message went."""

    to: str
    """Whom it is for."""
    by: Literal["smtp", "outbox"]
    """Over the mail server, or only into the outbox."""
    path: Path | None = None
    """The file in the outbox."""
    server: str | None = None
    """The mail server that took it."""


class Mailer:
    """Sends messages, many over one connection. Used by `with`, in one thread."""

    def __init__(self, school: School, account: str, *, timeout: float = TIMEOUT) -> None:
        """Look up how mail goes out.

        Args:
            school: Whose mail.
            account: The account's address, which messages come from where no sender is set.
            timeout: Seconds for which the mail server may be silent.

        Raises:
            MailError: There is no password for the mail server's user.
            DataFolderError: The settings, or the password's file, can't be read.
        """
        settings = school.settings
        self._folder = school.folder
        self._organisation = settings.text("organisation") or ""
        self._sender = settings.text("mail-from") or account
        server = MailServer.of(settings)
        self._server = server
        self._conversation: Conversation | None = None
        if server is not None:
            password = mail_password(school.folder) if server.user else None
            self._conversation = Conversation(server, password, timeout)

    def send(self, letter: Letter, to: str) -> Sent:
        """Send one message.

        Raises:
            MailError: The mail server didn't take it.
            DataFolderError: It can't be written to the outbox.
        """
        message = self.message(letter, to)
        if self._conversation is None:
            return Sent(to, "outbox", self._put_in_outbox(message))
        self._conversation.send(message, _for_mail(self._sender), _for_mail(to))
        return Sent(to, "smtp", server=str(self._server))

    def message(self, letter: Letter, to: str) -> EmailMessage:
        """A message as `send` would send it."""
        return compose(
            letter, to=_for_mail(to), sender=_for_mail(self._sender), organisation=self._organisation
        )

    @property
    def uses_outbox(self) -> bool:
        """Whether no mail server is set."""
        return self._conversation is None

    def _put_in_outbox(self, message: EmailMessage) -> Path:
        folder = self._folder.subfolder(self._folder.outbox)
        # By time, so that the names sort; by chance, so that two are never the same.
        name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}Z-{secrets.token_hex(2)}.eml"
        international = not (str(message["From"]) + str(message["To"])).isascii()
        atomic_write(
            folder / name, message.as_bytes(policy=policy.SMTPUTF8 if international else policy.SMTP)
        )
        return folder / name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._conversation is not None:
            self._conversation.close()


def compose(letter: Letter, *, to: str, sender: str, organisation: str) -> EmailMessage:
    """A message as it goes out: plain text and HTML, and headers that no name can break out of.

    Args:
        letter: What it says.
        to: An address.
        sender: An address.
        organisation: The organisation's name, which stands beside the sender.
    """
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = _address(sender, _one_line(organisation))
    message["To"] = _address(to)
    answers_to = _for_mail(letter.answers_to)
    if answers_to and answers_to.isascii():  # not every server takes other letters there
        message["Reply-To"] = _address(answers_to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = datetime.now().astimezone()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange asks for this one
    message.set_content(letter.text, cte=_encoding(letter.text))
    message.add_alternative(letter.html, subtype="html", cte=_encoding(letter.html))
    return message


def shown(path: Path) -> str:
    """A message in the outbox, as text for people: its main headers and its plain text.

    Raises:
        DataFolderError: It can't be read.
    """
    with translating_os_errors(path):
        return readable(message_from_bytes(path.read_bytes(), policy=policy.default))


def newest(folder: DataFolder, to: str, subject: str) -> Path | None:
    """The last message in the outbox that is for an address, and whose subject begins so; None where there is none.

    Raises:
        DataFolderError: One can't be read.
    """
    for path in sorted(folder.outbox.glob("*.eml"), reverse=True):
        with translating_os_errors(path):
            head = message_from_bytes(path.read_bytes(), policy=policy.default)
        if str(head["To"]) == str(_address(_for_mail(to))) and str(head["Subject"]).startswith(subject):
            return path
    return None


def readable(message: EmailMessage) -> str:
    """A message as text for people: its main headers and its plain text."""
    body = message.get_body(("plain",))
    names = ("From", "To", "Reply-To", "Date", "Subject")
    headers = [f"{name}: {message[name]}" for name in names if name in message]
    text = body.get_content() if body else ""
    return "\n".join([*headers, "", *text.splitlines()])


def _address(address: str, name: str = "") -> Address:
    """An address for a header; it was checked before, and may have other letters than ASCII."""
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _encoding(text: str) -> str:
    """Every server takes these two."""
    return "7bit" if text.isascii() else "quoted-printable"


def _for_mail(address: str) -> str:
    """An address with its domain in ASCII where that is all that is special about it."""
    if address.isascii():
        return address
    from email_validator import validate_email  # noqa: PLC0415 - slow to import, seldom needed

    return validate_email(address, check_deliverability=False).ascii_email or address
