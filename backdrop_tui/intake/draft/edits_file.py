"""The edits of a draft on the disk, one checked line for each step.

The first line states the format. Each line after it is one step: a change, or undoing or redoing one. In format 1 the lines were
plain JSON, without checksums and without the first line.
"""

import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, Self

import orjson

from backdrop_tui.intake.draft.draft_facts import DAMAGE
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.store.checked_lines import (
    START,
    LineEnd,
    append_checked_lines,
    checked_lines,
    read_checked_lines,
)
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.formats import FORMAT, format_label, keep_copy, refuse_newer, set_aside, stated_format
from backdrop_tui.store.migrations import current_format, migrate

Step = Change | Literal["undo", "redo"]
"""What the user did: a change, undoing the last change, or redoing the change that was undone last."""
EDITS = "edits"
"""The name of the file, which a draft has from its beginning."""
KIND = "edits"
"""The kind of file in `migrations.STEPS`."""
_LOST: dict[str, Any] = {"do": {}}
"""Stands for a damaged line that undamaged ones follow: a change that does nothing, so that each undo still finds its own."""
_STEP_BACK = len(b'00000000 {"undo":1}')
"""The length of a line that undoes or redoes a change. Every change is longer."""


class EditsFile:
    """The file of a draft's edits. Only the process that has the draft open may use it.

    Made by `create` and `read`.
    """

    def __init__(  # noqa: PLR0913 - what there is to know about lines that were read
        self,
        path: Path,
        contents: Sequence[Any] = (),
        file_format: int | None = None,
        end: LineEnd = START,
        *,
        damaged: int = 0,
        has_gaps: bool = False,
        is_missing: bool = False,
    ) -> None:
        self._path = path
        self._format = file_format or current_format(KIND)
        self._end = end
        self.steps: list[Step] = [_step(content) for content in migrate(KIND, [*contents], self._format)]
        """The steps that were read, oldest first."""
        self.damaged_lines = damaged
        """The number of steps that could not be read."""
        self.has_gaps = has_gaps
        """Whether undamaged lines follow a damaged one."""
        self.is_missing = is_missing
        """Whether there was no such file."""

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Write a file without edits into a draft's folder. Raises `DataFolderError` if it can't be written."""
        data, end = checked_lines([_first_line()])
        atomic_write(folder / EDITS, data)
        return cls(folder / EDITS, end=end)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the edits in a draft's folder. Nothing is written.

        Raises:
            NewerFormatError: A newer version saved them.
            DataFolderError: The file can't be read.
        """
        path = folder / EDITS
        with translating_os_errors(path):
            data = path.read_bytes() if path.is_file() else b""
        if not data:
            return cls(path, is_missing=True)
        if data.startswith(b"{"):
            contents, rest = _plain_lines(data)
            return cls(
                path, contents, 1, damaged=rest.count(b"\n") + (not rest.endswith(b"\n") and rest != b"")
            )
        return cls._checked(path, data)

    @classmethod
    def _checked(cls, path: Path, data: bytes) -> Self:
        """Read all undamaged lines, and put `_LOST` in place of those damaged ones that others follow."""
        lines = read_checked_lines(data)
        contents, file_format = lines.contents, current_format(KIND)
        later, damaged = _lines_after_damage(lines.rest)
        if contents:
            file_format = stated_format(contents[0])
            refuse_newer(path, KIND, file_format)
            contents = contents[1:]
        elif later:  # the first line, which isn't a step, is damaged
            later, damaged = later[1:], damaged - 1
        steps = [content if _is_step(content) else _LOST for content in [*contents, *later]]
        damaged += sum(not _is_step(content) for content in contents)
        return cls(
            path, steps, file_format, lines.end, damaged=damaged, has_gaps=bool(later) or _LOST in steps
        )

    def put_in_order(self, edits: Edits) -> None:
        """Bring an older file up to date, and repair a damaged one. Keep a copy of it, or set aside what is in its place.

        Args:
            edits: What its steps result in.

        Raises:
            DataFolderError: That can't be written; the file is as it was.
        """
        is_outdated = self._format < current_format(KIND)
        if self.is_missing:
            set_aside(self._path)
        elif is_outdated or self.damaged_lines or self.has_gaps:
            keep_copy(self._path, format_label(self._format) if is_outdated else "damaged")
        if self.is_missing or is_outdated or self.has_gaps:
            undos: list[Step] = ["undo"] * len(edits.undone)
            self.steps = [*edits.done, *reversed(edits.undone), *undos]
            data, end = _lines(self.steps)
            atomic_write(self._path, data)
            self._end = end

    def append(self, step: Step) -> None:
        """Write one more step, in place of any damaged lines at the end.

        Raises:
            DataFolderError: It can't be written; the steps before it are as they were.
        """
        contents = [_as_json(step)] if self._end.offset else [_first_line(), _as_json(step)]
        with translating_os_errors(self._path):
            self._end = append_checked_lines(self._path, contents, self._end, create=True)


def edits_as_bytes(steps: Sequence[Step]) -> bytes:
    """The file of these steps."""
    return _lines(steps)[0]


def _lines(steps: Sequence[Step]) -> tuple[bytes, LineEnd]:
    return checked_lines([_first_line(), *map(_as_json, steps)])


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


def _is_step(content: Any) -> bool:  # noqa: ANN401 - whatever a line contains
    """Whether the content of a line is a step, as it should be if the line's checksum is right."""
    with suppress(*DAMAGE):
        _step(content)
        return True
    return False


def _lines_after_damage(rest: bytes) -> tuple[list[Any], int]:
    """Read the lines from the first damaged one on.

    Each line's checksum is carried on from the one that the line before it states, so the lines after a damaged one
    can be checked as long as its own checksum can be read.

    Returns:
        The JSON of each line up to the last undamaged one, with `_LOST` for damaged ones; and the number of damaged lines.
    """
    *lines, torn = rest.split(b"\n")
    contents: list[Any] = []
    sound = 0
    end_of_sound = 0
    checksum: int | None = None
    for line in lines:
        text, stated = line[len(b"00000000 ") :], _stated_checksum(line)
        if checksum is not None and stated == zlib.crc32(text, checksum):
            contents.append(orjson.loads(text))
            sound, end_of_sound = sound + 1, len(contents)
        else:
            contents.append(_step_back(line) or _LOST)
        checksum = stated
    return contents[:end_of_sound], len(lines) + bool(torn) - sound


def _step_back(line: bytes) -> dict[str, Any] | None:
    """What a damaged line was if its length shows that it undid or redid a change; None if it was a change."""
    if len(line) != _STEP_BACK:
        return None
    likeness = {name: sum(map(int.__eq__, line[-11:], b' {"%b":1}' % name)) for name in (b"undo", b"redo")}
    return {max(likeness, key=likeness.__getitem__).decode(): 1}


def _stated_checksum(line: bytes) -> int | None:
    """The checksum at the beginning of a line; None if that is damaged."""
    with suppress(ValueError):
        return int(line[:8], 16)
    return None


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
