"""Standard output and standard error: what reaches a terminal is plain text, and a reader who leaves is no error."""

import errno
import os
import sys
from contextlib import suppress

from backdrop_tui.errors import UnusableChoiceError


def plain(text: str) -> str:
    """A text without anything that could drive a terminal; line ends stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "\ufffd" for c in text)


def say(text: str) -> None:
    """Text for people, on standard output, with a line end behind it."""
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
    """One line on standard error."""
    line = " ".join(plain(sentence).split())
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError, AttributeError):  # nobody listens
        sys.stderr.write(f"backdrop: {line}\n".encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()


def write(data: bytes | memoryview) -> None:
    """Bytes on standard output.

    Raises:
        UnusableChoiceError: It can't be written, because a disk is full, say.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        _give_up_standard_output()
        if error.errno != errno.EPIPE:
            reason = error.strerror or "the system gave no reason"
            raise UnusableChoiceError(f"The result can't be written to standard output: {reason}.") from None


def _give_up_standard_output() -> None:
    """Send the rest nowhere, so that Python does not try again when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError):
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
