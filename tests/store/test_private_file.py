"""Files that the user asked for are private, whole, and where they belong."""

import os
from pathlib import Path

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.private_file import write_private


def test_only_the_owner_can_read_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    path.chmod(0o644)
    write_private(path, b"after")
    assert (path.read_bytes(), oct(path.stat().st_mode & 0o777)) == (b"after", "0o600")
    write_private(tmp_path / "new.csv", b"x", replace=False)
    assert oct((tmp_path / "new.csv").stat().st_mode & 0o777) == "0o600"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new.csv", "out.csv"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_private(tmp_path / "link.csv", b"x")
    assert (tmp_path / "real.csv").read_bytes() == b"x"
    assert (tmp_path / "link.csv").is_symlink()


def test_a_device_stays_a_device() -> None:
    before = os.stat(os.devnull).st_mode  # noqa: PTH116 - the device itself
    write_private(Path(os.devnull), b"x")
    assert os.stat(os.devnull).st_mode == before  # noqa: PTH116 - the device itself


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("name", ["", "nowhere/out.csv", "x" * 300, "there.csv/out.csv"])
def test_a_file_that_cannot_be_written_is_reported(tmp_path: Path, name: str, replace: bool) -> None:  # noqa: FBT001 - a case
    (tmp_path / "there.csv").touch()
    with pytest.raises(UnusableChoiceError):
        write_private(tmp_path / name, b"x", replace=replace)
    assert [p.name for p in tmp_path.iterdir()] == ["there.csv"]


def test_an_existing_file_is_replaced_only_if_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("before")
    with pytest.raises(UnusableChoiceError, match="File exists"):
        write_private(tmp_path / "out.csv", b"x", replace=False)
    assert (tmp_path / "out.csv").read_text() == "before"
