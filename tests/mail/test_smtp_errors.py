"""Each way in which a mail server can fail is explained in its own sentence."""

import re
import smtplib
import socket
import ssl

import pytest

from backdrop_tui.mail.password import VARIABLE
from backdrop_tui.mail.server import MailServer
from backdrop_tui.mail.smtp_errors import Delivery, concerns_one_message, explain
from backdrop_tui.school.school import School
from tests.support.letters import SECRET, USER, refusal
from tests.support.mail_server import ADDRESS, mail_server, scripted_server, silent_server, use

pytestmark = pytest.mark.usefixtures("account")


def test_nothing_listens_at_the_port(school: School) -> None:
    with silent_server() as port:
        pass
    use(school, port)
    assert "No mail server answers at 127.0.0.1" in refusal(school)


def test_the_name_is_unknown(school: School) -> None:
    use(school, 25, host="mail.invalid", security="none")
    assert re.search(r"mail\.invalid.* can't be (found|reached)", refusal(school))


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_the_server_never_answers(school: School, security: str) -> None:
    with silent_server() as port:
        use(school, port, security=security)
        assert "did not answer within 0.05 seconds" in refusal(school, timeout=0.05)


@pytest.mark.parametrize("word", ["EHLO", "MAIL", "RCPT", "DATA", "."])
def test_the_server_closes_the_connection_at_any_command(school: School, word: str) -> None:
    script: dict[str, str | None] = {"HELO": None, "DATA": "354 go on"} | {word: None}
    with scripted_server(script) as port:
        use(school, port)
        assert "closed the connection" in refusal(school)


def test_the_server_closes_the_connection_at_once(school: School) -> None:
    with scripted_server({}, greeting=None) as port:
        use(school, port)
        assert "closed the connection" in refusal(school)


@pytest.mark.usefixtures("trusted")
def test_the_server_announces_starttls_but_does_not_speak_tls(school: School) -> None:
    with scripted_server({"EHLO": "250 STARTTLS", "STARTTLS": "220 go on"}) as port:
        use(school, port, security="starttls")
        assert "mail-security" in refusal(school)


@pytest.mark.parametrize(
    ("script", "greeting", "message"),
    [
        ({}, "554 no", "did not accept the message (554 no)"),
        ({"EHLO": "500 what", "HELO": "500 what"}, "220 here", "did not accept the message (500 what)"),
        (
            {"MAIL": "530 5.7.0 log in"},
            "220 here",
            "only from users who log in (530 5.7.0 log in). Set mail-user",
        ),
        (
            {"MAIL": "530 Must issue STARTTLS"},
            "220 here",
            "only over a secure connection (530 Must issue STARTTLS). Check mail-security",
        ),
        (
            {"MAIL": "550 who?"},
            "220 here",
            f"does not accept mail from {ADDRESS} (550 who?). Check mail-from",
        ),
        (
            {"RCPT": "450 greylisted"},
            "220 here",
            f"does not accept mail for {ADDRESS} (450 greylisted). It may accept it later",
        ),
        ({"RCPT": "550 " + "x" * 200}, "220 here", f"(550 {'x' * 120}). Check the address."),
        ({"DATA": "452 full"}, "220 here", "did not accept the message (452 full)"),
        ({"DATA": "354 go on", ".": "554 spam"}, "220 here", "did not accept the message (554 spam)"),
    ],
)
def test_the_server_refuses(
    school: School, script: dict[str, str | None], greeting: str, message: str
) -> None:
    with scripted_server(script, greeting) as port:
        use(school, port)
        assert message in refusal(school)


def test_nothing_is_sent_to_a_server_without_starttls(school: School) -> None:
    with mail_server() as box:
        use(school, box.port, security="starttls")
        assert "does not offer STARTTLS" in refusal(school)
    assert box.messages == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_certificate_is_not_trusted(school: School, certificate: ssl.SSLContext, security: str) -> None:
    starttls, tls = (certificate, None) if security == "starttls" else (None, certificate)
    with mail_server(starttls=starttls, tls=tls) as box:
        use(school, box.port, security=security)
        message = refusal(school)
    assert "is not trusted" in message
    assert "SSL_CERT_FILE" in message
    assert box.messages == []


@pytest.mark.usefixtures("trusted")
def test_the_certificate_is_for_another_host(school: School, certificate: ssl.SSLContext) -> None:
    with mail_server(tls=certificate) as box:
        use(school, box.port, host="localhost", security="tls")
        assert "is not trusted" in refusal(school)


def test_the_server_does_not_speak_tls(school: School) -> None:
    with mail_server() as box:
        use(school, box.port, security="tls")
        assert "A secure connection" in refusal(school)


def test_the_server_has_no_login(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    with scripted_server({}) as port:
        use(school, port, user=USER)
        assert "does not allow anyone to log in" in refusal(school)


def test_the_server_offers_only_unknown_ways_to_log_in(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    with scripted_server({"EHLO": "250-here\r\n250 AUTH GSSAPI"}) as port:
        use(school, port, user=USER)
        assert "offers no way to log in that Back:drop can use" in refusal(school)


def test_the_server_accepts_only_ascii_addresses(school: School) -> None:
    with scripted_server({}) as port:
        use(school, port)
        assert "plain English letters only" in refusal(school, "zoë@example.org")


DELIVERY = Delivery(
    MailServer("mail.example.org", 587, "starttls", None), 15.0, "office@example.org", "jo@example.org"
)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (socket.gaierror(-2, "unknown"), "The mail server mail.example.org can't be found."),
        (ConnectionRefusedError(111, "refused"), "No mail server answers at mail.example.org, port 587."),
        (ConnectionResetError(104, "reset"), "closed the connection"),
        (BrokenPipeError(32, "broken"), "closed the connection"),
        (TimeoutError("timed out"), "did not answer within 15 seconds"),
        (OSError(101, "Network is unreachable"), "can't be reached: Network is unreachable. Check mail-host"),
        (UnicodeError("label too long"), "can't be used with these settings. Check mail-user and mail-from."),
        (ssl.SSLEOFError(8, "EOF"), "closed the connection"),
        (ssl.SSLError(1, "wrong version number"), "A secure connection to the mail server"),
        (smtplib.SMTPException("no suitable authentication"), "offers no way to log in"),
        (smtplib.SMTPHeloError(500, b"what"), "did not accept the message (500 what)"),
    ],
)
def test_an_error_is_explained_with_what_to_do(error: Exception, message: str) -> None:
    text = explain(error, DELIVERY)
    assert message in text
    assert text.endswith(".")


@pytest.mark.parametrize(
    ("error", "only_this_message"),
    [
        (smtplib.SMTPRecipientsRefused({"jo@example.org": (550, b"unknown")}), True),
        (smtplib.SMTPRecipientsRefused({"jo@example.org": (421, b"busy")}), False),
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPDataError(421, b"busy"), False),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), False),
        (TimeoutError(), False),
    ],
)
def test_only_some_errors_concern_a_single_message(error: Exception, only_this_message: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert concerns_one_message(error, DELIVERY) is only_this_message


@pytest.mark.parametrize("secret", [SECRET, "£–pass"])
def test_the_password_is_not_sent_over_an_unencrypted_connection_to_another_computer(
    school: School, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv(VARIABLE, secret)
    with mail_server(login=(USER, secret)) as box:
        use(school, box.port, user=USER)
        monkeypatch.setattr("backdrop_tui.mail.smtp.is_this_computer", lambda _: False)
        assert "is not encrypted, so the password was not sent" in refusal(school)
    assert not box.messages
    assert not box.logins
