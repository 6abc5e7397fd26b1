"""`kill -9` at any moment of editing and completing loses nothing that was saved, and adds no one twice."""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backdrop_tui.imports.recovery import recover
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import checked, complete_draft
from tests.support.killing import Workers, say
from tests.support.made_up import NOW, STUDENTS, student, table

KILLS = 12
ROWS = 6
EDITS = 4
"""The number of edits that are made to a file before it is completed."""
MOST_LINES = 120
"""The most lines after which a worker is killed: enough to edit and complete a file."""


def work(folder: Path, first: str, number: str) -> None:
    """Edit and complete one file after another. Write a line before and after each step."""
    data, file, step = DataFolder(folder), int(first), int(number)
    with School(data) as school:
        recover(school)
        while True:
            facts = open_drafts(data)
            if facts:
                draft = Draft.open(data, facts[0].id)
            else:
                draft = Draft.create(data, STUDENTS, [SourceFile.at(folder / str(file), pupils(file))], NOW)
                say("created", file)
            file = int(draft.facts.file) + 1
            while len(draft.edits.done) < EDITS:
                edit(draft, step)
                step += 1
            seen = checked(school, draft)
            say("completing", draft.facts.file)
            complete_draft(school, draft, seen)
            say("completed", draft.facts.file)


def edit(draft: Draft, step: int) -> None:
    """Change a cell, or undo the last change."""
    if step % 5 == 4 and draft.edits.done:
        say("start", draft.facts.file, "undo")
        draft.undo()
        say("done", draft.facts.file, "undo")
    else:
        say("start", draft.facts.file, step)
        draft.do(Change("x", cells=((2 + step % ROWS, "registration_group", f"E{step}"),)))
        say("done", draft.facts.file, step)


def pupils(file: int) -> bytes:
    """The content of a file whose students are in no other file."""
    numbers = range(file * ROWS, (file + 1) * ROWS)
    return table(student(n, surname="Z" + "".join(chr(97 + int(digit)) for digit in str(n))) for n in numbers)


@dataclass
class Known:
    """What the workers have written about one file."""

    created: bool = False
    completing: bool = False
    steps: list[int] = field(default_factory=list)
    """The edits in force."""
    begun: str = ""
    """The step that was begun last, and may not have been stored."""

    def hear(self, word: str, rest: list[str]) -> None:
        """Take note of one line."""
        match word, rest:
            case ("created", _):
                self.created = True
            case ("completing", _):
                self.completing = True
            case ("start", [step]):
                self.begun = step
            case ("done", [step]):
                self.steps, self.begun = self._after(step), ""
            case ("completed", _):
                pass

    def _after(self, step: str) -> list[int]:
        return self.steps[:-1] if step == "undo" else [*self.steps, int(step)]

    def possible(self) -> list[list[int]]:
        """The edits that may be in force: those acknowledged, or one step more."""
        return [self.steps, *([self._after(self.begun)] if self.begun else [])]


def cells(steps: list[int]) -> dict[tuple[int, str], str]:
    """The registration groups that result from edits."""
    return {(2 + step % ROWS, "registration_group"): f"E{step}" for step in steps}


def groups(file: int, steps: list[int]) -> dict[str, str]:
    """Registration groups by UPN, with the edits in them."""
    edits = cells(steps)
    return {
        student(file * ROWS + n)["UPN"]: edits.get(
            (2 + n, "registration_group"), student(file * ROWS + n)["Registration Group"]
        )
        for n in range(ROWS)
    }


@pytest.mark.slow
@pytest.mark.timeout(300)  # many processes; on a busy computer that takes its time
def test_nothing_saved_is_lost_and_no_one_is_stored_twice(data: DataFolder, workers: Workers) -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    known: dict[int, Known] = {}
    step = 0
    for _ in range(KILLS):
        next_file = max(known, default=-1) + 1
        lines = dice.randint(0, MOST_LINES)
        for word, file, *rest in workers.until_killed(next_file, step, lines=lines):
            known.setdefault(int(file), Known()).hear(word, rest)
            step = max(step, *(int(w) + 1 for w in rest if w.isdecimal()), 0)
        compare(data, known)
        step += 1
    assert sum(file.completing for file in known.values()) > 5
    assert step > KILLS


def compare(data: DataFolder, known: dict[int, Known]) -> None:
    """Compare what is on the disk with what the workers have written."""
    with School(data, read_only=True) as school:
        people = school.stored(STUDENTS)
    stored = dict(people.select("upn", "registration_group").iter_rows())
    assert len(stored) == people.height
    drafts = {int(draft.facts.file): draft.id for draft in open_drafts(data) if draft.facts}
    for file, draft_id in drafts.items():
        draft = Draft.open(data, draft_id)
        state = known.setdefault(file, Known())
        steps = [int(change.cells[0][2][1:]) for change in draft.edits.done]
        assert steps in state.possible()
        assert draft.edits.cells == cells(steps)
        state.created, state.steps, state.begun = True, steps, ""
        draft.close()
    for file, state in known.items():
        theirs = {upn: stored[upn] for upn in groups(file, []) if upn in stored}
        if theirs or (file not in drafts and state.created):
            assert state.completing
            assert theirs == groups(file, state.steps)
