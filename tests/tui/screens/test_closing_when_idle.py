"""The app closes when nobody has used it for the minutes that are set; the rules are tested in `shell/test_idle_timer.py`."""

import signal
from pathlib import Path

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.terminal import has_edits, in_a_terminal
from tests.support.walk import Walk, walking

_CLOSES_ON_SIGUSR1 = """
import asyncio, signal
from backdrop_tui.__main__ import main
from backdrop_tui.tui.app import BackdropApp
def listen(app):
    app.idle_timer._on_warning = lambda: None  # it would read the minutes that are set
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, app.idle_timer.set_minutes, 0.02)
BackdropApp.on_load = listen
main()
"""
"""The app, which gives its user a second or so once it gets a signal."""


class _Clock:
    """A clock for the app's idle timer that only moves when it is told to."""

    def __init__(self, walk: Walk) -> None:
        self._seconds = 0.0
        self._timer = walk.app.idle_timer
        self._timer.clock = lambda: self._seconds
        self._timer.start()

    def advance(self, seconds: float) -> None:
        """Let time pass, and the timer go off."""
        self._seconds += seconds
        self._timer.check()


async def test_a_change_of_the_minutes_takes_effect_at_once(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.press("f3")
        await walk.choose("settings")
        screen = await walk.on(SettingsScreen)
        screen.settings.highlighted = screen.settings.get_option_index("idle-minutes")
        clock = _Clock(walk)
        await walk.press("enter", "1", "enter")
        assert walk.app.idle_timer.minutes == 1
        clock.advance(29)
        assert not walk.app.idle_timer.has_warned
        clock.advance(1)
        assert walk.app.idle_timer.has_warned


async def test_minutes_set_on_the_command_line_withdraw_the_warning(data: DataFolder) -> None:
    async with walking(data) as walk:
        clock = _Clock(walk)
        with School(data) as school:
            school.settings.put("idle-minutes", "60")
        clock.advance(29 * 60)
        await walk.until(lambda: walk.app.idle_timer.minutes == 60)
        assert not walk.app.idle_timer.has_warned
        await walk.until(
            lambda: not any("Press any key to keep it open" in notice for notice in walk.notices())
        )


def test_it_restores_the_terminal_and_leaves_one_line_that_says_why_it_closed(
    data: DataFolder, draft_id: str
) -> None:
    with in_a_terminal(data, _CLOSES_ON_SIGUSR1) as terminal:
        terminal.read_until(b"Carry on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.press(b"y")
        terminal.read_while(lambda: not has_edits(data, draft_id))
        terminal.process.send_signal(signal.SIGUSR1)
        terminal.read_until(b"Are you still there?")
        assert terminal.read_to_end() == 0
        end = terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") :]
    assert b"\x1b[?25h" in terminal.seen
    (line,) = [line for line in end.decode().splitlines() if "Back:drop closed" in line]
    assert line.endswith(". What was saved is kept.")
    draft = Draft.open(data, draft_id)
    assert draft.edits.cells
    draft.close()


async def test_the_next_start_resumes_where_the_user_was(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter", "i", "f", "enter")
        await walk.on(PutRightScreen)
        clock = _Clock(walk)
        clock.advance(29 * 60)
        clock.advance(61)
        await walk.until(lambda: not walk.app.is_running or walk.app.idle_timer.is_blocked)
        clock.advance(61)
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data, csv_folder) as walk:
        assert "Carry on with pupils.csv" in walk.text
        await walk.press("enter")
        screen = await walk.on(PutRightScreen)
        assert screen.draft.edits.cells
