"""A step added to the list is known everywhere, with nothing else changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.steps import listing
from backdrop_tui.steps.listing import ADD_STUDENTS, STEPS
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.steps.step import Step
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.steps import StepsScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.cli import Run
from tests.steps import states
from tests.support.data_protection import DATA_PROTECTION, DataProtectionScreen
from tests.support.imports import sign_up
from tests.support.made_up import student, table
from tests.support.walk import WIDE, walking

pytestmark = pytest.mark.usefixtures("frozen_day", "added")


def use_steps(monkeypatch: pytest.MonkeyPatch, *steps: Step) -> None:
    """Let these be the steps of set-up."""
    monkeypatch.setattr(listing, "STEPS", steps)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch, data: DataFolder) -> None:
    """The step "Data protection" comes last."""
    use_steps(monkeypatch, *STEPS, DATA_PROTECTION)
    monkeypatch.setenv("BACKDROP_DATA", str(data.path))


@pytest.fixture
def signed_up(data: DataFolder) -> Iterator[School]:
    """A school that has signed up and verified its address."""
    data.create()
    with School(data) as school:
        sign_up(school)
        yield school


@pytest.mark.usefixtures("signed_up")
def test_its_state_is_in_the_status(backdrop: Run) -> None:
    assert backdrop("status", "--format", "json").json["steps"][-1] == {
        "key": "data-protection",
        "title": "Data protection",
        "state": "to-do",
    }
    assert "to do    Data protection\n" in backdrop("status").out


@pytest.mark.usefixtures("signed_up")
def test_its_command_is_listed_and_does_it(backdrop: Run) -> None:
    assert "data-protection" in backdrop("--help").out
    assert backdrop("data-protection", "--confirm").out == "The notice is confirmed.\n"
    assert "done     Data protection\n" in backdrop("status").out


def test_its_command_is_locked_as_declared(backdrop: Run) -> None:
    locked = backdrop("data-protection", "--confirm")
    assert locked.status == 3
    assert locked.error_line.startswith("“Data protection” is locked. Complete “Sign up” first.")
    assert "locked   Data protection (complete “Sign up” first)\n" in backdrop("status").out


@pytest.mark.usefixtures("signed_up")
def test_a_step_that_it_blocks_names_it_and_its_command(
    backdrop: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    students = replace(ADD_STUDENTS, blocked_by=(DATA_PROTECTION,))
    use_steps(monkeypatch, *(students if step is ADD_STUDENTS else step for step in STEPS), DATA_PROTECTION)
    (tmp_path / "pupils.csv").write_bytes(table([student(0)]))
    refused = backdrop("import", tmp_path / "pupils.csv")
    assert (refused.status, refused.error_line) == (
        3,
        "“Students” is locked. Complete “Data protection” first. Run “backdrop data-protection --confirm”.",
    )


def test_it_can_be_marked_as_reviewed(signed_up: School) -> None:
    mark_reviewed(signed_up, DATA_PROTECTION)
    assert '"about":"data-protection"' in signed_up.folder.log.read_text()


def test_a_fault_in_its_check_hides_no_other_step(
    backdrop: Run,
    monkeypatch: pytest.MonkeyPatch,
    signed_up: School,
) -> None:
    broken = replace(DATA_PROTECTION, done_when="tests.support.data_protection:check_that_fails")
    missing = replace(DATA_PROTECTION, key="missing", done_when="tests.support.nowhere:is_done")
    use_steps(monkeypatch, *STEPS, broken, missing)
    assert states(signed_up)["verify-email"] == "done"
    assert (states(signed_up)["data-protection"], states(signed_up)["missing"]) == ("to-do", "to-do")
    assert backdrop("status").out.count("to do    Data protection (could not be checked)\n") == 2


@pytest.mark.usefixtures("signed_up")
async def test_the_action_plan_says_what_to_do_and_opens_its_screen(data: DataFolder) -> None:
    async with walking(data, size=WIDE) as walk:
        await walk.choose("plan")
        await walk.on(ActionPlanScreen)
        await walk.until(lambda: "Read the notice, then confirm." in walk.text)
        await walk.choose("data-protection")
        await walk.on(DataProtectionScreen)
        assert any("> Data protection" in line and "here" in line for line in walk.text.splitlines())
        await walk.press("escape")
        await walk.on(ActionPlanScreen)


@pytest.mark.usefixtures("signed_up")
async def test_the_steps_menu_goes_to_its_screen(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.press("f3")
        await walk.on(StepsScreen)
        await walk.choose("data-protection")
        await walk.on(DataProtectionScreen)
        await walk.press("escape")
        await walk.on(WelcomeScreen)


@pytest.mark.usefixtures("signed_up")
async def test_the_first_screen_offers_it_if_it_blocks_adding_people(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    students = replace(ADD_STUDENTS, blocked_by=(DATA_PROTECTION,))
    use_steps(monkeypatch, *(students if step is ADD_STUDENTS else step for step in STEPS), DATA_PROTECTION)
    async with walking(data) as walk:
        await walk.choose("data-protection")
        await walk.on(DataProtectionScreen)
