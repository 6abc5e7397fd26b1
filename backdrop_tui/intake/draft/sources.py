"""The files that a draft was made of, kept in it byte for byte and recognised by their checksums."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.intake.draft.draft_facts import DraftFacts
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.formats import set_aside
from backdrop_tui.wording import counted, listed

_SOURCE = "source"
_NOT_RECOGNISABLE = (
    "An older version saved the draft, and did not note how to recognise the file, so it can't be put back."
)


@dataclass(frozen=True)
class SourceFile:
    """A file that was picked, or cells that were pasted."""

    name: str
    """Its name, without its folder."""
    data: bytes
    """Its bytes."""
    path: Path | None
    """Where it is; None for cells that were pasted."""

    @classmethod
    def at(cls, path: Path, data: bytes) -> Self:
        """A file that was picked, given its path and its bytes."""
        return cls(path.name, data, path)

    @property
    def checksum(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return checksum_of(self.data)


class LostSourceError(DataFolderError):
    """A draft doesn't have one of its files any more. It can be put back by `put_back`."""

    title: ClassVar[str] = "A file is missing"

    def __init__(self, facts: DraftFacts, lost: Sequence[int], changes: int) -> None:
        """Say which files have to be chosen again.

        Args:
            facts: What is known about the draft.
            lost: The places of the files that are lost, from 0.
            changes: The number of the user's changes to them.
        """
        many = len(lost) > 1
        names = listed(facts.files[place] for place in lost)
        choose = f"Choose {names} again" if facts.paths else "Paste the same cells again"
        purpose = f" with your {counted(changes, 'change')}" if changes else ""
        super().__init__(
            f"{names} {'are' if many else 'is'} missing from this draft, or damaged in it. "
            + (f"{choose} to carry on{purpose}." if facts.checksums else _NOT_RECOGNISABLE)
        )
        self.facts = facts
        """What is known about the draft."""
        self.can_be_put_back = bool(facts.checksums)
        """Whether the same file can be recognised when it is picked again."""


def checksum_of(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def source_path(folder: Path, place: int) -> Path:
    """Where a draft keeps one of its files, by the file's place from 0: `source`, `source-2` and so on."""
    return folder / (f"{_SOURCE}-{place + 1}" if place else _SOURCE)


def kept_sources(folder: Path) -> list[Path]:
    """The files that a draft's folder has, in order, whatever is known about them."""
    paths: list[Path] = []
    while (path := source_path(folder, len(paths))).is_file():
        paths.append(path)
    return paths


def read_sources(folder: Path, facts: DraftFacts, changes: int) -> list[tuple[str, bytes]]:
    """Read a draft's files. One that is missing or damaged is put back if it is still where it was picked.

    Args:
        folder: The draft's folder.
        facts: What is known about the draft.
        changes: The number of the user's changes, to be named if a file is lost.

    Returns:
        The name and the bytes of each file.

    Raises:
        LostSourceError: A file is lost.
        DataFolderError: A file can't be put back.
    """
    files: list[tuple[str, bytes]] = []
    lost = []
    for place, name in enumerate(facts.files):
        checksum = facts.checksum(place)
        data = _bytes_with(source_path(folder, place), checksum)
        if data is None and checksum and (path := facts.path(place)):
            data = _bytes_with(path, checksum)
            if data is not None:
                _write(source_path(folder, place), data)
        if data is None:
            lost.append(place)
        else:
            files.append((name, data))
    if lost:
        raise LostSourceError(facts, lost, changes)
    return files


def has_all_sources(folder: Path, facts: DraftFacts) -> bool:
    """Whether a draft's folder has all of its files as they were picked."""
    return all(
        _bytes_with(source_path(folder, place), facts.checksum(place)) is not None
        for place in range(len(facts.files))
    )


def are_where_picked(facts: DraftFacts) -> bool:
    """Whether all files of a draft are still where they were picked, so that the draft needn't keep them."""
    return all(
        (path := facts.path(place)) and _bytes_with(path, facts.checksum(place))
        for place in range(len(facts.files))
    )


def changed_since_picked(folder: Path, facts: DraftFacts) -> str:
    """A sentence for the user about the files of a draft that have other content now where they were picked; empty if none has.

    A file that is gone or can't be read isn't one of them, and nor is one that an older version can't recognise.
    """
    names = [
        name
        for place, name in enumerate(facts.files)
        if (path := facts.path(place))
        and _has_changed(path, source_path(folder, place), facts.checksum(place))
    ]
    if not names:
        return ""
    have, them, new = ("has", "it", "one") if len(names) == 1 else ("have", "them", "ones")
    return f"{listed(names)} {have} changed since you picked {them}. To use the new {new}, pick {them} again."


def _has_changed(path: Path, kept: Path, checksum: str) -> bool:
    """Whether a file has other content than the draft's own copy. It is only read if its size or time says that it may."""
    if not checksum:
        return False
    try:
        now, then = path.stat(), kept.stat()
    except OSError:
        return False
    if now.st_size == then.st_size and now.st_mtime <= then.st_mtime:
        return False
    data = _bytes_with(path, "")
    return data is not None and checksum_of(data) != checksum


def put_back(folder: Path, facts: DraftFacts, files: Sequence[SourceFile]) -> None:
    """Put those of a draft's files back that are among `files`, recognised by their checksums.

    Raises:
        UnusableFileError: None of them is the draft's.
        DataFolderError: A file can't be written.
    """
    by_checksum = {file.checksum: file.data for file in files}
    places = [place for place in range(len(facts.files)) if facts.checksum(place) in by_checksum]
    if not places:
        raise UnusableFileError(
            f"This isn't the same as {facts.file}: what is in it differs from the file that your changes were made to, so "
            "they could end up in the wrong rows. Choose that file, or import this one as a new file. The draft is kept."
        )
    for place in places:
        if _bytes_with(source_path(folder, place), facts.checksum(place)) is None:
            _write(source_path(folder, place), by_checksum[facts.checksum(place)])


def _bytes_with(path: Path, checksum: str) -> bytes | None:
    """The bytes of a file; None if it can't be read, or has another checksum. An empty checksum fits every file."""
    with suppress(OSError):
        data = path.read_bytes() if path.is_file() else None
        if data is not None and checksum in {"", checksum_of(data)}:
            return data
    return None


def _write(path: Path, data: bytes) -> None:
    """Write a file into a draft; what is in its place is set aside."""
    set_aside(path)
    with translating_os_errors(path):
        atomic_write(path, data)
