"""Test messages, and where the mail password is looked for."""

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.mail.mailer import MailError, shown
from backdrop_tui.mail.password import VARIABLE, password_now, where_it_is_looked_for
from backdrop_tui.mail.trial_message import send_test_message, where_it_went
from backdrop_tui.school.school import School
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.folder import DataFolder
from tests.school.test_audit_log import lines
from tests.support.letters import SECRET, USER, password_file
from tests.support.mail_server import ADDRESS, HOST, mail_server, silent_server, use


def test_before_signing_up_there_is_nobody_to_send_it_to(data: DataFolder) -> None:
    with School(data) as school, pytest.raises(LockedError):
        send_test_message(school)


@pytest.mark.usefixtures("account")
def test_without_a_mail_server_it_is_a_file_and_that_is_said(school: School) -> None:
    sent = send_test_message(school)
    assert (sent.to, sent.by) == (ADDRESS, "outbox")
    assert sent.path is not None
    assert "Subject: A test message from Back:drop for St Mary’s" in shown(sent.path)
    assert str(sent.path) in where_it_went(sent)
    assert "was not sent" in where_it_went(sent)


@pytest.mark.usefixtures("account")
def test_it_goes_to_the_address_that_is_typed_from_the_sender_that_is_set(school: School) -> None:
    school.settings.put("mail-from", "office@example.org")
    with mail_server() as box:
        use(school, box.port, security="none")
        sent = send_test_message(school, " head@EXAMPLE.org ")
    assert box.recipients == ["head@example.org"]
    assert box.messages[0]["From"] == "St Mary’s <office@example.org>"
    assert f"The mail server ({HOST}, port {box.port}) took the test message" in where_it_went(sent)


@pytest.mark.usefixtures("account")
def test_what_goes_wrong_is_said_in_words(school: School) -> None:
    with pytest.raises(UnusableChoiceError, match="not an e-mail address"):
        send_test_message(school, "head")
    with silent_server() as port:
        use(school, port)
        with pytest.raises(MailError, match="did not answer"):
            send_test_message(school, timeout=0.05)


@pytest.mark.usefixtures("account")
def test_the_log_says_that_one_was_sent_and_not_to_whom(school: School, data: DataFolder) -> None:
    send_test_message(school, "head@example.org")
    assert lines(data)[-1]["event"] == "test-message-sent"
    assert "head@" not in data.log.read_text()


def test_whether_there_is_a_password_is_known_and_not_what_it_is(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.create()
    assert password_now(data, needed=False).in_words == "none is needed: nobody logs in"
    none = password_now(data, needed=True)
    assert none.in_words == "none that can be used"
    assert none.trouble is not None
    assert VARIABLE in none.trouble
    path = password_file(data, SECRET)
    assert password_now(data, needed=True).in_words == "found in mail-password"
    path.chmod(0o644)
    shared = password_now(data, needed=True)
    assert shared.trouble is not None
    assert "chmod 600" in shared.trouble
    monkeypatch.setenv(VARIABLE, SECRET)
    found = password_now(data, needed=True)
    assert found.in_words == f"found in {VARIABLE}"
    assert str(path) in where_it_is_looked_for(data)
    assert SECRET not in repr([none, shared, found])


@pytest.mark.usefixtures("account")
def test_a_user_and_the_password_in_its_file_are_used(school: School, data: DataFolder) -> None:
    password_file(data, SECRET)
    with mail_server(login=(USER, SECRET)) as box:
        use(school, box.port, security="none", user=USER)
        assert send_test_message(school).by == "smtp"
    assert box.recipients == [ADDRESS]
