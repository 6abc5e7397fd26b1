"""Files that the user asked for are private, whole, and where they belong."""

import os
import pty
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.private_file import write_private


@contextmanager
def opened(pipe: Path) -> Iterator[int]:
    """A pipe, opened for reading without waiting for a writer."""
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def test_only_the_owner_can_read_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    path.chmod(0o644)
    write_private(path, b"after")
    assert (path.read_bytes(), oct(path.stat().st_mode & 0o777)) == (b"after", "0o600")
    write_private(tmp_path / "new.csv", b"x", replace=False)
    assert oct((tmp_path / "new.csv").stat().st_mode & 0o777) == "0o600"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new.csv", "out.csv"]


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_not_followed(tmp_path: Path, replace: bool, is_there: bool) -> None:  # noqa: FBT001 - cases
    real = tmp_path / "real.csv"
    if is_there:
        real.write_text("before")
    (tmp_path / "link.csv").symlink_to(real)
    with pytest.raises(UnusableChoiceError, match="is a link to another file"):
        write_private(tmp_path / "link.csv", b"x", replace=replace)
    assert real.exists() == is_there
    assert not is_there or real.read_text() == "before"


def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableChoiceError, match="Nothing reads from"):
        write_private(tmp_path / "pipe", b"x")


def test_a_pipe_of_ones_own_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with opened(tmp_path / "pipe") as reading:
        write_private(tmp_path / "pipe", b"x" * 9)
        assert os.read(reading, 10) == b"x" * 9


def test_a_pipe_of_someone_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    with opened(tmp_path / "pipe") as reading:
        with pytest.raises(UnusableChoiceError, match="another user could read from it"):
            write_private(tmp_path / "pipe", b"x")
        assert os.read(reading, 10) == b""


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket can't be long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        with pytest.raises(UnusableChoiceError):
            write_private(Path("socket"), b"x")


@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}"])
def test_the_process_s_own_descriptors_are_written_to(name: str) -> None:
    reading, writing = os.pipe()
    write_private(Path(name.format(writing)), b"x")
    os.close(writing)
    assert os.read(reading, 10) == b"x"
    os.close(reading)


def test_nothing_can_control_a_terminal() -> None:
    reading, writing = pty.openpty()
    path = Path(os.ttyname(writing))
    for target in (path, Path(f"/dev/fd/{writing}")):
        write_private(target, "\ufeffLe\x1b[2J\x9be\u202e\n".encode())
        assert os.read(reading, 100).decode() == "Le�[2J�e�\r\n"
    os.close(reading)
    os.close(writing)


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
