"""Whichever call of the system fails while someone works on a draft: what is said to be kept is kept, and what isn't, isn't."""

import errno
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.store.errors import UnknownOutcomeError
from backdrop_tui.store.folder import DataFolder
from tests.intake.draft.test_draft import EDIT, OUT, PUPILS
from tests.support.failing_calls import FailingCalls
from tests.support.made_up import NOW, STUDENTS

WORKS: dict[str, Callable[[Draft, DataFolder], object]] = {
    "change": lambda draft, _: draft.do(OUT),
    "undo": lambda draft, _: draft.undo(),
    "place": lambda draft, _: draft.save_facts(row=3),
    "another": lambda _, data: begun(data).close(),
    "discard": lambda draft, _: draft.discard(),
}


_EVERY = 3
"""Only every so many calls fail here; `python -m tests.reliability` lets each one fail."""


def begun(data: DataFolder) -> Draft:
    """A new draft."""
    return Draft.create(data, STUDENTS, [SourceFile.at(data.path / "pupils.csv", PUPILS)], NOW)


def state(data: DataFolder) -> list[tuple[object, ...]]:
    """All drafts, as they are when they are opened."""
    drafts = []
    for listed in open_drafts(data):
        with closing(Draft.open(data, listed.id)) as draft:
            drafts.append((tuple(draft.edits.done), draft.facts.row, draft.sheet.cells.height, draft.warning))
    return sorted(drafts, key=str)


def outcome(draft: Draft, data: DataFolder, work: Callable[[Draft, DataFolder], object]) -> str:
    """Do some work; what is said about how it ended."""
    try:
        work(draft, data)
    except UnknownOutcomeError:
        return "unknown"
    except DataFolderError:
        return "failed"
    return "done"


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize(
    "name", ["change", *(pytest.param(name, marks=pytest.mark.slow) for name in WORKS if name != "change")]
)
def test_what_is_said_about_the_outcome_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, for_good: bool
) -> None:
    said = list[str]()
    for number in count(step=_EVERY):
        data = DataFolder(tmp_path / str(number))
        data.create()
        draft = begun(data)
        draft.do(EDIT)
        draft.close()
        before = state(data)
        draft = Draft.open(data, draft.facts.id)
        calls = FailingCalls(errno.EIO, number, for_good=for_good)
        said.append(calls.during(monkeypatch, partial(outcome, draft, data, WORKS[name])))
        draft.close()
        assert said[-1] == "unknown" or (state(data) != before) == (said[-1] == "done"), number
        if not calls.failed:
            break
    assert {"done", "failed"} <= set(said)
