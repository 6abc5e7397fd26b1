import pytest

from backdrop_tui.records.fields.year_group import YEAR_GROUP
from tests.support.cells import cell


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("N2", ["F1", "FS1", "fs 1", "F-1", "Foundation 1", "Nursery Year 2"]),
        ("R", ["F2", "FS2", "Foundation 2", "Foundation Stage 2", "Reception (Year 0)", "Reception (R)", "Year R (Reception)",
               "Reception Class"]),
        ("7", ["7.0", "07.00", "NC Year 7", "Yr. Group 7", "Year Group 07", "NCY7", "Year–7", "Y—7", "Year 7 (Y7)", "Blwyddyn 7",
               "National Curriculum Year 7"]),
    ],
)  # fmt: skip
def test_year_groups_are_recognised_however_systems_name_them(code: str, texts: list[str]) -> None:
    for text in texts:
        assert cell(YEAR_GROUP, text).stored == code, text


@pytest.mark.parametrize("text", ["Reception (2026)", "Year 7 (Year 8)", "Group 7", "Foundation", "F3", "N3"])
def test_texts_that_say_something_else_as_well_are_not_taken(text: str) -> None:
    assert cell(YEAR_GROUP, text).errors == ["year-unknown"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("o7", "7"), ("O9", "9"), ("l0", "10"), ("I2", "12"), ("Yr l0", "10"), ("7th", "7"), ("7A", "7"),
     ("Year 7 (2026)", "7"), ("Lower 6th", "12"), ("Upper 6", "13"), ("Year Seven", "7")],
)  # fmt: skip
def test_a_slip_in_a_year_group_leaves_one_meaning(text: str, suggestion: str) -> None:
    result = cell(YEAR_GROUP, text)
    assert result.suggestion("year-unknown") == suggestion
    assert result.is_sure("year-unknown")


@pytest.mark.parametrize(("text", "suggestion"), [("7 Oak", "7"), ("Year 10 - Mr Smith", "10")])
def test_a_number_before_other_words_is_only_possible(text: str, suggestion: str) -> None:
    result = cell(YEAR_GROUP, text)
    assert result.suggestion("year-unknown") == suggestion
    assert not result.is_sure("year-unknown")


@pytest.mark.parametrize(
    "text",
    [
        "Year 5/6",
        "5/6",
        "Y5/Y6",
        "Year 5 and 6",
        "Years 5 & 6",
        "5-6",
        "7 or 8",
        "R/1",
        "1l",
        "1O",
        "Sixth form",
        "6th",
        "KS2",
    ],
)
def test_a_text_for_several_year_groups_has_no_suggestion_of_its_own(text: str) -> None:
    result = cell(YEAR_GROUP, text)
    assert result.suggestion("year-unknown") is None
    assert "more than one year group" in result.message("year-unknown")
