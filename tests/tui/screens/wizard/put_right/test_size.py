"""Twenty thousand problem rows stay quick."""

import time
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import student, table
from tests.support.walk import Walk, begun, walking

_ROWS = 20_000
_QUICK = 1.5


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file in which every row has something wrong with it."""
    path = tmp_path / "large.csv"
    genders = ("Boy", "Girl", "x", "1")
    path.write_bytes(
        table(student(n % 900, gender=genders[n % 4], upn=f"A{n:012}"[:12]) for n in range(_ROWS))
    )
    return path


class Watch:
    """Seconds since it was made: of the clock, or of this process where other programs keep the machine busy."""

    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def read(self) -> float:
        """How many it has been."""
        return min(time.perf_counter() - self._began[0], time.process_time() - self._began[1])


async def _seconds(walk: Walk, *keys: str) -> float:
    watch = Watch()
    await walk.press(*keys)
    return watch.read()


async def test_twenty_thousand_problem_rows_stay_quick(data: DataFolder, large: Path) -> None:
    draft = begun(data, large)
    _ = draft.texts
    async with walking(data) as walk:
        screen = PutRightScreen(draft)
        watch = Watch()
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.review is not None)
        await walk.settle()
        took = {"first paint": watch.read()}
        assert f"{_ROWS:,} with errors" in walk.text_of("#state")
        while screen.table.selected_key != "gender":
            await walk.press("n")
        took["one cell"] = await _seconds(walk, "s")
        assert screen.draft.edits.cells == {(2, "gender"): "M"}
        took["leave out"] = await _seconds(walk, "l")
        took["undo"] = await _seconds(walk, "u")
        took["to the end"] = await _seconds(walk, "ctrl+end")
        assert screen.table.selected_row == _ROWS + 1
        took["a page up"] = await _seconds(walk, "pageup")
        took["back"] = await _seconds(walk, "ctrl+home")
        assert screen.table.selected_row == 2
        took["a key"] = await _seconds(walk, "down")
        print({name: round(seconds, 2) for name, seconds in took.items()})  # noqa: T201 - shown with -s
        assert max(took.values()) < _QUICK, took
