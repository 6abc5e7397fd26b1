import polars as pl
import pytest

from backdrop_tui.intake.matching.full_name import split_full_name


@pytest.mark.parametrize(
    ("whole", "first", "last"),
    [
        ("Smith, John", "John", "Smith"),
        ("O'Neill , Mary  Ann", "Mary Ann", "O'Neill"),
        ("van der Berg, Tom", "Tom", "van der Berg"),
        ("Smith, John, Peter", "John, Peter", "Smith"),
        ("Smith,", "", "Smith"),
        (", John", "John", ""),
        ("John Smith", "John", "Smith"),
        ("Mary Ann Smith", "Mary Ann", "Smith"),
        ("Tom van der Berg", "Tom", "van der Berg"),
        ("Maria De La Cruz", "Maria", "De La Cruz"),
        ("Al Pacino", "Al", "Pacino"),
        ("Sean O Neill", "Sean", "O Neill"),
        ("Seán Ó Briain", "Seán", "Ó Briain"),
        ("Zoë Jones-Brown", "Zoë", "Jones-Brown"),
        ("Madonna", "", "Madonna"),
        ("\u00a0 Smith,\u200b John ", "John", "Smith"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_full_name_is_split_in_two(whole: str | None, first: str, last: str) -> None:
    names = pl.DataFrame({"name": [whole]}, schema={"name": pl.String})
    first_name, surname = split_full_name(pl.col("name"))
    assert names.select(first=first_name, last=surname).row(0) == (first, last)
