"""The app closes by itself when nobody is there."""

import signal
import threading
from pathlib import Path

from textual.widgets import Input

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.wizard.put_right import PutRightScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.terminal import edits_of, in_a_terminal
from tests.support.walk import Walk, walking

_SOON = """
import asyncio, signal
from backdrop_tui.__main__ import main
from backdrop_tui.tui.app import BackdropApp
def listen(app):
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, app.close_when_idle, 0.02)
BackdropApp.on_load = listen
BackdropApp.about_to_close = lambda app: None
main()
"""
"""The app, whose time is a second once it gets a signal."""


class _Clock:
    """A clock that stands still unless it is moved."""

    def __init__(self, walk: Walk) -> None:
        self.seconds = 0.0
        self._app = walk.app
        walk.app.clock = lambda: self.seconds
        walk.app._last_sign = 0.0

    def go_on(self, seconds: float) -> None:
        """Let time go by, and the timer ring."""
        self.seconds += seconds
        self._app.look_whether_idle()


def _warned(walk: Walk) -> bool:
    return any("Any key keeps it open" in notice for notice in walk.notices())


async def test_a_minute_before_it_warns_and_any_key_keeps_it_open_and_does_nothing_else(
    data: DataFolder,
) -> None:
    async with walking(data) as walk:
        clock = _Clock(walk)
        clock.go_on(28 * 60)
        assert not walk.app.is_about_to_close
        clock.go_on(61)
        await walk.until(lambda: _warned(walk))
        await walk.until(lambda: "Are you still there?" in walk.text)
        await walk.press("enter")
        assert walk.screen(WelcomeScreen)
        assert not _warned(walk)
        clock.go_on(28 * 60)
        assert not walk.app.is_about_to_close
        await walk.press("enter")
        assert not isinstance(walk.app.screen, WelcomeScreen)


async def test_a_letter_that_takes_the_warning_away_is_not_lost(tmp_path: Path) -> None:
    async with walking(DataFolder(tmp_path / "fresh")) as walk:
        await walk.choose("sign-up")
        await walk.on(SignUpScreen)
        clock = _Clock(walk)
        clock.go_on(29 * 60)
        assert walk.app.is_about_to_close
        await walk.press("H")
        assert not walk.app.is_about_to_close
        assert isinstance(walk.focus, Input)
        assert walk.focus.value == "H"


async def test_a_key_at_any_time_puts_it_off(data: DataFolder) -> None:
    async with walking(data) as walk:
        clock = _Clock(walk)
        clock.go_on(20 * 60)
        await walk.press("down")
        clock.go_on(20 * 60)
        assert not walk.app.is_about_to_close


async def test_what_is_being_done_is_finished_first(data: DataFolder) -> None:
    go_on = threading.Event()
    async with walking(data) as walk:
        clock = _Clock(walk)
        walk.app.run_worker(lambda: go_on.wait(20), thread=True)
        clock.go_on(29 * 60)
        await walk.until(lambda: any("what is being done has ended" in said for said in walk.notices()))
        clock.go_on(61)
        clock.go_on(61)
        assert walk.app.is_running
        go_on.set()
        await walk.until(lambda: not walk.app.is_busy)
        clock.go_on(2)
        await walk.until(lambda: not walk.app.is_running)


async def test_another_number_of_minutes_counts_at_once(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.press("f3")
        await walk.choose("settings")
        screen = await walk.on(SettingsScreen)
        screen.settings.highlighted = screen.settings.get_option_index("idle-minutes")
        clock = _Clock(walk)
        await walk.press("enter", "1", "enter")
        assert walk.app.idle_minutes == 1
        clock.go_on(29)
        assert not walk.app.is_about_to_close
        clock.go_on(1)
        assert walk.app.is_about_to_close


async def test_minutes_that_a_command_has_set_take_the_warning_away(data: DataFolder) -> None:
    async with walking(data) as walk:
        clock = _Clock(walk)
        with School(data) as school:
            school.settings.put("idle-minutes", "60")
        clock.go_on(29 * 60)
        await walk.until(lambda: walk.app.idle_minutes == 60)
        assert not walk.app.is_about_to_close
        await walk.until(lambda: not _warned(walk))


async def test_after_a_long_stop_it_warns_before_it_closes(data: DataFolder) -> None:
    async with walking(data) as walk:
        clock = _Clock(walk)
        clock.go_on(10 * 60 * 60)
        assert walk.app.is_about_to_close
        assert walk.app.is_running


def test_it_leaves_the_terminal_as_it_was_and_one_line_that_says_why(data: DataFolder, draft_id: str) -> None:
    with in_a_terminal(data, _SOON) as terminal:
        terminal.read_until(b"Go on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.press(b"s")
        terminal.read_while(lambda: not edits_of(data, draft_id).exists())
        terminal.process.send_signal(signal.SIGUSR1)
        terminal.read_until(b"Are you still there?")
        assert terminal.read_to_end() == 0
        end = terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") :]
    assert b"\x1b[?25h" in terminal.seen
    (line,) = [line for line in end.decode().splitlines() if "backdrop" in line]
    assert line.endswith("without a key. What was saved is kept.")
    draft = Draft.open(data, draft_id)
    assert draft.edits.cells
    draft.close()


async def test_it_goes_on_where_it_was(data: DataFolder, school: Path) -> None:
    async with walking(data, school) as walk:
        await walk.press("enter", "enter", "i", "f", "enter")
        await walk.on(PutRightScreen)
        clock = _Clock(walk)
        clock.go_on(29 * 60)
        clock.go_on(61)
        await walk.until(lambda: not walk.app.is_running or walk.app.is_busy)
        clock.go_on(61)
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data, school) as walk:
        assert "Go on with pupils.csv" in walk.text
        await walk.press("enter")
        screen = await walk.on(PutRightScreen)
        assert screen.draft.edits.cells
