"""Reviewing the user groups with the keyboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input

from backdrop_tui.people.group_management import add_group, change_rights
from backdrop_tui.people.group_summary import group_summaries
from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.groups import GroupsScreen
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.steps import StepsScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.imports import colleague, import_people
from tests.support.imports import groups as by_surname
from tests.support.made_up import STAFF
from tests.support.walk import Walk, walking


@pytest.fixture
def staffed(data: DataFolder) -> DataFolder:
    """A school whose staff are in four groups, one of which the import created."""
    with School(data) as school:
        import_people(school, *(colleague(f"No{n}", group) for n, group in enumerate(("DSLs", "Teachers", "TAs", "Mentors", "Mentors"))), kind=STAFF)  # fmt: skip
    return data


@asynccontextmanager
async def reviewing(data: DataFolder) -> AsyncIterator[tuple[Walk, GroupsScreen]]:
    """Open the screen of user groups."""
    async with walking(data) as walk:
        await walk.press("f3")
        await walk.on(StepsScreen)
        await walk.choose("groups")
        yield walk, await walk.on(GroupsScreen)


def rights(data: DataFolder, group: str) -> frozenset[str]:
    with School(data, read_only=True) as school:
        return next(summary.group.rights for summary in group_summaries(school) if summary.name == group)


def is_reviewed(data: DataFolder) -> bool:
    with School(data, read_only=True) as school:
        return (
            next(status.state for status in set_up_progress(school).steps if status.step.key == "groups")
            == "done"
        )


async def test_all_groups_and_rights_fit_on_the_screen(data: DataFolder) -> None:
    async with reviewing(data) as (walk, screen):
        assert walk.focus is screen.table
        lines = walk.text.splitlines()
        assert lines[1].startswith("← → go through 7 groups")
        assert lines[2].startswith("Space ticks or unticks")
        assert lines[3].split() == [
            "Right",
            "DSLs",
            "Manager",
            "Team",
            "SLTs",
            "Teachers",
            "TAs",
            "Governors",
        ]
        assert lines[4].split()[2:] == ["✓"] * 6 + ["·"]
        assert "Manage allegations against staff ·    ·" in walk.text
        assert "for the head alone, so nobody has that right until someone ticks it" in walk.text_of("#state")
        assert "* not saved yet" in walk.text_of("#legend")
        await walk.until(lambda: "c Confirm" in walk.footer)
        assert screen.check_action("save", ()) is None


async def test_space_ticks_and_ctrl_s_saves_all_ticks(staffed: DataFolder) -> None:
    async with reviewing(staffed) as (walk, screen):
        await walk.press("space", "right", "down", "enter")
        assert walk.text_of("#state") == "2 ticks are not saved yet: press Ctrl+S."
        assert "View own concerns: no, not saved yet. By default: yes." in walk.text_of("#description")
        assert "·*≠" in walk.text
        assert "add-concerns" in rights(staffed, "DSLs")
        await walk.press("ctrl+s")
        assert "Saved. This takes effect straight away." in walk.notices()
        assert screen.leave_warning == ""
        assert "·≠" in walk.text
        assert "·*" not in walk.text
    assert "add-concerns" not in rights(staffed, "DSLs")
    assert "view-own-concerns" not in rights(staffed, "School Business Manager")


async def test_ticking_and_unticking_again_is_no_change(data: DataFolder) -> None:
    async with reviewing(data) as (walk, screen):
        await walk.press("space", "space")
        assert screen.leave_warning == ""
        await walk.press("ctrl+s", "escape")
        await walk.on(WelcomeScreen)


async def test_leaving_with_unsaved_ticks_asks_first(data: DataFolder) -> None:
    async with reviewing(data) as (walk, screen):
        await walk.press("space", "escape")
        await walk.on(ChooseScreen)
        await walk.press("escape")
        assert walk.screen(GroupsScreen) is screen
        await walk.press("ctrl+q")
        await walk.on(ConfirmScreen)
        assert "1 tick is not saved yet, in DSLs." in walk.text
        await walk.press("enter")
        assert walk.screen(GroupsScreen) is screen
        await walk.press("f3")
        await walk.on(StepsScreen)
        await walk.choose("plan")
        await walk.on(ConfirmScreen)
        await walk.press("enter", "escape", "enter")
        await walk.on(WelcomeScreen)
    assert "add-concerns" not in rights(data, "DSLs")


async def test_leaving_without_saving_changes_nothing(data: DataFolder) -> None:
    async with reviewing(data) as (walk, _):
        await walk.press("space", "escape")
        await walk.on(ChooseScreen)
        await walk.press("down", "enter")
        await walk.on(WelcomeScreen)
    assert "add-concerns" in rights(data, "DSLs")


async def test_a_group_is_added_and_a_lookalike_name_is_refused(data: DataFolder) -> None:
    async with reviewing(data) as (walk, screen):
        await walk.press("a")
        await walk.on(AskTextScreen)
        await walk.replace("DЅLs")
        await walk.press("enter")
        await walk.on(AskTextScreen)
        assert "looks like the user group “DSLs”" in walk.text_of("#wrong")
        assert isinstance(walk.focus, Input)
        await walk.replace("Site Team")
        await walk.press("enter")
        await walk.on(GroupsScreen)
        assert screen.table.selected_group is not None
        assert screen.table.selected_group.name == "Site Team"
        assert "Site Team (0 members)" in walk.text_of("#description")
    assert rights(data, "Site Team") == {"add-concerns", "view-own-concerns"}


async def test_a_similar_name_has_to_be_confirmed(data: DataFolder) -> None:
    async with reviewing(data) as (walk, screen):
        await walk.press("a")
        await walk.on(AskTextScreen)
        await walk.replace("MLT")
        await walk.press("enter")
        await walk.on(ConfirmScreen)
        assert "similar to the name of the user group “SLTs”" in walk.text
        await walk.press("left", "enter")
        await walk.on(GroupsScreen)
        assert [group.name for group in screen.rights.groups][-1] == "MLT"


async def test_a_renamed_group_keeps_its_members_and_its_unsaved_ticks(staffed: DataFolder) -> None:
    async with reviewing(staffed) as (walk, screen):
        await walk.press("end", "space", "r")
        await walk.on(AskTextScreen)
        assert isinstance(walk.focus, Input)
        assert walk.focus.value == "Mentors"
        await walk.replace("Coaches")
        await walk.press("enter")
        await walk.on(GroupsScreen)
        assert screen.rights.changes == {"Coaches": {"add-concerns": False}}
        assert "Coaches (2 members)" in walk.text_of("#description")
        await walk.press("ctrl+s")
    assert rights(staffed, "Coaches") == {"view-own-concerns"}


async def test_removing_a_group_asks_where_its_members_go(staffed: DataFolder) -> None:
    async with reviewing(staffed) as (walk, screen):
        await walk.press("end", "x")
        await walk.on(ChooseScreen)
        assert "2 staff are in it." in walk.text
        await walk.press("down", "enter")
        await walk.on(GroupsScreen)
        assert "Mentors has been removed. 2 moved to TAs." in walk.notices()
        await walk.press("end", "x")
        await walk.on(ConfirmScreen)
        assert "Nobody is in Governors" in walk.text
        await walk.press("left", "enter")
        await walk.on(GroupsScreen)
        assert [group.name for group in screen.rights.groups][-1] == "TAs"
    with School(staffed, read_only=True) as school:
        assert list(by_surname(school, STAFF).values()) == ["DSLs", "Teachers", "TAs", "TAs", "TAs"]


async def test_the_last_group_that_can_manage_groups_keeps_that_right(data: DataFolder) -> None:
    async with reviewing(data) as (walk, screen):
        screen.table.go_to("DSLs", "manage-groups")
        await walk.press("space", "right", "space", "ctrl+s")
        assert any("At least one user group must have" in notice for notice in walk.notices())
        assert screen.rights.unsaved == 2
        await walk.press("space", "ctrl+s")
        assert screen.rights.unsaved == 0
    assert "manage-groups" not in rights(data, "DSLs")


async def test_ticks_that_differ_from_the_defaults_are_found_and_reset(data: DataFolder) -> None:
    with School(data) as school:
        change_rights(school, {"SLTs": {"run-reports": False}, "TAs": {"manage-students": True}})
    async with reviewing(data) as (walk, screen):
        await walk.press("d")
        assert "SLTs (0 members). Run reports: no. By default: yes." in walk.text_of("#description")
        await walk.press("d")
        assert "TAs (0 members). Manage students: yes. By default: no." in walk.text_of("#description")
        await walk.press("b")
        await walk.on(ChooseScreen)
        await walk.press("enter")
        assert screen.rights.changes == {"TAs": {"manage-students": False}}
        await walk.press("b", "down", "enter")
        assert screen.rights.unsaved == 2
        await walk.press("ctrl+s", "d")
        assert "Every group has its default rights." in walk.notices()


async def test_confirming_lists_what_to_check_and_saves_the_ticks(data: DataFolder) -> None:
    async with reviewing(data) as (walk, screen):
        await walk.press("space", "c")
        await walk.on(ConfirmScreen)
        assert "Nobody is in “DSLs” yet." in walk.text
        assert "Nobody would receive child-protection alerts." in walk.text
        assert "The ticks that are not saved yet, in DSLs, will be saved as well." in walk.text
        await walk.press("enter")
        assert walk.screen(GroupsScreen) is screen
        await walk.press("c", "left", "enter")
        await walk.on(WelcomeScreen)
        assert "The user groups are confirmed as reviewed." in walk.notices()
    assert is_reviewed(data)
    assert "add-concerns" not in rights(data, "DSLs")


async def test_confirming_takes_one_key_if_there_is_nothing_to_check(staffed: DataFolder) -> None:
    async with reviewing(staffed) as (walk, _):
        await walk.press("c")
        await walk.on(WelcomeScreen)
    assert is_reviewed(staffed)


async def test_confirming_checks_the_unsaved_ticks_too(staffed: DataFolder) -> None:
    async with reviewing(staffed) as (walk, screen):
        screen.table.go_to("DSLs", "receive-child-protection-alerts")
        await walk.press("space", "c")
        await walk.on(ConfirmScreen)
        assert "Nobody would receive child-protection alerts." in walk.text


async def test_many_groups_scroll_beside_the_titles_of_the_rights(data: DataFolder) -> None:
    with School(data) as school:
        for name in (
            "Site Team",
            "Lunchtime Supervisors",
            "A[/b] [red]long[/] name of a group that nobody can read",
            "Prefects",
        ):
            add_group(school, name)
    async with reviewing(data) as (walk, screen):
        await walk.press("end")
        assert "Prefects (0 members)" in walk.text_of("#description")
        assert "Manage allegations against staff" in walk.text
        assert "Lunchtime" in walk.text
        await walk.press("left")
        assert "A[/b] [red]long[/] name of a group" in walk.text_of("#description")
        assert screen.table.max_scroll_x > 0
