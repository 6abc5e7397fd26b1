"""`backdrop demo`: the app with a made-up school."""

from pathlib import Path

import pytest

from backdrop_tui.cli import screens
from backdrop_tui.school.account import account_of
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.terminal import in_a_terminal

_DEMO = "import sys; sys.argv[1:] = ['demo']; from backdrop_tui.__main__ import main; main()"


def test_the_demo_is_a_verified_school_with_files_ready_to_pick_and_is_deleted_afterwards(
    backdrop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def look(_: object, folder: DataFolder, pick_from: Path) -> None:
        with School(folder, read_only=True) as school:
            account = account_of(school)
        assert account is not None
        assert account.verified
        assert len(list(pick_from.glob("*.csv"))) == 2
        assert list(folder.outbox.glob("*.eml"))
        opened.append(folder.path)

    monkeypatch.setattr(screens, "_need_a_terminal", lambda: None)
    monkeypatch.setattr(screens, "_run", look)
    assert backdrop("demo").status == 0
    assert len(opened) == 1
    assert not opened[0].exists()


def test_the_demo_opens_in_a_terminal_and_closes_with_ctrl_q(data: DataFolder) -> None:
    with in_a_terminal(data, _DEMO) as terminal:
        terminal.read_until(b"Willowmere School")
        terminal.press(b"\x11")
        assert terminal.read_to_end() == 0
    assert not data.path.exists()


def test_the_demo_needs_a_terminal(backdrop: Run) -> None:
    ran = backdrop("demo")
    assert ran.status == 2
    assert "The app needs a terminal" in ran.err
