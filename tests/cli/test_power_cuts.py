"""Whatever a power cut may leave on the disk of a command or a draft, all that was confirmed is there and nothing is half done."""

from pathlib import Path

import pytest

from tests.support.changing_commands import COMMANDS
from tests.support.cut_off_work import cut_off_command, cut_off_draft

_EVERY = 4
"""The power is cut only before every so many calls here; `python -m tests.reliability` cuts it before each."""


@pytest.mark.timeout(300)  # many disks; on a busy computer that takes its time
@pytest.mark.parametrize(
    "command",
    ["sign-up", *(pytest.param(name, marks=pytest.mark.slow) for name in COMMANDS if name != "sign-up")],
)
@pytest.mark.usefixtures("frozen_day")
def test_a_command_is_done_or_not(
    made_school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    work = cut_off_command(made_school, tmp_path / "school", command, monkeypatch)
    assert work.check_all(tmp_path / "cuts", work.log.after_cuts(every=_EVERY)) > 1


@pytest.mark.slow
@pytest.mark.usefixtures("frozen_day")
def test_nothing_done_to_a_draft_is_lost(
    made_school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = cut_off_draft(made_school, tmp_path / "school", monkeypatch)
    assert work.check_all(tmp_path / "cuts", work.log.after_cuts(every=_EVERY)) > 10
