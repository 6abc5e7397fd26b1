"""Several e-mail addresses in one cell."""

import pytest

from backdrop_tui.records.staff import STAFF
from tests.support.cells import checked

OWN = ["a@school.org.uk", "b@school.org.uk", "c@School.org.uk", "d@gmail.com"]


def suggestion(
    text: str, others: list[str], stored: list[str] | None = None
) -> tuple[str | None, bool | None]:
    """What is suggested for an e-mail cell, and whether that is sure, beside other rows and people stored."""
    rows = [{"email": email, "surname": f"K{'abcdef'[n]}"} for n, email in enumerate([text, *others])]
    people: list[dict[str, str | None]] = [
        {"first_name": "Stored", "surname": f"S{'abcdef'[n]}", "email": email}
        for n, email in enumerate(stored or [])
    ]
    problem = checked(STAFF, rows, people).problems.row(0, named=True)
    assert problem["code"] == "email"
    return problem["suggestion"], problem["sure"]


@pytest.mark.parametrize(
    "text",
    [
        "jane@school.org.uk; jane.s@gmail.com",
        "jane.s@gmail.com, jane@school.org.uk",
        "jane.s@gmail.com / jane@school.org.uk.",
        "jane.s@gmail.com jane@school.org.uk",
        "jane.s@gmail.com\njane@school.org.uk",
        "Home: jane.s@gmail.com Work: jane@school.org.uk",
        "Jane <jane@school.org.uk>; Jane Home <jane.s@gmail.com>",
        "jane@school.org.uk; JANE@school.org.uk; jane.s@gmail.com",
    ],
)
def test_the_only_one_with_the_schools_domain_is_possible(text: str) -> None:
    assert suggestion(text, OWN) == ("jane@school.org.uk", False)


def test_the_domain_of_the_people_stored_counts_too() -> None:
    assert suggestion("jane@school.org.uk; jane.s@gmail.com", [], OWN[:2]) == ("jane@school.org.uk", False)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("jane@school.org.uk; j.smith@school.org.uk", OWN),
        ("jane@home.org; jane.s@gmail.com", OWN),
        ("jane@school.org.uk; jane.s@gmail.com", []),
        ("jane@school.org.uk; jane.s@gmail.com", ["a@gmail.com", "b@gmail.com", "c@school.org.uk"]),
        ("jane@school.org.uk; jane.s@gmail.com", ["a@school.org.uk", "b@other.org.uk"]),
    ],
)
def test_there_is_no_suggestion_if_the_domain_doesnt_settle_it(text: str, others: list[str]) -> None:
    assert suggestion(text, others) == (None, None)
