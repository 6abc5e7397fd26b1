from dataclasses import replace
from typing import get_args

import pytest

from backdrop_tui.records.fields.year_group import PHASE_YEARS, YEAR_GROUPS, in_words
from backdrop_tui.records.schema.context import PHASES, Phase
from backdrop_tui.records.students import YEAR_GROUP
from tests.support.cells import SCHOOL, cell, column


@pytest.mark.parametrize("code", YEAR_GROUPS)
def test_a_code_is_stored_as_it_is(code: str) -> None:
    assert cell(YEAR_GROUP, code).stored == code
    assert cell(YEAR_GROUP, code.lower()).stored == code
    assert not cell(YEAR_GROUP, code).problems


@pytest.mark.parametrize("form", ["Year {}", "Yr {}", "Yr {:02}", "Y{}", "{}.0", "y{:02}", "YEAR {}", "{:02}", "Year  {}", "Yr. {}", "Year-{}", "Y {}"])  # fmt: skip
def test_a_year_is_known_however_it_is_written(form: str) -> None:
    texts = [form.format(number) for number in range(1, 15)]
    assert [found.stored for found in column(YEAR_GROUP, texts)] == [str(number) for number in range(1, 15)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("0", "R"), ("00", "R"), ("0.0", "R"), ("Year R", "R"), ("Yr R", "R"), ("YR", "R"), ("Reception", "R"), ("Rec", "R"),
     ("reception", "R"), ("Year 0", "R"), ("Nursery 1", "N1"), ("Nursery 2", "N2"), ("nursery2", "N2"), ("N 1", "N1"),
     ("N-2", "N2"), ("Year X", "X"), ("x", "X"), ("Reception ", "R"), ("\u00a07\u200b", "7"), ("7.", "7")],
)  # fmt: skip
def test_the_years_with_names_are_known(text: str, code: str) -> None:
    assert cell(YEAR_GROUP, text).stored == code
    assert not cell(YEAR_GROUP, text).problems


@pytest.mark.parametrize("text", ["", " ", "N/A", "-", None])
def test_a_blank_year_is_missing(text: str | None) -> None:
    assert cell(YEAR_GROUP, text).errors == ["required"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("15", None), ("99", None), ("-1", "N2"), ("-2", "N1"), ("Year Seven", "7"), ("seven", "7"), ("7th", "7"), ("7A", "7"), ("Year 7 (2026)", "7"),
     ("Lower Sixth", "12"), ("L6", "12"), ("U6", "13"), ("7.5", None), ("Z", None), ("٧", None), ("Year", None), ("1e1", None), ("15A", None), ("N3", None)],
)  # fmt: skip
def test_an_unknown_year_is_an_error_with_what_it_may_mean(text: str, suggestion: str | None) -> None:
    found = cell(YEAR_GROUP, text)
    assert found.errors == ["year-unknown"]
    assert found.stored is None
    assert found.suggestion("year-unknown") == suggestion
    assert "1 to 14" in found.message("year-unknown")


@pytest.mark.parametrize("text", ["Nursery", "nursery", "NURSERY", "Nur", "N"])
def test_nursery_alone_could_be_either_year(text: str) -> None:
    found = cell(YEAR_GROUP, text)
    assert found.errors == ["year-ambiguous"]
    assert found.suggestion("year-ambiguous") is None


@pytest.mark.parametrize(
    ("phase", "usual", "odd"),
    [
        ("nursery", ["N1", "N2", "X"], ["R", "1", "7"]),
        ("primary", ["N1", "R", "6", "X"], ["7", "13"]),
        ("middle", ["5", "8"], ["3", "9", "R"]),
        ("secondary", ["7", "11", "13", "14", "X"], ["6", "R", "N1"]),
        ("sixth form", ["12", "13", "14"], ["11", "R"]),
        ("special", list(YEAR_GROUPS), []),
        ("all-through", list(YEAR_GROUPS), []),
    ],
)
def test_a_year_that_the_phase_has_not_is_a_warning(phase: Phase, usual: list[str], odd: list[str]) -> None:
    context = replace(SCHOOL, phase=phase)
    assert not any(cell(YEAR_GROUP, code, context).problems for code in usual)
    for code in odd:
        found = cell(YEAR_GROUP, f"Year {code}" if code.isdigit() else code, context)
        assert found.stored == code
        assert not found.errors
        assert found.warnings == ["year-phase"]
        assert phase in found.message("year-phase")


def test_every_phase_has_its_years() -> None:
    assert set(PHASES) == set(get_args(Phase)) == set(PHASE_YEARS)


def test_year_groups_can_be_spoken_of() -> None:
    assert [in_words(code) for code in ("N1", "R", "7", "X")] == [
        "Nursery 1",
        "Reception",
        "Year 7",
        "No year group (X)",
    ]
