"""The edits of a draft on the disk, one checked line for each step.

The first line states the format. Each line after it is one step: a change, or undoing or redoing one. In format 1 the lines were
plain JSON, without checksums and without the first line.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Self

import orjson

from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.store.checked_lines import (
    START,
    LineEnd,
    append_checked_lines,
    checked_lines,
    read_checked_lines,
)
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.formats import FORMAT, format_label, keep_copy, refuse_newer, stated_format
from backdrop_tui.store.migrations import current_format, migrate

Step = Change | Literal["undo", "redo"]
"""What the user did: a change, undoing the last change, or redoing the change that was undone last."""
KIND = "edits"
"""The kind of file in `migrations.STEPS`."""
DAMAGE = (KeyError, TypeError, ValueError, AttributeError)
"""The exceptions that reading a damaged file raises; orjson's own error is a ValueError."""


class EditsFile:
    """The file of a draft's edits. Only the process that has the draft open may use it.

    Made by `read`; the class itself stands for a file that isn't there yet.
    """

    def __init__(
        self,
        path: Path,
        contents: Sequence[Any] = (),
        file_format: int | None = None,
        end: LineEnd = START,
        rest: bytes = b"",
    ) -> None:
        self._path = path
        self._format = file_format or current_format(KIND)
        self._end = end
        self.steps: list[Step] = [_step(content) for content in migrate(KIND, [*contents], self._format)]
        """The steps that were read, oldest first: all, or those before the first damaged line."""
        self.damaged_lines = rest.count(b"\n") + bool(rest.rpartition(b"\n")[2])
        """The number of lines from the first damaged one to the end."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the edits; there are none if there is no file. Nothing is written.

        Raises:
            NewerFormatError: A newer version saved them.
            DataFolderError: The file can't be read.
            KeyError, TypeError, ValueError, AttributeError: A line isn't a step, although its checksum is right.
        """
        with translating_os_errors(path):
            data = path.read_bytes() if path.exists() else b""
        if data.startswith(b"{"):
            contents, rest = _plain_lines(data)
            return cls(path, contents, 1, rest=rest)
        lines = read_checked_lines(data)
        if not lines.contents:
            return cls(path, rest=lines.rest)
        first, *contents = lines.contents
        if FORMAT not in first:
            raise ValueError(FORMAT)
        file_format = stated_format(first)
        refuse_newer(path, KIND, file_format)
        return cls(path, contents, file_format, lines.end, lines.rest)

    def put_in_order(self) -> None:
        """Bring an older file up to date. Keep a copy of a file that is older or damaged.

        The next step will follow the last one that was read.

        Raises:
            DataFolderError: That can't be written; the file is as it was.
        """
        is_outdated = self._format < current_format(KIND)
        if is_outdated or self.damaged_lines:
            keep_copy(self._path, format_label(self._format) if is_outdated else "damaged")
        if is_outdated:
            steps = [_as_json(step) for step in self.steps]
            data, end = checked_lines([_first_line(), *steps])
            atomic_write(self._path, data)
            self._end = end

    def append(self, step: Step) -> None:
        """Write one more step, in place of any damaged lines.

        Raises:
            DataFolderError: It can't be written; the steps before it are as they were.
        """
        contents = [_as_json(step)] if self._end.offset else [_first_line(), _as_json(step)]
        with translating_os_errors(self._path):
            self._end = append_checked_lines(self._path, contents, self._end, create=True)


def _first_line() -> dict[str, Any]:
    return {FORMAT: current_format(KIND)}


def _as_json(step: Step) -> dict[str, Any]:
    return {"do": step.as_json()} if isinstance(step, Change) else {step: 1}


def _step(content: Any) -> Step:  # noqa: ANN401 - whatever a line contains
    match content:
        case {"do": change}:
            return Change.from_json(change)
        case {"undo": _}:
            return "undo"
        case {"redo": _}:
            return "redo"
    raise ValueError


def _plain_lines(data: bytes) -> tuple[list[Any], bytes]:
    """The JSON of each line of format 1 up to the first that isn't a step; and the bytes from there on."""
    contents: list[Any] = []
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        try:
            content = orjson.loads(data[start:end])
            _step(content)
        except DAMAGE:
            break
        contents.append(content)
        start = end + 1
    return contents, data[start:]
