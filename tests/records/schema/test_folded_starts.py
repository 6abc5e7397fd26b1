import unicodedata

import polars as pl
import pytest

from backdrop_tui.records.schema.folded_names import folded, folded_starts


@pytest.mark.parametrize("name", ["{}", "{}lhan", "A{}bc", "ab{}", "O'{}", "d'{}rcy"])
def test_names_that_are_the_same_folded_have_the_same_start(name: str) -> None:
    letters = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in {"Lu", "Lt", "Ll"}]
    letters.remove("Σ")  # its small form depends on what follows, and only a beginning is looked at
    names = pl.Series([unicodedata.normalize("NFC", name.format(letter)) for letter in letters])
    starts = pl.DataFrame({"name": names, "folded": folded(names), "start": folded_starts(names)})
    several = starts.filter(pl.col("start").n_unique().over("folded") > 1)
    assert several.sort("folded").rows() == []


@pytest.mark.parametrize(
    ("one", "other"), [("O'Neill", "ONEILL"), ("Mc Donald", "McDonald"), ("Öz", "oz"), ("d'Arcy", "Darcy")]
)
def test_spellings_of_one_name_have_the_same_start(one: str, other: str) -> None:
    assert folded_starts(pl.Series([one])).to_list() == folded_starts(pl.Series([other])).to_list()


def test_other_names_have_another_start() -> None:
    assert folded_starts(pl.Series(["Smith", "Smyth", "Jones", "王", "Ивана", "x", ""])).n_unique() == 6
