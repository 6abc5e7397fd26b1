"""The errors that a user is meant to see.

The core raises them; the screens and the command line show their title and message, and nothing else.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import ClassVar


class BackdropError(Exception):
    """Something that the user should know, in words for the user.

    The message is one or two plain sentences: what happened, and what to do. It never quotes what a file says
    about a person.
    """

    title: ClassVar[str] = "Something went wrong"
    """A few words that stand above the message."""
    exit_status: ClassVar[int] = 2
    """What the command line ends with."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnusableFileError(BackdropError):
    """A file can't be read, or isn't what it should be; nothing was changed."""

    title = "This file can't be used"


class UnusableChoiceError(BackdropError):
    """An argument, an option or an answer can't be used; nothing was changed."""

    title = "That can't be used"


class DataFolderError(BackdropError):
    """The data folder is in use, damaged, full, or can't be read or written; what is there is left as it is."""

    title = "The data folder can't be used"
    exit_status = 4


@contextmanager
def rollback_on_error(undo: Callable[[], object]) -> Iterator[ExitStack]:
    """Undo something where the block doesn't come to its end, whatever breaks it off; that then goes on.

    `pop_all` of what it gives means that nothing is to be undone any more.
    """
    with ExitStack() as undoing:
        undoing.callback(undo)
        yield undoing
        undoing.pop_all()
