"""The list of leavers: views, search, and the words for each."""

from datetime import date

import pytest

from backdrop_tui.people.changes import change_people
from backdrop_tui.people.leaver_list import (
    Leavers,
    View,
    file_in_words,
    leavers_of,
    leaving_in_words,
    place_of,
    section_of,
    sign_of,
    task_in_words,
)
from backdrop_tui.school.school import School
from tests.support.imports import import_people, person_id, pupil
from tests.support.made_up import STUDENTS

DAY = date(2026, 9, 10)
STATES: dict[str, dict[str, str | None]] = {
    "Asked": {"file_state": "none", "destination": "Élan Academy"},
    "Baker": {"file_state": "to-send"},
    "Cole": {"file_state": "sent", "file_sent_on": "2026-07-20", "destination": "Hill School"},
    "Dunn": {"file_state": "received", "receipt_on": "2026-07-24"},
    "Evans": {"left_on": "2026-09-09"},
    "Free": {"left_on": None},
}


@pytest.fixture
def leavers(school: School) -> Leavers:
    """Six students who have left, of whom each is in another state."""
    import_people(school, *(pupil(name, registration_group="7A") for name in STATES))
    for name, values in STATES.items():
        left = {"status": "left", "left_on": "2026-07-17"} | values
        change_people(school, STUDENTS, [person_id(school, name)], left)
    return leavers_of(school, STUDENTS, DAY)


@pytest.mark.parametrize(
    ("view", "words", "surnames"),
    [
        ("everyone", "", ["Baker", "Free", "Cole", "Evans", "Dunn", "Asked"]),
        ("outstanding", "", ["Baker", "Free", "Cole", "Evans", "Dunn"]),
        ("no-destination", "", ["Baker", "Free", "Evans", "Dunn"]),
        ("everyone", "elan", ["Asked"]),
        ("everyone", "7a hill", ["Cole"]),
        ("outstanding", "elan", []),
    ],
)
def test_a_view_lists_those_who_fit_the_most_urgent_first(
    leavers: Leavers, view: View, words: str, surnames: list[str]
) -> None:
    assert leavers.viewed(view, words)["surname"].to_list() == surnames


def test_each_state_has_a_sign_a_section_and_words(leavers: Leavers) -> None:
    described = {
        person["surname"]: (sign_of(person), section_of(person), task_in_words(person))
        for person in leavers.people.iter_rows(named=True)
    }
    assert described == {
        "Baker": ("!", "files", "file: to send, due 07/09/2026 (late)"),
        "Free": ("!", "files", "file: not asked yet"),
        "Cole": ("•", "files", "file: sent 20/07/2026"),
        "Evans": ("•", "files", "file: not asked yet, due 16/09/2026"),
        "Dunn": ("•", "destination", "file: receipt 24/07/2026"),
        "Asked": ("✓", "settled", "file: no file"),
    }


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"left_on": "2026-07-17", "destination": "Hill School"}, "left on 17/07/2026 for Hill School"),
        ({"left_on": "2026-07-17"}, "left on 17/07/2026"),
        ({"left_on": None, "destination": None}, "left, day not known"),
    ],
)
def test_when_someone_left_and_where_to_is_said_in_words(person: dict[str, str | None], words: str) -> None:
    assert leaving_in_words(person) == words


def test_an_unknown_state_of_a_file_is_shown_as_it_is() -> None:
    assert file_in_words({"file_state": "lent"}) == "lent"


@pytest.mark.parametrize(("year", "words"), [("10", "Year 10, 7A"), ("N2", "N2, 7A"), (None, "7A")])
def test_where_a_student_belongs_is_said_in_words(year: str | None, words: str) -> None:
    assert place_of(STUDENTS, {"year_group": year, "registration_group": "7A"}) == words
