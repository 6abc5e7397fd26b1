"""Names folded for comparison."""

import polars as pl
import pytest

from backdrop_tui.records.schema.folded_names import folded


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (("Zoë", "ZOE", "Z o-e", "Zo\u0308e".replace("o\u0308e", "oe\u0308")), "zoe"),
        (("Abbott", "АBBOTT", "Аbbоtt", "Ａｂｂｏｔｔ", "ABВOTТ"), "abbott"),
        (("Strauß", "STRAUSS"), "strauss"),
        (("-",), "-"),
    ],
)
def test_spellings_of_a_name_and_names_that_look_the_same_are_one(names: tuple[str, ...], same: str) -> None:
    assert folded(pl.Series(names)).to_list() == [same] * len(names)


def test_names_in_another_script_are_told_apart_and_nulls_stay() -> None:
    names = pl.Series(["Анна", "Мария", "Ελένη", "Anna", "Maria", None])
    assert folded(names).n_unique() == len(names)
    assert folded(names)[-1] is None
