"""F1 on every screen, and the keys in the footers."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.binding import Binding
from textual.screen import Screen

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.groups import GroupsScreen
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.columns import ColumnsScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.walk import Walk, begun

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.asyncio(loop_scope="module")

_SCREENS: tuple[type[Screen[Any]], ...] = (
    WelcomeScreen,
    PickFileScreen,
    MatchScreen,
    SettingsScreen,
    PutRightScreen,
    ByHandScreen,
    ColumnsScreen,
    GroupsScreen,
)


@pytest.fixture
def draft(tmp_path: Path, pupils_csv: Path) -> Iterator[Draft]:
    """A draft of the damaged file."""
    draft = begun(DataFolder(tmp_path / "drafts"), pupils_csv)
    yield draft
    draft.close()


async def _show(walk: Walk, draft: Draft, kind: type[Screen[Any]]) -> None:
    made: dict[type, Callable[[], Screen[Any]]] = {
        PickFileScreen: lambda: PickFileScreen(STUDENTS, Path.home()),
        MatchScreen: lambda: MatchScreen(draft),
        SettingsScreen: SettingsScreen,
        PutRightScreen: lambda: PutRightScreen(draft),
        ByHandScreen: lambda: ByHandScreen(draft),
        ColumnsScreen: lambda: ColumnsScreen(Path.home()),
        GroupsScreen: GroupsScreen,
    }
    if kind in made:
        walk.app.push_screen(made[kind]())
    await walk.on(kind)


@pytest.mark.parametrize("kind", _SCREENS)
async def test_a_screen_lists_its_keys_and_f1_closes_the_list_again(
    shared_walk: Walk, draft: Draft, kind: type[Screen[Any]]
) -> None:
    walk = shared_walk
    await _show(walk, draft, kind)
    await walk.press("f1")
    help_screen = await walk.on(HelpScreen)
    listed = {text for keys in help_screen._groups.values() for _, text in keys}
    for binding in kind.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id
        assert binding.description
        assert binding.tooltip
        if binding.id.startswith("page."):
            continue
        if walk.app.screen_stack[-2].check_action(binding.action, ()) is not False:
            assert binding.tooltip in listed
    await walk.press("f1")
    await walk.on(kind)


async def test_a_window_without_a_help_text_lists_its_keys(shared_walk: Walk) -> None:
    walk = shared_walk
    walk.app.push_screen(
        ConfirmScreen("Undo the last import?", "It added 12 students.", "Undo it", "Keep it")
    )
    await walk.on(ConfirmScreen)
    await walk.press("f1")
    await walk.on(HelpScreen)
    lines = [line.strip(" │┃") for line in walk.text.splitlines()]
    place = next(place for place, line in enumerate(lines) if "Help: Undo the last import?" in line)
    assert lines[place + 1].endswith("It added 12 students.")
    assert any("│ Enter  " in line and "Give the answer that the cursor is on" in line for line in lines)
    assert "All keys of this window" in walk.text
    await walk.press("escape")
    await walk.on(ConfirmScreen)
    await walk.press("escape")


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (WelcomeScreen, ("q Quit", "f1 Help")),
        (PickFileScreen, ("tab Type a path", "esc Back", "f1 Help")),
        (MatchScreen, ("esc Back", "i Import Data", "f1 Help")),
        (
            PutRightScreen,
            (
                "Enter Edit",
                "n Next",
                "f Fix all the same",
                "l Leave out",
                "u Undo",
                "g Values",
                "c Check",
                "f1 Help",
            ),
        ),
        (ByHandScreen, ("esc Back", "^n Next", "f1 Help")),
        (SettingsScreen, ("esc Back", "Enter Change", "d Default", "t Test message", "c Confirm", "f1 Help")),
    ],
)
async def test_the_most_important_keys_fit_into_80_columns(
    shared_walk: Walk, draft: Draft, kind: type[Screen[Any]], keys: tuple[str, ...]
) -> None:
    await _show(shared_walk, draft, kind)
    await shared_walk.until(lambda: all(key in shared_walk.footer for key in keys))
    assert len(shared_walk.footer) <= 80
