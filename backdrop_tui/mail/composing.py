"""Turn a letter into an e-mail message that is ready to send, and a message back into text for people."""

from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid

from backdrop_tui.mail.letters import Letter

_HEADERS = ("From", "To", "Reply-To", "Date", "Subject")


def compose(letter: Letter, *, to: str, sender: str, organisation: str) -> EmailMessage:
    """The message with plain text and HTML, and headers that no name can break out of.

    Args:
        letter: The words.
        to: The recipient's address.
        sender: The sender's address.
        organisation: The organisation's name, which is displayed as the sender's.
    """
    message = EmailMessage(policy=policy.SMTP)
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
    message.set_content(letter.text, cte=_encoding(letter.text))
    message.add_alternative(letter.html, subtype="html", cte=_encoding(letter.html))
    return message


def message_text(message: EmailMessage) -> str:
    """A message as text for people: its main headers and its plain text."""
    body = message.get_body(("plain",))
    headers = [f"{name}: {message[name]}" for name in _HEADERS if name in message]
    text = body.get_content() if body else ""
    return "\n".join([*headers, "", *text.splitlines()])


def header_address(address: str, name: str = "") -> Address:
    """An address for a header; it was checked earlier and may have non-ASCII letters."""
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def deliverable_address(address: str) -> str:
    """An address with its domain in ASCII, if nothing else in it is non-ASCII: every server accepts that."""
    if address.isascii():
        return address
    from email_validator import validate_email  # noqa: PLC0415 - slow to import, seldom needed

    return validate_email(address, check_deliverability=False).ascii_email or address


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _encoding(text: str) -> str:
    """A transfer encoding that every server accepts."""
    return "7bit" if text.isascii() else "quoted-printable"
