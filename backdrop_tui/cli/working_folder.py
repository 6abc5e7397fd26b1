"""The folder in which a command was started."""

from contextlib import suppress
from pathlib import Path


def working_folder_with_files() -> Path | None:
    """The working directory if CSV files are in it, to pick one there; None if there are none, or it can't be read."""
    with suppress(OSError):
        folder = Path.cwd()
        if any(path.suffix.lower() == ".csv" for path in folder.iterdir()):
            return folder
    return None
