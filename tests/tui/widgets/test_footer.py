"""The footer, in an app of its own."""

import weakref
from collections.abc import AsyncIterator
from typing import ClassVar

import pytest
import pytest_asyncio
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot

from backdrop_tui.tui.widgets.footer import Footer, FooterKey, fitting_keys
from tests.support.walk import until


class KeysApp(App[None]):
    """An app with two keys, one of which can't always be used, and a hidden one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept('cell')", "Accept"),
        Binding("u,ctrl+z", "undo", "Undo"),
        Binding("h", "hidden", "Hidden", show=False),
        Binding("f1", "help_keys", "Help"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.accepted = 0
        self.can_undo = True

    def compose(self) -> ComposeResult:
        """Lay out nothing but the footer."""
        yield Footer()

    def action_accept(self, _what: str) -> None:
        """Count how often it is called."""
        self.accepted += 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - as Textual calls it
        """Grey the key that can't be used now."""
        return True if action != "undo" or self.can_undo else None


@pytest.fixture
def app() -> KeysApp:
    return KeysApp()


@pytest_asyncio.fixture
async def pilot(app: KeysApp) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        yield pilot


def footer_of(pilot: Pilot[None]) -> Footer:
    return pilot.app.query_one(Footer)


async def refresh(pilot: Pilot[None]) -> None:
    pilot.app.refresh_bindings()
    await until(pilot, lambda: not footer_of(pilot)._is_outdated)


async def test_the_footer_shows_the_first_key_of_each_action(pilot: Pilot[None]) -> None:
    assert footer_of(pilot).render().plain == "a Accept u Undo f1 Help"


async def test_a_key_that_cannot_be_used_has_less_weight(app: KeysApp, pilot: Pilot[None]) -> None:
    app.can_undo = False
    await refresh(pilot)
    line = footer_of(pilot).render_line(0)
    assert "".join(text for text, style, _ in line if style is not None and style.bold) == "af1"


async def test_the_footer_is_drawn_again_only_if_a_key_has_changed(
    app: KeysApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[None] = []
    monkeypatch.setattr(footer_of(pilot), "refresh", lambda: drawn.append(None))
    await refresh(pilot)
    assert len(drawn) == 0
    app.can_undo = False
    await refresh(pilot)
    assert len(drawn) == 1


async def test_the_footer_keeps_no_old_keys(app: KeysApp, pilot: Pilot[None]) -> None:
    old_key = weakref.ref(footer_of(pilot)._keys[0])
    assert old_key() is not None
    app.can_undo = False
    await refresh(pilot)
    assert old_key() is None
    assert not footer_of(pilot).children


async def test_a_click_on_a_key_presses_it(app: KeysApp, pilot: Pilot[None]) -> None:
    await pilot.click(Footer, offset=(3, 0))
    await pilot.pause()
    assert app.accepted == 1
    await pilot.click(Footer, offset=(30, 0))
    await pilot.pause()
    assert app.accepted == 1


async def test_a_click_on_a_key_that_cannot_be_used_rings(
    app: KeysApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    app.can_undo = False
    await refresh(pilot)
    rings: list[None] = []
    monkeypatch.setattr(app, "bell", lambda: rings.append(None))
    await pilot.click(Footer, offset=(10, 0))
    assert len(rings) == 1


async def test_a_narrower_terminal_shows_fewer_keys(pilot: Pilot[None]) -> None:
    await pilot.resize_terminal(20, 3)
    await until(pilot, lambda: footer_of(pilot).render().plain == "a Accept f1 Help")
    await pilot.resize_terminal(40, 3)
    await until(pilot, lambda: footer_of(pilot).render().plain == "a Accept u Undo f1 Help")


def key(display: str, description: str, *, enabled: bool = True) -> FooterKey:
    return FooterKey(display, display, description, description.lower(), enabled)


KEYS = [
    key("e", "Edit"),
    key("f", "Fix", enabled=False),
    key("n", "Next"),
    key("c", "Check"),
    key("f1", "Help"),
]


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (80, "Edit Fix Next Check Help"),
        (35, "Edit Fix Next Check Help"),
        (34, "Edit Next Check Help"),
        (29, "Edit Next Check Help"),
        (28, "Edit Check Help"),
        (15, "Check Help"),
        (5, ""),
    ],
)
def test_what_matters_most_stays_in_a_narrow_footer(width: int, words: str) -> None:
    fitting = fitting_keys(KEYS, {"check", "help"}, width)
    assert " ".join(key.description for key in fitting) == words
    assert len(" ".join(f"{key.display} {key.description}" for key in fitting)) <= width
