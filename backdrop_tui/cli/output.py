"""Standard output and standard error.

Nothing printed can control the terminal, and a reader that stops reading, such as `head`, is no error. Output that can't be
written doesn't stop a command half way through; it is reported in the end.
"""

import errno
import json
import os
import sys
from contextlib import suppress

import click

from backdrop_tui.printable import escaped, printable

_UNWRITTEN = "backdrop.unwritten"
_COMMITTED = "backdrop.committed"


def plain(text: str) -> str:
    """Replace every character that could control the terminal; line breaks are kept."""
    return printable(text, keep="\n")


def say(text: str) -> bool:
    """Print a text for people, followed by a line break. Returns whether it could be written."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return write(f"{plain(text)}\n".encode(encoding, errors="replace"))


def write_json(value: object) -> bool:
    """Print one JSON object. Returns whether it could be written."""
    return write(json_bytes(value) + b"\n")


def json_bytes(value: object) -> bytes:
    """A value as JSON in which everything that can't be seen is escaped."""
    return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


def json_text(name: str) -> str:
    """A file's name as JSON can have it: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(name).decode(errors="replace")


def say_error(sentence: str) -> None:
    """Print a sentence on standard error, as one line."""
    line = " ".join(plain(sentence).split())
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError, AttributeError, ValueError):  # standard error is full or closed
        sys.stderr.write(f"backdrop: {line}\n".encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()


def write(data: bytes | memoryview) -> bool:
    """Write bytes to standard output. Returns whether that worked: the disk may be full, or the reader gone."""
    try:
        if sys.stdout is None:
            raise ValueError  # noqa: TRY301 - what a stream raises that was closed later
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except (OSError, ValueError) as error:
        if sys.stdout is not None:
            _give_up_standard_output()
        context = click.get_current_context(silent=True)
        if context is not None and getattr(error, "errno", None) != errno.EPIPE:
            context.meta.setdefault(_UNWRITTEN, getattr(error, "strerror", None) or "it is closed")
        return False
    return True


def mark_committed(context: click.Context) -> None:
    """Note that a command has changed what it was to change, so that it hasn't failed even if its result can't be written."""
    context.meta[_COMMITTED] = True


def is_committed(context: click.Context) -> bool:
    """Whether a command has changed what it was to change."""
    return bool(context.meta.get(_COMMITTED))


def status_after_output(context: click.Context, status: int) -> int:
    """Report output that could not be written, and return the exit status of the command.

    Args:
        context: The command's context.
        status: The exit status if everything could be written.
    """
    reason = context.meta.get(_UNWRITTEN)
    if reason is None:
        return status
    if is_committed(context) and not status:
        say_error(f"Done, but the result can't be written to standard output: {reason}.")
        return status
    say_error(f"The result can't be written to standard output: {reason}.")
    return status or 2


def write_file(data: bytes) -> bool:
    """Write a text file in UTF-8 to standard output: as it is, or as text for people if that is a terminal.

    Returns whether it could be written.
    """
    return write(plain(data.decode("utf-8-sig").replace("\r\n", "\n")).encode() if is_terminal() else data)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:  # it is closed
        return False


def _give_up_standard_output() -> None:
    """Discard all further output, so that Python doesn't try to flush it when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
