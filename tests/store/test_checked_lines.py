"""Whatever happens to a file of checked lines, what is read of it is what was written, up to the damage."""

import errno
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdrop_tui.store.checked_lines import START, append_checked_lines, checked_lines, read_checked_lines

CONTENTS = [{"format": 2}, {"do": {"title": "Núñez"}}, {"undo": 1}, {"redo": 1}]
contents = st.lists(
    st.recursive(st.none() | st.integers(-9, 9) | st.text(), st.lists, max_leaves=5), max_size=6
)


@given(contents, contents)
def test_lines_are_read_as_they_were_written(first: list[object], second: list[object]) -> None:
    data, end = checked_lines(first)
    more, last = checked_lines(second, end)
    lines = read_checked_lines(data + more)
    assert (lines.contents, lines.end, lines.rest) == (first + second, last, b"")
    assert last.offset == len(data + more)


def test_any_flipped_bit_ends_the_file_before_its_line() -> None:
    data, _ = checked_lines(CONTENTS)
    for place in range(len(data)):
        for bit in range(8):
            damaged = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
            line = data[:place].count(b"\n")
            lines = read_checked_lines(damaged)
            assert lines.contents == CONTENTS[:line]
            assert lines.rest


def test_a_file_cut_short_anywhere_has_the_lines_before_the_cut() -> None:
    data, _ = checked_lines(CONTENTS)
    for length in range(len(data)):
        lines = read_checked_lines(data[:length])
        assert lines.contents == CONTENTS[: data[:length].count(b"\n")]
        assert not lines.is_damaged


@pytest.mark.parametrize("missing", range(1, len(CONTENTS) - 1))
def test_a_missing_line_is_noticed(missing: int) -> None:
    written = checked_lines(CONTENTS)[0].splitlines(keepends=True)
    lines = read_checked_lines(b"".join(written[:missing] + written[missing + 1 :]))
    assert lines.contents == CONTENTS[:missing]
    assert lines.is_damaged


def test_a_line_with_the_right_checksum_that_is_not_json_is_damage() -> None:
    lines = read_checked_lines(b"%08x {\n" % zlib.crc32(b"{"))
    assert (lines.contents, lines.end) == ([], START)


def test_new_lines_take_the_place_of_damage(tmp_path: Path) -> None:
    path = tmp_path / "edits"
    end = append_checked_lines(path, CONTENTS[:2], START, create=True)
    path.write_bytes(path.read_bytes() + b"\0" * 100)
    append_checked_lines(path, CONTENTS[2:], end)
    assert path.read_bytes() == checked_lines(CONTENTS)[0]


def test_lines_that_are_written_count_even_if_their_file_cant_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.close

    def close(descriptor: int) -> None:
        real(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    path = tmp_path / "lines"
    path.touch()
    monkeypatch.setattr(os, "close", close)
    end = append_checked_lines(path, [{"n": 1}], START)
    monkeypatch.undo()
    assert end.offset == path.stat().st_size
    assert read_checked_lines(path.read_bytes()).contents == [{"n": 1}]
