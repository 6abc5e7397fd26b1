"""An erasure that is cut off anywhere is finished when it is asked for again."""

import errno
import os
from pathlib import Path

import pytest

from backdrop_tui.care.erase import UnfinishedErasureError, erase
from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.erased_people import erased_people, note_erased
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.disk_states import DiskStates
from tests.support.erasable import LAST, finds, others, stored_zebedee, zebedee
from tests.support.imports import import_people, person_id
from tests.support.made_up import NOW, STUDENTS, student, table


def a_school(school: School, tmp_path: Path) -> str:
    """Store the person and two others, in undo data and a draft too. Returns the person's id."""
    import_people(school, stored_zebedee(), *others(1))
    import_people(school, stored_zebedee(registration_group="7B"), *others(2))
    path = tmp_path / "picked.csv"
    path.write_bytes(table([zebedee(), student(1)]))
    draft = Draft.create(school.folder, STUDENTS, [SourceFile.at(path, path.read_bytes())], NOW)
    draft.close()
    return person_id(school, LAST)


@pytest.mark.timeout(300)  # on a busy computer that takes its time
@pytest.mark.parametrize("most", [10, pytest.param(1_000, marks=pytest.mark.slow)])
def test_wherever_it_is_killed_asking_again_finishes_it(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    person = a_school(school, tmp_path)
    states = DiskStates(school.folder.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: erase(school, [person]))
    receipts = []
    for place in states.copies[:: max(1, len(states.copies) // most)]:
        data = DataFolder(place)
        with School(data) as killed:
            receipts.append(erase(killed, [person]))
            assert killed.stored(STUDENTS).height == 2
            assert killed.store.faults(thorough=True) == []
        assert finds(data) == set(), place.name
        (draft,) = data.drafts.iterdir()
        opened = Draft.open(data, draft.name)
        assert (opened.texts.height, opened.warning) == (1, "")
        opened.close()
    assert {receipt.people for receipt in receipts} == {0, 1}
    assert any(receipt.was_interrupted for receipt in receipts)
    assert erase(school, [person]).was_done


def test_a_failure_after_people_have_been_removed_is_no_lie(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_school(school, tmp_path)
    compact, calls = school.store.compact, []

    def failing() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise DataFolderError("There is no space left.")
        compact()

    monkeypatch.setattr(school.store, "compact", failing)
    with pytest.raises(UnfinishedErasureError, match="no longer stored"):
        erase(school, [person])
    assert erase(school, [person]).was_interrupted
    school.close()
    assert finds(school.folder) == set()


def test_if_only_the_note_of_it_fails_they_are_erased_all_the_same(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_school(school, tmp_path)

    def failing(school: School, ids: set[str], *, is_finished: bool) -> None:
        if is_finished:
            raise DataFolderError("There is no space left.")
        note_erased(school, ids, is_finished=is_finished)

    with monkeypatch.context() as patched:
        patched.setattr("backdrop_tui.care.erase.note_erased", failing)
        assert erase(school, [person]).people == 1
        assert finds(school.folder) == set()
    other = school.stored(STUDENTS)["id"][0]
    assert erase(school, [person, other]).people == 1
    assert not erased_people(school).has_unfinished
    assert erase(school, [person]).was_done


def test_nothing_is_changed_while_a_draft_about_the_person_is_open_elsewhere(
    school: School, tmp_path: Path
) -> None:
    person = a_school(school, tmp_path)
    (draft,) = school.folder.drafts.iterdir()
    opened = Draft.open(school.folder, draft.name)
    source = (draft / "source").read_bytes()
    with pytest.raises(DataFolderError, match="open in another window"):
        erase(school, [person])
    assert (school.stored(STUDENTS).height, (draft / "source").read_bytes()) == (3, source)
    opened.close()
    assert erase(school, [person]).drafts == 1


def test_a_disk_that_fails_while_undo_data_is_read_costs_no_undo_data(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_school(school, tmp_path)
    school.close()
    open_file = os.open

    def failing(path: str | Path, *args: int, **named: int) -> int:
        if Path(path).parent == school.folder.imports:
            raise OSError(errno.EIO, "Input/output error")
        return open_file(path, *args, **named)

    with School(school.folder) as again, monkeypatch.context() as patched:
        patched.setattr("os.open", failing)
        with pytest.raises(DataFolderError, match="Input/output error"):
            erase(again, [person])
    with School(school.folder) as again:
        assert erase(again, [person]).undo_lost == 0
