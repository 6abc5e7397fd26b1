"""The file of a backup: what it holds, and what is refused."""

import hashlib
import os
import re
from datetime import UTC
from pathlib import Path
from typing import Any

import orjson
import pytest

from backdrop_tui.care.backups.backup_file import BACKUP_FORMAT, read_backup
from backdrop_tui.errors import UnusableFileError
from backdrop_tui.records.leaving import STATUS
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.migrations import current_format
from tests.support.made_up import NOW


def rewritten(path: Path, head: dict[str, Any], items: list[list[Any]], *, number: int | None = None) -> Path:
    """A backup with another first line and other items, and the right checksum; it says how many items there are."""
    data = b"".join(orjson.dumps(line) + b"\n" for line in (head, *items))
    end = {"items": len(items) if number is None else number, "sha256": hashlib.sha256(data).hexdigest()}
    path.write_bytes(data + orjson.dumps(end) + b"\n")
    return path


def parts(path: Path) -> tuple[dict[str, Any], list[list[Any]]]:
    """The first line of a backup and its items."""
    head, *items, _ = map(orjson.loads, path.read_bytes().splitlines())
    return head, items


def test_it_says_when_it_was_made_and_what_it_holds(backup: Path) -> None:
    read = read_backup(backup)
    assert read.made == NOW.astimezone(UTC)
    assert read.holdings.organisation == "Hill Top"
    assert dict(read.holdings.current) == {"students": 4, "staff": 3}
    assert read.holdings.imports == 2
    assert backup.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("share", range(1, 20))
def test_wherever_it_is_cut_off_it_is_refused(backup: Path, share: int) -> None:
    data = backup.read_bytes()
    backup.write_bytes(data[: len(data) * share // 20])
    with pytest.raises(UnusableFileError, match=r"is cut short|is not a backup of Back:drop"):
        read_backup(backup)


def test_without_any_one_of_its_lines_it_is_refused(backup: Path) -> None:
    lines = backup.read_bytes().splitlines(keepends=True)
    for place in range(len(lines)):
        backup.write_bytes(b"".join(lines[:place] + lines[place + 1 :]))
        with pytest.raises(UnusableFileError):
            read_backup(backup)


def test_one_with_fewer_items_than_it_says_is_refused(backup: Path) -> None:
    head, items = parts(backup)
    rewritten(backup, head, items[:-3], number=len(items))
    with pytest.raises(UnusableFileError, match="is damaged"):
        read_backup(backup)


@pytest.mark.parametrize("share", range(40))
def test_whichever_byte_is_changed_it_is_refused(backup: Path, share: int) -> None:
    data = bytearray(backup.read_bytes())
    place = len(data) * share // 40
    data[place] ^= 1
    backup.write_bytes(data)
    with pytest.raises((UnusableFileError, NewerFormatError)):
        read_backup(backup)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"First Name,Surname\nZo\xc3\xab,Lee\n", b"{}\n", b"[1]\n", b"\0" * 5000, b'{"format":1}\n'],
)
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(UnusableFileError, match=r"other is not a backup of Back:drop. Choose a file"):
        read_backup(path)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, sentence in {
        "pipe": "isn't an ordinary file. Choose a backup.",
        ".": "is a folder. Choose the backup in it.",
        "missing": "There is no file",
    }.items():
        with pytest.raises(UnusableFileError, match=re.escape(sentence)):
            read_backup(tmp_path / name)


@pytest.mark.parametrize(
    "newer", [{"format": BACKUP_FORMAT + 1}, {"formats": {"students": 99}}, {"formats": {"pupils": 1}}]
)
def test_one_from_a_newer_version_is_left_to_that_version(backup: Path, newer: dict[str, Any]) -> None:
    head, items = parts(backup)
    with pytest.raises(NewerFormatError, match="was saved by a newer version"):
        read_backup(rewritten(backup, head | newer, items))


@pytest.mark.parametrize(
    "items",
    [
        [["people", "students", {"id": "1", "shoe_size": "5"}]],
        [["people", "parents", {"id": "1"}]],
        [["documents", "undo", {"key": "../../x"}]],
        [["documents", "settings"]],
        ["x"],
    ],
)
def test_items_that_make_no_sense_are_damage(backup: Path, items: list[list[Any]]) -> None:
    head, _ = parts(backup)
    with pytest.raises(UnusableFileError, match="is damaged: it isn't as it was written"):
        read_backup(rewritten(backup, head, items))


@pytest.mark.parametrize("head", [{"formats": 5}, {"format": "x"}, {"made": 5}, {"made": "yesterday"}])
def test_a_first_line_that_makes_no_sense_is_damage(backup: Path, head: dict[str, Any]) -> None:
    old, items = parts(backup)
    with pytest.raises(UnusableFileError, match="is damaged"):
        read_backup(rewritten(backup, old | head, items))


def test_items_of_an_older_format_are_brought_up_to_date(backup: Path) -> None:
    head, items = parts(backup)
    new = list(read_backup(backup).items())
    old_formats = {"students": 2, "staff": 3, "setup": 2, "undo": 1}
    for part, _, content in items:
        if part == "people":
            del content[STATUS]
    read = read_backup(rewritten(backup, head | {"formats": old_formats}, items))
    upgraded = list(read.items())
    assert len(upgraded) == len(new)
    assert [item for item in new if item not in upgraded] == []
    assert [item.name for item in upgraded[-3:]] == ["", "", ""]
    assert current_format("students") > 2
