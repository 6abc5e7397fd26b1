"""“Is this the same child?”: rows side by side with the people stored, or with each other."""

from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.who_is_who import WhoIsWhoScreen
from tests.support.imports import import_people
from tests.support.made_up import by_key, student, table
from tests.support.putting_right import putting_right


def stored(data: DataFolder, *rows: dict[str, str]) -> None:
    with School(data) as school:
        import_people(school, *({**by_key(row), "date_of_birth": iso(row)} for row in rows))


def iso(row: dict[str, str]) -> str:
    return "-".join(reversed(row["Date of Birth"].split("/")))


@pytest.fixture
def renamed(data: DataFolder, tmp_path: Path) -> Path:
    """Three students whose surnames are not the stored ones, one of them without a UPN, as is everyone stored."""
    rows = [student(number, upn="") for number in range(4)]
    stored(data, *rows)
    path = tmp_path / "pupils.csv"
    path.write_bytes(
        table([{**row, "Surname": name} for row, name in zip(rows, ("Ash", "Beech", "Cedar"))] + rows[3:])
    )
    return path


async def test_enter(data: DataFolder, renamed: Path) -> None:
    async with putting_right(data, renamed) as (walk, screen):
        print(walk.text)
        await walk.press("enter")
        print(walk.text)
        await walk.on(WhoIsWhoScreen)
        await walk.press("a")
        print(walk.text)
        await walk.press("escape")
        await walk.press("y")
        print(walk.text)
        await walk.press("u")
        print(walk.text)
        assert 0
