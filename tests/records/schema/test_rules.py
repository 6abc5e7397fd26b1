import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdrop_tui.records.schema.row_names import ONE_FILE
from backdrop_tui.records.schema.rules import row_list, sentence
from backdrop_tui.wording import listed


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([7], "7"),
        ([2, 1000], "2 and 1000"),
        ([2, 3, 4, 5, 6], "2, 3, 4, 5 and 6"),
        ([2, 3, 4, 5, 6, 7], "2, 3, 4, 5, 6 and 1 more"),
    ],
)
def test_row_numbers_are_listed_as_in_a_sentence(rows: list[int], words: str) -> None:
    assert pl.DataFrame({"rows": [rows]}).select(row_list(pl.col("rows"), ONE_FILE)).item() == words


@given(st.lists(st.lists(st.integers(1, 2_000_000), min_size=1, max_size=12), min_size=1))
def test_row_numbers_are_listed_like_any_other_list(rows: list[list[int]]) -> None:
    in_words = pl.DataFrame({"rows": rows}, schema={"rows": pl.List(pl.UInt32)}).select(
        row_list(pl.col("rows"), ONE_FILE)
    )
    assert in_words.to_series().to_list() == [listed(numbers, at_most=5) for numbers in rows]


@pytest.mark.parametrize("count", [1_004, 1_005, 12_345, 1_234_567])
def test_a_long_list_says_how_many_more_with_commas(count: int) -> None:
    rows = pl.DataFrame({"rows": [pl.Series(range(count), dtype=pl.UInt32)]})
    assert rows.select(row_list(pl.col("rows"), ONE_FILE)).item() == listed(range(count), at_most=5)


def test_a_sentence_quotes_the_cell_unless_something_else_is_named() -> None:
    frame = pl.DataFrame({"shown": ["Boy"], "other": [7]})
    sentences = frame.select(
        cell=sentence("“{}” is odd."),
        other=sentence("There are {}.", pl.col("other")),
        none=sentence("None."),
    )
    assert sentences.row(0) == ("“Boy” is odd.", "There are 7.", "None.")
