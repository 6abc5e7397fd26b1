"""One conversation with the school's mail server, and in words what goes wrong in it."""

import base64
import smtplib
import socket
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import TYPE_CHECKING

from backdrop_tui.errors import rollback_on_error
from backdrop_tui.mail.password import MailError, Password
from backdrop_tui.mail.smtp_errors import BUSY, MailServer, SaidError, Talk, in_words, is_about_one

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _Call(smtplib.SMTP):
    """A call of a mail server that knows whether a message was handed over whole, and not answered."""

    waits_for_the_last_answer = False
    _in_data = False
    _answers = 0

    def data(self, msg: "Buffer | str") -> tuple[int, bytes]:
        """Hand a message over."""
        self._in_data, self._answers = True, 0
        try:
            reply = super().data(msg)
        finally:
            self._in_data = False
        self.waits_for_the_last_answer = False
        return reply

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer; the second one after DATA is about the message."""
        self.waits_for_the_last_answer = self._in_data and self._answers == 1
        self._answers += 1
        return super().getreply()


class _PrivateCall(_Call, smtplib.SMTP_SSL):
    """The same over TLS from the start."""


class Conversation:
    """A connection to a mail server that is made when it is needed and used for many messages. `close` ends it."""

    def __init__(self, server: MailServer, password: Password | None, timeout: float) -> None:
        self._server = server
        self._password = password
        self._timeout = timeout
        self._smtp: _Call | None = None

    def send(self, message: EmailMessage, sender: str, to: str) -> None:
        """Hand one message over.

        Raises:
            MailError: The server didn't take it. The next message begins a new conversation if need be.
        """
        trouble: MailError | None = None
        with rollback_on_error(self._drop):
            try:
                self._send(message, sender, to)
            except (OSError, UnicodeError, ValueError) as error:  # smtplib's own errors are among them
                talk = Talk(self._server, self._timeout, sender, to)
                unsure = self._smtp is not None and self._smtp.waits_for_the_last_answer
                trouble = MailError(in_words(error, talk), only_this=is_about_one(error, talk), unsure=unsure)
                if not isinstance(error, smtplib.SMTPRecipientsRefused):
                    self._drop()
        # Outside the except, so that no traceback leads into a conversation that has the password.
        if trouble:
            raise trouble

    def close(self) -> None:
        """Say goodbye, not waiting long for an answer: every message was taken already."""
        if self._smtp is not None:
            with suppress(OSError):
                if self._smtp.sock:
                    self._smtp.sock.settimeout(min(self._timeout, 2))
                self._smtp.quit()
        self._drop()

    def _send(self, message: EmailMessage, sender: str, to: str) -> None:
        used = self._smtp is not None
        if used and not self._is_alive():
            self._drop()
            used = False
        try:
            self._open().send_message(message, sender, [to])
        except smtplib.SMTPResponseException as error:
            if not used or error.smtp_code != BUSY:
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

    def _open(self) -> "_Call":
        if self._smtp is None:
            smtp = self._connect()
            with rollback_on_error(smtp.close):
                self._make_private(smtp)
                self._log_in(smtp)
            self._smtp = smtp
        return self._smtp

    def _connect(self) -> "_Call":
        server = self._server
        if server.security == "tls":
            return _PrivateCall(
                server.host,
                server.port,
                _own_name(),
                timeout=self._timeout,
                context=ssl.create_default_context(),
            )
        return _Call(server.host, server.port, _own_name(), timeout=self._timeout)

    def _make_private(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self._server.security != "starttls":
            return
        if not smtp.has_extn("starttls"):
            raise SaidError(
                f"The mail server ({self._server}) does not offer STARTTLS, so the message would not be private. "
                "Look at mail-security: it may have to be tls, with port 465."
            )
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if self._server.user is None or self._password is None:
            return
        if not smtp.has_extn("auth"):
            raise SaidError(
                f"The mail server ({self._server}) does not let anybody log in. "
                "Make mail-user blank, or look at mail-port and mail-security."
            )
        user, secret = self._server.user, self._password.reveal()
        try:
            if f"{user}{secret}".isascii():
                smtp.login(user, secret)
            else:
                _log_in_plainly(smtp, user, secret)
        finally:
            smtp.password = ""  # smtplib keeps it otherwise

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _own_name() -> str:
    """How this computer calls itself. Its full name is not looked up: a school's server may be cut off."""
    name = socket.gethostname()
    return (
        name if "." in name and name.isascii() and name.isprintable() and " " not in name else "[127.0.0.1]"
    )


def _log_in_plainly(smtp: smtplib.SMTP, user: str, secret: str) -> None:
    """Log in with more than ASCII (a £, say), which smtplib can't."""
    packed = base64.b64encode(f"\0{user}\0{secret}".encode()).decode()
    code, reply = smtp.docmd("AUTH", f"PLAIN {packed}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)
