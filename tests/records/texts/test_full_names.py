import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.texts.full_names import split_full_name


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
        ("Anna van 't Hoff", "Anna", "van 't Hoff"),
        ("Sem 's Gravesande", "Sem", "'s Gravesande"),
        ("Anna VAN 'T HOFF", "Anna", "VAN 'T HOFF"),
        ("'KHAN Ali", "Ali", "'KHAN"),
        ("Sean O Neill", "Sean", "O Neill"),
        ("Seán Ó Briain", "Seán", "Ó Briain"),
        ("Zoë Jones-Brown", "Zoë", "Jones-Brown"),
        ("Madonna", "", "Madonna"),
        ("\u00a0 Smith,\u200b John ", "John", "Smith"),
        ("Smith, Mr J", "Mr J", "Smith"),
        ("Mr J Smith", "Mr J", "Smith"),
        ("Mr van der Berg", "Mr", "van der Berg"),
        ("Dr Smith-Jones, Anna", "Anna", "Dr Smith-Jones"),
        ("SMITH Jane (Ms)", "Jane (Ms)", "SMITH"),
        ("Jane Smith (Ms)", "Jane (Ms)", "Smith"),
        ("Jane Smith Mrs", "Jane Mrs", "Smith"),
        ("Smith (Mr)", "Mr", "Smith"),
        ("Smith Dr.", "Dr.", "Smith"),
        ("Smith Jones Mr J", "Mr J", "Smith Jones"),
        ("Khan Miss Aisha", "Miss Aisha", "Khan"),
        ("Dr KHAN Aisha", "Dr Aisha", "KHAN"),
        ("Mr & Mrs Hall", "Mr & Mrs", "Hall"),
        ("SMITH Jane", "Jane", "SMITH"),
        ("SMITH-JONES Mary Ann", "Mary Ann", "SMITH-JONES"),
        ("O'NEILL Mary", "Mary", "O'NEILL"),
        ("McDONALD Jane A.", "Jane A.", "McDONALD"),
        ("VAN DER BERG Tom", "Tom", "VAN DER BERG"),
        ("Tom VAN DER BERG", "Tom", "VAN DER BERG"),
        ("Mary Ann SMITH JONES", "Mary Ann", "SMITH JONES"),
        ("Anna de la CRUZ", "Anna", "de la CRUZ"),
        ("AJ Smith", "AJ", "Smith"),
        ("LI Wei", "LI", "Wei"),
        ("JANE SMITH", "JANE", "SMITH"),
        ("J SMITH", "J", "SMITH"),
        ("J. R. Smith", "J. R.", "Smith"),
        ("Jane Smith <j.smith@school.org>", "Jane", "Smith"),
        ('"Smith, Jane" <j.smith@school.org>', "Jane", "Smith"),
        ("Jane Smith (j.smith@school.org)", "Jane", "Smith"),
        ("Jane Smith j.smith@school.org", "Jane", "Smith"),
        ("j.smith@school.org", "", "j.smith@school.org"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_full_name_is_split_in_two(whole: str | None, first: str, last: str) -> None:
    names = pl.DataFrame({"name": [whole]}, schema={"name": pl.String})
    first_name, surname = split_full_name(pl.col("name"))
    assert names.select(first=first_name, last=surname).row(0) == (first, last)


@pytest.mark.parametrize(
    ("others", "first"), [(["SMITH Jane", "PATEL Priya"], "Wei"), (["Jane Smith", "Priya PATEL"], "LI")]
)
def test_two_or_three_capitals_are_a_surname_if_most_names_begin_with_one(
    others: list[str], first: str
) -> None:
    first_name, _ = split_full_name(pl.col("name"))
    names = pl.DataFrame({"name": ["LI Wei", *others]})
    assert names.select(first_name).to_series()[0] == first


WORDS = [
    "Mr",
    "(Ms)",
    "Dr.",
    "SMITH",
    "Jane",
    "de",
    "la",
    "O'NEILL",
    "Zoë",
    "J.",
    "McDONALD",
    "Miss",
    "AJ",
    "&",
    ",",
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=8)
)
def test_no_letter_is_lost_when_names_are_split(names: list[str]) -> None:
    first_name, surname = split_full_name(pl.col("name"))
    both = pl.DataFrame({"name": names}).select(pl.concat_str(first_name, surname)).to_series()
    for name, parts in zip(names, both, strict=True):
        assert sorted(filter(str.isalpha, parts)) == sorted(filter(str.isalpha, name))
