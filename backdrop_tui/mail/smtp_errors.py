"""What goes wrong with a mail server, in words, and what to do about it."""

import smtplib
import socket
import ssl
from dataclasses import dataclass

from backdrop_tui.school.settings import SECURITIES, Security, Settings

BUSY = 421
"""A mail server's way to say that it takes no more in this conversation."""
_WHO = 530
"""What a mail server replies that wants a login, or a private connection, first."""
_LONGEST_REPLY = 120


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out."""

    host: str
    """Its name or address."""
    port: int
    """Where it is called."""
    security: Security
    """How the conversation is kept private."""
    user: str | None
    """Who logs in; None where nobody does."""

    @classmethod
    def of(cls, settings: Settings) -> "MailServer | None":
        """The mail server that is set; None where none is."""
        host, port = settings.text("mail-host"), settings.number("mail-port")
        if host is None or port is None:
            return None
        chosen = settings.get("mail-security")
        security = next(security for security in SECURITIES if security == chosen)
        return cls(host, port, security, settings.text("mail-user"))

    def __str__(self) -> str:
        return f"{self.host}, port {self.port}"


@dataclass(frozen=True)
class Talk:
    """What a conversation was about."""

    server: MailServer
    """With whom."""
    timeout: float
    """Seconds for which the server may be silent."""
    sender: str
    """Who sends."""
    to: str
    """Whom the message was for."""


class SaidError(OSError):
    """Something that is in words already."""


def in_words(error: Exception, talk: Talk) -> str:
    """What an error of smtplib, of the network or of TLS means, and what to do: one or two sentences."""
    if isinstance(error, SaidError):
        return str(error)
    if isinstance(error, smtplib.SMTPException):
        return _of_the_server(error, talk)
    if isinstance(error, ssl.SSLError):
        return _of_tls(error, talk)
    return _of_the_network(error, talk)


def is_about_one(error: Exception, talk: Talk) -> bool:
    """Whether a server refused this one message or its address, so that others may well be taken."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code != BUSY for code, _ in error.recipients.values())
        case smtplib.SMTPDataError():
            return error.smtp_code != BUSY
        case smtplib.SMTPNotSupportedError():
            return talk.sender.isascii() and not talk.to.isascii()
    return False


def _of_tls(error: ssl.SSLError, talk: Talk) -> str:
    if isinstance(error, ssl.SSLEOFError):
        return _vanished(talk)
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"The mail server ({talk.server}) has a certificate that is not trusted: {error.verify_message.rstrip('.')}. "
            "If the school has a certificate authority of its own, name its file in the environment variable SSL_CERT_FILE."
        )
    return (
        f"A private connection with the mail server ({talk.server}) could not be made. "
        "Look at mail-port and mail-security: tls goes with port 465, starttls with 587."
    )


def _of_the_network(error: Exception, talk: Talk) -> str:
    server = talk.server
    match error:
        case TimeoutError():
            text = _silent(talk)
        case ConnectionResetError() | BrokenPipeError():
            text = _vanished(talk)
        case socket.gaierror():
            text = f"The mail server {server.host} can't be found. Look at mail-host, and whether this computer has a network."
        case ConnectionRefusedError():
            text = f"No mail server answers at {server}. Look at mail-host and mail-port."
        case OSError(strerror=str(reason)):
            text = (
                f"The mail server ({server}) can't be reached: {reason}. Look at mail-host and the network."
            )
        case _:
            text = (
                f"The mail server ({server}) can't be spoken to with the user or the addresses that are set."
            )
    return text


def _of_the_server(error: smtplib.SMTPException, talk: Talk) -> str:
    match error:
        case smtplib.SMTPServerDisconnected():
            # smtplib says this of silence, too.
            text = _silent(talk) if isinstance(error.__context__, TimeoutError) else _vanished(talk)
        case smtplib.SMTPAuthenticationError():
            text = (
                f"The mail server ({talk.server}) did not accept the user name or its password. "
                "Look at mail-user, and at the password that is set."
            )
        case smtplib.SMTPRecipientsRefused():
            code, reply = error.recipients.get(talk.to, (0, b""))
            way = (
                "It may take it later: try again in a few minutes."
                if 400 <= code < 500
                else "Look at the address."
            )
            text = f"The mail server takes no mail for {talk.to}{_reply(code, reply)}. {way}"
        case smtplib.SMTPSenderRefused() if error.smtp_code == _WHO:
            answer = _reply(error.smtp_code, error.smtp_error)
            way = "Look at mail-security." if "TLS" in answer.upper() else "Set mail-user, and its password."
            text = (
                f"The mail server ({talk.server}) takes no mail before it knows who sends it{answer}. {way}"
            )
        case smtplib.SMTPSenderRefused():
            text = f"The mail server takes no mail from {talk.sender}{_reply(error.smtp_code, error.smtp_error)}. Look at mail-from."
        case smtplib.SMTPNotSupportedError():
            text = f"The mail server can't send from {talk.sender} to {talk.to}: it takes plain letters only. Use other addresses."
        case smtplib.SMTPResponseException():
            text = (
                f"The mail server ({talk.server}) did not take the message{_reply(error.smtp_code, error.smtp_error)}. "
                "Try again later, or ask who looks after the mail server."
            )
        case _:
            text = (
                f"The mail server ({talk.server}) offers no way to log in that is known here. "
                "Ask who looks after the mail server, or make mail-user blank."
            )
    return text


def _silent(talk: Talk) -> str:
    return (
        f"The mail server ({talk.server}) did not answer within {talk.timeout:g} seconds. "
        "Try again, or look at mail-port and mail-security."
    )


def _vanished(talk: Talk) -> str:
    return f"The mail server ({talk.server}) broke off the conversation. Try again, or look at mail-port and mail-security."


def _reply(code: int, reply: bytes | str) -> str:
    """What the server said, cut short and without anything that could drive a terminal."""
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split()).rstrip(".")
    return f" ({code} {line[:_LONGEST_REPLY]})" if line else ""
