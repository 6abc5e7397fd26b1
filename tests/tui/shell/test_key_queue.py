"""The queue that hands keys to the app one at a time."""

import threading
from typing import ClassVar

from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from backdrop_tui.tui.shell.key_queue import KeyQueue
from tests.tui.shell.waiting import until


class _FirstScreen(Screen[None]):
    """A list of commands: Enter opens a form after a worker has finished, d discards."""

    holds_keys = False
    UNQUEUED_KEYS: ClassVar[frozenset[str]] = frozenset({"escape"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open"),
        Binding("d", "discard", "Discard"),
        Binding("escape", "leave", "Leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.handled: list[str] = []
        self.ready = threading.Event()
        self.ready.set()

    def action_open(self) -> None:
        self.holds_keys = True
        self.prepare()

    @work(thread=True)
    def prepare(self) -> None:
        app = self.app
        self.ready.wait(20)
        app.call_from_thread(self.show_form)

    def show_form(self) -> None:
        self.holds_keys = False
        self.app.push_screen(_FormScreen())

    def action_discard(self) -> None:
        self.handled.append("discard")

    def action_leave(self) -> None:
        self.handled.append("leave")


class _FormScreen(Screen[None]):
    """A form with one input."""

    def compose(self) -> ComposeResult:
        yield Input()


class _QueuedApp(App[None]):
    """An app whose keys go through a queue."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[Exception] = []
        self.queue = KeyQueue(self, super().on_event, self.errors.append)
        self.first_screen = _FirstScreen()

    def get_default_screen(self) -> Screen[None]:
        return self.first_screen

    async def on_event(self, event: events.Event) -> None:
        if not self.queue.accept(event):
            await super().on_event(event)

    def send(self, *keys: str) -> None:
        """Send keys all at once, as a slow line does."""
        for key in keys:
            self.post_message(events.Key(key, key if len(key) == 1 else None))

    @property
    def typed(self) -> str:
        """The text in the form's input; empty if the form isn't open."""
        return "".join(text_input.value for text_input in self.screen.query(Input))


async def test_keys_that_arrive_together_go_to_the_screen_that_the_first_one_opens() -> None:
    app = _QueuedApp()
    async with app.run_test():
        app.send("enter", "d", "a", "d")
        await until(lambda: app.typed == "dad")
        assert app.first_screen.handled == []
        await until(lambda: not app.queue.is_busy)


async def test_a_key_waits_while_the_screen_waits_for_a_worker() -> None:
    app = _QueuedApp()
    async with app.run_test():
        app.first_screen.ready.clear()
        app.send("enter", "d")
        await until(lambda: app.first_screen.holds_keys)
        assert app.queue.is_busy
        app.first_screen.ready.set()
        await until(lambda: app.typed == "d")
        assert app.first_screen.handled == []


async def test_the_first_key_waits_while_the_screen_waits_for_a_worker_of_its_own() -> None:
    app = _QueuedApp()
    async with app.run_test() as pilot:
        app.first_screen.holds_keys = True
        app.send("d")
        await pilot.pause()
        assert app.first_screen.handled == []
        app.first_screen.holds_keys = False
        await until(lambda: app.first_screen.handled == ["discard"])


async def test_a_key_that_the_screen_names_does_not_wait() -> None:
    app = _QueuedApp()
    async with app.run_test():
        app.first_screen.ready.clear()
        app.send("enter", "d", "escape")
        await until(lambda: app.first_screen.handled)
        assert app.first_screen.handled == ["leave"]
        app.first_screen.ready.set()
        await until(lambda: app.typed == "d")


async def test_ctrl_q_never_waits() -> None:
    app = _QueuedApp()
    async with app.run_test():
        app.first_screen.ready.clear()
        app.send("enter", "d", "ctrl+q")
        await until(lambda: not app.is_running)
        app.first_screen.ready.set()
    assert app.first_screen.handled == []


async def test_what_could_control_the_terminal_is_taken_out_of_a_paste() -> None:
    app = _QueuedApp()
    async with app.run_test():
        app.send("enter")
        app.post_message(events.Paste("Amira\x1b[2J"))
        await until(lambda: app.typed)
        assert app.typed == "Amira\N{REPLACEMENT CHARACTER}[2J"


async def test_an_error_in_handling_a_key_is_reported() -> None:
    app = _QueuedApp()
    app.queue._deliver = _raise_error
    async with app.run_test():
        app.send("d")
        await until(lambda: app.errors)
        assert [str(error) for error in app.errors] == ["broken"]


async def _raise_error(_: events.Event) -> None:
    raise RuntimeError("broken")
