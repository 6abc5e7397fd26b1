"""Messages as `.eml` files in the outbox, where they go if no mail server is set."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

from backdrop_tui.mail.composing import deliverable_address, header_address, message_text
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.folder import DataFolder

_NAME_FORMAT = "%Y-%m-%dT%H%M%S.%fZ"
_NAME_LENGTH = len("2026-03-02T093000.000000Z")
CANT_PARSE = (AttributeError, LookupError, MessageError, TypeError, ValueError)
"""What the email package raises where a header or an encoding makes no sense."""


def write_to_outbox(folder: DataFolder, message: EmailMessage) -> Path:
    """Write a message to a new file, and return its path.

    Raises:
        DataFolderError: The file can't be written.
    """
    outbox = folder.subfolder(folder.outbox)
    # The time makes the names sort; the random part makes them unique.
    name = f"{datetime.now(UTC):{_NAME_FORMAT}}-{secrets.token_hex(2)}.eml"
    international = not (str(message["From"]) + str(message["To"])).isascii()
    content = message.as_bytes(policy=policy.SMTPUTF8 if international else policy.SMTP)
    atomic_write(outbox / name, content)
    return outbox / name


def messages_in_outbox(folder: DataFolder) -> Iterator[tuple[Path, datetime]]:
    """The files of all messages, by name, and when they were written: as their names say, or else the disk."""
    for path in sorted(folder.outbox.glob("*.eml")):
        try:
            yield path, datetime.strptime(path.name[:_NAME_LENGTH], _NAME_FORMAT).replace(tzinfo=UTC)
        except ValueError:
            yield path, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def outbox_text(path: Path) -> str:
    """A message in the outbox as text for people: its main headers and its plain text.

    If it is damaged, the text is the file as it is.

    Raises:
        DataFolderError: The file can't be read.
    """
    content = _read(path)
    try:
        return message_text(_parsed(content))
    except CANT_PARSE:
        return content.decode(errors="replace")


def latest_in_outbox(folder: DataFolder, to: str, subject: str) -> Path | None:
    """The newest message for an address whose subject begins with `subject`; None if there is none.

    Raises:
        DataFolderError: A file can't be read.
    """
    recipient = str(header_address(deliverable_address(to)))
    paths = sorted(folder.outbox.glob("*.eml"), reverse=True)
    return next((path for path in paths if _is_for(_read(path), recipient, subject)), None)


def _is_for(content: bytes, recipient: str, subject: str) -> bool:
    try:
        message = _parsed(content)
        return str(message["To"]) == recipient and str(message["Subject"]).startswith(subject)
    except CANT_PARSE:
        return False


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def _read(path: Path) -> bytes:
    with translating_os_errors(path):
        return path.read_bytes()
