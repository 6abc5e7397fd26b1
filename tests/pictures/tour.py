"""The way past every screen, with a name for each stop."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from textual.screen import Screen

from backdrop_tui.intake.questions.question import ASKING
from backdrop_tui.people.changes import ChangeHistory
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.tui.flow import open_turn
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.data_care import DataCareScreen
from backdrop_tui.tui.screens.admin.groups import GroupsScreen
from backdrop_tui.tui.screens.admin.import_history import ImportHistoryScreen
from backdrop_tui.tui.screens.admin.leavers import LeaversScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.save_file import SaveFileScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.invitations.invite import InviteScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.columns import ColumnsScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.put_right.values import ValuesScreen
from backdrop_tui.tui.screens.wizard.put_right.who_is_who import WhoIsWhoScreen
from backdrop_tui.tui.screens.wizard.report import ReportScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from tests.support.walk import Walk

Stop = Callable[[str], Awaitable[None]]
"""Called at each stop with its name."""


async def import_tour(walk: Walk, files: Path, stop: Stop) -> None:
    """From the first screen to stored students, as a user goes with the demo's file."""
    await stop("welcome")
    await _shown(walk, SignUpScreen(), stop, "sign-up")
    await _shown(walk, VerifyEmailScreen(send=False), stop, "verify-email")
    await _shown(walk, ColumnsScreen(files), stop, "columns")
    save = SaveFileScreen("Template for students", files, "students-template.csv", bytes)
    await _shown(walk, save, stop, "save-template")
    await walk.choose("students.csv")
    await walk.on(PickFileScreen)
    await stop("pick-file")
    await walk.press("down")
    await stop("pick-file-preview")
    await walk.press("up", "enter")
    await walk.on(MatchScreen)
    await stop("match")
    await walk.press("i")
    await walk.on(PutRightScreen)
    await _put_right(walk, stop)
    await walk.press("c")
    await walk.on(PreviewScreen)
    await stop("check")
    await walk.press("end", "pagedown", "pagedown")
    await stop("check-below")
    await walk.press("c")
    await walk.on(SummaryScreen)
    await stop("complete")
    await walk.press("enter")
    await walk.on(ActionPlanScreen)
    await stop("action-plan")
    await walk.press("escape")
    await walk.choose("staff.hand")
    await walk.on(ByHandScreen)
    await stop("by-hand")


async def _put_right(walk: Walk, stop: Stop) -> None:
    screen = walk.screen(PutRightScreen)
    await stop("put-right-finding")
    while screen.review is not None and screen.review.findings:
        finding = screen.review.findings[0]
        screen.browser.choose(finding)
        await walk.press("t" if finding.remedies else "d")
    screen.browser.open_at(0)
    await walk.settle()
    await stop("put-right")
    await walk.press("e")
    await stop("put-right-editing")
    await walk.press("escape", "g")
    await stop("values")
    await walk.press("escape", "f1")
    await stop("help")
    await walk.press("escape", "f3")
    await stop("steps")
    await walk.press("escape", "ctrl+p")
    await stop("palette")
    await walk.press("escape", "slash", "m", "a")
    await stop("put-right-search")
    await walk.press("escape", "g")
    await walk.on(ValuesScreen)
    await stop("values")
    await walk.press("enter")
    await stop("values-editing")
    await walk.press("escape", "escape")
    await walk.on(PutRightScreen)
    await walk.press("x")
    await stop("confirm")
    await walk.press("escape")
    await _who_is_who(walk, stop)


async def _who_is_who(walk: Walk, stop: Stop) -> None:
    """Two rows of the file that may be the same person."""
    screen = walk.screen(PutRightScreen)
    assert screen.review is not None
    screen.browser.choose(next(kind for kind in screen.review.problem_kinds if kind.code in ASKING))
    await walk.press("i")
    await walk.on(WhoIsWhoScreen)
    await stop("who-is-who")
    await walk.press("escape")


async def administration_tour(walk: Walk, _files: Path, stop: Stop) -> None:
    """Everything that is in Administration, and what is only shown once people are stored."""
    await stop("welcome-later")
    await _shown(walk, ActionPlanScreen(), stop, "action-plan-later")
    await _shown(walk, AdministrationScreen(), stop, "administration")
    for kind in KINDS.values():
        await _shown(walk, PeopleScreen(kind, ChangeHistory()), stop, f"people-{kind.name}")
        await _shown(walk, LeaversScreen(kind, ChangeHistory()), stop, f"leavers-{kind.name}")
    await _shown(walk, GroupsScreen(), stop, "groups")
    await _shown(walk, SettingsScreen(), stop, "settings")
    await _shown(walk, ImportHistoryScreen(), stop, "import-history")
    await _shown(walk, InviteScreen(), stop, "invite")
    await _shown(walk, ReportScreen(), stop, "page-for-the-head")
    await _data_care(walk, stop)
    walk.app.push_screen(PeopleScreen(STUDENTS, ChangeHistory()))
    await walk.settle()
    await walk.press("i")
    await walk.on(ShowTextScreen)
    await stop("subject-access")
    await walk.press("escape", "ctrl+e")
    await walk.on(ConfirmScreen)
    await stop("erase")
    await walk.back_to_start()
    walk.app.push_screen(PeopleScreen(STAFF, ChangeHistory()))
    await walk.settle()
    await walk.press("a")
    await stop("person")
    await walk.back_to_start()
    open_turn(walk.app, lambda: None)
    await walk.settle()
    await stop("turn")


async def _data_care(walk: Walk, stop: Stop) -> None:
    """The menu of data care, and everything that is in it."""
    await _shown(walk, DataCareScreen(), stop, "data-care")
    for choice in DataCareScreen.CHOICES:
        await _shown(walk, resolve_name(choice.screen)(), stop, f"data-care-{choice.key}")


async def _shown(walk: Walk, screen: Screen[Any], stop: Stop, name: str) -> None:
    """Show one screen on top of the first, and leave it again."""
    walk.app.push_screen(screen)
    await walk.settle()
    await stop(name)
    await walk.back_to_start()
