"""A draft that has lost a file, or has something else in its place, is offered with whatever can be saved."""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_folder import discard_draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import LostSourceError, SourceFile, changed_since_picked
from backdrop_tui.store.folder import DataFolder
from tests.intake.conftest import Begin
from tests.intake.draft.test_draft import EDIT, OUT, PUPILS
from tests.store import contents
from tests.support.disk_states import DiskStates
from tests.support.made_up import NOW, STAFF, STUDENTS, student, table

Damage = Callable[[Path], object]


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_unreadable(path: Path) -> None:
    """Put a link in its place that leads nowhere: like a file without permission, it can't be read whoever reads it."""
    path.unlink()
    path.symlink_to(path)


DAMAGES: list[Damage] = [remove, empty, cut_short, replace_by_folder]


@pytest.fixture
def folder(begin: Begin, data: DataFolder) -> Path:
    """The folder of a draft with two changes."""
    draft = begin(PUPILS)
    draft.do(EDIT)
    draft.do(OUT)
    draft.save_facts(stage="fix", row=3)
    draft.close()
    return data.drafts / draft.facts.id


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["draft.json", "draft-copy.json", "owner", "lock"])
def test_nothing_is_lost_with_a_file_that_is_kept_twice_or_only_helps(
    data: DataFolder, folder: Path, name: str, damage: Damage
) -> None:
    damage(folder / name)
    (listed,) = open_drafts(data)
    assert (listed.facts and listed.facts.file, listed.is_damaged) == ("pupils.csv", False)
    for _ in range(2):
        draft = Draft.open(data, folder.name)
        assert (draft.edits.done, draft.facts.stage, draft.facts.row, draft.warning) == (
            [EDIT, OUT],
            "fix",
            3,
            "",
        )
        assert draft.texts.height == 4
        draft.save_facts(stage="preview")
        draft.save_facts(stage="fix")
        draft.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_draft_without_its_facts_is_worked_out_from_its_file_and_edits(
    data: DataFolder, folder: Path, damage: Damage
) -> None:
    for name in ("draft.json", "draft-copy.json"):
        damage(folder / name)
    (listed,) = open_drafts(data)
    assert (listed.facts, listed.is_damaged, listed.started) == (
        None,
        True,
        NOW.isoformat(timespec="seconds"),
    )
    draft = Draft.open(data, folder.name)
    assert (draft.kind, draft.edits.done, draft.facts.stage) == (STUDENTS, [EDIT, OUT], "match")
    assert "looks like a file of students" in draft.warning
    assert draft.texts.height == 4
    draft.close()
    again = Draft.open(data, folder.name)
    assert (again.edits.done, again.facts.file, again.warning) == ([EDIT, OUT], "recovered.csv", "")
    again.close()


def test_a_draft_without_its_facts_can_be_of_staff_or_typed_in_by_hand(
    begin: Begin, data: DataFolder
) -> None:
    of_file = begin(
        "First Name,Surname,Job Role,User Group,Email\nJo,Lee,Teacher,Teachers,jo@example.org\n", STAFF
    )
    by_hand = Draft.create(data, STAFF, [], NOW)
    by_hand.do(Change("Line 1", added=(1,), cells=((1, "job_role", "Teacher"),)))
    for draft in (of_file, by_hand):
        draft.close()
        for name in ("draft.json", "draft-copy.json"):
            (data.drafts / draft.facts.id / name).unlink()
        again = Draft.open(data, draft.facts.id)
        assert (again.kind, again.facts.by_hand) == (STAFF, draft is by_hand)
        again.close()


@pytest.mark.parametrize("damage", [remove, empty, replace_by_folder])
def test_without_its_edits_a_draft_still_has_its_file(data: DataFolder, folder: Path, damage: Damage) -> None:
    damage(folder / "edits")
    draft = Draft.open(data, folder.name)
    assert (draft.edits.done, draft.texts.height) == ([], 4)
    assert "Any changes that you made are missing" in draft.warning
    draft.do(EDIT)
    draft.close()
    again = Draft.open(data, folder.name)
    assert (again.edits.done, again.warning) == ([EDIT], "")
    again.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_lost_file_is_read_again_from_where_it_was_picked(
    data: DataFolder, folder: Path, tmp_path: Path, damage: Damage
) -> None:
    (tmp_path / "pupils.csv").write_bytes(PUPILS)
    damage(folder / "source")
    draft = Draft.open(data, folder.name)
    assert (draft.texts.height, draft.edits.done, draft.warning) == (4, [EDIT, OUT], "")
    assert (folder / "source").read_bytes() == PUPILS
    draft.close()


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("at_its_place", [None, PUPILS + b"x"])
def test_a_lost_file_can_be_picked_again(
    data: DataFolder, folder: Path, tmp_path: Path, damage: Damage, at_its_place: bytes | None
) -> None:
    if at_its_place is not None:
        (tmp_path / "pupils.csv").write_bytes(at_its_place)
    damage(folder / "source")
    assert [draft.id for draft in open_drafts(data)] == [folder.name]
    draft = Draft.open(data, folder.name)
    with pytest.raises(LostSourceError, match=r"Choose pupils\.csv again to carry on with your 2 changes\."):
        _ = draft.sheet
    draft.close()
    before = contents(folder)
    with pytest.raises(UnusableFileError, match=r"isn't the same as pupils\.csv"):
        Draft.open(data, folder.name, [SourceFile("pupils.csv", PUPILS + b"x", None)])
    assert contents(folder) == before
    draft = Draft.open(data, folder.name, [SourceFile("copy of pupils.csv", PUPILS, None)])
    assert (draft.texts.height, draft.edits.done) == (4, [EDIT, OUT])
    draft.close()


def test_of_several_files_only_the_lost_one_is_asked_for(data: DataFolder, tmp_path: Path) -> None:
    files = [SourceFile.at(tmp_path / f"7{n}.csv", table([student(n)])) for n in range(3)]
    draft = Draft.create(data, STUDENTS, files, NOW)
    draft.close()
    (data.drafts / draft.facts.id / "source-2").unlink()
    assert open_drafts(data)[0].is_damaged
    draft = Draft.open(data, draft.facts.id)
    with pytest.raises(
        LostSourceError, match=r"^71\.csv is missing from this draft, .* Choose 71\.csv again to carry on\.$"
    ):
        _ = draft.sheet
    draft.close()
    draft = Draft.open(data, draft.facts.id, files)
    assert draft.texts.height == 3
    draft.close()


def test_pasted_cells_are_pasted_again(data: DataFolder) -> None:
    cells = SourceFile("Pasted cells", PUPILS, None)
    draft = Draft.create(data, STUDENTS, [cells], NOW)
    draft.close()
    (data.drafts / draft.facts.id / "source").unlink()
    draft = Draft.open(data, draft.facts.id)
    with pytest.raises(LostSourceError, match="Paste the same cells again"):
        _ = draft.sheet
    draft.close()
    Draft.open(data, draft.facts.id, [cells]).close()


def test_what_is_set_aside_is_kept(data: DataFolder, folder: Path) -> None:
    for text in (b"one", b"two"):
        (folder / "draft.json").write_bytes(text)
        Draft.open(data, folder.name).close()
    kept = {path.name: path.read_bytes() for path in folder.glob("draft.json.damaged*")}
    assert kept == {"draft.json.damaged": b"one", "draft.json.damaged.2": b"two"}


def test_changes_without_a_file_or_facts_are_kept_and_a_sentence_says_so(
    data: DataFolder, folder: Path
) -> None:
    for name in ("draft.json", "draft-copy.json", "source"):
        (folder / name).unlink()
    before = contents(folder)
    assert [draft.id for draft in open_drafts(data)] == [folder.name]
    with pytest.raises(DataFolderError, match="Only your 2 changes to it are left"):
        Draft.open(data, folder.name)
    assert contents(folder) == before


def test_a_file_that_can_not_be_read_is_reported_and_others_are_still_listed(
    begin: Begin, data: DataFolder, folder: Path
) -> None:
    begin(PUPILS)
    for name in ("draft.json", "draft-copy.json"):
        make_unreadable(folder / name)
    assert len(open_drafts(data)) == 2
    draft = Draft.open(data, folder.name)
    assert draft.edits.done == [EDIT, OUT]
    draft.close()


def test_a_file_in_place_of_the_folder_of_drafts_is_reported(data: DataFolder) -> None:
    data.create()
    data.drafts.write_bytes(b"")
    with pytest.raises(DataFolderError, match="there is a file where its folder should be"):
        open_drafts(data)


def test_listing_drafts_deletes_nothing_of_theirs(data: DataFolder, folder: Path) -> None:
    whole = folder.with_name("whole")
    folder.rename(whole)
    for name in contents(whole):
        shutil.copytree(whole, data.drafts / f"without-{name}")
        (data.drafts / f"without-{name}" / name).unlink()
    before = contents(data.drafts)
    assert len(open_drafts(data)) == len(list(data.drafts.iterdir()))
    assert contents(data.drafts) == before


@pytest.mark.parametrize("name", ["draft.json", "edits", "source"])
def test_a_damaged_draft_can_be_discarded(data: DataFolder, folder: Path, name: str) -> None:
    (folder / name).unlink()
    discard_draft(data, folder.name)
    assert list(data.drafts.iterdir()) == []
    discard_draft(data, folder.name)


@pytest.mark.parametrize("name", ["", ".", "..", "../students.json", ".new-x"])
def test_only_a_draft_is_discarded(data: DataFolder, folder: Path, name: str) -> None:
    discard_draft(data, name)
    assert [draft.id for draft in open_drafts(data)] == [folder.name]


def test_a_kill_while_a_draft_is_created_leaves_the_whole_draft_or_none(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.create()
    states = DiskStates(data.path, tmp_path / "killed")
    states.record(
        monkeypatch,
        lambda: Draft.create(data, STUDENTS, [SourceFile.at(Path("pupils.csv"), PUPILS)], NOW).close(),
    )
    assert len(states.copies) > 10
    for copy in map(DataFolder, states.copies):
        for listed in open_drafts(copy):
            draft = Draft.open(copy, listed.id)
            assert (draft.texts.height, draft.warning) == (4, "")
            draft.close()
        if not open_drafts(copy):
            assert contents(copy.drafts) == {}


def test_a_kill_while_a_draft_is_discarded_leaves_the_whole_draft_or_none(
    data: DataFolder, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = DiskStates(data.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: discard_draft(data, folder.name))
    assert states.copies
    for copy in map(DataFolder, states.copies):
        for listed in open_drafts(copy):
            draft = Draft.open(copy, listed.id)
            assert (draft.texts.height, draft.edits.done) == (4, [EDIT, OUT])
            draft.close()


def test_on_a_disk_without_locks_nothing_is_begun_opened_or_removed_and_that_is_said(
    begin: Begin, folder: Path, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    before = contents(data.path)
    monkeypatch.setattr(fcntl, "flock", missing)
    works: list[Callable[[], object]] = [
        lambda: begin(PUPILS),
        lambda: Draft.open(data, folder.name),
        lambda: discard_draft(data, folder.name),
    ]
    for work in works:
        with pytest.raises(DataFolderError, match="can't lock files"):
            work()
    assert contents(data.path) == before


def test_a_file_that_has_changed_where_it_was_picked_is_named(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / "pupils 2026.csv", tmp_path / "more.csv"]
    for number, path in enumerate(paths):
        path.write_bytes(table([student(number)]))
    sources = [SourceFile.at(path, path.read_bytes()) for path in paths]
    draft = Draft.create(data, STUDENTS, sources, NOW)

    def said() -> str:
        return changed_since_picked(draft.folder, draft.facts)

    assert said() == ""
    with monkeypatch.context() as unread:
        unread.setattr(Path, "read_bytes", None)
        assert said() == ""
    later = paths[0].stat().st_mtime + 60
    os.utime(paths[0], (later, later))  # saved again without a change
    assert said() == ""
    paths[0].write_bytes(table([student(5)]))
    os.utime(paths[0], (later, later))
    assert said() == "pupils 2026.csv has changed since you picked it. To use the new one, pick it again."
    paths[1].write_bytes(b"")
    assert said() == (
        "pupils 2026.csv and more.csv have changed since you picked them. To use the new ones, pick them again."
    )
    paths[0].unlink()
    make_unreadable(paths[1])
    assert said() == ""
    draft.close()
