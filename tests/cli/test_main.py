import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backdrop_tui.cli import main, output
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import sign_up
from tests.support.made_up import student, table

SECRET = "Secret-Surname"  # noqa: S105 - a pupil's


def spawned(*arguments: str | Path, **options: int | None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "backdrop_tui", *map(str, arguments)]
    return subprocess.Popen(command, **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options))  # type: ignore[call-overload, no-any-return]  # the options come as a dict


def made_at(path: Path) -> Path:
    """A data folder in which people can be stored."""
    folder = DataFolder(path)
    folder.create()
    with School(folder) as school:
        sign_up(school)
    return path


@pytest.mark.parametrize("place", ["before", "after", "environment"])
def test_the_data_folder_can_be_given_before_the_command_after_it_or_in_the_environment(
    backdrop: Run, students_csv: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    made_at(Path("chosen"))
    if place == "environment":
        monkeypatch.setenv("BACKDROP_DATA", "chosen")
    before = ["--data", "chosen"] if place == "before" else []
    after = ["--data", "chosen"] if place == "after" else []
    assert backdrop(*before, "import", students_csv, *after).status == 0
    assert Path("chosen/students.json").exists()
    assert not Path("data").exists()


def test_the_data_folder_is_the_users_own_by_default(
    backdrop: Run, students_csv: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setenv("BACKDROP_DATA", "")
    made_at(DataFolder.default().path)
    assert backdrop("import", students_csv).status == 0
    assert len(list(own_home.rglob("students.json"))) == 1


def test_a_tilde_is_the_home_folder(backdrop: Run, students_csv: Path, own_home: Path) -> None:
    made_at(own_home / "school")
    assert backdrop("import", students_csv, "--data=~/school").status == 0


def test_an_empty_data_folder_name_is_refused(backdrop: Run, students_csv: Path) -> None:
    assert backdrop("check", students_csv, "--data", "").status == 2


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["check", "--help"], ["import", "-h"], ["export", "--help"]]
)
def test_help_is_shown(backdrop: Run, arguments: list[str]) -> None:
    ran = backdrop(*arguments)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Usage: backdrop")


def test_the_version_is_shown(backdrop: Run) -> None:
    assert backdrop("--version").out.startswith("backdrop 0.")


@pytest.mark.parametrize("arguments", [["chekc"], ["--shiny"], ["--data"]])
def test_an_unknown_command_or_option_ends_with_2_and_one_line(backdrop: Run, arguments: list[str]) -> None:
    ran = backdrop(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.error_line.endswith("For help, run “backdrop --help”.")


def test_the_app_needs_a_terminal(tmp_path: Path) -> None:
    with spawned("--data", tmp_path / "data", stdin=subprocess.DEVNULL) as process:
        _, stderr = process.communicate(timeout=50)
    assert process.returncode == 2
    assert stderr.decode().startswith("backdrop: The app needs a terminal.")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (
            ValueError(SECRET),
            main.BROKEN,
            "Something went wrong in backdrop itself (ValueError in check.py, line ",
        ),
        (KeyboardInterrupt(), main.INTERRUPTED, "Stopped before it had finished."),
        (MemoryError(), 2, "There isn't enough memory for this file."),
        (
            type("PanicException", (BaseException,), {})(SECRET),
            main.BROKEN,
            "Something went wrong in backdrop itself (PanicException",
        ),
    ],
)
def test_any_error_is_one_line_and_quotes_nothing_from_the_file(
    backdrop: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, message: str
) -> None:
    def fail(*_: object) -> None:
        secret = SECRET
        raise error from ValueError(secret)

    monkeypatch.setattr("backdrop_tui.imports.pipeline.basis_of", fail)
    Path("p.csv").write_bytes(table([student(0, surname=SECRET)]))
    ran = backdrop("check", "p.csv")
    assert ran.status == status
    assert ran.err.strip().splitlines()[-1].startswith(f"backdrop: {message}")
    assert SECRET not in ran.err + ran.out
    assert "Traceback" not in ran.err


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(table(student(n, gender="Boy") for n in range(5_000)))
    for form, status in (("json", 1), ("text", 1)):
        read_end, write_end = os.pipe()
        os.close(read_end)
        with spawned("check", path, "--format", form, stdout=write_end) as process:
            os.close(write_end)
            _, stderr = process.communicate(timeout=50)
        assert (process.returncode, stderr) == (status, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_standard_output_on_a_full_disk_is_reported() -> None:
    with (
        Path("/dev/full").open("wb") as full,
        spawned("template", "students", stdout=full.fileno()) as process,
    ):
        _, stderr = process.communicate(timeout=50)
    assert process.returncode == 2
    assert stderr.decode().startswith(
        "backdrop: The result can't be written to standard output: No space left"
    )
    assert stderr.count(b"\n") == 1


def test_letters_missing_from_the_terminals_encoding_are_no_error(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(table([student(0, surname="Žižek", gender="“x”")]))
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "BACKDROP_DATA": str(tmp_path / "data")}
    ran = subprocess.run(
        [sys.executable, "-m", "backdrop_tui", "check", str(path)],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\nb", "a\nb"),
        ("a\tb\u00a0c", "a b c"),
        ("\x1b[31m\x9b\u202e\x00", "\ufffd[31m\ufffd\ufffd\ufffd"),
        ("é“”→ 名", "é“”→ 名"),
    ],
)
def test_only_printable_characters_reach_the_terminal(text: str, shown: str) -> None:
    assert output.plain(text) == shown


_WRITES = """
import os, signal, sys
from pathlib import Path
from backdrop_tui import __main__
from backdrop_tui.cli import main
from backdrop_tui.store.private_file import write_private

synced = os.fsync

def told_to_end(descriptor):
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
    synced(descriptor)

def writes(**_):
    os.fsync = told_to_end
    write_private(Path(sys.argv[1]), b"Amira")

main.backdrop.main = writes
__main__.main()
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_command_ended_by_a_signal_leaves_no_temporary_file(tmp_path: Path, name: str) -> None:
    # The tests themselves may have been started with nohup.
    program = f"import signal; signal.signal(signal.{name}, signal.SIG_DFL)\n{_WRITES}"
    arguments = [sys.executable, "-c", program, str(tmp_path / "output.csv"), name]
    ended = subprocess.run(arguments, check=False, capture_output=True)
    assert ended.returncode == 128 + getattr(signal, name), ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_nohup_ignores_a_lost_connection(tmp_path: Path) -> None:
    program = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n{_WRITES}"
    arguments = [sys.executable, "-c", program, str(tmp_path / "output.csv"), "SIGHUP"]
    assert subprocess.run(arguments, check=False, capture_output=True).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["output.csv"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://jo:secret@db.example.org/school",
        "postgresql:secret",
        "sqlite:secret",
        "service=secret",
        "host = db.example.org password=secret",
        " postgresql://secret/school",
        "file:///srv/secret",
        "HTTPS://secret.example.org",
    ],
)
@pytest.mark.parametrize("source", ["--data", "BACKDROP_DATA"])
def test_a_url_is_no_data_folder(
    url: str, source: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKDROP_DATA", url)
    assert main.run(["status", *(["--data", url] if source == "--data" else [])]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"backdrop: {source} is the address of something else, not a folder.")
    assert "secret" not in said
    assert not list(tmp_path.iterdir())
    assert main.run(["status", "--data", f"./{url.replace('/', '_')}"]) == 0
