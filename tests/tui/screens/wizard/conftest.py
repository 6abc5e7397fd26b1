"""What the tests of the import's screens share."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from tests.support.walk import Walk, begun

MatchFile = Callable[..., Awaitable[MatchScreen]]


@pytest.fixture
def match_file(shared_walk: Walk, tmp_path: Path) -> Iterator[MatchFile]:
    """Opens a new draft of a file on the Match screen."""
    drafts = []

    async def show(path: Path, kind: RecordKind = STUDENTS) -> MatchScreen:
        drafts.append(begun(DataFolder(tmp_path / "drafts"), path, kind, stage="match"))
        shared_walk.app.push_screen(MatchScreen(drafts[-1]))
        return await shared_walk.on(MatchScreen)

    yield show
    for draft in drafts:
        draft.close()
