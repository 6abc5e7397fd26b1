import polars as pl
import pytest

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.cells import checked


def _people(*surnames: str, first_name: str = "Ada") -> list[dict[str, str]]:
    return [{"first_name": first_name, "surname": surname, "upn": "", "email": ""} for surname in surnames]


def _changes(
    kind: RecordKind, rows: list[dict[str, str]], stored: list[dict[str, str | None]] | None = None
) -> list[tuple[int, str, str]]:
    """The cells that the remedy changes: row, field and text; none without the finding."""
    keys = set(kind.keys)
    given = [{key: text for key, text in row.items() if key in keys} for row in rows]
    findings = [
        finding for finding in checked(kind, given, stored or []).findings if finding.code == "capitals"
    ]
    cells = [remedy.cells for finding in findings for remedy in finding.remedies]
    return [row for frame in cells if frame is not None for row in frame.rows()]


@pytest.mark.parametrize("kind", [STUDENTS, STAFF], ids=["students", "staff"])
def test_names_in_capitals_are_a_note_with_a_remedy(kind: RecordKind) -> None:
    rows = _people("SMITH", "O'NEILL", "MCDONALD", "VAN DER BERG", "Khan")
    given = [{key: text for key, text in row.items() if key in kind.keys} for row in rows]
    (finding,) = [finding for finding in checked(kind, given).findings if finding.code == "capitals"]
    assert finding.type.level == "note"
    assert finding.message == (
        "4 surnames are in capitals, and could be written like O'Neill, McDonald, van der Berg or Smith."
    )
    assert finding.rows.to_list() == [2, 3, 4, 5]
    (remedy,) = finding.remedies
    assert remedy.title == "Take 4 names out of capitals"
    assert [text for _, _, text in _changes(kind, rows)] == ["Smith", "O'Neill", "McDonald", "van der Berg"]


@pytest.mark.parametrize(
    "surnames",
    [
        ["SMITH", "Khan"],
        ["Smith", "Khan", "LEE"],
        ["李", "김", "Lee"],
        ["ბერიძე", "კაპანაძე", "Lee"],
        ["X", "O", "Lee"],
        ["McDONALD", "Lee"],
        [],
    ],
)
def test_there_is_no_finding_unless_most_surnames_are_in_capitals(surnames: list[str]) -> None:
    assert _changes(STUDENTS, _people(*surnames)) == []


def test_only_names_that_are_all_capitals_change() -> None:
    rows = _people("SMITH", "JONES", "McDONALD", "Khan", "MÜLLER", "STRAUß")
    assert _changes(STUDENTS, rows) == [
        (2, "surname", "Smith"),
        (3, "surname", "Jones"),
        (6, "surname", "Müller"),
        (7, "surname", "Strauß"),
    ]


def test_names_without_any_capital_are_reported_in_the_same_way() -> None:
    rows = _people("smith", "o'neill", "van der berg", "Khan", first_name="ada")
    (finding,) = [finding for finding in checked(STUDENTS, rows).findings if finding.code == "capitals"]
    assert finding.message == (
        "3 surnames are without capitals, and could be written like O'Neill, van der Berg or Smith. "
        "First names are without capitals too."
    )
    assert finding.remedies[0].title == "Put capitals where they belong in 7 names"
    texts = {text for _, _, text in _changes(STUDENTS, rows)}
    assert texts == {"Smith", "O'Neill", "van der Berg", "Ada"}


def test_capitals_and_small_letters_can_be_mixed() -> None:
    (finding,) = checked(STUDENTS, _people("SMITH", "jones", "Khan")).findings
    assert "2 surnames are in capitals or without any, and" in finding.message


def test_first_names_change_too_if_most_are_in_capitals() -> None:
    rows = [*_people("SMITH", "JONES", first_name="ADA"), *_people("LEE", first_name="TJ")]
    fields = [(row, field, text) for row, field, text in _changes(STUDENTS, rows) if field == "first_name"]
    assert fields == [(2, "first_name", "Ada"), (3, "first_name", "Ada")]


def test_a_first_name_of_initials_is_left_alone_among_names_in_small_letters() -> None:
    rows = [*_people("SMITH", "JONES"), *_people("LEE", first_name="AJ")]
    assert {field for _, field, _ in _changes(STUDENTS, rows)} == {"surname"}


def test_the_stored_spelling_of_the_same_child_comes_first() -> None:
    stored: list[dict[str, str | None]] = [
        {"upn": "H801200001001", "first_name": "Ada", "surname": "MacDonald"},
        {"upn": None, "first_name": "Bo", "surname": "Van Der Berg"},
        {"upn": None, "first_name": "Cy", "surname": "Macdonald"},
    ]
    rows = [
        {"upn": "H801200001001", "first_name": "Ada", "surname": "MACDONALD"},
        {"upn": "", "first_name": "Bo", "surname": "VAN DER BERG"},
        {"upn": "", "first_name": "Di", "surname": "MACDONALD"},
    ]
    texts = [text for _, _, text in _changes(STUDENTS, rows, stored)]
    assert texts == ["MacDonald", "Van Der Berg", "Macdonald"]


@pytest.mark.parametrize(
    ("given", "spelling"),
    [
        ("GROSS", "Groß"),
        ("STRAUSS", "Strauß"),
        ("YILMAZ", "Yılmaz"),
        ("İNCE", "İnce"),
        ("GARCIA", "García"),
        ("NUÑEZ", "Nuñez"),
        ("gross", "Groß"),
    ],
)
@pytest.mark.parametrize("by", ["name", "upn"])
def test_the_stored_spelling_counts_although_capitals_have_fewer_letters(
    given: str, spelling: str, by: str
) -> None:
    upn = "H801200001001" if by == "upn" else ""
    stored: list[dict[str, str | None]] = [{"upn": upn or None, "first_name": "Zoë", "surname": spelling}]
    rows = [{"upn": upn, "first_name": "Zoe", "surname": given}]
    assert [text for _, _, text in _changes(STUDENTS, rows, stored)] == [spelling]


def test_no_accent_is_lost_to_a_stored_spelling_without_it() -> None:
    stored: list[dict[str, str | None]] = [
        {"upn": "H801200001001", "first_name": "Ada", "surname": "Muller"},
        {"upn": None, "first_name": "Bo", "surname": "García"},
    ]
    rows = [
        {"upn": "H801200001001", "first_name": "Ada", "surname": "MÜLLER"},
        {"upn": "", "first_name": "Cy", "surname": "GARCIA"},
    ]
    assert [text for _, _, text in _changes(STUDENTS, rows, stored)] == ["Müller", "Garcia"]


def test_the_spelling_of_the_same_surname_elsewhere_comes_before_the_usual_one() -> None:
    rows = _people("MACDONALD", "MACDONALD", "SMITH", "MacDonald")
    stored: list[dict[str, str | None]] = [{"first_name": "Eve", "surname": "SMITH"}]
    assert [text for _, _, text in _changes(STUDENTS, rows, stored)] == ["MacDonald", "MacDonald", "Smith"]


def test_a_name_with_a_problem_is_left_alone() -> None:
    rows = _people("MUÃ‘OZ", "TEST", "SM1TH", "MR JONES", "KHAN")
    assert _changes(STUDENTS, rows) == [(6, "surname", "Khan")]


def test_no_warning_has_a_suggestion_for_capitals() -> None:
    """So that taking all suggestions never changes them."""
    assert (
        checked(STUDENTS, _people("SMITH", "JONES"))
        .problems.filter(pl.col("suggestion").is_not_null())
        .is_empty()
    )
