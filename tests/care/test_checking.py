"""Everything is read, drafts too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backdrop_tui.care.checking import accept_data, problems_of
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.school import School
from backdrop_tui.store.checked_lines import checked_lines
from tests.store import contents
from tests.support.imports import import_people, pupil
from tests.support.made_up import NOW, STUDENTS, student, table

DAMAGE: dict[str, Callable[[Path], object]] = {
    "edits altered": lambda draft: (draft / "edits").write_bytes(
        (draft / "edits").read_bytes().replace(b"9X", b"9Y")
    ),
    "edits missing": lambda draft: (draft / "edits").unlink(),
    "file altered": lambda draft: (draft / "source").write_bytes(b"x"),
    "file missing": lambda draft: (draft / "source").unlink(),
    "facts altered": lambda draft: [path.write_bytes(b"x") for path in draft.glob("*.json*")],
}


@pytest.fixture
def draft(school: School, tmp_path: Path) -> Path:
    """The folder of a draft with two changes."""
    source = tmp_path / "pupils.csv"
    source.write_bytes(table([student(0), student(1)]))
    draft = Draft.create(school.folder, STUDENTS, [SourceFile.at(source, source.read_bytes())], NOW)
    for name in ("9X", "9Z"):
        draft.do(Change("x", cells=((2, "registration_group", name),)))
    draft.close()
    source.unlink()
    return school.folder.drafts / draft.facts.id


def test_sound_data_has_no_problems(school: School, draft: Path) -> None:
    import_people(school, pupil("Lee"))
    before = contents(draft)
    assert problems_of(school) == []
    assert contents(draft) == before


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_draft_is_a_problem(school: School, draft: Path, damage: str) -> None:
    DAMAGE[damage](draft)
    before = contents(draft)
    (problem,) = problems_of(school)
    assert problem.startswith(
        "The draft started on 2 March 2026 at 09:30 is damaged, or one of its files is missing."
    )
    assert contents(draft) == before


def test_a_draft_of_a_newer_version_is_no_problem(school: School, draft: Path) -> None:
    data, _ = checked_lines([{"format": 99}, {"something": "new"}])
    (draft / "edits").write_bytes(data)
    assert problems_of(school) == []


def test_accepting_is_noted_in_the_log(school: School) -> None:
    import_people(school, pupil("Lee"))
    school.close()
    school.folder.students.unlink()
    with School(school.folder) as again:
        assert len(problems_of(again)) == 1
        assert accept_data(again, 1) == ""
        assert again.store.logged()[-1]["event"] == "data-accepted"
        assert problems_of(again) == []
