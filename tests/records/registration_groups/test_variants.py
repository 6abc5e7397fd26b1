import polars as pl
import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.cells import checked


def in_groups(*written: str) -> list[dict[str, str]]:
    return [
        {"registration_group": group, "upn": "", "surname": f"Khan{'abcdefgh'[n]}"}
        for n, group in enumerate(written)
    ]


@pytest.mark.parametrize(
    ("written", "odd"),
    [
        (["7A", "7A", "7a"], {4: "7A"}),
        (["7A", "7a", "7A", "7 A", "7-a", "7.A"], {3: "7A", 5: "7A", 6: "7A", 7: "7A"}),
        (["7a", "7a", "7A"], {4: "7a"}),
        (["7A", "7a"], {}),
        (["7A", "7B", "7C"], {}),
        (["Oak", "Oak", "OAK"], {4: "Oak"}),
        (["7A", "7A", "7\u200bA"], {}),
        (["7-1", "7-1", "71"], {}),
        (["11A", "11A", "1-1A"], {}),
        (["11A", "11A", "1 1A"], {}),
        (["1 1", "1 1", "11"], {}),
        (["7A", "7A", "7А"], {4: "7A"}),
        (["7B", "7B", "7В"], {4: "7B"}),
        (["07", "07", "7"], {4: "07"}),
        (["007", "007", "7"], {4: "007"}),
        (["07A", "07A", "7A"], {}),
        (["Érable", "Érable", "Erable"], {4: "Érable"}),
        (["Class 1", "Class 1", "class1"], {4: "Class 1"}),
    ],
)
def test_a_group_spelt_unlike_the_others_is_a_warning(written: list[str], odd: dict[int, str]) -> None:
    result = checked(STUDENTS, in_groups(*written)).problems.filter(pl.col("code") == "group-variant")
    assert dict(result.select("row", "suggestion").iter_rows()) == odd
    assert set(result["level"]) <= {"warning"}
    assert set(result["field"]) <= {"registration_group"}


def test_people_stored_count_towards_the_usual_spelling_of_a_group() -> None:
    stored: list[dict[str, str | None]] = [{"registration_group": "7A"}, {"registration_group": "7A"}]
    result = checked(STUDENTS, in_groups("7a"), stored).problems
    assert result["suggestion"].to_list() == ["7A"]
    assert result["message"].to_list() == [
        "“7a” is usually written “7A”. Check whether it is the same group."
    ]


def test_a_tie_between_two_usual_spellings_is_always_decided_the_same_way() -> None:
    result = checked(STUDENTS, in_groups("7A", "7A", "7a", "7a", "7 A")).problems
    assert result.select("row", "suggestion").rows() == [(6, "7A")]


def sure_rows(*written: tuple[str, str]) -> dict[int, bool]:
    """Whether the suggestion is sure, by row; for rows given by registration group and year group."""
    rows = [row | {"year_group": year} for row, (_, year) in zip(in_groups(*(group for group, _ in written)), written, strict=True)]  # fmt: skip
    problems = checked(STUDENTS, rows).problems.filter(code="group-variant")
    return dict(problems.select("row", "sure").iter_rows())


@pytest.mark.parametrize(
    ("usual", "rare", "is_sure"),
    [
        ("10A", "10a", True),
        ("10É", "10e", True),
        ("Oak", " OAK", True),
        ("10A", "10 A", False),
        ("10A", "10-A", False),
        ("10A", "10/a", False),
        ("10A", "10.A", False),
        ("Class 10", "Class10", False),
        ("10A", "10А", False),
        ("07", "7", False),
    ],
)
def test_another_spelling_is_sure_if_only_case_or_accents_differ(
    usual: str,
    rare: str,
    is_sure: bool,  # noqa: FBT001 - a case
) -> None:
    assert sure_rows((usual, "10"), (usual, "10"), (rare, "10")) == {4: is_sure}


@pytest.mark.parametrize(
    ("year", "is_sure"),
    [("10", True), ("Year 10", True), ("11", False), ("X", True), ("", True), ("wrong", True)],
)
def test_another_spelling_is_only_possible_if_it_is_in_another_year_group(year: str, is_sure: bool) -> None:  # noqa: FBT001 - a case
    assert sure_rows(("Oak", "10"), ("Oak", "10"), ("Oak", "X"), ("oak", year)) == {5: is_sure}


@pytest.mark.parametrize(("year", "is_sure"), [("10", True), ("9", False), (None, True)])
def test_the_year_groups_of_people_stored_count_too(year: str | None, is_sure: bool) -> None:  # noqa: FBT001 - a case
    stored: list[dict[str, str | None]] = [{"registration_group": "Oak", "year_group": year}] * 2
    problems = checked(STUDENTS, in_groups("oak"), stored).problems.filter(code="group-variant")
    assert problems.select("suggestion", "sure").rows() == [("Oak", is_sure)]
