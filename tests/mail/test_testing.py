"""Test messages, and the status of the mail password."""

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.mail.password import VARIABLE, password_help, password_status
from backdrop_tui.mail.testing import result_of_test, send_test_message
from backdrop_tui.school.school import School
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.folder import DataFolder
from tests.school.test_audit_log import lines
from tests.support.letters import SECRET, USER, password_file
from tests.support.mail_server import ADDRESS, HOST, mail_server, silent_server, use


def test_a_test_message_needs_an_account(data: DataFolder) -> None:
    with School(data) as school, pytest.raises(LockedError):
        send_test_message(school)


@pytest.mark.usefixtures("account")
def test_without_a_mail_server_the_result_says_that_nothing_was_sent(school: School) -> None:
    sent = send_test_message(school)
    assert (sent.to, sent.by) == (ADDRESS, "outbox")
    assert sent.path is not None
    assert "Subject: Test message from Back:drop for St Mary’s" in outbox_text(sent.path)
    text = " ".join(outbox_text(sent.path).split())
    assert "It works" not in text
    assert "If you are reading it in the outbox, it has not been sent: no mail server was set up." in text
    assert str(sent.path) in result_of_test(sent)
    assert "was not sent" in result_of_test(sent)


@pytest.mark.usefixtures("account")
def test_it_is_sent_to_the_address_typed_from_the_sender_set(school: School) -> None:
    school.settings.put("mail-from", "office@example.org")
    with mail_server() as box:
        use(school, box.port, security="none")
        sent = send_test_message(school, " head@EXAMPLE.org ")
    assert box.recipients == ["head@example.org"]
    assert box.messages[0]["From"] == "St Mary’s <office@example.org>"
    assert f"The mail server ({HOST}, port {box.port}) accepted the test message" in result_of_test(sent)


@pytest.mark.usefixtures("account")
def test_errors_are_explained(school: School) -> None:
    with pytest.raises(UnusableChoiceError, match="not an e-mail address"):
        send_test_message(school, "head")
    with silent_server() as port:
        use(school, port)
        with pytest.raises(MailError, match="did not answer"):
            send_test_message(school, timeout=0.05)


@pytest.mark.usefixtures("account")
def test_the_log_says_that_a_test_message_was_sent_but_not_to_whom(school: School, data: DataFolder) -> None:
    send_test_message(school, "head@example.org")
    assert lines(data)[-1]["event"] == "test-message-sent"
    assert "head@" not in data.log.read_text()


def test_the_password_status_never_contains_the_password(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.create()
    assert password_status(data, needed=False).description == "not needed, because no user is set"
    missing = password_status(data, needed=True)
    assert missing.description == "no usable password"
    assert missing.problem is not None
    assert VARIABLE in missing.problem
    path = password_file(data, SECRET)
    assert password_status(data, needed=True).description == "found in mail-password"
    path.chmod(0o644)
    shared = password_status(data, needed=True)
    assert shared.problem is not None
    assert "chmod 600" in shared.problem
    monkeypatch.setenv(VARIABLE, SECRET)
    from_variable = password_status(data, needed=True)
    assert from_variable.description == f"found in {VARIABLE}"
    assert str(path) in password_help(data)
    assert SECRET not in repr([missing, shared, from_variable])


@pytest.mark.usefixtures("account")
def test_a_user_and_the_password_in_its_file_are_used(school: School, data: DataFolder) -> None:
    password_file(data, SECRET)
    with mail_server(login=(USER, SECRET)) as box:
        use(school, box.port, security="none", user=USER)
        assert send_test_message(school).by == "smtp"
    assert box.recipients == [ADDRESS]
