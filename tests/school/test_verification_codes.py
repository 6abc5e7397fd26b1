"""Codes that verify an address: right, wrong and expired ones."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from backdrop_tui.mail.verification import AlreadyVerifiedError, send_code, verify
from backdrop_tui.school.account import Account, account_of
from backdrop_tui.school.school import School
from backdrop_tui.school.verification_codes import CodeError
from backdrop_tui.store.folder import DataFolder
from tests.conftest import NINE
from tests.support.codes import sent_code, try_wrong, wrong
from tests.support.mail_server import ADDRESS

pytestmark = pytest.mark.usefixtures("clock", "account")


def test_the_right_code_verifies_the_address(school: School) -> None:
    code = sent_code(school)
    assert verify(school, code).verified == NINE.timestamp()
    assert account_of(school) == Account(
        "St Mary’s", "Aisha Khan", ADDRESS, NINE.timestamp(), NINE.timestamp()
    )


@pytest.mark.parametrize("write", ["{0} {1}", "  {0}{1}\n", "{0}-{1}", "{0}\u00a0{1}", "{0} – {1}"])
def test_the_right_code_can_be_typed_with_spaces_and_hyphens(school: School, write: str) -> None:
    code = sent_code(school)
    assert verify(school, write.format(code[:3], code[3:])).verified


def test_the_right_code_can_be_used_until_the_last_second_of_thirty_minutes(
    school: School, clock: time_machine.Traveller
) -> None:
    code = sent_code(school)
    clock.shift(30 * 60)
    assert verify(school, code).verified


def test_the_right_code_can_be_used_after_four_wrong_ones(school: School) -> None:
    code = sent_code(school)
    try_wrong(school, code, 4)
    assert verify(school, code).verified


def test_no_further_code_is_needed_afterwards(school: School) -> None:
    code = sent_code(school)
    verify(school, code)
    with pytest.raises(AlreadyVerifiedError, match="is already verified"):
        verify(school, code)
    with pytest.raises(AlreadyVerifiedError):
        send_code(school)


def test_only_a_salted_hash_of_the_code_is_stored(school: School, data: DataFolder) -> None:
    code = sent_code(school)
    school.close()
    stored = b"".join(path.read_bytes() for path in data.path.glob("setup.json*")) + data.log.read_bytes()
    assert b'"salt"' in stored
    assert code.encode() not in stored
    assert f"{code[:3]} {code[3:]}".encode() not in stored


def test_a_wrong_code_says_how_many_tries_are_left(school: School) -> None:
    code = sent_code(school)
    messages = [try_wrong(school, code, 1) for _ in range(5)]
    assert [re.findall(r"(\d) tr(?:y|ies) left", line) for line in messages] == [
        ["4"],
        ["3"],
        ["2"],
        ["1"],
        [],
    ]
    assert "Send a new code" in messages[-1]


def test_after_five_wrong_tries_the_right_code_is_refused_too(school: School) -> None:
    code = sent_code(school)
    try_wrong(school, code, 5)
    with pytest.raises(CodeError, match="entered 5 times") as refused:
        verify(school, code)
    assert refused.value.needs_new_code


def test_a_restart_does_not_reset_the_tries(school: School, data: DataFolder) -> None:
    code = sent_code(school)
    try_wrong(school, code, 3)
    school.close()
    with School(data) as reopened:
        assert "You have 1 try left" in try_wrong(reopened, code, 1)


@pytest.mark.parametrize(
    "text", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "123 456 7", "-12345", "\x1b[31m"]
)
def test_a_malformed_code_costs_no_try(school: School, text: str) -> None:
    code = sent_code(school)
    with pytest.raises(CodeError, match=r"^The code has 6 digits\.") as refused:
        verify(school, text)
    assert not refused.value.needs_new_code
    assert "You have 4 tries left" in try_wrong(school, code, 1)


def test_two_processes_at_once_get_five_tries_together(school: School, data: DataFolder) -> None:
    code = sent_code(school)
    school.close()
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                Path(__file__).parent / "try_codes.py",
                data.path,
                wrong(code),
                NINE.isoformat(),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    lines = [line for process in processes for line in process.communicate(timeout=50)[0].splitlines()]
    assert sorted(lines) == ["counted"] * 5 + ["over"] * 7


def test_a_code_is_refused_if_none_was_sent(school: School) -> None:
    with pytest.raises(CodeError, match=f"No code has been sent to {ADDRESS} yet"):
        verify(school, "123456")


def test_a_code_expires_after_thirty_minutes(school: School, clock: time_machine.Traveller) -> None:
    code = sent_code(school)
    clock.shift(30 * 60 + 1)
    with pytest.raises(CodeError, match="This code has expired") as refused:
        verify(school, code)
    assert refused.value.needs_new_code


def test_a_new_code_replaces_the_previous_one(school: School, clock: time_machine.Traveller) -> None:
    old = sent_code(school)
    try_wrong(school, old, 5)
    clock.shift(60)
    new = sent_code(school)
    while new == old:  # pragma: no cover - one in a million
        clock.shift(60)
        new = sent_code(school)
    with pytest.raises(CodeError, match="You have 4 tries left"):
        verify(school, old)
    assert verify(school, new).verified


def test_setting_the_clock_back_does_not_extend_a_code(school: School, clock: time_machine.Traveller) -> None:
    code = sent_code(school)
    clock.shift(25 * 60)
    try_wrong(school, code, 1)
    clock.shift(-20 * 60)
    with pytest.raises(CodeError, match="clock was set back"):
        verify(school, code)


def test_setting_the_clock_back_by_years_does_not_extend_a_code(
    school: School, clock: time_machine.Traveller
) -> None:
    code = sent_code(school)
    clock.move_to(datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(CodeError, match="clock was set back"):
        verify(school, code)
    assert verify(school, sent_code(school)).verified


def test_a_clock_correction_of_seconds_does_no_harm(school: School, clock: time_machine.Traveller) -> None:
    code = sent_code(school)
    clock.shift(-5)
    assert verify(school, code).verified


def test_a_damaged_code_counts_as_not_sent(school: School) -> None:
    school.store.table("account").put("code", {"email": ADDRESS, "tries": "none"})
    with pytest.raises(CodeError, match="No code has been sent"):
        verify(school, "123456")
