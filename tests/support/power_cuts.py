"""What a power cut may leave on a disk, worked out from a log of the calls that have changed it.

What was written to a file and not synced may be there, or not, or in part, or as zeros. Names that were given, changed or removed in a
folder that wasn't synced may each be there or not, in any order. Syncing a file doesn't sync its name.
"""

import os
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

Names = dict[str, int]
"""The names in a folder, with the number of the file or folder that each stands for."""


@dataclass(frozen=True)
class Write:
    """Data written to a file."""

    file: int
    start: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file cut short, or filled up with zeros."""

    file: int
    size: int


@dataclass(frozen=True)
class Rename:
    """Names that change at once in one folder."""

    folder: int
    removed: str | None = None
    added: str | None = None
    number: int = 0


@dataclass(frozen=True)
class Sync:
    """A file or a folder that is on the disk as it is."""

    number: int


@dataclass(frozen=True)
class Step:
    """A step of the work that begins, or is confirmed."""

    number: int
    is_confirmed: bool


Op = Write | Cut | Rename | Sync | Step


@dataclass
class Disk:
    """Folders by number with the names in them, and files by number with their content. Folder 0 is the one at the top."""

    folders: dict[int, Names] = field(default_factory=lambda: {0: {}})
    files: dict[int, bytes] = field(default_factory=dict)

    def build(self, place: Path, folder: int = 0) -> None:
        """Make the folders and files in a place that isn't there yet."""
        place.mkdir()
        for name, number in self.folders.get(folder, {}).items():
            if number in self.folders:
                self.build(place / name, number)
            else:
                (place / name).write_bytes(self.files.get(number, b""))

    def key(self, folder: int = 0) -> tuple[object, ...]:
        """Differs between disks on which something differs."""
        names = sorted(self.folders.get(folder, {}).items())
        return tuple(
            (name, self.key(number) if number in self.folders else self.files.get(number, b""))
            for name, number in names
            if not name.endswith((".lock", ".owner"))
        )


@dataclass(frozen=True)
class AfterCut:
    """A disk as a power cut may leave it."""

    disk: Disk
    begun: int
    """The last step that had begun."""
    confirmed: int
    """The last step that was confirmed."""


class DiskLog:
    """The calls that change what is in a folder, in order."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._numbers = count(1)
        self._opened: dict[int, int] = {}
        self.start = Disk()
        """What is in the folder at the start; all of it is on the disk."""
        self._now = Disk()
        self._read(top, 0)
        self.ops: list[Op] = []
        """What has been done."""

    def _read(self, place: Path, folder: int) -> None:
        """Take over what is in a folder at the start."""
        for path in place.iterdir():
            number = next(self._numbers)
            for disk in (self.start, self._now):
                disk.folders[folder][path.name] = number
                if path.is_dir():
                    disk.folders[number] = {}
                else:
                    disk.files[number] = path.read_bytes()
            if path.is_dir():
                self._read(path, number)

    def step(self, number: int, work: Callable[[], object]) -> None:
        """Do one step of the work, which is confirmed once that has come to its end."""
        self.ops.append(Step(number, is_confirmed=False))
        work()
        self.ops.append(Step(number, is_confirmed=True))

    def record(self, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
        """Do some work, and note every call that changes the disk. Raises if anything has changed without such a call."""
        with monkeypatch.context() as patched:
            for name in (
                "open",
                "write",
                "ftruncate",
                "fsync",
                "link",
                "replace",
                "unlink",
                "mkdir",
                "rmdir",
            ):
                patched.setattr(os, name, self._noted(getattr(os, name), getattr(self, f"_{name}")))
            patched.setattr(os, "rename", self._noted(os.rename, self._replace))
            work()
        actual = DiskLog(self._top)
        assert actual.start.key() == self._now.key(), "something has changed without a call that was noted"

    def _noted(self, real: Callable[..., Any], note: Callable[..., None]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as os has them
            result = real(*args, **named)
            note(result, *args, **named)
            return result

        return call

    def _place(self, path: str | os.PathLike[str], dir_fd: int | None = None) -> tuple[int, str] | None:
        """The folder and the name of a path; None if it isn't in the folder at the top."""
        if dir_fd is not None:
            folder = self._opened.get(dir_fd)
            return None if folder is None else (folder, os.fspath(path))
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links are not followed
        if not absolute.is_relative_to(self._top):
            return None
        *parents, name = absolute.relative_to(self._top).parts or ("",)
        folder = 0
        for parent in parents:
            folder = self._now.folders[folder][parent]
        return folder, name

    def _number(self, path: str | os.PathLike[str], dir_fd: int | None = None) -> int | None:
        place = self._place(path, dir_fd)
        if place is None:
            return None
        return self._now.folders[place[0]].get(place[1]) if place[1] else 0

    def _do(self, op: Op) -> None:
        self.ops.append(op)
        _apply(self._now, [op])

    def _new(self, path: str | os.PathLike[str], dir_fd: int | None = None, *, is_folder: bool) -> int | None:
        place = self._place(path, dir_fd)
        if place is None:
            return None
        number = next(self._numbers)
        if is_folder:
            self._now.folders[number] = {}
        else:
            self._now.files[number] = b""
        self._do(Rename(place[0], added=place[1], number=number))
        return number

    def _open(self, descriptor: int, path: Any, flags: int, *_: object, dir_fd: int | None = None) -> None:  # noqa: ANN401
        number = self._number(path, dir_fd)
        if number is None and flags & os.O_CREAT:
            number = self._new(path, dir_fd, is_folder=False)
        if number is None:
            self._opened.pop(descriptor, None)
            return
        self._opened[descriptor] = number
        if flags & os.O_TRUNC:
            self._do(Cut(number, 0))

    def _write(self, written: int, descriptor: int, data: bytes) -> None:
        if (number := self._opened.get(descriptor)) is not None:
            end = os.lseek(descriptor, 0, os.SEEK_CUR)
            self._do(Write(number, end - written, bytes(data[:written])))

    def _ftruncate(self, _: None, descriptor: int, size: int) -> None:
        if (number := self._opened.get(descriptor)) is not None:
            self._do(Cut(number, size))

    def _fsync(self, _: None, descriptor: int) -> None:
        if (number := self._opened.get(descriptor)) is not None:
            self._do(Sync(number))

    def _link(self, _: None, source: Any, target: Any, **__: object) -> None:  # noqa: ANN401
        number, place = self._number(source), self._place(target)
        if number is not None and place is not None:
            self._do(Rename(place[0], added=place[1], number=number))

    def _replace(self, _: None, source: Any, target: Any) -> None:  # noqa: ANN401
        number, old, new = self._number(source), self._place(source), self._place(target)
        if number is None or old is None or new is None:
            return
        if old[0] == new[0]:
            self._do(Rename(old[0], old[1], new[1], number))
        else:
            self._do(Rename(new[0], added=new[1], number=number))
            self._do(Rename(old[0], old[1]))

    def _unlink(self, _: None, path: Any, *, dir_fd: int | None = None) -> None:  # noqa: ANN401
        if (place := self._place(path, dir_fd)) is not None:
            self._do(Rename(*place))

    _rmdir = _unlink

    def _mkdir(self, _: None, path: Any, *__: object, **___: object) -> None:  # noqa: ANN401
        self._new(path, is_folder=True)

    def after_cuts(
        self, *, every: int = 1, dice: random.Random | None = None, throws: int = 0
    ) -> Iterator[AfterCut]:
        """The disks that a power cut may leave, each only once.

        Args:
            every: Cut only before every so many calls.
            dice: What `throws` are thrown with.
            throws: The number of further disks after each cut, in which it is left to chance what was on the disk.
        """
        known: set[tuple[object, ...]] = set()
        for length in range(0, len(self.ops) + 1, every):
            done = self.ops[:length]
            steps = [op for op in done if isinstance(op, Step)]
            begun = max((step.number for step in steps), default=0)
            confirmed = max((step.number for step in steps if step.is_confirmed), default=0)
            for kept in _choices(done, dice, throws):
                disk = self._after(done, kept)
                key = (begun, confirmed, disk.key())
                if key not in known:
                    known.add(key)
                    yield AfterCut(disk, begun, confirmed)

    def _after(self, done: list[Op], kept: dict[int, Op | None]) -> Disk:
        """The disk with what is synced, and what is kept of the rest."""
        disk = Disk(
            {number: dict(names) for number, names in self.start.folders.items()}, dict(self.start.files)
        )
        for number in self._now.folders:
            if number not in disk.folders:
                disk.folders[number] = {}
        _apply(disk, (op for place, each in enumerate(done) if (op := kept.get(place, each)) is not None))
        return disk


def _apply(disk: Disk, ops: Iterable[Op]) -> None:
    for op in ops:
        match op:
            case Write(file, start, data):
                before = disk.files.get(file, b"").ljust(start, b"\0")
                disk.files[file] = before[:start] + data + before[start + len(data) :]
            case Cut(file, size):
                disk.files[file] = disk.files.get(file, b"")[:size].ljust(size, b"\0")
            case Rename(folder, removed, added, number):
                if removed is not None:
                    disk.folders[folder].pop(removed, None)
                if added is not None:
                    disk.folders[folder][added] = number


def _unsynced(done: list[Op]) -> list[int]:
    """The places of the operations that nothing has synced."""
    synced: set[int] = set()
    places = []
    for place in reversed(range(len(done))):
        match done[place]:
            case Sync(number):
                synced.add(number)
            case Write(number) | Cut(number) | Rename(number):
                if number not in synced:
                    places.append(place)
            case _:
                pass
    return places[::-1]


def _choices(done: list[Op], dice: random.Random | None, throws: int) -> Iterator[dict[int, Op | None]]:
    """For each disk that is possible, what becomes of the unsynced operations; None if it is lost."""
    unsynced = _unsynced(done)
    lost: dict[int, Op | None] = dict.fromkeys(unsynced)
    yield {}
    yield lost
    for place in unsynced:
        yield {place: None}
        yield {each: None for each in unsynced if each != place}
        match done[place]:
            case Write(file, start, data):
                yield {place: Write(file, start, data[: len(data) // 2])}
                yield {place: Write(file, start, bytes(len(data)))}
            case _:
                pass
    for _ in range(throws if dice and len(unsynced) > 1 else 0):
        yield {place: None for place in unsynced if dice and dice.random() < 0.5}
