"""Workers that end while a dialog is in front of their screen, and workers that fail."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from backdrop_tui.imports import completion
from backdrop_tui.imports.pipeline import basis_of
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.inputs import Basis, Intake
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.reading.source import load
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.account import sign_up
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.flow import pick_file as open_file_picker
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from backdrop_tui.tui.screens.wizard import file_list
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.shell.background_import import RunningImport
from tests.support.walk import Walk, begun, walking

R = TypeVar("R")


class Gate:
    """Holds functions back until it is opened."""

    def __init__(self) -> None:
        self.is_open = Event()
        self.is_reached = Event()

    def holding(self, function: Callable[..., R]) -> Callable[..., R]:
        """A function that does the same, but waits until the gate is open."""

        def wait_and_call(*arguments: object) -> R:
            self.is_reached.set()
            assert self.is_open.wait(20)
            return function(*arguments)

        return wait_and_call


@pytest.fixture
def gate() -> Iterator[Gate]:
    """A closed gate, which is opened after the test in any case."""
    gate = Gate()
    yield gate
    gate.is_open.set()


def screens(walk: Walk) -> list[str]:
    """The names of all open screens; the last one is in front."""
    return [type(screen).__name__ for screen in walk.app.screen_stack]


async def ask_while_a_file_is_read(walk: Walk, gate: Gate) -> None:
    """Pick the file and press Ctrl+Q while it is being read; since an import is running, that asks a question."""
    await walk.press("enter")
    walk.send("enter")
    await walk.until(lambda: isinstance(walk.app.screen, LoadScreen) and gate.is_reached.is_set())
    walk.app.running_import = RunningImport("staff", "staff.csv", "Storing", 0.7)
    walk.send("ctrl+q")
    await walk.until(lambda: isinstance(walk.app.screen, ConfirmScreen))
    gate.is_open.set()
    await walk.settle()


async def test_a_file_read_behind_a_question_opens_once_the_question_is_answered(
    data: DataFolder, pupils_csv: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.shell.picked.load", gate.holding(load))
    async with walking(data, pupils_csv.parent) as walk:
        await ask_while_a_file_is_read(walk, gate)
        assert screens(walk)[-2:] == ["LoadScreen", "ConfirmScreen"]
        walk.app.running_import = None
        await walk.press("escape")
        await walk.on(MatchScreen)
        assert "LoadScreen" not in screens(walk)
        await walk.press("i", "y", "escape", "escape", "escape")
        assert screens(walk) == ["WelcomeScreen"]
        assert len(open_drafts(data)) == 1


async def test_a_file_read_behind_a_question_is_kept_if_the_user_leaves(
    data: DataFolder, pupils_csv: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.shell.picked.load", gate.holding(load))
    async with walking(data, pupils_csv.parent) as walk:
        await ask_while_a_file_is_read(walk, gate)
        await walk.press("left", "enter")
        await walk.until(lambda: not walk.app.is_running)
    (kept,) = open_drafts(data)
    Draft.open(data, kept.id).close()


async def test_help_in_front_of_the_first_check_closes_before_the_next_screen_opens(
    data: DataFolder, pupils_csv: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(data, pupils_csv, stage="preview").close()
    monkeypatch.setattr("backdrop_tui.tui.shell.draft_screen.review", gate.holding(review))
    async with walking(data, pupils_csv.parent) as walk:
        walk.send("home", "enter")
        await walk.until(lambda: isinstance(walk.app.screen, PutRightScreen) and gate.is_reached.is_set())
        walk.send("f1")
        await walk.until(lambda: isinstance(walk.app.screen, HelpScreen))
        gate.is_open.set()
        await walk.settle()
        while not isinstance(walk.app.screen, PreviewScreen | PutRightScreen):
            await walk.press("escape")
        await walk.settle()
        assert "HelpScreen" not in screens(walk)
        while not isinstance(walk.app.screen, WelcomeScreen):
            await walk.press("escape")
        assert screens(walk) == ["WelcomeScreen"]


async def test_help_in_front_of_signing_up_closes_before_the_code_is_asked_for(
    tmp_path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.screens.account.sign_up.sign_up", gate.holding(sign_up))
    async with walking(DataFolder(tmp_path / "fresh"), tmp_path) as walk:
        await walk.choose("sign-up")
        for box, text in (("organisation", "Hill School"), ("name", "Jo"), ("email", "jo@example.org")):
            walk.app.screen.query_one(f"#{box}").focus()
            await walk.replace(text)
        walk.send("ctrl+s")
        await walk.until(gate.is_reached.is_set)
        walk.send("f1")
        await walk.until(lambda: isinstance(walk.app.screen, HelpScreen))
        gate.is_open.set()
        await walk.settle()
        await walk.press("escape")
        await walk.on(VerifyEmailScreen)
        assert not {"HelpScreen", "SignUpScreen"} & set(screens(walk))


async def test_an_unexpected_error_in_a_background_import_closes_the_app(
    data: DataFolder, draft_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("Amira")

    monkeypatch.setattr(completion, "complete", breaks)
    with pytest.raises(RuntimeError):  # noqa: PT012 - it comes out of the app as that ends
        async with walking(data) as walk:
            draft = Draft.open(data, draft_id)
            rows = review(draft.intake(), basis_of(walk.app.school, STUDENTS, walk.app.today))
            walk.app.import_in_background(draft, rows, "update")
            await walk.until(lambda: not walk.app.is_running)
    output = capsys.readouterr().err
    assert "What went wrong: RuntimeError" in output
    assert "Amira" not in output


async def test_an_unexpected_error_in_listing_a_folder_closes_the_app(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: Path) -> bool:
        raise RuntimeError

    monkeypatch.setattr(file_list, "is_file", breaks)
    with pytest.raises(RuntimeError):  # noqa: PT012 - it comes out of the app as that ends
        async with walking(data, csv_folder) as walk:
            open_file_picker(walk.app, STUDENTS, lambda: None)
            await walk.until(lambda: not walk.app.is_running)


async def test_the_app_can_be_closed_while_a_screen_is_being_opened(data: DataFolder, draft_id: str) -> None:
    draft = Draft.open(data, draft_id)
    async with walking(data) as walk:
        walk.app.push_screen(PutRightScreen(draft))
        await walk.app.action_quit()
        await walk.until(lambda: not walk.app.is_running)
    Draft.open(data, draft_id).close()


async def test_the_result_of_an_earlier_check_is_not_shown_after_a_later_one(
    data: DataFolder, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people are typed in quickly: the check of the first ends after the check of both."""
    second_ended = Event()

    def slow_first_review(intake: Intake, basis: Basis) -> Review:
        rows = review(intake, basis)
        if len(intake.edits.added) == 1:
            gate.is_reached.set()
            assert gate.is_open.wait(20)
        elif len(intake.edits.added) == 2:
            second_ended.set()
        return rows

    monkeypatch.setattr("backdrop_tui.tui.shell.draft_screen.review", slow_first_review)
    async with walking(data) as walk:
        await walk.choose("students.hand")
        screen = await walk.on(ByHandScreen)
        for surname, checked in (("Abbott", gate.is_reached), ("Baker", second_ended)):
            screen.form.input_of("surname").value = surname
            screen.action_save()
            await walk.until(checked.is_set)
        gate.is_open.set()
        await walk.settle()
        assert screen.table.row_numbers.to_list() == [1, 2]
        assert "2 students so far." in walk.text_of("#message")
