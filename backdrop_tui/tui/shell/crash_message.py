"""The sentence that the app leaves on the terminal after an unexpected error."""

import traceback
from pathlib import Path


def crash_message(error: Exception | None) -> str:
    """A sentence that names the error's type and place, but neither its message nor any value: they can hold names."""
    return (
        "Something went wrong in backdrop, and it had to close. Nothing that was saved is lost: start it again to carry on. "
        f"What went wrong: {_type_and_place(error)}."
    )


def _type_and_place(error: Exception | None) -> str:
    """The type of an error, and the last of this package's lines in its traceback."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    package_frames = [frame for frame in frames if "backdrop_tui" in frame.filename]
    if not package_frames:
        return type(error).__name__
    last = package_frames[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
