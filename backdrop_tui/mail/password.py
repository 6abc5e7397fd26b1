"""The mail server's password: where it comes from, and how it stays out of sight."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from backdrop_tui.errors import BackdropError
from backdrop_tui.store.files import open_for_reading, read_all, translating_os_errors
from backdrop_tui.store.folder import DataFolder

VARIABLE = "BACKDROP_MAIL_PASSWORD"
"""The environment variable that it stands in."""
FILE = "mail-password"
"""The file of the data folder that it stands in otherwise."""


class MailError(BackdropError):
    """A message could not be sent."""

    title = "The message was not sent"

    def __init__(self, message: str, *, only_this: bool = False, unsure: bool = False) -> None:
        super().__init__(message)
        self.only_this = only_this
        """Whether it was about this message alone, so that others may well be taken."""
        self.unsure = unsure
        """Whether the server may have taken it all the same: it had all of it, and did not answer any more."""


@dataclass(frozen=True)
class Password:
    """A password that shows itself to nobody by accident."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The password itself."""
        return self._text

    def __str__(self) -> str:
        return repr(self)


def mail_password(folder: DataFolder) -> Password:
    """The mail server's password, from the environment or else from its file.

    Raises:
        MailError: There is none, or others could read its file.
        DataFolderError: The file can't be read.
    """
    if given := os.environ.get(VARIABLE):
        return Password(given)
    path = folder.path / FILE
    content = _private_content(path)
    if content is None:
        raise MailError(
            f"The mail server wants a password for its user. Put it into the file {path}, which nobody else may read, "
            f"or into the environment variable {VARIABLE}."
        )
    try:
        text = content.decode().strip("\r\n\ufeff")
    except UnicodeDecodeError:
        text = ""
    if not text or not text.isprintable():
        # Outside the except, so that no traceback leads to what the file says.
        raise MailError(f"{path} must hold the password and nothing else, as one line of UTF-8 text.")
    return Password(text)


@dataclass(frozen=True)
class PasswordNow:
    """Whether there is a password. It is not in here."""

    found_in: str | None
    """The variable or the file that it stands in; None where there is none that can be used."""
    trouble: str | None
    """Why there is none that can be used, and what to do; None where there is one, or none is needed."""

    @property
    def in_words(self) -> str:
        """The same in a few words."""
        if self.found_in:
            return f"found in {self.found_in}"
        return "none that can be used" if self.trouble else "none is needed: nobody logs in"


def password_now(folder: DataFolder, *, needed: bool) -> PasswordNow:
    """Whether the mail server's password is there; nothing is kept of it.

    Args:
        folder: The data folder.
        needed: Whether the mail server has a user.
    """
    try:
        mail_password(folder)
    except BackdropError as error:
        return PasswordNow(None, error.message if needed else None)
    return PasswordNow(VARIABLE if os.environ.get(VARIABLE) else FILE, None)


def where_it_is_looked_for(folder: DataFolder) -> str:
    """Where the password can stand, in words."""
    return (
        f"The password of the mail server's user is looked for in the environment variable {VARIABLE}, then in the file "
        f"{folder.path / FILE}, which nobody else may read."
    )


def _private_content(path: Path) -> bytes | None:
    """What stands in a file that only its owner can read; None where there is no file."""
    with translating_os_errors(path):
        descriptor = open_for_reading(path)
        if descriptor is None:
            return None
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise MailError(f"{path} is not a file. Put the password into a plain file of that name.")
            if status.st_mode & 0o077:
                raise MailError(
                    f"Others on this computer can read {path}. Take that right away: chmod 600 {path}"
                )
            return read_all(descriptor)
        finally:
            os.close(descriptor)
