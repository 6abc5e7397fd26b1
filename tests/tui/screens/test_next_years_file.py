"""Next year's file with the same faults takes few keys from picking it to Check."""

from pathlib import Path

from backdrop_tui.imports.answers import answer
from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import without_errors
from backdrop_tui.imports.pipeline import basis_of, from_file, match
from backdrop_tui.intake.draft.review import review
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import STUDENTS, TODAY, read, student, table
from tests.support.walk import Walk, walking


def faulty(start: int) -> bytes:
    """Students whose genders, surnames and year groups all have the faults that an export has every year."""
    rows = (student(n, gender="Boy", year_group=f"{7 + n % 5}th") for n in range(start, start + 40))
    return table([{**row, "Surname": row["Surname"].upper()} for row in rows])


def import_last_years_file(data: DataFolder) -> None:
    """Import a file, with all of its faults fixed in bulk."""
    sheet = read(faulty(0))
    with School(data) as school:
        intake = from_file(Path("last.csv"), sheet, match(school, STUDENTS, sheet))
        seen = review(intake, basis_of(school, STUDENTS, TODAY))
        fixed = answer(seen, apply=["gender-unknown", "year-unknown", "capitals"]).review
        complete(school, fixed, Terms(without_errors, "update"), today=TODAY)


async def press(walk: Walk, *keys: str) -> int:
    """Press keys, and return how many."""
    await walk.press(*keys)
    return len(keys)


async def test_it_takes_at_most_ten_keys(data: DataFolder, tmp_path: Path) -> None:
    import_last_years_file(data)
    folder = tmp_path / "this year"
    folder.mkdir()
    (folder / "this.csv").write_bytes(faulty(60))
    async with walking(data, folder) as walk:
        await walk.choose("students.csv")
        await walk.on(PickFileScreen)
        count = await press(walk, "enter", "i")
        screen = await walk.on(PutRightScreen)
        assert screen.review is not None
        assert screen.review.findings[0].code == "same-as-last-time"
        count += await press(walk, "t", "c")
        await walk.on(PreviewScreen)
        assert screen.review.counts.errors == 0
        assert count <= 10
