"""Answers that mean nothing, and texts that try to mislead whoever listens."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.output.export import template
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.support.imports import sign_up
from tests.support.made_up import student, table
from tests.test_printable import can_all_be_seen

NONSENSE = ("", "x", "-1", "1.5", "99999999999999999999", "000000000000001", "½", "²", "y", "\x1b[31m\x1b]0;x\x07", "\x00",
            "\u202e1", "\udcff", "'; DROP TABLE", "0x1", "١", "a" * 70_000)  # fmt: skip


def test_nonsense_is_refused_and_the_list_can_be_heard_again(data: DataFolder) -> None:
    status, heard = listen(*NONSENSE, "0")
    assert status == 0
    assert heard.count("is not in the list. Type a number from 0 to 7, then Enter.") == len(NONSENSE) - 1
    assert heard.count("1. Sign up: to do.") == 2
    assert can_all_be_seen(heard.replace("\n", ""))
    assert max(map(len, heard.splitlines())) < 300
    assert not data.path.exists()


def test_yes_or_no_and_texts_are_asked_again_until_they_are_clear() -> None:
    Path("secret.csv").write_bytes(table([student(0)]))
    Path("secret.csv").chmod(0o644)
    _, heard = listen(
        *("> Sign up", "Hill Top", "Jo", "@@", "jo@example.org", "0"),
        *("> Sign up", "maybe", "", "n", "> Sign up", "y", "", "Jo Field", "", "0"),
    )
    assert "“maybe” is neither. Type y for yes or n for no." in heard
    assert (
        heard.count(
            "You have signed up already. Do you want to change that?\nType y for yes or n for no, then Enter."
        )
        == 3
    )
    assert "“@@” is not an e-mail address." in heard
    assert "Account saved: Jo Field, Hill Top, jo@example.org." in heard


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a school that has been signed up for, and a file to import."""
    place = tmp_path_factory.mktemp("nonsense")
    rows = [
        student(0, gender="Boy"),
        student(1, surname="O'Neill\n1. Quit", year_group="99"),
        student(2, first_name="TBC"),
    ]
    (place / "pupils.csv").write_bytes(table([*rows, student(0, surname="Other")]))
    (place / "pupils.csv").chmod(0o600)
    folder = DataFolder(place / "data")
    folder.create()
    with School(folder) as school:
        sign_up(school)
    return place


STARTS = (
    ("> Students", "> pupils.csv", "> Import Data"),
    ("> Students", "> Add students by hand", "Ann"),
    ("> Students", "> Choose several files"),
    ("> Students", "> pupils.csv", "> Import Data", "> Find and replace"),
    ("> Students", "> pupils.csv", "> Import Data", "> Every different value"),
    ("> Review user", "> Add a user group"),
)
"""Where nonsense is typed: the rows of a file, people by hand, choosing files, replacing a text, values, the name of a group."""


@given(
    start=st.sampled_from(STARTS),
    answers=st.lists(
        st.sampled_from(["0", *map(str, range(1, 12)), "y", "n", "", "-", "7A", "x\x1b["]), max_size=25
    ),
)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_never_breaks_it(
    started: Path, monkeypatch: pytest.MonkeyPatch, start: tuple[str, ...], answers: list[str]
) -> None:
    monkeypatch.chdir(started)
    status, heard = listen(*start, *answers, data=started / "data")
    assert status == 0
    assert can_all_be_seen(heard.replace("\n", ""))


@pytest.mark.usefixtures("signed_up")
def test_a_name_in_a_file_cant_forge_a_line_of_a_list() -> None:
    rows = [student(0, surname="Evil\n9. Quit\x1b[2J", gender="Boy"), student(1)]
    Path("pupils.csv").write_bytes(table(rows))
    Path("pupils.csv").chmod(0o600)
    _, heard = listen(
        *(
            "> Students",
            "> pupils.csv",
            "> Hear all",
            "> Import Data",
            "> Error: Gender",
            "0",
        ),
    )
    assert "Evil" in heard
    assert not [line for line in heard.splitlines() if line.startswith("9. Quit")]
    assert can_all_be_seen(heard.replace("\n", ""))


def run_program(
    folder: Path, stdin: int | None, answers: bytes | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run the program itself."""
    command = [sys.executable, "-m", "backdrop_tui", "--plain", "--data", str(folder / "data")]
    return subprocess.run(command, input=answers, stdin=stdin, capture_output=True, check=False, cwd=folder)


def test_it_reads_from_a_pipe_or_from_nothing_at_all(tmp_path: Path) -> None:
    ran = run_program(tmp_path, None, b"\xff\xfe\x00\n1\nHill Top\nJo\njo@example.org")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"Account saved: Jo, Hill Top, jo@example.org." in ran.stdout
    assert b"\x1b" not in ran.stdout
    assert run_program(tmp_path, subprocess.DEVNULL).returncode == 0


def test_ctrl_c_ends_it_and_keeps_what_was_accepted(tmp_path: Path) -> None:
    rows = [student(0), student(1, gender="Boy")]
    (tmp_path / "pupils.csv").write_bytes(table(rows))
    (tmp_path / "pupils.csv").chmod(0o600)
    data = DataFolder(tmp_path / "data")
    data.create()
    with School(data) as school:
        sign_up(school)
    command = [sys.executable, "-m", "backdrop_tui", "--plain", "--data", str(data.path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, stdin=pipe, stdout=pipe, stderr=pipe) as program:
        assert program.stdin and program.stdout and program.stderr  # noqa: PT018 - for the type checker
        program.stdin.write(
            b"3\n1\n1\n1\n1\n"
        )  # students, the file, Import Data, the only problem, its suggestion
        program.stdin.flush()
        while b"Done: Gender in row 3" not in program.stdout.readline():
            pass
        while b"Enter alone reads the list again" not in program.stdout.readline():
            pass
        program.send_signal(signal.SIGINT)
        assert program.wait() == 130
        assert (
            program.stderr.read().strip() == b"backdrop: Stopped. Everything that you have confirmed is kept."
        )
    (listed,) = open_drafts(data)
    draft = Draft.open(data, listed.id)
    assert len(draft.edits.done) == 1
    draft.close()


def test_it_ends_when_nobody_listens_any_more(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "backdrop_tui", "--plain", "--data", str(tmp_path / "data")]
    ran = subprocess.run(
        command, input=b"1\n" * 50, stdout=theirs, stderr=subprocess.PIPE, check=False, cwd=tmp_path
    )
    os.close(theirs)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.usefixtures("signed_up")
def test_a_file_that_cant_be_used_is_refused_in_a_sentence_and_another_can_be_chosen(
    data: DataFolder,
) -> None:
    Path("empty.csv").write_bytes(b"")
    Path("empty.csv").chmod(0o600)
    _, heard = listen(
        *("> Students", "> empty.csv", "> Type the path", "missing.csv", "\x00", ".", ""),
        *("> Save an empty", "empty.csv", "new.csv", "> new.csv", "0", "0"),
    )
    assert "This file can't be used." in heard
    assert "missing.csv does not exist." in heard
    assert "is a folder." in heard
    assert "empty.csv can't be written" in heard
    assert Path("new.csv").read_bytes() == template(STUDENTS)
    assert open_drafts(data) == []
