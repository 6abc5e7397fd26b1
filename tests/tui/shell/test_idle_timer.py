"""The timer that closes the app when nobody has used it for some time."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input

from backdrop_tui.tui.shell.idle_timer import IdleTimer
from tests.tui.shell.waiting import until


class _TimedApp(App[None]):
    """An app with an idle timer of 30 minutes, whose clock only moves when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.warnings = 0
        self.last_words = ""
        self.keys: list[str] = []
        self.timer = IdleTimer(self, on_warning=self.count_warning, on_timeout=self.leave)
        self.timer.clock = lambda: self.seconds

    def compose(self) -> ComposeResult:
        yield Input()

    def on_mount(self) -> None:
        self.timer.start()

    def count_warning(self) -> None:
        self.warnings += 1

    def leave(self, message: str) -> None:
        self.last_words = message
        self.exit()

    async def on_event(self, event: events.Event) -> None:
        if self.timer.absorb(event):
            return
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.keys.append(event.key)
        await super().on_event(event)

    def advance(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass, and the timer go off."""
        self.seconds += minutes * 60 + seconds
        self.timer.check()

    def press(self, key: str) -> None:
        """Press a key."""
        self.post_message(events.Key(key, key if len(key) == 1 else None))

    @property
    def notices(self) -> str:
        """The notifications on the screen."""
        return "\n".join(notice.message for notice in self._notifications)


@asynccontextmanager
async def running() -> AsyncIterator[_TimedApp]:
    app = _TimedApp()
    async with app.run_test(notifications=True):
        yield app


async def test_it_warns_a_minute_before_it_closes() -> None:
    async with running() as app:
        app.advance(minutes=28, seconds=59)
        assert not app.timer.has_warned
        app.advance(seconds=1)
        assert app.timer.has_warned
        assert app.warnings == 1
        await until(lambda: "Back:drop will close in 60 seconds." in app.notices)
        app.advance(seconds=60)
        await until(lambda: not app.is_running)
    assert "Back:drop closed after 30 minutes without a key." in app.last_words


async def test_any_key_withdraws_the_warning_and_does_nothing_else() -> None:
    async with running() as app:
        app.advance(minutes=29)
        await until(lambda: app.notices)
        app.press("enter")
        await until(lambda: not app.timer.has_warned)
        await until(lambda: not app.notices)
        assert app.keys == []
        app.advance(minutes=28)
        assert not app.timer.has_warned


async def test_a_letter_that_withdraws_the_warning_is_still_typed() -> None:
    async with running() as app:
        app.advance(minutes=29)
        app.press("h")
        await until(lambda: app.query_one(Input).value == "h")
        assert not app.timer.has_warned


async def test_ctrl_q_closes_even_when_it_withdraws_the_warning() -> None:
    async with running() as app:
        app.advance(minutes=29)
        app.press("ctrl+q")
        await until(lambda: not app.is_running)


@pytest.mark.parametrize("event", [events.Paste("a"), events.Key("down", None)], ids=["paste", "key"])
async def test_using_the_app_puts_closing_off(event: events.Event) -> None:
    async with running() as app:
        app.advance(minutes=20)
        app.post_message(event)
        await until(lambda: app.timer._last_key_at == app.seconds)
        app.advance(minutes=20)
        assert not app.timer.has_warned


async def test_a_running_worker_finishes_first() -> None:
    finish = threading.Event()
    async with running() as app:
        app.run_worker(lambda: finish.wait(20), thread=True)
        app.advance(minutes=29)
        await until(lambda: "once the current task has finished" in app.notices)
        app.advance(seconds=61)
        app.advance(seconds=61)
        assert app.is_running
        finish.set()
        await until(lambda: not app.timer.is_blocked)
        app.advance(seconds=2)
        await until(lambda: not app.is_running)


async def test_more_minutes_withdraw_the_warning() -> None:
    async with running() as app:
        app.advance(minutes=29)
        app.timer.set_minutes(60)
        assert not app.timer.has_warned


async def test_half_of_a_short_time_is_for_the_warning() -> None:
    async with running() as app:
        app.timer.set_minutes(1)
        app.advance(seconds=29)
        assert not app.timer.has_warned
        app.advance(seconds=1)
        assert app.timer.has_warned
        app.advance(seconds=30)
        await until(lambda: not app.is_running)
    assert "after 1 minute without" in app.last_words


async def test_after_the_computer_was_asleep_it_warns_before_it_closes() -> None:
    async with running() as app:
        app.advance(minutes=600)
        assert app.timer.has_warned
        assert app.is_running
