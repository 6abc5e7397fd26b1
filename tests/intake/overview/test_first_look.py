"""The first lines of a file that hasn't been picked yet."""

import os
from pathlib import Path

import pytest

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.overview.first_look import first_lines_of

_LINES = "Name,Form\r\n\r\nZoë,7A\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("repeated", [1, 5_000])
def test_the_first_lines_are_read_in_the_encoding_of_the_file(
    tmp_path: Path, encoding: str, repeated: int
) -> None:
    path = tmp_path / "a.csv"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path.write_bytes(mark + (_LINES * repeated).encode(encoding))
    assert first_lines_of(path, 2) == ("Name,Form", "Zoë,7A")


def test_a_large_file_without_line_ends_is_shown_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 1_000_000)
    (line,) = first_lines_of(path, 5)
    assert line.startswith("xxx")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04xl/", "an Excel workbook"),
        (bytes(range(256)) * 80, "isn't a text file"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableFileError, match=reason):
        first_lines_of(path, 5)


def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UnusableFileError, match="isn't an ordinary file"):
        first_lines_of(tmp_path / "pipe.csv", 5)
