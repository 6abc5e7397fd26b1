"""Stored data that can't be read any more: every screen says so, and the app stays open."""

from collections.abc import Callable

import pytest
from textual.screen import Screen

from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.admin.groups import GroupsScreen
from backdrop_tui.tui.screens.admin.import_history import ImportHistoryScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.invitations.invite import InviteScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from tests.support.imports import import_people, pupil
from tests.support.walk import Walk, walking


@pytest.fixture(autouse=True)
def imported(data: DataFolder) -> None:
    """One student has been imported."""
    with School(data) as school:
        import_people(school, pupil("Lee"))


def damage(data: DataFolder) -> None:
    """Make everything that is stored unreadable, as a failing disk does."""
    for path in (data.setup, data.students, data.staff):
        path.write_bytes(b"\x00" * 40)


def complaints(walk: Walk) -> list[str]:
    """Notifications that say that a file is damaged."""
    return [message for message in walk.notices() if "damaged" in message]


@pytest.mark.parametrize(
    "screen",
    [
        SignUpScreen,
        VerifyEmailScreen,
        GroupsScreen,
        ImportHistoryScreen,
        lambda: PeopleScreen(STUDENTS),
        SettingsScreen,
        InviteScreen,
        ActionPlanScreen,
    ],
    ids=["sign up", "verify", "groups", "import history", "people", "settings", "invite", "action plan"],
)
async def test_a_screen_that_cant_read_the_data_says_so(
    data: DataFolder, screen: Callable[[], Screen[object]]
) -> None:
    async with walking(data) as walk:
        damage(data)
        walk.app.push_screen(screen())
        await walk.until(lambda: complaints(walk) or "damaged" in walk.text)
        await walk.press("escape")


async def test_the_app_says_what_is_missing_and_shows_the_rest(data: DataFolder) -> None:
    data.students.unlink()
    async with walking(data) as walk:
        await walk.until(lambda: any("students.json is missing" in notice for notice in walk.notices()))
        walk.app.clear_notifications()  # it covers part of the screen
        await walk.until(lambda: "students who can't be read, 0 staff" in walk.text)
