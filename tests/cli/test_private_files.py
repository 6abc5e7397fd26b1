"""Files of people that other users of the computer can read."""

import stat
from pathlib import Path

import pytest

from tests.cli import Run

WARNING = (
    "backdrop: Warning: Other users of this computer can read {}. To make {} private, use --make-private.\n"
)


@pytest.fixture(autouse=True)
def reachable(monkeypatch: pytest.MonkeyPatch, students_csv: Path) -> None:
    """Others can reach the folder of the file, and read the file unless its mode keeps them out."""
    students_csv.chmod(0o644)
    monkeypatch.setattr(
        "backdrop_tui.cli.files.loading.others_can_read",
        lambda path: bool(stat.S_IMODE(path.stat().st_mode) & 0o044),
    )


@pytest.mark.usefixtures("signed_up")
@pytest.mark.parametrize("command", ["check", "import"])
def test_a_warning_says_so_and_how_to_make_it_private(
    backdrop: Run, students_csv: Path, command: str
) -> None:
    ran = backdrop(command, students_csv, "--format", "json")
    assert (ran.status, ran.err) == (0, WARNING.format("pupils.csv", "it"))
    assert ran.json
    assert stat.S_IMODE(students_csv.stat().st_mode) == 0o644


@pytest.mark.usefixtures("signed_up")
@pytest.mark.parametrize("command", ["check", "import"])
def test_it_is_made_private_if_that_is_wanted(backdrop: Run, students_csv: Path, command: str) -> None:
    ran = backdrop(command, students_csv, "--make-private")
    assert (ran.status, ran.err) == (0, "")
    assert stat.S_IMODE(students_csv.stat().st_mode) == 0o600
    assert backdrop("check", students_csv).err == ""


def test_one_warning_names_several_files(backdrop: Run, students_csv: Path) -> None:
    other = students_csv.with_name("more.csv")
    other.write_bytes(students_csv.read_bytes())
    other.chmod(0o644)
    assert WARNING.format("pupils.csv and more.csv", "them") in backdrop("check", students_csv, other).err
