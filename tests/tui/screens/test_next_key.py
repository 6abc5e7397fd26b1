"""The line that names the next key, for someone who hasn't imported anybody yet."""

from pathlib import Path

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.walk import walking


async def test_every_screen_names_the_next_key_until_the_first_import_is_complete(
    data: DataFolder, csv_folder: Path
) -> None:
    async with walking(data, csv_folder) as walk:
        assert "Enter opens the selected line" in walk.text
        walk.app.push_screen(SignUpScreen())
        await walk.until(lambda: "Enter goes to the next line, and saves after the last one" in walk.text)
        await walk.press("escape")
        walk.app.push_screen(VerifyEmailScreen())
        await walk.until(lambda: "No code is needed; Esc goes back." in walk.text)
        await walk.until(lambda: "Enter checks the code" not in walk.text)
        await walk.press("escape")
        await walk.press("enter")
        await walk.on(PickFileScreen)
        assert "Enter opens the selected file or folder" in walk.text
        await walk.press("enter")
        await walk.on(MatchScreen)
        assert "Press i to import the data." in walk.text
        await walk.press("i")
        await walk.on(PutRightScreen)
        assert "t takes both suggestions" in walk.text
        await walk.press("c")
        await walk.on(PreviewScreen)
        assert "c stores this   Esc goes back to the rows" in walk.text
        await walk.press("c")
        await walk.on(SummaryScreen)
        assert "Enter goes on to what is next" in walk.text
        await walk.press("enter")
        await walk.on(ActionPlanScreen)
        await walk.press("escape")
        await walk.on(WelcomeScreen)
        assert "Enter opens the selected line" not in walk.text
