"""Names of the rows of one file, and of several that are read as one."""

import polars as pl
import pytest

from backdrop_tui.records.schema.row_names import ONE_FILE, ROWS_PER_FILE, RowNames

TWO = RowNames(("7A.csv", "7B.csv"))


def test_a_row_of_one_file_is_named_by_its_number() -> None:
    assert (ONE_FILE.name(23), ONE_FILE.short_name(23)) == ("23", "23")


def test_a_row_of_several_files_has_the_file_in_its_name() -> None:
    assert (TWO.name(ROWS_PER_FILE + 3), TWO.short_name(ROWS_PER_FILE + 3)) == ("7B.csv:3", "7B.csv:3")


@pytest.mark.parametrize(
    ("files", "short"),
    [
        (("Pupils of Year 7A.csv", "Pupils of Year 7B.csv"), ["…Year 7A.csv:2", "…Year 7B.csv:2"]),
        (("7A pupils in September.csv", "7B pupils in September.csv"), ["7A pupils i…:2", "7B pupils i…:2"]),
        (("7A.csv", "Pupils of Year 7B.csv"), ["7A.csv:2", "…Year 7B.csv:2"]),
    ],
)
def test_a_long_name_is_cut_where_the_names_do_not_differ(files: tuple[str, str], short: list[str]) -> None:
    names = RowNames(files)
    assert [names.short_name(2), names.short_name(ROWS_PER_FILE + 2)] == short


def test_there_is_room_for_every_name() -> None:
    rows = pl.Series([2, 1_234, ROWS_PER_FILE + 5], dtype=pl.UInt32)
    assert TWO.longest_short_name(rows) == len("7A.csv:1234")
    assert ONE_FILE.longest_short_name(rows.head(2)) == 4
    assert ONE_FILE.longest_short_name(rows.clear()) == 1


@pytest.mark.parametrize("row", [2, 77, ROWS_PER_FILE + 3])
def test_a_row_is_found_by_its_name(row: int) -> None:
    assert TWO.row_named(TWO.name(row)) == row


@pytest.mark.parametrize("name", ["2", "7C.csv:2", "7A.csv:", "7A.csv:x", "7A.csv:99999999", ""])
def test_a_name_that_no_row_can_have_finds_none(name: str) -> None:
    assert TWO.row_named(name) is None


def test_rows_of_one_file_are_named_by_their_number_alone() -> None:
    assert ONE_FILE.row_named("12") == 12
    assert ONE_FILE.row_named("pupils.csv:12") is None
