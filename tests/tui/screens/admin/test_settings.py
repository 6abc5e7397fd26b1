"""Reviewing the system settings by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.mailer import Sent
from backdrop_tui.mail.password import VARIABLE
from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.dialogs.steps import StepsScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.imports import import_people, pupil
from tests.support.mail_server import Letterbox, mail_server, use
from tests.support.walk import WIDE, Walk, walking

SECRET = "correct-horse"  # noqa: S105 - of nothing


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    """A mail server that does not accept mail for one address."""
    with mail_server(refuse={"head@example.org": "550 no such user"}) as box:
        yield box


async def _opened(walk: Walk) -> SettingsScreen:
    """Go to the settings by F3."""
    await walk.press("f3")
    await walk.on(StepsScreen)
    await walk.choose("settings")
    return await walk.on(SettingsScreen)


async def _to(walk: Walk, name: str) -> None:
    """Go to a setting with the arrow keys."""
    settings = walk.screen(SettingsScreen).settings
    wanted = settings.get_option_index(name)
    while settings.highlighted != wanted:
        await walk.press("down" if (settings.highlighted or 0) < wanted else "up")


def _line(walk: Walk, label: str) -> str:
    """The line of a setting, with one space between words."""
    (line,) = [line for line in walk.text.splitlines() if line.strip().startswith(label)]
    return " ".join(word for word in line.split() if word.isascii() or word.isalnum())  # no scrollbar


def _steps(data: DataFolder) -> dict[str, str]:
    with School(data) as school:
        return {status.step.key: status.state for status in set_up_progress(school).steps}


async def test_every_setting_is_listed_and_the_selected_one_is_described(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _opened(walk)
        assert walk.focus is screen.settings
        assert _line(walk, "Phase") == "Phase all-through default"
        assert _line(walk, "Academic year") == "Academic year 2025/26 default"
        assert _line(walk, "People already stored") == "People already stored update default"
        for group in ("School", "Safeguarding lead", "Mail", "The app and imports"):
            assert f"\n {group}\n" in walk.text
        assert "at the top of the screen" in walk.text_of("#about")
        await _to(walk, "idle-minutes")
        assert "closes after this many minutes" in walk.text_of("#about")


async def test_a_new_organisation_name_appears_at_the_top_at_once(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _opened(walk)
        assert walk.text.startswith(" Back:drop  Review")
        await walk.press("enter", *"Hill Top", "enter")
        assert walk.text.startswith(" Hill Top  Review system settings")
        assert "Saved. Organisation name: Hill Top." in walk.text_of("#message")
        assert walk.focus is screen.settings
        await walk.press("down")
        assert walk.text_of("#message") == ""
        await walk.press("escape")
        await walk.on(WelcomeScreen)
        assert walk.text.startswith(" Hill Top  Getting started")


async def test_a_refused_value_stays_in_the_editor_with_the_reason(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _opened(walk)
        await _to(walk, "mail-port")
        await walk.press("enter")
        assert screen.leave_warning == ""
        await walk.press(*"70000", "enter")
        assert "hasn't been saved" in screen.leave_warning
        assert "from 1 to 65535" in walk.text_of("#hint")
        assert isinstance(walk.focus, Input)
        assert screen.editor.text.value == "70000"
        await walk.replace("2525")
        await walk.press("enter")
        assert _line(walk, "Mail server's port") == "Mail server's port 2525"
        assert screen.leave_warning == ""
        await walk.press("d")
        assert _line(walk, "Mail server's port") == "Mail server's port 587 default"


async def test_unsaved_text_can_be_brought_back(data: DataFolder) -> None:
    async with walking(data) as walk:
        await _opened(walk)
        await _to(walk, "lead-name")
        await walk.press("enter", *"Aisha Khan", "escape")
        assert _line(walk, "Safeguarding lead's name").endswith("not set")
        await _opened(walk)
        await _to(walk, "lead-name")
        await walk.press("enter")
        assert "brings back" in walk.text_of("#hint")
        await walk.press("up", "enter")
        assert _line(walk, "Safeguarding lead's name").endswith("Aisha Khan")
        await walk.press("enter")
        assert "brings back" not in walk.text_of("#hint")


async def test_choices_are_listed_with_their_meanings(data: DataFolder) -> None:
    with School(data) as school:
        import_people(school, pupil("Lee"))
    async with walking(data) as walk:
        await _opened(walk)
        await _to(walk, "phase")
        await walk.press("enter")
        await walk.on(ChooseScreen)
        assert "Nursery 1 to Year 6" in walk.text
        await walk.press("home", "down", "enter")
        await walk.on(SettingsScreen)
        assert _line(walk, "Phase") == "Phase primary"
        assert "1 student is in a year group that this phase does not have" in walk.text_of("#message")
        await walk.press("enter", "escape")
        assert _line(walk, "Phase") == "Phase primary"


async def test_a_test_message_in_the_outbox_can_be_shown(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _opened(walk)
        await walk.press("t")
        assert screen.editor.text.value == "jo@example.org"
        await walk.replace("head")
        await walk.press("enter")
        assert "“head” is not an e-mail address" in walk.text_of("#hint")
        assert screen.editor.text.value == "head"
        await walk.press(*"@example.org", "enter")
        assert "to head@example.org was not sent. It was saved as" in walk.text_of("#message")
        await walk.press("o")
        await walk.on(ShowTextScreen)
        assert "Test message" in walk.text_of("#text")
        await walk.press("escape")
        await walk.on(SettingsScreen)


async def test_the_result_of_a_test_message_does_not_disturb_another_edit(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _opened(walk)
        await walk.press("enter")
        await walk.replace("Hill")
        screen.post_message(SettingsScreen.TestSent(Sent("jo@example.org", "smtp", server="mail")))
        await walk.until(lambda: "accepted the test message" in walk.text_of("#message"))
        screen.post_message(SettingsScreen.TestFailed(MailError("It takes no mail.")))
        await walk.until(lambda: "takes no mail" in walk.text_of("#message"))
        assert walk.focus is screen.editor.text
        assert screen.editor.text.value == "Hill"
        assert "takes no mail" not in walk.text_of("#hint")


async def test_the_mail_server_s_answer_to_a_test_message_is_explained(
    data: DataFolder, letterbox: Letterbox
) -> None:
    with School(data) as school:
        use(school, letterbox.port, security="none")
    async with walking(data) as walk:
        await _opened(walk)
        await walk.press("t", "enter")
        assert f"port {letterbox.port}) accepted the test message to jo@example.org" in walk.text_of(
            "#message"
        )
        await walk.press("t")
        await walk.replace("head@example.org")
        await walk.press("enter")
        assert "does not accept mail for head@example.org (550 no such user)" in walk.text_of("#hint")
    assert letterbox.recipients == ["jo@example.org"]


async def test_the_password_is_never_shown(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    async with walking(data) as walk:
        await _opened(walk)
        await _to(walk, "mail-user")
        await walk.press("enter", *"backdrop", "enter")
        assert _line(walk, "Mail server's password").endswith("no usable password")
        await walk.press("down")
        assert "mail-password, readable only by you" in walk.text_of("#about")
        await walk.press("enter")
        assert "needs a password" in walk.text_of("#message")
        monkeypatch.setenv(VARIABLE, SECRET)
        await walk.press("escape")
        await _opened(walk)
        assert _line(walk, "Mail server's password").endswith(f"found in {VARIABLE}")
        assert SECRET not in walk.text


async def test_confirming_returns_to_the_action_plan_with_the_step_done(data: DataFolder) -> None:
    async with walking(data, size=WIDE) as walk:
        await walk.choose("plan")
        await walk.on(ActionPlanScreen)
        await walk.choose("settings")
        screen = await walk.on(SettingsScreen)
        await walk.press("escape")
        await walk.on(ActionPlanScreen)
        assert _steps(data)["settings"] == "to-do"
        await walk.choose("settings")
        screen = await walk.on(SettingsScreen)
        await walk.press("c")
        await walk.on(ActionPlanScreen)
        assert "The system settings are confirmed as reviewed." in walk.notices()
        assert _steps(data)["settings"] == "done"
        await walk.press("escape")
        await walk.on(WelcomeScreen)
        screen = await _opened(walk)
        assert "again" in str(screen.query_one(Button).label)


async def test_settings_are_locked_before_signing_up(tmp_path: Path) -> None:
    fresh = DataFolder(tmp_path / "fresh")
    async with walking(fresh) as walk:
        await walk.press("f3")
        await walk.on(StepsScreen)
        await walk.choose("settings")
        assert walk.screen(StepsScreen)
        assert any("Complete “Sign up” first" in notice for notice in walk.notices())
    assert not fresh.path.exists()


async def test_settings_are_open_before_the_address_is_verified(data: DataFolder) -> None:
    with School(data) as school:
        account = {"name": "Jo", "email": "jo@example.org", "signed_up": 1.0, "verified": None}
        school.store.table("account").put("account", account)
    async with walking(data) as walk:
        assert await _opened(walk)


async def test_the_preview_begins_with_the_setting_for_people_already_stored(
    data: DataFolder, csv_folder: Path
) -> None:
    with School(data) as opened:
        opened.settings.put("existing", "skip")
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter", "i")
        await walk.on(PutRightScreen)
        await walk.press("c")
        screen = await walk.on(PreviewScreen)
        await walk.until(lambda: screen.plan is not None)
        assert screen.existing == "skip"
