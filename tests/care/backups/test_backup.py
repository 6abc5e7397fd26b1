"""Backing up: everything, checked as it is written, and nothing else overwritten."""

import errno
import os
from itertools import count
from pathlib import Path

import pytest

from backdrop_tui.care.backups import backup as module
from backdrop_tui.care.backups.backup import ExistsError, back_up, default_name
from backdrop_tui.care.backups.backup_file import read_backup
from backdrop_tui.errors import BackdropError, DataFolderError, UnusableChoiceError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import UnknownOutcomeError
from backdrop_tui.store.folder import DataFolder
from tests.support.failing_calls import FailingCalls
from tests.support.made_up import NOW, STUDENTS


def test_everything_is_in_it_but_drafts(open_full: School, tmp_path: Path) -> None:
    source = tmp_path / "draft.csv"
    source.write_text("First Name,Surname\nUniquename,Lee\n")
    Draft.create(open_full.folder, STUDENTS, [SourceFile.at(source, source.read_bytes())], NOW).close()
    done = back_up(open_full, tmp_path / "school.backup", NOW)
    assert done.remarks == ()
    names = {item.name or item.part for item in done.backup.items()}
    assert names >= {
        "students",
        "staff",
        "account",
        "settings",
        "groups",
        "imports",
        "undo",
        "recipes",
        "steps",
        "log",
    }
    assert b"Uniquename" not in done.backup.path.read_bytes()
    assert open_full.store.logged()[-1]["event"] == "backup"
    assert open_full.store.logged()[-1]["people"] == 7
    assert list(tmp_path.glob(".*")) == []


def test_it_is_never_written_over_anything_but_a_backup_and_only_on_request(
    open_full: School, backup: Path, tmp_path: Path
) -> None:
    before = backup.read_bytes()
    with pytest.raises(ExistsError, match=r"already exists. Choose another name"):
        back_up(open_full, backup, NOW)
    assert backup.read_bytes() == before
    open_full.settings.put("phase", "primary")
    back_up(open_full, backup, NOW, replace=True)
    assert backup.read_bytes() != before
    other = tmp_path / "pupils.csv"
    other.write_text("x")
    (tmp_path / "link").symlink_to(backup)
    for path in (other, tmp_path / "link"):
        with pytest.raises(UnusableChoiceError, match="isn't a backup of Back:drop, so it won't be replaced"):
            back_up(open_full, path, NOW, replace=True)
    assert other.read_text() == "x"


def test_places_where_it_makes_no_sense_are_refused(open_full: School, tmp_path: Path) -> None:
    folder = open_full.folder.path
    (tmp_path / "way").symlink_to(folder)
    for path in (folder / "new", tmp_path / "way" / "new", folder / "journal"):
        with pytest.raises(UnusableChoiceError, match="is in the data folder, and would be lost with it"):
            back_up(open_full, path, NOW, replace=True)
    with pytest.raises(UnusableChoiceError, match=r"is a folder. Give the name of a file in it"):
        back_up(open_full, tmp_path, NOW)
    with pytest.raises(UnusableChoiceError, match="can't be written: No such file or directory"):
        back_up(open_full, tmp_path / "missing" / "x", NOW)


def test_a_disk_that_gives_back_something_else_is_noticed(
    open_full: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_back", lambda path: path.read_bytes()[:-1] + b" ")
    with pytest.raises(UnusableChoiceError, match="can't be read back as it was written"):
        back_up(open_full, tmp_path / "school.backup", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["school"]


def test_data_that_cant_be_read_is_not_backed_up(full: DataFolder, tmp_path: Path) -> None:
    full.students.write_bytes(full.students.read_bytes()[:-60])
    with School(full) as school, pytest.raises(DataFolderError, match=r"students.json is damaged"):
        back_up(school, tmp_path / "school.backup", NOW)
    assert not (tmp_path / "school.backup").exists()


def test_data_that_is_not_as_it_was_stored_is_backed_up_with_a_remark(
    full: DataFolder, tmp_path: Path
) -> None:
    full.setup.write_bytes(full.setup.read_bytes().replace(b"Hill Top", b"Hill Tip"))
    with School(full) as school:
        (remark,) = back_up(school, tmp_path / "school.backup", NOW).remarks
    assert remark.startswith("This is in the backup as it is now: ")
    assert "setup.json has been changed by another program" in remark


def test_a_data_folder_in_which_nothing_can_be_written_is_still_backed_up(
    open_full: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def fails_in_the_folder(path: str, flags: int, *args: int, **named: int) -> int:
        if str(path).startswith(str(open_full.folder.path)) and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.ENOSPC, "full")
        return real(path, flags, *args, **named)

    monkeypatch.setattr(os, "open", fails_in_the_folder)
    done = back_up(open_full, tmp_path / "school.backup", NOW)
    assert done.remarks[0].startswith(
        "Done, but this couldn't be noted in the audit log. There is no space left on the disk"
    )
    assert read_backup(tmp_path / "school.backup").holdings == done.backup.holdings


def test_whichever_call_fails_it_is_there_as_a_whole_or_not_at_all(
    open_full: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in count():
        path = tmp_path / f"{number}.backup"
        calls = FailingCalls((errno.EIO, errno.ENOSPC)[number % 2], number, for_good=number % 3 == 0)
        try:
            calls.during(monkeypatch, lambda path=path: back_up(open_full, path, NOW))  # type: ignore[misc]
        except UnknownOutcomeError:
            continue
        except BackdropError:
            assert not path.exists()
        else:
            assert read_backup(path).holdings.people == 7
        if not calls.failed:
            break
    assert number > 10
    assert open_full.store.faults(thorough=True) == []


def test_its_name_says_when_it_was_made() -> None:
    assert default_name(NOW) == "backdrop-2026-03-02-0930.backup"
