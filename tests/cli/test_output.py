"""Whatever becomes of the standard streams: what was stored is stored, and that is what the exit status says."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from backdrop_tui.cli import run
from backdrop_tui.store.folder import DataFolder
from tests.support.changing_commands import COMMANDS, copy_of_school, state_if_readable, state_of, words_for

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")


Replace = Callable[[str, str], None]
"""Replaces a standard stream by one that is full, closed or missing."""
REASONS = {"full": "No space left on device", "closed": "it is closed", "missing": "it is closed"}
READING = (("status",), ("settings", "phase"), ("recipe",), ("export", "students"), ("groups",))


@pytest.fixture
def replace(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replace]:
    """Replaces standard streams until the end of the test, or until `monkeypatch.undo()`."""
    full = FULL.open("w", encoding="utf-8")
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    streams = {"full": full, "closed": closed, "missing": None}
    yield lambda name, state: monkeypatch.setattr(sys, name, streams[state])
    with suppress(OSError):
        full.close()


@pytest.fixture
def made(made_school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A school for the commands."""
    data = copy_of_school(made_school, tmp_path / "school")
    monkeypatch.setenv("BACKDROP_DATA", str(data.path))
    return data


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_not_failed_because_its_result_cant_be_printed(
    made: DataFolder,
    replace: Replace,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    name: str,
) -> None:
    command = COMMANDS[name]
    command.prepare(made)
    before = state_if_readable(made)
    words = words_for(command, made)
    replace("stdout", "full")
    assert run(words) == 0
    monkeypatch.undo()
    told = [
        line
        for line in capfd.readouterr().err.splitlines()
        if not line.startswith("backdrop: Warning: Nobody")
    ]
    assert told == [
        "backdrop: Done, but the result can't be written to standard output: No space left on device."
    ]
    assert (state_of(made) != before) == command.changes_school


@pytest.mark.parametrize("stream", REASONS)
@pytest.mark.parametrize("words", READING)
@pytest.mark.usefixtures("made")
def test_a_command_whose_only_purpose_is_its_output_fails_without_it(
    replace: Replace, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], stream: str
) -> None:
    replace("stdout", stream)
    assert run(words) == 2
    assert (
        capfd.readouterr().err
        == f"backdrop: The result can't be written to standard output: {REASONS[stream]}.\n"
    )


@pytest.mark.parametrize("stream", REASONS)
def test_a_command_works_without_standard_error(made: DataFolder, replace: Replace, stream: str) -> None:
    replace("stderr", stream)
    assert run(["settings", "phase", "primary"]) == 0
    assert run(["settings", "phase", "no such phase"]) == 2
    replace("stdout", stream)
    assert run(["settings", "phase", "nursery"]) == 0
    assert "nursery" in state_of(made).settings


@pytest.mark.usefixtures("made")
def test_an_undo_that_nobody_was_told_of_is_told_the_next_time(
    made: DataFolder, replace: Replace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    replace("stdout", "full")
    assert run(["undo"]) == 0
    monkeypatch.undo()
    monkeypatch.setenv("BACKDROP_DATA", str(made.path))
    undone = state_of(made)
    assert run(["undo"]) == 0
    assert "had already been undone" in capfd.readouterr().out
    assert state_of(made) == undone


@pytest.mark.usefixtures("made")
def test_an_import_that_errors_have_stopped_is_not_said_to_be_done(
    made: DataFolder, replace: Replace, capfd: pytest.CaptureFixture[str]
) -> None:
    before = state_of(made)
    replace("stdout", "full")
    assert run(["import", str(made.path.parent / "second.csv")]) == 1
    told = capfd.readouterr().err
    assert "Nothing was stored" in told
    assert "Done" not in told
    assert state_of(made) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("redirection", "status", "told"),
    [
        ("--help >/dev/full", 2, "backdrop: Something can't be read or written: No space left on device.\n"),
        ("status >/dev/full 2>/dev/full", 2, ""),
        ("status >&- 2>&-", 2, ""),
        ("settings phase primary >&- 2>&- <&-", 0, ""),
        (
            "settings phase primary >&-",
            0,
            "backdrop: Done, but the result can't be written to standard output: it is closed.\n",
        ),
    ],
)
def test_a_process_with_such_streams_ends_in_good_order(
    made: DataFolder, redirection: str, status: int, told: str
) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m backdrop_tui --data {made.path} {redirection}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (status, told)
    if "phase" in redirection:
        assert "primary" in state_of(made).settings
