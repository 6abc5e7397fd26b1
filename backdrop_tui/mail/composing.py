"""Turn a letter into an e-mail message that is ready to send, and a message back into text for people."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import make_msgid
from typing import Any

from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.letters import Letter
from backdrop_tui.printable import printable

_HEADERS = ("From", "To", "Reply-To", "Date", "Subject")
_LONGEST_LINE = 998
"""The most characters in a line of a message (RFC 5322, section 2.1.1)."""
_ENCODED_WORD = "=?"
"""The beginning of an encoded word (RFC 2047)."""
_ADDRESS = re.compile(r'[^\s"(),:;<>@\[\\\]]+@[^\s"(),:;<>@\[\\\]]+')


class _HeaderPolicy(EmailPolicy):
    """The rules of SMTP, but with each header that contains addresses on one line.

    When the email package folds such a header, it can lose the quotation marks round a name, and a comma in the name then
    begins another address. See https://github.com/python/cpython/issues/121284.
    """

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 - the email package's signature
        """A header as text."""
        return str(self._for(value).fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - the email package's signature
        """A header as bytes."""
        return bytes(self._for(value).fold_binary(name, value))

    def _for(self, value: object) -> "EmailPolicy[EmailMessage]":
        longest = _LONGEST_LINE if hasattr(value, "addresses") else SMTP.max_line_length
        return SMTP.clone(utf8=self.utf8, max_line_length=longest)


def compose(letter: Letter, *, to: str, sender: str, organisation: str) -> EmailMessage:
    """The message with plain text and HTML, and headers that no name can break out of.

    Args:
        letter: The words.
        to: The recipient's address.
        sender: The sender's address.
        organisation: The organisation's name, which is displayed as the sender's.

    Raises:
        MailError: An address can't be written in a message.
    """
    message = EmailMessage(policy=_HeaderPolicy(linesep="\r\n"))
    message["From"] = header_address(sender, _one_line(organisation))
    message["To"] = header_address(to)
    reply_to = deliverable_address(letter.reply_to)
    if reply_to and reply_to.isascii():  # not every server accepts non-ASCII letters in this header
        message["Reply-To"] = header_address(reply_to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = datetime.now().astimezone()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # the header that Exchange looks for
    text, html = printable(letter.text, keep="\n"), printable(letter.html, keep="\n")
    message.set_content(text, cte=_encoding(text))
    message.add_alternative(html, subtype="html", cte=_encoding(html))
    return message


def message_text(message: EmailMessage) -> str:
    """A message as text for people: its main headers and its plain text."""
    body = message.get_body(("plain",))
    headers = [f"{name}: {message[name]}" for name in _HEADERS if name in message]
    text = body.get_content() if body else ""
    return "\n".join([*headers, "", *text.splitlines()])


def header_address(address: str, name: str = "") -> Address:
    """An address for a header; it may have non-ASCII letters.

    Raises:
        MailError: It has characters that would mean something else in a header.
    """
    if not _ADDRESS.fullmatch(address) or not address.isprintable() or _ENCODED_WORD in address:
        raise MailError("The message has an e-mail address that can't be used.", only_this_message=True)
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def deliverable_address(address: str) -> str:
    """An address with its domain in ASCII, if nothing else in it is non-ASCII: every server accepts that."""
    if address.isascii():
        return address
    from email_validator import validate_email  # noqa: PLC0415 - slow to import, seldom needed

    return validate_email(address, check_deliverability=False).ascii_email or address


def _one_line(text: str) -> str:
    """A text for a header. The email package would decode an encoded word in it, even to a line break."""
    return " ".join(printable(text).split()).replace(_ENCODED_WORD, "= ?")


def _encoding(text: str) -> str:
    """A transfer encoding that every server accepts."""
    is_plain = text.isascii() and max(map(len, text.split("\n"))) <= _LONGEST_LINE
    return "7bit" if is_plain else "quoted-printable"
