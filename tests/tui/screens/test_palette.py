"""The command palette: every action of a screen, and places to go."""

from pathlib import Path

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.dialogs.palette import PaletteScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.putting_right import putting_right


async def test_an_action_is_found_by_typing_and_done(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert len(screen.table.row_numbers) == 2
        await walk.press("ctrl+p")
        await walk.on(PaletteScreen)
        assert "creenshot" not in walk.text
        await walk.press(*"all rows")
        assert "Show all rows, or only those with problems" in walk.text
        await walk.press("enter")
        await walk.on(PutRightScreen)
        assert len(screen.table.row_numbers) == 12


async def test_only_what_can_be_done_now_is_offered(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, _screen):
        await walk.press("ctrl+p", *"undo")
        await walk.on(PaletteScreen)
        assert "Undo the last change" not in walk.text
        await walk.press("ctrl+u", *"zzzz", "enter")
        await walk.on(PaletteScreen)
        assert "No matching command." in walk.text
        await walk.press("escape", "t", "ctrl+p", *"undo")
        assert "Undo the last change" in walk.text
        await walk.press("down", "up", "enter")
        screen = await walk.on(PutRightScreen)
        assert not screen.draft.edits.cells


async def test_places_are_gone_to_from_anywhere(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, _screen):
        await walk.press("ctrl+p", *"go students", "enter")
        await walk.on(PickFileScreen)
        await walk.press("ctrl+p", *"administration", "enter")
        await walk.on(AdministrationScreen)
