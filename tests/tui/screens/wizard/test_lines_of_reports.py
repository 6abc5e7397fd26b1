"""Lines of a report that are no people: they are left out, and what they say about the rows below is filled in."""

from pathlib import Path

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from tests.support.made_up import LABELS, student, table
from tests.support.walk import begun, walking


async def test_only_rows_that_may_be_people_are_said_to_be_kept(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "pupils.csv"
    path.write_bytes(table([student(0), student(1), student(2, first_name="")]) + b"Total: 3,,,,,,\r\n")
    begun(data, path).close()
    async with walking(data, tmp_path) as walk:
        await walk.press("enter")
        screen = await walk.on(PutRightScreen)
        assert screen.browser.finding is not None
        await walk.press("t", "l", "v", "ctrl+end")
        await walk.until(lambda: screen.table.selected_row == 5)
        assert "Row 5 is left out. Press l to put it back." in walk.text_of("#problem")
        await walk.press("up")
        assert "It will be kept in a file." in walk.text_of("#problem")
        await walk.press("c")
        await walk.on(PreviewScreen)
        assert "2  are left out; 1 of them is kept in a file" in walk.text
        await walk.press("enter")
        await walk.on(SummaryScreen)
        assert "The rows to fix later are in" in walk.text
    kept = (tmp_path / "pupils_errors.csv").read_text("utf-8-sig")
    assert len(kept.splitlines()) == 2
    assert "Total" not in kept


async def test_headings_between_the_rows_fill_in_the_rows_below_in_one_step(
    data: DataFolder, tmp_path: Path
) -> None:
    people = [",".join([*list(student(n).values())[:5], "", ""]) for n in (0, 5)]
    path = tmp_path / "pupils.csv"
    path.write_text(
        "\n".join([",".join(LABELS), "Form: 7A,,,,,,", people[0], "Form: 7B,,,,,,", people[1], ""])
    )
    begun(data, path).close()
    async with walking(data, tmp_path) as walk:
        await walk.press("enter")
        screen = await walk.on(PutRightScreen)
        await walk.press("t")
        await walk.until(
            lambda: screen.browser.finding is not None and screen.browser.finding.code == "section-headings"
        )
        assert (
            "From here on: blank Registration Group → 7A and blank Registration Group → 7B."
            in walk.text_of("#problem")
        )
        await walk.press("t")
        await walk.until(lambda: screen.review is not None and screen.review.counts.ready == 2)
        assert screen.review is not None
        assert screen.review.ready["registration_group"].to_list() == ["7A", "7B"]
        await walk.press("u")
        await walk.until(lambda: screen.review is not None and screen.review.counts.ready == 0)
