"""Explain in words what went wrong with a mail server, and what to do about it."""

import smtplib
import socket
import ssl
from dataclasses import dataclass

from backdrop_tui.mail.server import MailServer
from backdrop_tui.printable import printable

BUSY = 421
"""The reply code of a server that accepts no more messages over this connection (RFC 5321, section 4.2)."""
_AUTHENTICATION_REQUIRED = 530
"""The reply code of a server that wants a login or an encrypted connection first (RFC 4954, RFC 3207)."""
_LONGEST_REPLY = 120


@dataclass(frozen=True)
class Delivery:
    """One attempt to send a message."""

    server: MailServer
    """The mail server."""
    timeout: float
    """Seconds to wait for an answer from the server."""
    sender: str
    """The sender's address."""
    to: str
    """The recipient's address."""


class ExplainedError(OSError):
    """An error whose message is already written for the user."""


def explain(error: Exception, delivery: Delivery) -> str:
    """What an error of smtplib, the network or TLS means, and what to do: one or two sentences."""
    if isinstance(error, ExplainedError):
        return str(error)
    if isinstance(error, smtplib.SMTPException):
        return _explain_smtp(error, delivery)
    if isinstance(error, ssl.SSLError):
        return _explain_tls(error, delivery)
    return _explain_network(error, delivery)


def concerns_one_message(error: Exception, delivery: Delivery) -> bool:
    """Whether the server refused only this message or its recipient, so that it may well accept others."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code != BUSY for code, _ in error.recipients.values())
        case smtplib.SMTPDataError():
            return error.smtp_code != BUSY
        case smtplib.SMTPNotSupportedError():
            return delivery.sender.isascii() and not delivery.to.isascii()
    return False


def _explain_tls(error: ssl.SSLError, delivery: Delivery) -> str:
    server = delivery.server
    if isinstance(error, ssl.SSLEOFError):
        return _closed(delivery)
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"The certificate of the mail server ({server}) is not trusted: {error.verify_message.rstrip('.')}. "
            "If your school has its own certificate authority, set the environment variable SSL_CERT_FILE to the path of "
            "its certificate."
        )
    return (
        f"A secure connection to the mail server ({server}) could not be made. "
        "Check mail-port and mail-security: tls uses port 465, starttls uses 587."
    )


def _explain_network(error: Exception, delivery: Delivery) -> str:
    server = delivery.server
    match error:
        case TimeoutError():
            text = _timed_out(delivery)
        case ConnectionResetError() | BrokenPipeError():
            text = _closed(delivery)
        case socket.gaierror():
            text = f"The mail server {server.host} can't be found. Check mail-host and this computer's network connection."
        case ConnectionRefusedError():
            text = f"No mail server answers at {server}. Check mail-host and mail-port."
        case OSError(strerror=str(reason)):
            text = f"The mail server ({server}) can't be reached: {reason}. Check mail-host and the network connection."
        case _:
            text = f"The mail server ({server}) can't be used with these settings. Check mail-user and mail-from."
    return text


def _explain_smtp(error: smtplib.SMTPException, delivery: Delivery) -> str:
    server = delivery.server
    match error:
        case smtplib.SMTPServerDisconnected():
            # smtplib raises this after a time-out, too.
            timed_out = isinstance(error.__context__, TimeoutError)
            text = _timed_out(delivery) if timed_out else _closed(delivery)
        case smtplib.SMTPAuthenticationError():
            text = (
                f"The mail server ({server}) did not accept the user name or password. "
                "Check mail-user and the password."
            )
        case smtplib.SMTPRecipientsRefused():
            text = _explain_recipient(error, delivery)
        case smtplib.SMTPSenderRefused():
            text = _explain_sender(error, delivery)
        case smtplib.SMTPNotSupportedError():
            text = (
                f"The mail server can't send from {delivery.sender} to {delivery.to}: it accepts addresses in plain "
                "English letters only. Use different addresses."
            )
        case smtplib.SMTPResponseException():
            text = (
                f"The mail server ({server}) did not accept the message{_reply(error.smtp_code, error.smtp_error)}. "
                "Try again later, or ask whoever looks after the mail server."
            )
        case _:
            text = (
                f"The mail server ({server}) offers no way to log in that Back:drop can use. "
                "Ask whoever looks after the mail server, or make mail-user blank."
            )
    return text


def _explain_recipient(error: smtplib.SMTPRecipientsRefused, delivery: Delivery) -> str:
    code, reply = error.recipients.get(delivery.to, (0, b""))
    temporary = 400 <= code < 500
    advice = "It may accept it later: try again in a few minutes." if temporary else "Check the address."
    return f"The mail server does not accept mail for {delivery.to}{_reply(code, reply)}. {advice}"


def _explain_sender(error: smtplib.SMTPSenderRefused, delivery: Delivery) -> str:
    reply = _reply(error.smtp_code, error.smtp_error)
    if error.smtp_code != _AUTHENTICATION_REQUIRED:
        return f"The mail server does not accept mail from {delivery.sender}{reply}. Check mail-from."
    if "TLS" in reply.upper():
        return (
            f"The mail server ({delivery.server}) accepts mail only over a secure connection{reply}. "
            "Check mail-security."
        )
    return (
        f"The mail server ({delivery.server}) accepts mail only from users who log in{reply}. "
        "Set mail-user and its password."
    )


def _timed_out(delivery: Delivery) -> str:
    return (
        f"The mail server ({delivery.server}) did not answer within {delivery.timeout:g} seconds. "
        "Try again, or check mail-port and mail-security."
    )


def _closed(delivery: Delivery) -> str:
    return (
        f"The mail server ({delivery.server}) closed the connection. "
        "Try again, or check mail-port and mail-security."
    )


def _reply(code: int, reply: bytes | str) -> str:
    """The server's reply in brackets, shortened and without characters that could control a terminal."""
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    line = " ".join(printable(text).split()).rstrip(".")
    return f" ({code} {line[:_LONGEST_REPLY]})" if line else ""
