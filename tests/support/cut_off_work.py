"""Commands and drafts during a power cut, and whether all that was confirmed is there after it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from backdrop_tui.imports.recovery import recover
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.changing_commands import (
    COMMANDS,
    SchoolState,
    copy_of_school,
    state_if_readable,
    state_of,
    words_for,
)
from tests.support.imports import complete_draft
from tests.support.made_up import NOW, STUDENTS
from tests.support.power_cuts import AfterCut, DiskLog
from tests.support.quiet_run import run_quietly

Check = Callable[[Path, AfterCut], None]
"""Raises `AssertionError` if what a power cut has left in a folder isn't as it should be."""


@dataclass(frozen=True)
class CutOffWork:
    """Some work that was recorded, and how to check what a power cut leaves of it."""

    log: DiskLog
    """The calls that it has made."""
    check: Check
    """Checks what is left."""

    def check_all(self, place: Path, cuts: Iterator[AfterCut]) -> int:
        """Build disks in new folders of a place, and check each. Returns their number."""
        place.mkdir()
        number = 0
        for number, cut in enumerate(cuts, start=1):
            left = place / str(number)
            cut.disk.build(left)
            self.check(left, cut)
        return number


def cut_off_command(template: Path, place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> CutOffWork:
    """Record a command of `COMMANDS`, in a new folder."""
    command = COMMANDS[name]
    folder = copy_of_school(template, place)
    command.prepare(folder)
    before = state_if_readable(folder)
    words = words_for(command, folder)
    log = DiskLog(place)
    log.record(monkeypatch, lambda: log.step(1, lambda: _succeed(words)))
    after, files = state_of(folder), _files(place)

    def check(left: Path, cut: AfterCut) -> None:
        state, said = _next_start(DataFolder(left / "data"))
        if said:
            assert state == (before if "before anything was replaced" in said else after)
        if cut.confirmed:
            assert state == after
            assert _files(left) == files
        elif command.told_in_parts:
            assert all(_is_between(state, before, after))
        else:
            assert state in (before, after)

    return CutOffWork(log, check)


def _succeed(words: list[str]) -> None:
    status, _, err = run_quietly(words)
    assert status == 0, err


def _next_start(folder: DataFolder) -> tuple[SchoolState | None, str]:
    """What is stored after the next start, and what that says of a backup that was restored, or was to be."""
    status, _, err = run_quietly(["status", "--data", str(folder.path)])
    with School(folder) as school:
        recover(school)
        faults = school.store.faults(thorough=True)
    if faults:
        assert [fault.what for fault in faults] == ["students.json"], faults
        return None, ""
    assert status == 0
    assert not err or err.startswith(
        ("backdrop: Restoring a backup, begun on", "backdrop: The backup made on")
    )
    return state_of(folder), err


def _is_between(state: SchoolState | None, before: SchoolState | None, after: SchoolState) -> list[bool]:
    """For each part of a state, whether it is as before or as after, or something of both if it is a set."""
    assert state is not None
    assert before is not None
    old, new = asdict(before), asdict(after)
    return [
        value <= old[name] | new[name] if isinstance(value, frozenset) else value in (old[name], new[name])
        for name, value in asdict(state).items()
    ]


def _files(place: Path) -> Counter[tuple[str, str]]:
    """How many files of each kind there are in each folder, but for locks and what they say.

    After a power cut the mark that an undo is still to be told may be there again, and then it is told again.
    """
    files = (path for path in place.rglob("*") if path.is_file())
    kinds = Counter((str(path.parent.relative_to(place)), path.suffix) for path in files)
    return Counter(
        {
            kind: number
            for kind, number in kinds.items()
            if kind[1] not in {".lock", ".owner", ".tmp", ".untold"}
        }
    )


EDITS = tuple(Change("x", cells=((2 + row, "registration_group", f"E{row}"),)) for row in range(3))
"""The changes to a draft."""
_CREATED, _COMPLETED = 1, 2 + len(EDITS) + 1
"""The steps by which a draft is there, and no longer there."""


def cut_off_draft(template: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> CutOffWork:
    """Record a draft's life, in a new folder: it is made, changed three times, one change is undone, and it is imported."""
    folder = copy_of_school(template, place)
    before = state_of(folder).students
    source = SourceFile.at(place / "second.csv", (place / "second.csv").read_bytes())
    log = DiskLog(place)

    def work() -> None:
        drafts: list[Draft] = []
        log.step(_CREATED, lambda: drafts.append(Draft.create(folder, STUDENTS, [source], NOW)))
        (draft,) = drafts
        for number, change in enumerate(EDITS, start=_CREATED + 1):
            log.step(number, lambda change=change: draft.do(change))  # type: ignore[misc]
        log.step(_COMPLETED - 1, draft.undo)
        with School(folder) as school:
            log.step(_COMPLETED, lambda: complete_draft(school, draft))

    log.record(monkeypatch, work)
    after = state_of(folder).students
    assert after != before

    def check(left: Path, cut: AfterCut) -> None:
        data = DataFolder(left / "data")
        state, said = _next_start(data)
        assert state is not None
        assert said == ""
        drafts = open_drafts(data)
        if state.students == after:
            assert cut.begun == _COMPLETED
            assert not drafts
            return
        assert state.students == before
        assert cut.confirmed < _COMPLETED
        assert len(drafts) == 1 or (not drafts and cut.confirmed < _CREATED)
        if drafts:
            _check_draft(data, drafts[0].id, cut)

    return CutOffWork(log, check)


def _check_draft(data: DataFolder, draft_id: str, cut: AfterCut) -> None:
    with closing(Draft.open(data, draft_id)) as draft:
        # A change that was being made may be half there, which is said.
        assert not draft.warning or (
            "your last change may be missing" in draft.warning and cut.begun > cut.confirmed
        )
        assert draft.sheet.cells.height == 3
        done = draft.edits.done
    possible = [
        EDITS[: max(0, step - _CREATED)] if step < _COMPLETED - 1 else EDITS[:-1]
        for step in range(_COMPLETED + 1)
    ]
    assert tuple(done) in possible[cut.confirmed : cut.begun + 1], (done, cut.confirmed, cut.begun)
