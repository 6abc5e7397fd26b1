"""Progress of long work on standard error."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from backdrop_tui.cli.progress import ProgressLines
from backdrop_tui.imports.stages import STORING
from tests.support.made_up import student, table


def told(progress: ProgressLines) -> None:
    """Let the timer of the present stage run out."""
    assert progress._timer is not None
    progress._timer.join()


def test_a_stage_that_takes_a_while_is_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.cli.progress._is_shown", lambda: True)
    with ProgressLines(patience=0) as progress:
        progress.stage("Reading \x1b[31m")
        told(progress)
        progress.stage_of_import(STORING)
        told(progress)
    assert capsys.readouterr().err == "Reading �[31m …\nStoring …\n"


def test_quick_stages_and_a_stage_that_has_ended_say_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backdrop_tui.cli.progress._is_shown", lambda: True)
    with ProgressLines(patience=60) as progress:
        progress.stage("Reading")
        progress.stage("Storing")
    told(progress)
    assert capsys.readouterr().err == ""


def test_nothing_is_said_unless_standard_error_is_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ProgressLines(patience=0) as progress:
        progress.stage("Reading")
        assert progress._timer is None
        monkeypatch.setattr(sys, "stderr", None)
        progress.stage("Reading")
        assert progress._timer is None
    assert capsys.readouterr().err == ""


def test_a_terminal_that_is_gone_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backdrop_tui.cli.progress._is_shown", lambda: True)
    gone = io.StringIO()
    gone.close()
    monkeypatch.setattr(sys, "stderr", gone)
    with ProgressLines(patience=0) as progress:
        progress.stage("Reading")
        told(progress)


def test_a_check_at_a_terminal_says_what_it_does_if_it_waits(tmp_path: Path) -> None:
    """The program reads a pipe that is slow to be filled."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "backdrop_tui", "check", "-", "--data", str(tmp_path / "data")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs
    ) as program:
        assert program.stdin is not None
        assert os.read(ours, 100).startswith("Reading …".encode())
        program.stdin.write(table([student(0)]))
        program.stdin.close()
        assert program.wait() == 0
    os.close(theirs)
    os.close(ours)
