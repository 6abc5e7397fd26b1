import polars as pl
import pytest

from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.wrapping import unwrapped
from tests.support.made_up import STUDENTS, read


def _unwrapped(*texts: str) -> list[str]:
    cells = pl.DataFrame({"c0": texts})
    return cells.select(unwrapped(cells, "c0")).to_series().to_list()


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("'Ada", "'Bo", "Cy", ""), ["Ada", "Bo", "Cy", ""]),
        (("'Ada'", "'Bo'", "''"), ["Ada", "Bo", ""]),
        (("“Ada”", "“Bo”", "Cy"), ["Ada", "Bo", "Cy"]),
        (('"Ada"', '"Bo"'), ["Ada", "Bo"]),
        (("‘Ada’", "’Bo’"), ["Ada", "Bo"]),
        (("'O'Neill'", "'Lee'"), ["O'Neill", "Lee"]),
        (("'O'Neill", "'Lee", "'t Hooft"), ["O'Neill", "Lee", "'t Hooft"]),
        ((" 'Ada", "\t'Bo' "), ["Ada", "Bo"]),
    ],
)
def test_what_half_of_a_columns_cells_have_round_them_is_removed(
    texts: tuple[str, ...], values: list[str]
) -> None:
    assert _unwrapped(*texts) == values


@pytest.mark.parametrize(
    "texts", [("'Ada", "Bo", "Cy"), ("'t Hooft", "'t Hart"), ("O'Neill", "D'Arcy"), ("'n Smit",), ("", ""), ("“Bo” Smith", "Ann “Nan” Lee")]
)  # fmt: skip
def test_what_fewer_cells_have_or_names_begin_with_stays(texts: tuple[str, ...]) -> None:
    assert _unwrapped(*texts) == list(texts)


def test_a_long_column_is_judged_as_a_whole() -> None:
    texts = (*["'Ada"] * 1_000, *["Bo"] * 1_500)
    assert _unwrapped(*texts) == list(texts)


def test_a_file_in_quotes_is_read_without_them() -> None:
    sheet = read("'Forename','Surname','DOB','Year','Reg'\n'Ada','O'Neill','14/03/2012','10','10B'\n")
    matching = match_columns(sheet, STUDENTS)
    assert matching.targets == ("first_name", "surname", "date_of_birth", "year_group", "registration_group")
    assert matching.texts(sheet).row(0) == (2, "Ada", "O'Neill", "14/03/2012", "10", "10B")
