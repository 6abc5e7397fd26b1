"""The mail server's password: where it is looked for, and how it is kept out of sight."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from backdrop_tui.errors import BackdropError
from backdrop_tui.mail.errors import MailError
from backdrop_tui.store.files import open_for_reading, read_all, translating_os_errors
from backdrop_tui.store.folder import DataFolder

VARIABLE = "BACKDROP_MAIL_PASSWORD"
"""The environment variable for the password."""
FILE = "mail-password"
"""The file in the data folder for the password, which is used if the variable isn't set."""


@dataclass(frozen=True)
class Password:
    """A password that isn't displayed by accident."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The password as text."""
        return self._text

    def __str__(self) -> str:
        return repr(self)


class _FromEnvironment:
    """The password that the environment variable had when the program was started."""

    password: Password | None = None


def take_from_environment() -> Password | None:
    """The password in the environment variable, which is removed so that no child process inherits it."""
    if value := os.environ.pop(VARIABLE, ""):
        _FromEnvironment.password = Password(value)
    return _FromEnvironment.password


def mail_password(folder: DataFolder) -> Password:
    """The mail server's password, from the environment variable or else from the file.

    Raises:
        MailError: There is no password, or other users of this computer could read its file.
        DataFolderError: The file can't be read.
    """
    if password := take_from_environment():
        return password
    path = folder.path / FILE
    content = _private_content(path)
    if content is None:
        raise MailError(
            f"The mail server's user needs a password. Put it in the file {path}, readable only by you "
            f"(chmod 600), or in the environment variable {VARIABLE}."
        )
    try:
        text = content.decode().strip("\r\n\ufeff")
    except UnicodeDecodeError:
        text = ""
    if not text or not text.isprintable():
        # Raised outside the except block, so that no traceback leads to the file's content.
        raise MailError(f"{path} must contain only the password, as one line of UTF-8 text.")
    return Password(text)


@dataclass(frozen=True)
class PasswordStatus:
    """Whether there is a password for the mail server's user, without the password."""

    source: str | None
    """The variable or file with the password; None if there is no usable password."""
    problem: str | None
    """Why there is no usable password, and what to do; None if there is one or none is needed."""

    @property
    def description(self) -> str:
        """The status in a few words."""
        if self.source:
            return f"found in {self.source}"
        return "no usable password" if self.problem else "not needed, because no user is set"


def password_status(folder: DataFolder, *, needed: bool) -> PasswordStatus:
    """Look for the mail server's password.

    Args:
        folder: The data folder.
        needed: Whether the mail server has a user.
    """
    try:
        mail_password(folder)
    except BackdropError as error:
        return PasswordStatus(None, error.message if needed else None)
    return PasswordStatus(VARIABLE if take_from_environment() else FILE, None)


def password_help(folder: DataFolder) -> str:
    """A sentence that says where to put the password."""
    return (
        f"Put the password of the mail server's user in the environment variable {VARIABLE}, or in the file "
        f"{folder.path / FILE}, readable only by you (chmod 600)."
    )


def _private_content(path: Path) -> bytes | None:
    """The content of a file that only its owner can read; None if there is no file."""
    with translating_os_errors(path):
        descriptor = open_for_reading(path)
        if descriptor is None:
            return None
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise MailError(f"{path} is not a file. Put the password in an ordinary file with that name.")
            if status.st_mode & 0o077:
                raise MailError(
                    f"Other users of this computer can read {path}. Make it private with: chmod 600 {path}"
                )
            return read_all(descriptor)
        finally:
            os.close(descriptor)
