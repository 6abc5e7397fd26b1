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
    """The code that a message brings, as it stands there."""
    found = re.search(r"^ +(\d{3} \d{3})$", text, re.MULTILINE)
    assert found is not None
    return found[1]


def outbox_code(ran: Ran, data: DataFolder) -> str:
    """The code in the outbox, after a command has said that it is there."""
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


def test_over_a_mail_server_it_says_so(backdrop: Run, data: DataFolder) -> None:
    with mail_server() as box:
        with School(data) as school:
            use(school, box.port)
        signed = backdrop(*SIGN_UP, ADDRESS)
        assert signed.status == 0
        assert f"A code was sent to {ADDRESS}." in signed.out
    body = box.messages[0].get_body(("plain",))
    assert body is not None
    assert backdrop("verify", code_in("\n".join(body.get_content().splitlines()))).status == 0


def test_where_the_mail_server_is_silent_the_account_is_kept_and_the_way_on_is_said(
    backdrop: Run, data: DataFolder, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send_code.__kwdefaults__
    monkeypatch.setitem(send_code.__kwdefaults__, "timeout", 0.05)
    with silent_server() as port:
        with School(data) as writing:
            use(writing, port)
        signed = backdrop(*SIGN_UP, ADDRESS)
    assert signed.status == 2
    assert "did not answer" in signed.said
    assert "To try again, run “backdrop verify --resend”." in signed.said
    assert account_of(school) is not None


def test_wrong_codes_end_with_2_and_a_sentence(backdrop: Run) -> None:
    backdrop(*SIGN_UP, ADDRESS)
    malformed = backdrop("verify", "12345")
    assert (malformed.status, malformed.said) == (
        2,
        "The code has 6 digits. Check the message and type it again.",
    )
    said = [backdrop("verify", "000000").said for _ in range(6)]
    assert said[0] == "That isn't the right code. You have 4 tries left."
    assert said[4].endswith("Send a new code. To do this, run “backdrop verify --resend”.")
    assert "The wrong code was entered 5 times" in said[5]


def test_a_new_code_is_not_sent_at_once(backdrop: Run, data: DataFolder) -> None:
    signed = backdrop(*SIGN_UP, ADDRESS)
    refused = backdrop("verify", "--resend")
    assert refused.status == 2
    assert re.search(r"You can send a new one in \d+ seconds\.", refused.said)
    again = backdrop(*SIGN_UP, ADDRESS)
    assert again.status == 0
    assert "less than a minute ago" in again.out
    assert backdrop("verify", outbox_code(signed, data)).status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*SIGN_UP, "a.khan"], "“a.khan” is not an e-mail address"),
        ([*SIGN_UP, ""], "The e-mail address is needed"),
        (
            ["sign-up", "--organisation", "", "--name", "A", "--email", ADDRESS],
            "The organisation name is needed",
        ),
        (["sign-up", "--organisation", "A", "--name", "B"], "--email"),
        (["verify"], "Give either the code or --resend"),
        (["verify", "123456", "--resend"], "Give either the code or --resend"),
        (["verify", "-1"], "-1"),
    ],
)
def test_what_can_not_be_used_ends_with_2(
    backdrop: Run, data: DataFolder, arguments: list[str], said: str
) -> None:
    ran = backdrop(*arguments)
    assert ran.status == 2
    assert said in ran.said
    assert not data.setup.exists()


@pytest.mark.parametrize("arguments", [["verify", "123456"], ["verify", "--resend"]])
def test_before_signing_up_verifying_is_locked(backdrop: Run, data: DataFolder, arguments: list[str]) -> None:
    ran = backdrop(*arguments)
    assert ran.status == 3
    assert ran.said == (
        "“Verify your e-mail” is locked. Complete “Sign up” first. "
        "Run “backdrop sign-up --organisation NAME --name NAME --email ADDRESS”."
    )
    assert not data.path.exists()


def test_a_data_folder_that_is_damaged_is_said_and_left(backdrop: Run, data: DataFolder) -> None:
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
