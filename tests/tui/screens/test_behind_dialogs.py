"""What is found out away from the screen comes to its end behind a window, or breaks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from backdrop_tui.imports import completion
from backdrop_tui.imports.pipeline import basis_of
from backdrop_tui.intake.draft.draft import Draft, open_drafts
from backdrop_tui.intake.draft.review import Basis, Intake, Review, review
from backdrop_tui.intake.reading.source import load
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.account import sign_up
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.flow import pick_file as open_file_picker
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from backdrop_tui.tui.screens.wizard import pick_file
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right import PutRightScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.shell.background_import import RunningImport
from tests.support.walk import Walk, begun, walking

R = TypeVar("R")


class Held:
    """Functions that wait until they are let go."""

    def __init__(self) -> None:
        self.go = Event()
        self.begun = Event()

    def up(self, function: Callable[..., R]) -> Callable[..., R]:
        """The same function, held up."""

        def waits(*given: object) -> R:
            self.begun.set()
            assert self.go.wait(20)
            return function(*given)

        return waits


@pytest.fixture
def held() -> Iterator[Held]:
    """What a test holds up is let go in the end, whatever comes."""
    one = Held()
    yield one
    one.go.set()


def screens(walk: Walk) -> list[str]:
    """The screens, from the first to the one in front."""
    return [type(screen).__name__ for screen in walk.app.screen_stack]


async def ask_while_a_file_is_read(walk: Walk, held: Held) -> None:
    """Pick the file; while it is being read, ask to close the app, which asks back since an import is running."""
    await walk.press("enter")
    walk.send("enter")
    await walk.until(lambda: isinstance(walk.app.screen, LoadScreen) and held.begun.is_set())
    walk.app.running_import = RunningImport("staff", "staff.csv", "Storing", 0.7)
    walk.send("ctrl+q")
    await walk.until(lambda: isinstance(walk.app.screen, ConfirmScreen))
    held.go.set()
    await walk.settle()


async def test_a_file_read_behind_a_question_opens_once_the_question_is_answered(
    data: DataFolder, pupils_csv: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.screens.wizard.load.load", held.up(load))
    async with walking(data, pupils_csv.parent) as walk:
        await ask_while_a_file_is_read(walk, held)
        assert screens(walk)[-2:] == ["LoadScreen", "ConfirmScreen"]
        walk.app.running_import = None
        await walk.press("escape")
        await walk.on(MatchScreen)
        assert "LoadScreen" not in screens(walk)
        await walk.press("i", "s", "escape", "escape", "escape")
        assert screens(walk) == ["WelcomeScreen"]
        assert len(open_drafts(data)) == 1


async def test_a_file_read_behind_a_question_is_kept_if_the_user_leaves(
    data: DataFolder, pupils_csv: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.screens.wizard.load.load", held.up(load))
    async with walking(data, pupils_csv.parent) as walk:
        await ask_while_a_file_is_read(walk, held)
        await walk.press("left", "enter")
        await walk.until(lambda: not walk.app.is_running)
    (kept,) = open_drafts(data)
    Draft.open(data, kept.id).close()


async def test_help_in_front_of_the_first_check_closes_before_the_next_screen_opens(
    data: DataFolder, pupils_csv: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(data, pupils_csv, stage="preview").close()
    monkeypatch.setattr("backdrop_tui.tui.shell.draft_screen.review", held.up(review))
    async with walking(data, pupils_csv.parent) as walk:
        walk.send("home", "enter")
        await walk.until(lambda: isinstance(walk.app.screen, PutRightScreen) and held.begun.is_set())
        walk.send("f1")
        await walk.until(lambda: isinstance(walk.app.screen, HelpScreen))
        held.go.set()
        await walk.settle()
        while not isinstance(walk.app.screen, PreviewScreen | PutRightScreen):
            await walk.press("escape")
        await walk.settle()
        assert "HelpScreen" not in screens(walk)
        while not isinstance(walk.app.screen, WelcomeScreen):
            await walk.press("escape")
        assert screens(walk) == ["WelcomeScreen"]


async def test_help_in_front_of_signing_up_closes_before_the_code_is_asked_for(
    tmp_path: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.tui.screens.account.sign_up.sign_up", held.up(sign_up))
    async with walking(DataFolder(tmp_path / "fresh"), tmp_path) as walk:
        await walk.choose("sign-up")
        for box, text in (("organisation", "Hill School"), ("name", "Jo"), ("email", "jo@example.org")):
            walk.app.screen.query_one(f"#{box}").focus()
            await walk.replace(text)
        walk.send("ctrl+s")
        await walk.until(held.begun.is_set)
        walk.send("f1")
        await walk.until(lambda: isinstance(walk.app.screen, HelpScreen))
        held.go.set()
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
            found = review(draft.intake(), basis_of(walk.app.school, STUDENTS, walk.app.today))
            walk.app.import_in_background(draft, found, "update")
            await walk.until(lambda: not walk.app.is_running)
    said = capsys.readouterr().err
    assert "What broke: RuntimeError" in said
    assert "Amira" not in said


async def test_an_unexpected_error_in_listing_a_folder_closes_the_app(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: Path) -> bool:
        raise RuntimeError

    monkeypatch.setattr(pick_file, "is_file", breaks)
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
    data: DataFolder, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lines are typed in quickly: what is found out about the first comes after what is found out about both."""
    ended = Event()

    def overtaken(intake: Intake, basis: Basis) -> Review:
        found = review(intake, basis)
        if len(intake.edits.added) == 1:
            held.begun.set()
            assert held.go.wait(20)
        elif len(intake.edits.added) == 2:
            ended.set()
        return found

    monkeypatch.setattr("backdrop_tui.tui.shell.draft_screen.review", overtaken)
    async with walking(data) as walk:
        await walk.choose("students.hand")
        screen = await walk.on(ByHandScreen)
        for surname, checked in (("Abbott", held.begun), ("Baker", ended)):
            screen.form.input_of("surname").value = surname
            screen.action_save()
            await walk.until(checked.is_set)
        held.go.set()
        await walk.settle()
        assert screen.table.row_numbers.to_list() == [1, 2]
        assert "2 students so far." in walk.text_of("#message")
