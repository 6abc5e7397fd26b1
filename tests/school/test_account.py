"""Signing up, and sending a new code."""

import re

import pytest
import time_machine

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.verification import TooSoonError, send_code, verify
from backdrop_tui.school.account import Account, account_of, sign_up
from backdrop_tui.school.school import School
from backdrop_tui.school.verification_codes import CodeError
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.folder import DataFolder
from tests.support.codes import sent_code, try_wrong
from tests.support.mail_server import ADDRESS, scripted_server, silent_server, use

pytestmark = pytest.mark.usefixtures("clock")


def test_the_address_is_normalised_and_the_names_are_tidied(school: School) -> None:
    made = sign_up(school, "  St  Mary’s ", "Ay\u200bse\u0301 ", " a.khan@EXAMPLE.org\n")
    assert (made.organisation, made.name, made.email) == ("St Mary’s", "Aysé", ADDRESS)
    assert account_of(school) == made
    assert school.settings.text("organisation") == "St Mary’s"


def test_a_new_address_has_to_be_verified_again(school: School, account: Account) -> None:
    verify(school, sent_code(school))
    changed = sign_up(school, "St Mary’s", "Aisha Khan", "head@example.org")
    assert changed.verified is None
    assert changed.signed_up == account.signed_up
    with pytest.raises(CodeError, match="No code has been sent to head@example"):
        verify(school, "123456")


def test_the_code_for_one_address_verifies_no_other(school: School, account: Account) -> None:
    code = sent_code(school)
    sign_up(school, "St Mary’s", "Aisha Khan", "head@example.org")
    with pytest.raises(CodeError):
        verify(school, code)
    sign_up(school, "St Mary’s", "Aisha Khan", account.email)
    with pytest.raises(CodeError):
        verify(school, code)


def test_a_new_name_leaves_the_address_verified(school: School, account: Account) -> None:
    verify(school, sent_code(school))
    changed = sign_up(school, "Holy Cross", "B Jones", account.email)
    assert changed.verified is not None
    assert (changed.organisation, changed.name) == ("Holy Cross", "B Jones")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "A Khan", ADDRESS), "The organisation name can't be blank"),
        ((" - ", "A Khan", ADDRESS), "The organisation name must have a letter"),
        (("St Mary’s", "\u200b", ADDRESS), "Your name can't be blank"),
        (("St Mary’s", "A\x1b[31mKhan", ADDRESS), "Your name has a character that can't be displayed"),
        (("St Mary’s", "A\u202eKhan", ADDRESS), "Your name has a character that can't be displayed"),
        (("St \udce9", "A Khan", ADDRESS), "The organisation name has a character"),
        (("M" * 101, "A Khan", ADDRESS), "too long"),
        (("St Mary’s", "A Khan", ""), "The e-mail address can't be blank"),
        (("St Mary’s", "A Khan", "a.khan"), "“a.khan” is not an e-mail address"),
        (("St Mary’s", "A Khan", "a@example.org, b@example.org"), "not an e-mail address"),
        (("St Mary’s", "A Khan", "A Khan <a@example.org>"), "not an e-mail address"),
        (("St Mary’s", "A Khan", "a@example.org\r\nBcc: b@example.org"), "not an e-mail address"),
        (("St Mary’s", "A Khan", "a" * 400), "…” is not an e-mail address"),
    ],
)
def test_unusable_texts_are_refused_and_no_account_is_created(
    school: School, data: DataFolder, typed: tuple[str, str, str], message: str
) -> None:
    with pytest.raises(UnusableChoiceError, match=re.escape(message)):
        sign_up(school, *typed)
    assert account_of(school) is None
    assert not data.log.exists()


def test_without_an_account_there_is_nothing_to_verify(school: School) -> None:
    school.folder.create()
    for step in (lambda: verify(school, "123456"), lambda: send_code(school)):
        with pytest.raises(LockedError, match="Complete “Sign up” first"):
            step()


@pytest.mark.usefixtures("account")
def test_a_new_code_can_be_sent_once_a_minute(school: School, clock: time_machine.Traveller) -> None:
    send_code(school)
    clock.shift(17)
    with pytest.raises(TooSoonError, match="in 43 seconds") as refused:
        send_code(school)
    assert refused.value.seconds == 43
    clock.shift(42)
    with pytest.raises(TooSoonError, match="in 1 second\\."):
        send_code(school)
    clock.shift(1)
    send_code(school)


@pytest.mark.usefixtures("account")
def test_five_codes_can_be_sent_in_an_hour_whatever_the_addresses(
    school: School, data: DataFolder, clock: time_machine.Traveller
) -> None:
    for n in range(5):
        sign_up(school, "St Mary’s", "Aisha Khan", f"stranger{n}@example.org")
        send_code(school)
        clock.shift(60)
    sign_up(school, "St Mary’s", "Aisha Khan", "stranger5@example.org")
    with pytest.raises(TooSoonError, match="in 55 minutes"):
        send_code(school)
    school.close()
    with School(data) as reopened:
        clock.shift(55 * 60 - 1)
        with pytest.raises(TooSoonError, match="in 1 minute\\."):
            send_code(reopened)
        clock.shift(1)
        send_code(reopened)
        with pytest.raises(TooSoonError):
            send_code(reopened)


@pytest.mark.usefixtures("account")
def test_codes_to_one_address_are_limited_to_five_an_hour_too(
    school: School, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        send_code(school)
        clock.shift(61)
    with pytest.raises(TooSoonError, match="5 codes were sent"):
        send_code(school)


@pytest.mark.usefixtures("account")
def test_a_code_that_may_have_been_sent_counts(school: School, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        with scripted_server({"DATA": "354 go on", ".": None}) as port:
            use(school, port)
            with pytest.raises(MailError):
                send_code(school)
        clock.shift(60)
    with pytest.raises(TooSoonError):
        send_code(school)


@pytest.mark.usefixtures("account", "clock")
@pytest.mark.parametrize(
    "stored", [{}, {"times": []}, {"times": {"a": "b"}, "all": {}}, {"times": {}, "all": [None]}]
)
def test_damaged_times_hold_nobody_up(school: School, stored: dict[str, object]) -> None:
    school.store.table("account").put("sent", stored)
    send_code(school)
    with pytest.raises(TooSoonError):
        send_code(school)


@pytest.mark.usefixtures("account")
def test_a_restart_does_not_shorten_the_wait(school: School, data: DataFolder) -> None:
    send_code(school)
    school.close()
    with School(data) as again, pytest.raises(TooSoonError):
        send_code(again)


@pytest.mark.usefixtures("account")
def test_signing_up_again_does_not_shorten_the_wait(school: School) -> None:
    send_code(school)
    sign_up(school, "St Mary’s", "Aisha Khan", "other@example.org")
    sign_up(school, "St Mary’s", "Aisha Khan", ADDRESS.upper())
    with pytest.raises(TooSoonError):
        send_code(school)


@pytest.mark.usefixtures("account")
def test_a_mistyped_address_can_be_corrected_straight_away(school: School) -> None:
    send_code(school)
    sign_up(school, "St Mary’s", "Aisha Khan", "a.kahn@example.org")
    assert verify(school, sent_code(school)).email == "a.kahn@example.org"


@pytest.mark.usefixtures("account")
def test_a_code_that_cant_be_sent_starts_no_wait_and_keeps_the_previous_one(
    school: School, clock: time_machine.Traveller
) -> None:
    code = sent_code(school)
    try_wrong(school, code, 2)
    clock.shift(60)
    with silent_server() as port:
        use(school, port)
        with pytest.raises(MailError, match="did not answer"):
            send_code(school, timeout=0.05)
        with pytest.raises(MailError, match="did not answer"):
            send_code(school, timeout=0.05)
    assert "You have 2 tries left" in try_wrong(school, code, 1)
    school.settings.put("mail-host", "")
    assert verify(school, sent_code(school)).verified


@pytest.mark.usefixtures("account")
def test_a_first_code_that_cant_be_sent_is_not_stored(school: School) -> None:
    with silent_server() as port:
        use(school, port)
        with pytest.raises(MailError):
            send_code(school, timeout=0.05)
    with pytest.raises(CodeError, match="No code has been sent"):
        verify(school, "123456")
