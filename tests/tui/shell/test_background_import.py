"""An import that runs in a worker."""

from pathlib import Path

import pytest
from textual import on
from textual.app import App

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports import completion
from backdrop_tui.imports.pipeline import basis_of
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import review
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import unknown_outcome
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.shell.background_import import BackgroundImport, FinishedImport, RunningImport
from tests.support.imports import sign_up
from tests.support.made_up import NOW
from tests.support.walk import begun
from tests.tui.shell.waiting import until


class _ImportingApp(App[None]):
    """An app that keeps the messages of its background import."""

    def __init__(self, school: School) -> None:
        super().__init__()
        self.stages: list[RunningImport] = []
        self.finished: FinishedImport | None = None
        self.school = school
        self.importer = BackgroundImport(self, lambda: school, NOW.date)

    @on(BackgroundImport.Progressed)
    def keep_stage(self, event: BackgroundImport.Progressed) -> None:
        self.stages.append(event.running)

    @on(BackgroundImport.Ended)
    def keep_end(self, event: BackgroundImport.Ended) -> None:
        self.finished = event.finished

    async def run_import(self, draft: Draft) -> FinishedImport:
        """Import a draft, and wait for the end."""
        rows = review(draft.intake(), basis_of(self.school, STUDENTS, NOW.date()))
        async with self.run_test():
            self.stages.append(self.importer.start(draft, rows, "update"))
            await until(lambda: self.finished)
        assert self.finished is not None
        return self.finished


@pytest.fixture
def app(school: School) -> _ImportingApp:
    """An app that can import into a school whose admin has verified their address."""
    sign_up(school)
    return _ImportingApp(school)


async def test_it_posts_each_stage_and_then_what_it_did(
    app: _ImportingApp, data: DataFolder, students_csv: Path
) -> None:
    finished = await app.run_import(begun(data, students_csv))
    assert [running.fraction for running in app.stages] == sorted(running.fraction for running in app.stages)
    assert {running.file for running in app.stages} == {"pupils.csv"}
    assert finished.error is None
    assert finished.outcome is not None
    assert finished.outcome.added == 10
    assert finished.paths == (str(students_csv),)


async def test_when_it_fails_it_posts_why_and_releases_the_draft(
    app: _ImportingApp, data: DataFolder, students_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise BackdropError("The disk is full.")

    monkeypatch.setattr(completion, "complete", fails)
    draft = begun(data, students_csv)
    finished = await app.run_import(draft)
    assert finished.outcome is None
    assert str(finished.error) == "The disk is full."
    Draft.open(data, draft.facts.id).close()


@pytest.mark.parametrize(
    ("error", "file", "is_turn", "failure"),
    [
        (
            BackdropError("The disk is full."),
            "pupils.csv",
            False,
            "The disk is full. Nothing was stored; what you had fixed is kept.",
        ),
        (
            BackdropError("Nothing was stored, because 1 row has errors."),
            "pupils.csv",
            False,
            "Nothing was stored, because 1 row has errors. What you had fixed is kept.",
        ),
        (BackdropError("The disk is full."), "", True, "The disk is full. Nothing was stored."),
        (unknown_outcome(), "pupils.csv", True, f"{unknown_outcome().message} What you had fixed is kept."),
        (unknown_outcome(), "", True, unknown_outcome().message),
        (None, "pupils.csv", False, ""),
    ],
)
def test_a_failure_says_once_that_nothing_was_stored_and_what_is_kept(
    error: BackdropError | None, file: str, *, is_turn: bool, failure: str
) -> None:
    assert FinishedImport("students", file, (), None, error, is_turn).failure == failure
