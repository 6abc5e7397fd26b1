"""`backdrop sign-up` and `backdrop verify`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.mail.verification import send_code
from backdrop_tui.school.account import account_of
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Ran, Run
from tests.support.mail_server import ADDRESS, mail_server, silent_server, use

SIGN_UP = ("sign-up", "--organisation", "St Mary’s", "--name", "Aisha Khan", "--email")


def code_in(text: str) -> str:
    """The code in a message, as it is printed there."""
    match = re.search(r"^ +(\d{3} \d{3})$", text, re.MULTILINE)
    assert match is not None
    return match[1]


def outbox_code(ran: Ran, data: DataFolder) -> str:
    """The code in the outbox message that a command has named."""
    (path,) = data.outbox.iterdir()
    assert str(path) in ran.out
    return code_in(outbox_text(path))


def test_from_signing_up_to_a_verified_address(backdrop: Run, data: DataFolder, school: School) -> None:
    signed = backdrop(*SIGN_UP, "A.Khan@EXAMPLE.org")
    assert signed.status == 0
    assert "No mail server is set" in signed.out
    code = outbox_code(signed, data)
    assert code not in signed.out
    verified = backdrop("verify", *code.split())
    assert (verified.status, verified.out) == (0, "A.Khan@example.org is verified.\n")
    account = account_of(school)
    assert account is not None
    assert account.verified is not None
    again = backdrop(*SIGN_UP, "A.Khan@example.org")
    assert again.status == 0
    assert "is already verified" in again.out


def test_the_code_goes_through_the_mail_server_that_is_set(backdrop: Run, data: DataFolder) -> None:
    with mail_server() as box:
        with School(data) as school:
            use(school, box.port)
        signed = backdrop(*SIGN_UP, ADDRESS)
        assert signed.status == 0
        assert f"A code was sent to {ADDRESS}." in signed.out
    body = box.messages[0].get_body(("plain",))
    assert body is not None
    assert backdrop("verify", code_in("\n".join(body.get_content().splitlines()))).status == 0


def test_if_the_mail_server_is_silent_the_account_is_saved_and_the_next_step_is_named(
    backdrop: Run, data: DataFolder, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send_code.__kwdefaults__
    monkeypatch.setitem(send_code.__kwdefaults__, "timeout", 0.05)
    with silent_server() as port:
        with School(data) as writing:
            use(writing, port)
        signed = backdrop(*SIGN_UP, ADDRESS)
    assert signed.status == 2
    assert "did not answer" in signed.error_line
    assert "To try again, run “backdrop verify --resend”." in signed.error_line
    assert account_of(school) is not None


def test_wrong_codes_end_with_2_and_one_sentence(backdrop: Run) -> None:
    backdrop(*SIGN_UP, ADDRESS)
    malformed = backdrop("verify", "12345")
    assert (malformed.status, malformed.error_line) == (
        2,
        "The code has 6 digits. Check the message and type it again.",
    )
    errors = [backdrop("verify", "000000").error_line for _ in range(6)]
    assert errors[0] == "That isn't the right code. You have 4 tries left."
    assert errors[4].endswith("Send a new code. To do this, run “backdrop verify --resend”.")
    assert "The wrong code was entered 5 times" in errors[5]


def test_a_new_code_is_not_sent_within_a_minute(backdrop: Run, data: DataFolder) -> None:
    signed = backdrop(*SIGN_UP, ADDRESS)
    refused = backdrop("verify", "--resend")
    assert refused.status == 2
    assert re.search(r"You can send a new one in \d+ seconds\.", refused.error_line)
    again = backdrop(*SIGN_UP, ADDRESS)
    assert again.status == 0
    assert "less than a minute ago" in again.out
    assert backdrop("verify", outbox_code(signed, data)).status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([*SIGN_UP, "a.khan"], "“a.khan” is not an e-mail address"),
        ([*SIGN_UP, ""], "The e-mail address can't be blank"),
        (
            ["sign-up", "--organisation", "", "--name", "A", "--email", ADDRESS],
            "The organisation name can't be blank",
        ),
        (["sign-up", "--organisation", "A", "--name", "B"], "--email"),
        (["verify"], "Give either the code or --resend"),
        (["verify", "123456", "--resend"], "Give either the code or --resend"),
        (["verify", "-1"], "-1"),
    ],
)
def test_unusable_arguments_end_with_2(
    backdrop: Run, data: DataFolder, arguments: list[str], message: str
) -> None:
    ran = backdrop(*arguments)
    assert ran.status == 2
    assert message in ran.error_line
    assert not data.setup.exists()


@pytest.mark.parametrize("arguments", [["verify", "123456"], ["verify", "--resend"]])
def test_verifying_is_locked_before_signing_up(backdrop: Run, data: DataFolder, arguments: list[str]) -> None:
    ran = backdrop(*arguments)
    assert ran.status == 3
    assert ran.error_line == (
        "“Verify your e-mail” is locked. Complete “Sign up” first. "
        "Run “backdrop sign-up --organisation NAME --name NAME --email ADDRESS”."
    )
    assert not data.path.exists()


def test_a_damaged_data_folder_is_reported_and_left_alone(backdrop: Run, data: DataFolder) -> None:
    data.create()
    data.setup.write_text("{damaged")
    ran = backdrop(*SIGN_UP, ADDRESS)
    assert ran.status == 4
    assert data.setup.read_text() == "{damaged"


def test_the_commands_load_no_textual(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom backdrop_tui.cli import run\n"
        f"assert run({[*SIGN_UP, ADDRESS]!r}) == 0\nassert run(['verify', '000']) == 2\nassert 'textual' not in sys.modules"
    )
    environment = os.environ | {"BACKDROP_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment, timeout=50)
