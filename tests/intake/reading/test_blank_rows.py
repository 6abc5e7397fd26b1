"""Blank rows, of which a file can have millions."""

from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading import fast, short_lines
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet

from .conftest import KNOWN, Read

LINES = [
    "",
    "",
    ",",
    " , ,",
    ",,,,,",
    '""',
    '"","",',
    "Ann,Lee,01/02/2012",
    '"Bo\n\n""\n,\nX",Lee,',
    'Ann,"Lee',
    'Lee",x',
    ",,,y",
    'a"',
]


def read_file(lines: list[str], end: str) -> Sheet | str:
    """What a file gives, or why it is refused."""
    data = end.join(["Forename,Surname,DOB", *lines]).replace("\n", end)
    try:
        return read_bytes(data.encode(), "people.csv", ReadOptions(), KNOWN)
    except UnusableFileError as error:
        return error.message


@given(
    lines=st.lists(st.sampled_from(LINES), max_size=30),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    part=st.sampled_from([8, 400]),
)
@example(lines=["", "Ann,Lee,", '"A', "", '""', 'B",Lee,', "", ""], end="\n", part=8)
def test_a_file_gives_the_same_whether_its_blank_lines_are_cut_or_not(
    lines: list[str], end: str, part: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(short_lines, "_CELLS", 10**9)
        cut = read_file(lines, end)
        patch.setattr(short_lines, "_CELLS", 0)
        patch.setattr(short_lines, "_LEAST", 1_000)
        patch.setattr(fast, "_PART", part)
        spared = read_file(lines, end)
    if isinstance(cut, str) or isinstance(spared, str):
        assert cut == spared
        return
    for field in fields(Sheet):
        if field.name in {"cells", "faults"}:
            assert_frame_equal(
                getattr(spared, field.name), getattr(cut, field.name), check_row_order=field.name == "cells"
            )
        else:
            assert getattr(spared, field.name) == getattr(cut, field.name)


def test_rows_between_very_many_blank_ones_keep_their_numbers(read: Read) -> None:
    sheet = read(
        "Forename,Surname,DOB\n"
        + "\n" * 300_000
        + "Ann,Lee,\n"
        + ",\n" * 300_000
        + '"Bo\nB",Poe,\n\nCy,Orr,\n'
    )
    assert sheet.cells["row"].to_list() == [300_002, 600_003, 600_005]
    assert sheet.faults.is_empty()
