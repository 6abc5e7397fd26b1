"""Names, addresses, codes and values on standard input, where `ps` and the shell's history don't show them."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backdrop_tui.mail.password import VARIABLE, mail_password
from backdrop_tui.school.account import account_of, sign_up
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.codes import sent_code
from tests.support.made_up import student, table

Type = Callable[[bytes], None]


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Puts bytes on standard input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_the_name_and_the_address_of_an_account_can_be_typed_in(
    backdrop: Run, type_in: Type, school: School
) -> None:
    type_in("\ufeffZoë Khan\r\na.khan@example.org\n".encode())
    assert backdrop("sign-up", "--organisation", "Hill Side", "--email", "-", "--name", "-").status == 0
    account = account_of(school)
    assert account is not None
    assert (account.name, account.email) == ("Zoë Khan", "a.khan@example.org")


def test_a_code_can_be_typed_in(backdrop: Run, type_in: Type, data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        sign_up(school, "Hill Side", "Jo", "a@example.org")
        code = sent_code(school)
    type_in(f"{code[:3]} {code[3:]}\n".encode())
    assert backdrop("verify", "-").status == 0


@pytest.mark.usefixtures("signed_up")
def test_a_setting_and_the_address_of_a_test_message_can_be_typed_in(backdrop: Run, type_in: Type) -> None:
    type_in(b"Sam Lee\n")
    assert "lead-name is now Sam Lee." in backdrop("settings", "lead-name", "-").out
    type_in(b"head@example.org\n")
    assert "head@example.org" in backdrop("settings", "--test-mail", "-").out


def test_values_are_read_line_by_line(backdrop: Run, type_in: Type) -> None:
    rows = [student(0, gender="Boy"), student(1, gender="Girl"), student(2, gender="Lad")]
    Path("pupils.csv").write_bytes(table(rows))
    type_in(b"Gender:Boy=M\n\nGender:Girl=F\n")
    assert backdrop("check", "pupils.csv", "--replace", "-", "--replace", "Gender:Lad=M").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "-", "--replace", "-"),
        ("check", "pupils.csv", "--replace", "-", "--set", "-"),
        ("check", "-", "-"),
        ("import", "-", "--set", "-"),
    ],
)
def test_standard_input_is_only_read_once(backdrop: Run, type_in: Type, arguments: tuple[str, ...]) -> None:
    type_in(b"x\n")
    assert "Standard input (-) can only be read once." in backdrop(*arguments).error_line


@pytest.mark.parametrize(
    ("typed", "message"), [(b"", "Standard input has no line for --email."), (b"\xff\n", "isn't UTF-8")]
)
def test_what_cant_be_read_is_said_in_a_sentence(
    backdrop: Run, type_in: Type, typed: bytes, message: str, data: DataFolder
) -> None:
    type_in(typed)
    ran = backdrop("sign-up", "--organisation", "Hill Side", "--name", "Jo", "--email", "-")
    assert (ran.status, message in ran.error_line) == (2, True)
    assert not data.path.exists()


@pytest.mark.parametrize("option", ["--replace", "--set"])
def test_standard_input_that_is_closed_is_said_to_be(
    backdrop: Run, monkeypatch: pytest.MonkeyPatch, students_csv: Path, option: str
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert f"can't be read for {option}" in backdrop("check", students_csv, option, "-").error_line
    assert "has no line for the code" in backdrop("verify", "-").error_line


def test_at_a_terminal_the_value_is_asked_for(
    backdrop: Run, type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(b"a@example.org\n")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    ran = backdrop("sign-up", "--organisation", "Hill Side", "--name", "Jo", "--email", "-")
    assert (ran.status, ran.err) == (0, "--email: ")


def test_a_child_process_inherits_no_password(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "correct-horse")
    for _ in range(2):
        assert mail_password(data).reveal() == "correct-horse"
        assert VARIABLE not in os.environ


_SHOWS = """
import resource, subprocess, sys
from backdrop_tui import __main__, cli
def show(arguments):
    print(resource.getrlimit(resource.RLIMIT_CORE))
    sys.stdout.flush()
    return subprocess.run(["env"]).returncode
cli.run = show
__main__.main()
"""


def test_a_child_process_of_the_program_inherits_no_password_and_there_are_no_core_dumps(
    data: DataFolder,
) -> None:
    environment = os.environ | {VARIABLE: "correct-horse", "BACKDROP_DATA": str(data.path)}
    ran = subprocess.run(
        [sys.executable, "-c", _SHOWS], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("(0, 0)\n")
    assert "BACKDROP_DATA=" in ran.stdout
    assert "correct-horse" not in ran.stdout
