"""Standard output and standard error.

Nothing printed can control the terminal, and a reader that stops reading, such as `head`, is no error.
"""

import errno
import os
import sys
from contextlib import suppress

from backdrop_tui.errors import UnusableChoiceError


class OutputError(UnusableChoiceError):
    """Standard output can't be written. Whatever the command did before that is done."""


def plain(text: str) -> str:
    """Replace every character that could control the terminal; line breaks are kept."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "\ufffd" for c in text)


def say(text: str) -> None:
    """Print a text for people, followed by a line break."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write(f"{plain(text)}\n".encode(encoding, errors="replace"))


def write_json(value: object) -> None:
    """Print one JSON object."""
    import orjson  # noqa: PLC0415 - `--help` doesn't wait for it

    write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


def json_text(name: str) -> str:
    """A file's name as JSON can have it: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(name).decode(errors="replace")


def say_error(sentence: str) -> None:
    """Print a sentence on standard error, as one line."""
    line = " ".join(plain(sentence).split())
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError, AttributeError):  # standard error is closed
        sys.stderr.write(f"backdrop: {line}\n".encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()


def write(data: bytes | memoryview) -> None:
    """Write bytes to standard output.

    Raises:
        OutputError: They can't be written, for example because the disk is full.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except (OSError, ValueError) as error:
        _give_up_standard_output()
        if getattr(error, "errno", None) != errno.EPIPE:
            reason = getattr(error, "strerror", None) or "it is closed"
            raise OutputError(f"The result can't be written to standard output: {reason}.") from None


def _give_up_standard_output() -> None:
    """Discard all further output, so that Python doesn't try to flush it when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
