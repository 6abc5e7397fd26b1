"""Messages as `.eml` files in the outbox, where they go if no mail server is set."""

import secrets
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from backdrop_tui.mail.composing import deliverable_address, header_address, message_text
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.folder import DataFolder


def write_to_outbox(folder: DataFolder, message: EmailMessage) -> Path:
    """Write a message to a new file, and return its path.

    Raises:
        DataFolderError: The file can't be written.
    """
    outbox = folder.subfolder(folder.outbox)
    # The time makes the names sort; the random part makes them unique.
    name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}Z-{secrets.token_hex(2)}.eml"
    international = not (str(message["From"]) + str(message["To"])).isascii()
    content = message.as_bytes(policy=policy.SMTPUTF8 if international else policy.SMTP)
    atomic_write(outbox / name, content)
    return outbox / name


def outbox_text(path: Path) -> str:
    """A message in the outbox as text for people: its main headers and its plain text.

    Raises:
        DataFolderError: The file can't be read.
    """
    return message_text(_read(path))


def latest_in_outbox(folder: DataFolder, to: str, subject: str) -> Path | None:
    """The newest message for an address whose subject begins with `subject`; None if there is none.

    Raises:
        DataFolderError: A file can't be read.
    """
    recipient = str(header_address(deliverable_address(to)))
    for path in sorted(folder.outbox.glob("*.eml"), reverse=True):
        message = _read(path)
        if str(message["To"]) == recipient and str(message["Subject"]).startswith(subject):
            return path
    return None


def _read(path: Path) -> EmailMessage:
    with translating_os_errors(path):
        return message_from_bytes(path.read_bytes(), policy=policy.default)
