"""Files in which so many people have the same birth date or surname that not all of them can be compared."""

from collections.abc import Callable, Mapping

import pytest

from backdrop_tui.intake.linking import pairs
from tests.support.linking import linked
from tests.support.made_up import STUDENTS, people, stored

Person = Mapping[str, str | None]

MANY, FEW_PAIRS = 40, 50


def child(first_name: str, surname: str, date_of_birth: str = "2014-03-10") -> Person:
    return {
        "first_name": first_name,
        "surname": surname,
        "date_of_birth": date_of_birth,
        "gender": "F",
        "year_group": "7",
        "registration_group": "7A",
        "upn": None,
    }


def word(n: int) -> str:
    return chr(ord("a") + n // 7) + chr(ord("a") + n % 7)


@pytest.mark.parametrize(
    ("in_file", "in_store"),
    [
        (lambda n: child("Anna", f"Lee{word(n)}"), lambda n: child("Ann", f"Roe{word(n)}")),
        (lambda n: child(f"Anna{word(n)}", "Lee"), lambda n: child(f"Anno{word(n)}", "Lee")),
        (
            lambda n: child(f"Anna{word(n)}", "Lee", f"2014-03-{10 + n % 9}"),
            lambda n: child(f"Anno{word(n)}", "Lee", f"2014-04-{1 + n % 9:02}"),
        ),
    ],
    ids=["one birth date", "one surname and birth date", "one surname and near birth dates"],
)
def test_each_row_is_asked_about_but_not_compared_with_everyone(
    in_file: Callable[[int], Person], in_store: Callable[[int], Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "_MOST_PAIRS", FEW_PAIRS)
    rows = people(STUDENTS, *map(in_file, range(MANY)))
    linkage = linked(STUDENTS, rows, stored(STUDENTS, *map(in_store, range(MANY))))
    asked = linkage.offered.group_by("row").len()
    assert asked.height == MANY
    assert linkage.offered.height < MANY * MANY / 4
