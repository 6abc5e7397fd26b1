"""The number of keys that a damaged file takes someone who does only what the screen says."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import time_machine

from backdrop_tui.imports.answers import answer
from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import whatever_is_ready
from backdrop_tui.imports.pipeline import basis_of, from_file, match
from backdrop_tui.intake.draft.review import review
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.damaged_school import DamagedSchool, damaged_school
from tests.support.made_up import NOW, STUDENTS, TODAY, read
from tests.support.novice import Novice
from tests.support.walk import walking

_COLUMNS = ("first_name", "surname", "date_of_birth", "gender", "year_group", "registration_group", "upn")
_A_YEAR = timedelta(365)


def truth(school: DamagedSchool) -> set[tuple[str, ...]]:
    """The children as they are to be stored."""
    children = (tuple(child.values()) for child in school.children)
    return {
        (first, last, "-".join(reversed(born.split("/"))), *others) for first, last, born, *others in children
    }


def people(frame: pl.DataFrame) -> set[tuple[str, ...]]:
    """The children as they are stored."""
    return {tuple(text or "" for text in person) for person in frame.select(_COLUMNS).iter_rows()}


async def import_as_a_novice(
    data: DataFolder, place: Path, school: DamagedSchool
) -> tuple[list[str], pl.DataFrame]:
    """Import a file by doing what the screens say; returns the keys, and everyone stored."""
    folder = place / "school"
    folder.mkdir()
    (folder / "pupils.csv").write_bytes(school.data)
    async with walking(data, folder) as walk:
        novice = Novice(walk, school.forms)
        await novice.import_a_file()
        return novice.keys, walk.app.school.store.people("students").frame()


async def test_the_standard_damaged_file_takes_at_most_40_keys_and_nothing_wrong_is_stored(
    data: DataFolder, tmp_path: Path
) -> None:
    school = damaged_school()
    keys, stored = await import_as_a_novice(data, tmp_path, school)
    assert len(keys) <= 40, keys
    assert people(stored) == truth(school)
    assert stored.height == len(school.children)


async def test_the_same_faults_a_year_later_take_at_most_10_keys(data: DataFolder, tmp_path: Path) -> None:
    sheet = read(damaged_school(only_remembered=True).data)
    with School(data) as store:
        intake = from_file(tmp_path / "last.csv", sheet, match(store, STUDENTS, sheet))
        seen = review(intake, basis_of(store, STUDENTS, TODAY))
        apply = ["gender-unknown", "date-month-first", "year-ambiguous"]
        complete(store, answer(seen, apply=apply).review, Terms(whatever_is_ready, "update"), today=TODAY)
    school = damaged_school(is_next_year=True, only_remembered=True)
    with time_machine.travel((NOW + _A_YEAR).astimezone(), tick=True):
        keys, stored = await import_as_a_novice(data, tmp_path, school)
    assert len(keys) <= 10, keys
    assert truth(school) <= people(stored)
