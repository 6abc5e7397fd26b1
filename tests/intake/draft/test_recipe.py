import pytest

from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.recipe import Recipe
from backdrop_tui.intake.draft.review import recipe_of, review
from backdrop_tui.intake.matching.headings_key import headings_key
from tests.intake.conftest import Begin
from tests.support.made_up import CONTEXT, STAFF, STUDENTS, stored, student, table

BASIS = Basis(CONTEXT, stored(STUDENTS))


def values_after(
    begin: Begin, rows: list[dict[str, str]], *cells: tuple[int, str, str]
) -> dict[str, dict[str, str]]:
    """The values that are remembered after some cells of a file have been edited."""
    draft = begin(table(rows))
    draft.do(Change("x", cells=cells))
    return {key: dict(values) for key, values in recipe_of(review(draft.intake(), BASIS)).values.items()}


def test_values_of_closed_fields_are_remembered_with_what_they_became(begin: Begin) -> None:
    rows = [student(0, gender="Boy"), student(1, year_group="Seven")]
    assert values_after(begin, rows, (2, "gender", "male"), (3, "year_group", "8")) == {
        "gender": {"Boy": "M"},
        "year_group": {"Seven": "8"},
    }


def test_names_dates_and_upns_are_never_remembered(begin: Begin) -> None:
    rows = [student(0, first_name="J0hn", date_of_birth="31/02/2014", upn="A1")]
    edits = [(2, "first_name", "John"), (2, "date_of_birth", "28/02/2014"), (2, "upn", "")]
    assert values_after(begin, rows, *edits) == {}


@pytest.mark.parametrize("value", ["Amira", "amira o'neill", "14/03/2014", "A8012000010", "12345"])
def test_a_value_that_slipped_in_from_another_column_is_not_remembered(begin: Begin, value: str) -> None:
    assert values_after(begin, [student(0, gender=value)], (2, "gender", "F")) == {}


def test_a_value_that_became_different_things_is_not_remembered(begin: Begin) -> None:
    rows = [student(0, gender="?x"), student(1, gender="?x"), student(2, gender="?x")]
    assert values_after(begin, rows, (2, "gender", "F"), (3, "gender", "M")) == {}


def test_a_blank_that_was_filled_in_is_not_remembered(begin: Begin) -> None:
    assert values_after(begin, [student(0, gender="")], (2, "gender", "F")) == {}


def staff_findings(begin: Begin, group: str) -> list[str]:
    """The codes of findings about four teachers whose group was always changed to one group last time."""
    rows = [
        {
            "First Name": f"Al{letter}",
            "Surname": "Reed",
            "Job Role": "Teacher",
            "User Group": "Teachrs",
            "Email": "",
        }
        for letter in "abcd"
    ]
    draft = begin(table(rows), STAFF)
    recipe = Recipe(values={"user_group": {"Teachrs": group}})
    basis = Basis(CONTEXT, stored(STAFF), recipes={headings_key(STAFF, list(rows[0])): recipe})
    return [finding.code for finding in review(draft.intake(), basis).findings]


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("Teachers", ["same-as-last-time"]),
        ("TAs", ["same-as-last-time"]),
        ("DSLs", []),
        ("SLTs", []),
        ("Club", []),
    ],
)
def test_a_group_with_more_rights_than_teachers_is_never_given_again_unasked(
    begin: Begin, group: str, codes: list[str]
) -> None:
    assert staff_findings(begin, group) == codes


def test_a_year_group_is_not_given_again_to_children_of_another_age(begin: Begin) -> None:
    born = ["03/03/2022", "03/03/2016", "03/03/2017", "", "03/03/2016"]
    rows = [student(n, date_of_birth=day, year_group="Recptn") for n, day in enumerate(born)]
    recipe = Recipe(values={"year_group": {"Recptn": "5"}})
    basis = Basis(CONTEXT, stored(STUDENTS), recipes={headings_key(STUDENTS, list(rows[0])): recipe})
    (finding,) = review(begin(table(rows)).intake(), basis).findings
    assert finding.rows.to_list() == [3, 4, 5, 6]
    assert "“Recptn” → 5 (4)" in finding.message


def test_a_later_file_adds_to_a_recipe() -> None:
    first = Recipe({"gender": {"Boy": "M"}}, applied=frozenset({"capitals"}))
    assert first.updated(Recipe({"gender": {"Boy": "F", "Girl": "F"}}, "mdy")) == Recipe(
        {"gender": {"Boy": "F", "Girl": "F"}}, "mdy", frozenset({"capitals"})
    )
