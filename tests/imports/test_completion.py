import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.imports import pipeline
from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import whatever_is_ready
from backdrop_tui.imports.errors_saving import save_errors
from backdrop_tui.imports.jobs import Job
from backdrop_tui.imports.pipeline import check_again
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.intake.linking.plan import plan_import
from backdrop_tui.people.group_management import remove_group, rename_group
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.remembered_matching import remembered_matching
from backdrop_tui.school.school import School
from backdrop_tui.store import locks
from backdrop_tui.store.errors import InUseError
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import checked, complete_draft, sign_up
from tests.support.made_up import NOW, STAFF, STUDENTS, TODAY, student, table
from tests.support.one_person import add_one

FAIL = Mock(side_effect=DataFolderError("There is no room left."))
ROWS = [student(0), student(1), student(2, gender="Boy"), student(3), student(4)]


@pytest.fixture
def school(data: DataFolder) -> Iterator[School]:
    """A school that has signed up and stored no one."""
    data.create()
    with School(data) as school:
        sign_up(school)
        yield school


@pytest.fixture
def picked(tmp_path: Path) -> Path:
    """The folder of the imported file."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def draft(data: DataFolder, picked: Path) -> Iterator[Draft]:
    """Five students, one with an error."""
    draft = Draft.create(data, STUDENTS, [SourceFile.at(picked / "pupils.csv", table(ROWS))], NOW)
    yield draft
    draft.close()


def names(school: School, kind: RecordKind = STUDENTS) -> list[str]:
    return school.stored(kind)["first_name"].to_list()


def test_complete_stores_the_rows_that_are_ready_and_saves_the_others(
    school: School, draft: Draft, data: DataFolder, picked: Path
) -> None:
    draft.do(Change("x", left_out=(6,)))
    outcome = complete_draft(school, draft)
    assert outcome == ImportResult(3, 0, 0, 2, picked / "pupils_errors.csv")
    assert names(school) == [row["First Name"] for row in (ROWS[0], ROWS[1], ROWS[3])]
    lines = (picked / "pupils_errors.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "First Name",
        ROWS[2]["First Name"],
        ROWS[4]["First Name"],
    ]
    assert lines[2].endswith(",Left out.")
    assert open_drafts(data) == []
    assert list(data.drafts.iterdir()) == []


def test_complete_does_what_the_preview_says(school: School, draft: Draft) -> None:
    add_one(school.store.people("students"), {"first_name": "A", "surname": "B"})
    seen = checked(school, draft)
    plan = plan_import(STUDENTS, seen.ready, seen.linkage, school.stored(STUDENTS), "update")
    assert complete_draft(school, draft, seen) == ImportResult.of(
        plan, seen, Path(draft.facts.paths[0]).with_name("pupils_errors.csv")
    )


def test_no_errors_file_is_written_if_every_row_is_ready(school: School, draft: Draft, picked: Path) -> None:
    draft.do(Change("x", cells=((4, "gender", "m"),)))
    assert complete_draft(school, draft) == ImportResult(5, 0, 0, 0, None)
    assert list(picked.iterdir()) == []


def test_the_matching_is_remembered(school: School, draft: Draft) -> None:
    draft.save_matching(draft.matching.with_target(3, None))
    complete_draft(school, draft)
    remembered = remembered_matching(school, STUDENTS, draft.sheet.headings)
    assert remembered is not None
    assert remembered.targets == draft.matching.targets


def test_rows_must_be_checked_again_if_a_upn_has_been_taken_since(
    school: School, draft: Draft, picked: Path
) -> None:
    seen = checked(school, draft)
    stranger = {"first_name": "X", "surname": "Y", "date_of_birth": "2001-01-01", "upn": ROWS[0]["UPN"]}
    add_one(school.store.people("students"), stranger)
    with pytest.raises(UnusableChoiceError, match="have changed since you checked"):
        complete_draft(school, draft, seen)
    assert names(school) == ["X"]
    assert list(picked.iterdir()) == []
    assert complete_draft(school, draft).added == 3


def group_removed(school: School) -> None:
    remove_group(school, "TAs")


def group_renamed(school: School) -> None:
    rename_group(school, "TAs", "Helpers")


@pytest.mark.parametrize("change", [group_removed, group_renamed])
def test_rows_must_be_checked_again_if_their_user_group_has_changed_since(
    school: School, data: DataFolder, change: Callable[[School], None]
) -> None:
    draft = Draft.create(data, STAFF, [], NOW)
    typed = {"first_name": "Jo", "surname": "Lee", "job_role": "Teacher", "user_group": "TAs"}
    draft.do(Change("x", added=(1,), cells=tuple((1, key, text) for key, text in typed.items())))
    seen = checked(school, draft)
    change(school)
    with pytest.raises(UnusableChoiceError, match="have changed since you checked"):
        complete_draft(school, draft, seen)
    assert names(school, STAFF) == []


def test_a_draft_that_cannot_be_removed_can_be_completed_again_and_adds_no_one_twice(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as stuck:
        stuck.setattr(Draft, "discard", FAIL)
        assert complete_draft(school, draft).added == 4
    draft.close()
    again = Draft.open(data, draft.facts.id)
    assert complete_draft(school, again) == ImportResult(
        0, 0, 4, 1, Path(draft.facts.paths[0]).with_name("pupils_errors-2.csv")
    )
    assert len(names(school)) == 4


def test_if_storing_fails_the_draft_is_kept_and_no_errors_file_is_left(
    school: School, draft: Draft, data: DataFolder, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Job, "store", FAIL)
    with pytest.raises(DataFolderError):
        complete_draft(school, draft)
    assert list(picked.iterdir()) == []
    assert [facts.id for facts in open_drafts(data)] == [draft.facts.id]


def test_the_errors_file_is_saved_in_the_data_folder_if_the_files_folder_is_gone(
    school: School, draft: Draft, data: DataFolder, picked: Path
) -> None:
    picked.rmdir()
    assert save_errors(school, checked(school, draft)) == data.path / "pupils_errors.csv"


def test_saving_errors_writes_nothing_if_every_row_is_ready(school: School, draft: Draft) -> None:
    draft.do(Change("x", cells=((4, "gender", "m"),)))
    assert save_errors(school, checked(school, draft)) is None


def test_people_typed_in_by_hand_are_stored_and_unfinished_ones_are_saved(
    school: School, data: DataFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    draft = Draft.create(data, STAFF, [], NOW)
    typed = {"first_name": "Jo", "surname": "Lee", "job_role": "Teacher", "user_group": "TAs"}
    draft.do(Change("x", added=(1,), cells=tuple((1, key, text) for key, text in typed.items())))
    draft.do(Change("x", added=(2,), cells=((2, "first_name", "Al"),)))
    outcome = complete_draft(school, draft)
    assert outcome == ImportResult(1, 0, 0, 1, data.path / "staff_errors.csv")
    assert names(school, STAFF) == ["Jo"]
    lines = (data.path / "staff_errors.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "First Name,Surname,Job Role,User Group,Email,Errors"
    assert lines[1].startswith("Al,,,,,")
    assert os.listdir(tmp_path) == ["data"]  # noqa: PTH208 - names are enough


def test_rows_are_checked_again_if_someone_else_stores_people_in_between(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, turns = checked(school, draft), iter([True])

    def overtaken(school: School, review: Review, today: date) -> Review:
        latest = check_again(school, review, today)
        if next(turns, False):
            with School(data) as other:
                add_one(other.store.people("students"), seen.ready.select(STUDENTS.keys).row(0, named=True))
        return latest

    monkeypatch.setattr("backdrop_tui.imports.completion.check_again", overtaken)
    terms = Terms(whatever_is_ready, "update")
    result = complete(school, seen, terms, today=TODAY, draft=draft)
    assert (result.added, result.unchanged) == (3, 1)
    assert len(names(school)) == 4


def test_an_import_is_stored_even_if_someone_else_always_stores_people_during_its_check(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch, picked: Path
) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0)
    busy = 0

    def overtaken(school: School, review: Review, today: date) -> Review:
        nonlocal busy
        latest = check_again(school, review, today)
        with School(data) as other, suppress(InUseError):
            add_one(other.store.people("students"), {"first_name": "X", "surname": "Y"})
            busy += 1
        return latest

    monkeypatch.setattr("backdrop_tui.imports.completion.check_again", overtaken)
    assert complete_draft(school, draft).added == 4
    assert busy == 2
    assert [path.name for path in picked.iterdir()] == ["pupils_errors.csv"]


def test_rows_are_not_checked_again_if_nothing_has_been_stored_since(
    school: School, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = checked(school, draft)
    monkeypatch.setattr(pipeline, "review", FAIL)
    assert complete_draft(school, draft, seen).added == 4
