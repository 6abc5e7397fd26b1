"""The connection to the school's mail server."""

import base64
import smtplib
import socket
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import TYPE_CHECKING

from backdrop_tui.errors import rollback_on_error
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.password import Password
from backdrop_tui.mail.server import MailServer
from backdrop_tui.mail.smtp_errors import BUSY, Delivery, ExplainedError, concerns_one_message, explain
from backdrop_tui.school.settings import is_this_computer

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _Client(smtplib.SMTP):
    """An SMTP client that knows whether the server has a whole message that it hasn't confirmed yet."""

    awaits_confirmation = False
    _in_data = False
    _replies = 0

    def data(self, msg: "Buffer | str") -> tuple[int, bytes]:
        """Send the content of a message."""
        self._in_data, self._replies = True, 0
        try:
            reply = super().data(msg)
        finally:
            self._in_data = False
        self.awaits_confirmation = False
        return reply

    def getreply(self) -> tuple[int, bytes]:
        """Wait for a reply; the second one after DATA confirms or refuses the message."""
        self.awaits_confirmation = self._in_data and self._replies == 1
        self._replies += 1
        return super().getreply()


class _TLSClient(_Client, smtplib.SMTP_SSL):
    """An SMTP client that uses TLS from the start."""


class SmtpConnection:
    """A connection to a mail server, opened for the first message and used for all of them until `close`."""

    def __init__(self, server: MailServer, password: Password | None, timeout: float) -> None:
        self._server = server
        self._password = password
        self._timeout = timeout
        self._smtp: _Client | None = None

    def send(self, message: EmailMessage, sender: str, to: str) -> None:
        """Send one message.

        Raises:
            MailError: The server didn't accept it. The next message opens a new connection if necessary.
        """
        mail_error: MailError | None = None
        with rollback_on_error(self._drop):
            try:
                self._send(message, sender, to)
            except (OSError, UnicodeError, ValueError) as error:  # smtplib's own errors are among them
                delivery = Delivery(self._server, self._timeout, sender, to)
                mail_error = MailError(
                    explain(error, delivery),
                    only_this_message=concerns_one_message(error, delivery),
                    may_have_been_sent=self._smtp is not None and self._smtp.awaits_confirmation,
                )
                if not isinstance(error, smtplib.SMTPRecipientsRefused):
                    self._drop()
        # Raised outside the except block, so that no traceback leads to objects with the password.
        if mail_error:
            raise mail_error

    def close(self) -> None:
        """Close the connection without waiting long for an answer: every message was accepted already."""
        if self._smtp is not None:
            with suppress(OSError):
                if self._smtp.sock:
                    self._smtp.sock.settimeout(min(self._timeout, 2))
                self._smtp.quit()
        self._drop()

    def _send(self, message: EmailMessage, sender: str, to: str) -> None:
        reused = self._smtp is not None
        if reused and not self._is_alive():
            self._drop()
            reused = False
        try:
            self._open().send_message(message, sender, [to])
        except smtplib.SMTPResponseException as error:
            if not reused or error.smtp_code != BUSY:
                raise
        else:
            return
        self._drop()
        self._open().send_message(message, sender, [to])

    def _is_alive(self) -> bool:
        try:
            return self._smtp is not None and self._smtp.noop()[0] == 250
        except OSError:
            return False

    def _open(self) -> _Client:
        if self._smtp is None:
            smtp = self._connect()
            with rollback_on_error(smtp.close):
                self._encrypt(smtp)
                self._log_in(smtp)
            self._smtp = smtp
        return self._smtp

    def _connect(self) -> _Client:
        server = self._server
        if server.security == "tls":
            return _TLSClient(
                server.host,
                server.port,
                _local_hostname(),
                timeout=self._timeout,
                context=ssl.create_default_context(),
            )
        return _Client(server.host, server.port, _local_hostname(), timeout=self._timeout)

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self._server.security != "starttls":
            return
        if not smtp.has_extn("starttls"):
            instead = "none" if is_this_computer(self._server.host) else "tls, with port 465"
            raise ExplainedError(
                f"The mail server ({self._server}) does not offer STARTTLS, so the message would not be encrypted. "
                f"Check mail-security: it may need to be {instead}."
            )
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if self._server.user is None or self._password is None:
            return
        if not smtp.has_extn("auth"):
            raise ExplainedError(
                f"The mail server ({self._server}) does not allow anyone to log in. "
                "Make mail-user blank, or check mail-port and mail-security."
            )
        if not _is_private(smtp):
            raise ExplainedError(
                f"The connection to the mail server ({self._server}) is not encrypted, so the password was not sent. "
                "Set mail-security to starttls or tls, or make mail-user blank."
            )
        user, secret = self._server.user, self._password.reveal()
        try:
            if f"{user}{secret}".isascii():
                smtp.login(user, secret)
            else:
                _log_in_with_utf8(smtp, user, secret)
        finally:
            smtp.password = ""  # otherwise smtplib keeps it

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _is_private(smtp: smtplib.SMTP) -> bool:
    """Whether a connection is encrypted, or never leaves this computer."""
    connection = smtp.sock
    return isinstance(connection, ssl.SSLSocket) or (
        isinstance(connection, socket.socket) and is_this_computer(connection.getpeername()[0])
    )


def _local_hostname() -> str:
    """The name to greet the server with. No DNS look-up, because a school's server may have no internet access."""
    name = socket.gethostname()
    return (
        name if "." in name and name.isascii() and name.isprintable() and " " not in name else "[127.0.0.1]"
    )


def _log_in_with_utf8(smtp: smtplib.SMTP, user: str, secret: str) -> None:
    """Log in with a user name or password that isn't ASCII (with a £, say), which smtplib can't do."""
    credentials = base64.b64encode(f"\0{user}\0{secret}".encode()).decode()
    code, reply = smtp.docmd("AUTH", f"PLAIN {credentials}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)
