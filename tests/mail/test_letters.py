"""The messages as their recipients get them."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.mail.composing import compose
from backdrop_tui.mail.letters import code_letter
from tests.support.mail_server import ADDRESS

HOSTILE = 'Holy <b>Cross</b>\r\nBcc: x@example.org\n\n, "a" <y@example.org>; \x1b[31m'


def delivered(organisation: str = "St Mary’s", name: str = "Aisha Khan") -> EmailMessage:
    """A message as the recipient's mail program reads it."""
    letter = code_letter(organisation, name, "012345")
    message = compose(letter, to=ADDRESS, sender="office@example.org", organisation=organisation)
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def part(message: EmailMessage, kind: str) -> str:
    """The plain text or the HTML of a message."""
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_it_says_who_sends_it_the_code_and_how_long_that_is_valid() -> None:
    message = delivered()
    assert message["From"] == "St Mary’s <office@example.org>"
    assert message["To"] == ADDRESS
    for kind in ("plain", "html"):
        text = " ".join(unescape(part(message, kind)).split())
        assert "St Mary’s" in text
        assert "Aisha Khan" in text
        assert "012 345" in text
        assert "30 minutes" in text
        assert "If you didn't ask for a code" in text


def test_the_code_is_not_in_the_subject_which_locked_phones_display() -> None:
    assert "012" not in str(delivered()["Subject"])


def test_it_has_the_headers_of_an_automatic_message() -> None:
    message = delivered()
    assert message["Auto-Submitted"] == "auto-generated"
    assert str(message["Message-ID"]).endswith("@example.org>")
    assert abs(parsedate_to_datetime(str(message["Date"])) - datetime.now(UTC)) < timedelta(minutes=1)
    assert message["Message-ID"] != delivered()["Message-ID"]


def test_its_lines_are_short_and_in_ascii() -> None:
    letter = code_letter("Ysgol Gyfun Gŵyr " * 5, "Zoë", "012345")
    data = compose(letter, to=ADDRESS, sender="office@example.org", organisation="Ysgol").as_bytes()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_no_name_breaks_out_of_a_header_or_into_the_html() -> None:
    message = delivered(HOSTILE, HOSTILE)
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["From"].addresses] == ["office@example.org"]
    assert "<b>" not in part(message, "html")
    assert "&lt;b&gt;Cross" in part(message, "html")


@settings(deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_whatever_the_names_are_there_is_one_sender_and_one_recipient(organisation: str, name: str) -> None:
    message = delivered(organisation.encode(errors="ignore").decode(), name.encode(errors="ignore").decode())
    assert [address.addr_spec for address in message["From"].addresses] == ["office@example.org"]
    assert [address.addr_spec for address in message["To"].addresses] == [ADDRESS]
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert "012 345" in part(message, "plain")
