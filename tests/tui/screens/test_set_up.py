"""Signing up, verifying the address, the list of steps and the Action Plan."""

import re
from pathlib import Path

from textual.widgets import Button

from backdrop_tui.school.account import account_of
from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.flow import open_place
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from backdrop_tui.tui.screens.dialogs.steps import StepsScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.walk import Walk, walking


async def _imported(walk: Walk) -> None:
    """Import the first file in the picker, and go to the Action Plan."""
    await walk.press("enter", "enter", "i")
    await walk.on(PutRightScreen)
    await walk.press("c", "c")
    await walk.on(SummaryScreen)
    await walk.press("enter")
    await walk.on(ActionPlanScreen)


async def test_signing_up_sends_a_code_that_unlocks_adding_people(tmp_path: Path, csv_folder: Path) -> None:
    data = DataFolder(tmp_path / "fresh")
    async with walking(data, csv_folder) as walk:
        await walk.until(lambda: "(locked)" in walk.text)
        await walk.press("enter")
        await walk.on(SignUpScreen)
        await walk.press("enter")
        assert walk.focus is walk.app.screen.query_one("#organisation")
        assert "can't be blank" in walk.text_of("#message")
        await walk.press(*"Hill Top", "down", "up", "enter", *"Jo", "enter", *"jo@", "enter")
        assert walk.screen(SignUpScreen)
        assert "jo@" in walk.text_of("#message")
        await walk.press(*"example.org", "enter")
        await walk.on(VerifyEmailScreen)
        await walk.until(lambda: "outbox" in walk.text_of("#destination"))
        await walk.press(*"000000", "enter")
        assert "4" in walk.text_of("#message")
        await walk.press("ctrl+o")
        await walk.until(lambda: "code to verify your e-mail" in walk.text_of("#letter"))
        code = re.search(r"\d{3} \d{3}", walk.text_of("#letter"))
        assert code is not None
        await walk.press(*code[0].replace(" ", ""), "enter")
        await walk.on(WelcomeScreen)
        await walk.until(lambda: "(locked)" not in walk.text)
    with School(data) as opened:
        account = account_of(opened)
        assert account is not None
        assert account.verified


async def test_a_locked_step_says_what_unlocks_it(tmp_path: Path, csv_folder: Path) -> None:
    async with walking(DataFolder(tmp_path / "fresh"), csv_folder) as walk:
        await walk.until(lambda: "(locked)" in walk.text)
        await walk.choose("students.csv")
        assert walk.screen(WelcomeScreen)
        assert "Verify your e-mail" in walk.text
    assert not (tmp_path / "fresh").exists()


async def test_the_action_plan_shows_the_import_leads_on_to_staff_and_back_and_undoes_it(
    data: DataFolder, csv_folder: Path
) -> None:
    async with walking(data, csv_folder) as walk:
        await _imported(walk)
        await walk.until(lambda: "7 added" in walk.text)
        await walk.press("enter")
        await walk.on(PickFileScreen)
        assert "Staff > Pick a file" in walk.text_of("Breadcrumb")
        await walk.press("escape")
        await walk.on(ActionPlanScreen)
        await walk.press("u")
        await walk.on(ConfirmScreen)
        assert "7 students will be removed" in walk.text
        await walk.press("left", "enter")
        await walk.on(ActionPlanScreen)
        await walk.until(lambda: "Undone: " in walk.text)
    with School(data) as opened:
        assert opened.store.people("students").frame().height == 0


async def test_staff_are_skipped_and_f3_goes_to_a_step(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.choose("plan")
        await walk.on(ActionPlanScreen)
        await walk.press("s")
        await walk.until(lambda: "skipped" in walk.text)
        await walk.press("f3")
        await walk.on(StepsScreen)
        await walk.choose("sign-up")
        await walk.on(SignUpScreen)
        assert walk.text.splitlines()[0].endswith("Your account")
        assert "Change the school's name" in walk.text_of("#explanation")
        assert str(walk.app.screen.query_one("#go", Button).label) == "Save"
        await walk.press("escape")
        await walk.on(WelcomeScreen)
    with School(data) as opened:
        assert {now.step.key: now.state for now in set_up_progress(opened).steps}["staff"] == "skipped"


async def test_your_account_has_its_own_help_and_asks_before_what_was_typed_is_lost(
    data: DataFolder, csv_folder: Path
) -> None:
    async with walking(data, csv_folder) as walk:
        open_place(walk.app, "sign-up")
        await walk.on(SignUpScreen)
        await walk.press("f1")
        await walk.on(HelpScreen)
        assert "Help: Your account" in walk.text
        assert "Change the name of your school" in walk.text
        assert "next screen" not in walk.text
        await walk.press("escape", "down", *"X", "escape")
        await walk.on(ChooseScreen)
        assert "isn't saved yet" in walk.text
        await walk.press("escape")
        await walk.on(SignUpScreen)
        await walk.press("escape", "down", "enter")
        await walk.on(WelcomeScreen)


async def test_going_to_another_step_closes_the_draft_and_keeps_it(
    data: DataFolder, csv_folder: Path
) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter", "i", "f", "enter")
        await walk.on(PutRightScreen)
        await walk.press("f3")
        await walk.on(StepsScreen)
        await walk.choose("start")
        await walk.on(WelcomeScreen)
        await walk.until(lambda: "Carry on with pupils.csv" in walk.text)
        await walk.press("home", "enter")
        screen = await walk.on(PutRightScreen)
        assert screen.draft.edits.cells


async def test_the_imported_file_is_deleted_after_a_question(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter", "i")
        await walk.on(PutRightScreen)
        await walk.press("c", "c")
        await walk.on(SummaryScreen)
        await walk.press("x")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(SummaryScreen)
        await walk.until(lambda: "has been deleted from this server" in walk.text)
    assert not (csv_folder / "pupils.csv").exists()


async def test_a_verified_address_needs_no_code(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("f3")
        await walk.on(StepsScreen)
        await walk.choose("verify-email")
        await walk.on(VerifyEmailScreen)
        await walk.until(
            lambda: "jo@example.org is verified. No code is needed" in walk.text_of("#destination")
        )


async def test_a_locked_step_keeps_the_cursor(tmp_path: Path, csv_folder: Path) -> None:
    async with walking(DataFolder(tmp_path / "fresh"), csv_folder) as walk:
        await walk.until(lambda: "(locked)" in walk.text)
        await walk.choose("students.csv")
        await walk.press("down")
        option = walk.screen(WelcomeScreen).choices.highlighted_option
        assert option is not None
        assert option.id == "students.hand"
