"""The errors of the store."""

from pathlib import Path
from typing import ClassVar

from backdrop_tui.errors import BackdropError, DataFolderError


class PeopleChangedError(BackdropError):
    """Someone else has changed, removed or added the same people; nothing was stored."""

    title: ClassVar[str] = "Someone else has just changed this"


class InUseError(DataFolderError):
    """Someone else is working on what is stored; nothing was changed."""

    title: ClassVar[str] = "The data is in use"


class UnknownOutcomeError(DataFolderError):
    """It isn't known whether something was stored."""

    title: ClassVar[str] = "This may or may not have been stored"


class NewerFormatError(DataFolderError):
    """A file was saved by a newer version of this program; it is left as it is."""

    title: ClassVar[str] = "This was saved by a newer version"


def unknown_outcome() -> UnknownOutcomeError:
    """The error for something that could not be written, and may be there all the same."""
    return UnknownOutcomeError(
        "The disk has failed, so it isn't known whether this was stored. Check what is stored before you do it again."
    )


def newer_format(path: Path) -> NewerFormatError:
    """The error for a file in a format that this version doesn't know."""
    return NewerFormatError(
        f"{path} was saved by a newer version of Back:drop, and this version can't read it. "
        "Install the newer version, then try again."
    )


def damaged_file(path: Path) -> DataFolderError:
    """The error for a file that can't be understood. It quotes nothing of the file."""
    return DataFolderError(f"{path} is damaged. Restore it from a backup, or run “backdrop verify-data”.")


def missing_file(path: Path) -> DataFolderError:
    """The error for a file that was stored and is no longer there."""
    return DataFolderError(f"{path} is missing. Restore it from a backup, or run “backdrop verify-data”.")
