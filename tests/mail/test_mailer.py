"""Sending through a mail server that accepts messages."""

import ssl

import pytest

from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.mailer import Mailer, Sent
from backdrop_tui.mail.password import VARIABLE
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.letters import LETTER, SECRET, USER, password_file, post
from tests.support.mail_server import ADDRESS, HOST, mail_server, use

pytestmark = pytest.mark.usefixtures("account")


def hang_up(mailer: Mailer) -> None:
    """Close the mailer's connection, as a server does that has waited for too long."""
    connection = mailer._connection
    assert connection is not None
    assert connection._smtp is not None
    assert connection._smtp.sock is not None
    connection._smtp.sock.shutdown(2)


def test_a_message_is_sent_unencrypted_and_without_a_login(school: School) -> None:
    with mail_server() as box:
        use(school, box.port, security="none")
        assert post(school) == Sent(ADDRESS, "smtp", server=f"{HOST}, port {box.port}")
    assert box.recipients == [ADDRESS]
    assert not box.private
    assert not school.folder.outbox.exists()


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("secret", [None, SECRET, "£–pass"])
def test_a_message_is_sent_encrypted_with_and_without_a_login(
    school: School,
    certificate: ssl.SSLContext,
    security: str,
    secret: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starttls, tls = (certificate, None) if security == "starttls" else (None, certificate)
    with mail_server(starttls=starttls, tls=tls, login=(USER, secret) if secret else None) as box:
        use(school, box.port, security=security)
        if secret:
            school.settings.put("mail-user", USER)
            monkeypatch.setenv(VARIABLE, secret)
        assert post(school).by == "smtp"
    assert box.private
    assert len(box.messages) == 1


def test_a_message_is_sent_with_a_login_whose_password_is_in_the_file(
    school: School, data: DataFolder
) -> None:
    password_file(data, f"{SECRET}\n")
    with mail_server(login=(USER, SECRET)) as box:
        use(school, box.port, user=USER)
        post(school)
    assert len(box.messages) == 1


def test_messages_come_from_the_sender_that_is_set(school: School) -> None:
    with mail_server() as box:
        use(school, box.port)
        school.settings.put("mail-from", "office@example.org")
        post(school)
    assert box.messages[0]["From"] == "St Mary’s <office@example.org>"


def test_many_messages_are_sent_over_one_connection(school: School) -> None:
    people = [f"staff{n}@example.org" for n in range(20)]
    with mail_server() as box:
        use(school, box.port)
        post(school, *people)
    assert box.recipients == people
    assert box.connections == 1


def test_a_refused_message_does_not_stop_the_others(school: School) -> None:
    with mail_server(refuse={"gone@example.org": "550 5.1.1 No such\x1b[31m user"}) as box:
        use(school, box.port)
        with Mailer(school, ADDRESS) as mailer:
            mailer.send(LETTER, "first@example.org")
            with pytest.raises(
                MailError, match=r"does not accept mail for gone@example.org \(550 5.1.1 No such�\[31m user\)"
            ):
                mailer.send(LETTER, "gone@example.org")
            mailer.send(LETTER, "last@example.org")
    assert box.recipients == ["first@example.org", "last@example.org"]
    assert box.connections == 1


def test_the_next_message_opens_a_new_connection_if_the_server_closed_the_old_one(school: School) -> None:
    with mail_server() as box:
        use(school, box.port)
        with Mailer(school, ADDRESS) as mailer:
            mailer.send(LETTER, "first@example.org")
            hang_up(mailer)
            mailer.send(LETTER, "last@example.org")
    assert box.recipients == ["first@example.org", "last@example.org"]
    assert box.connections == 2


def test_the_next_message_opens_a_new_connection_if_the_server_accepts_no_more_over_the_old_one(
    school: School,
) -> None:
    with mail_server(per_connection=2) as box:
        use(school, box.port)
        post(school, "one@example.org", "two@example.org", "three@example.org")
    assert box.recipients == ["one@example.org", "two@example.org", "three@example.org"]
    assert box.connections == 2


def test_a_message_is_sent_to_a_non_ascii_address_if_the_server_accepts_it(school: School) -> None:
    with mail_server() as box:
        use(school, box.port)
        post(school, "zoë@example.org", "office@schöle.example.org")
    assert box.recipients == ["zoë@example.org", "office@xn--schle-lua.example.org"]
