"""Helpers for tests of sending messages."""

from pathlib import Path

import pytest

from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.letters import code_letter
from backdrop_tui.mail.mailer import Mailer, Sent
from backdrop_tui.mail.password import FILE
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.mail_server import ADDRESS

SECRET = "correct-horse"  # noqa: S105 - of a server that lives as long as its test
USER = "backdrop@example.org"
LETTER = code_letter("St Mary’s", "Aisha Khan", "012345")


def post(school: School, *to: str, timeout: float = 10) -> Sent:
    """Send the same letter to each address over one connection, and return where the last one went."""
    with Mailer(school, ADDRESS, timeout=timeout) as mailer:
        return [mailer.send(LETTER, address) for address in (to or [ADDRESS])][-1]


def refusal(school: School, *to: str, timeout: float = 10) -> str:
    """The error message if a letter can't be sent."""
    with pytest.raises(MailError) as refused:
        post(school, *to, timeout=timeout)
    return refused.value.message


def password_file(data: DataFolder, text: str) -> Path:
    """Write the file with the mail password, readable only by its owner."""
    path = data.path / FILE
    path.write_text(text)
    path.chmod(0o600)
    return path
