"""No text, whatever it contains, changes more of a message than the place that it is written in."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backdrop_tui.mail.composing import compose
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.letters import Letter, code_letter
from backdrop_tui.printable import printable
from tests.support.mail_server import ADDRESS

HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"]  # fmt: skip
HOSTILE = (
    "=?utf-8?q?", "=?utf-8?b?DQpCY2M6IGE=?=", "?=", "=0D=0A", "=0a", "\r", "\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x00",
    "Bcc: evil@example.com", ",", "<", ">", '"', "\\", "(", ")", ";", ":", "[", "]", ".", "=", "?", "_", " ", "é", "学校", "x" * 30,
    "\udcff", "\u202e", "a",
)  # fmt: skip
hostile_texts = st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join)


def delivered(letter: Letter, organisation: str) -> EmailMessage:
    """A message as its recipient's program reads it."""
    message = compose(letter, to=ADDRESS, sender="office@example.org", organisation=organisation)
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def in_one_line(text: str) -> str:
    """A text as a header can show it."""
    return " ".join(printable(text).split()).replace("=?", "= ?")


@settings(deadline=None, max_examples=40)
@given(hostile_texts)
@example("=?utf-8?q?X=0D=0AReply-To:_evil@example.com?=")
@example("=?utf-8?q?X=0D=0A=0D=0ABody?=")
@example("学校, evil@example.com" + "x" * 80)
@example("_ Bcc: = ?" + "y" * 70 + ";")
def test_no_organisation_breaks_out_of_a_header(organisation: str) -> None:
    message = delivered(code_letter(organisation, "Jo", "012345"), organisation)
    assert message.keys() == HEADERS
    # Where a subject was folded, the email package can add or lose a space.
    expected = in_one_line(f"Your Back:drop code for {organisation}")
    assert "".join(message["Subject"].split()) == "".join(expected.split())
    (sender,) = message["From"].addresses
    assert (sender.addr_spec, sender.display_name) == ("office@example.org", in_one_line(organisation))
    assert [str(to) for to in message["To"].addresses] == [ADDRESS]


@settings(deadline=None, max_examples=40)
@given(hostile_texts)
def test_no_name_breaks_out_of_the_text(name: str) -> None:
    message = delivered(code_letter("St Mary’s", name, "012345"), "St Mary’s")
    assert message.keys() == HEADERS
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    for part in message.iter_parts():
        assert "012 345" in part.get_content()


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?a=0D=0ABcc?=@example.org",
        "a@example.org, b@example.org",
        "a@example.org>\r\nBcc: <b@example.org",
        "a@b@example.org",
        "a@example.org\u2028b",
        "a b@example.org",
        '"a,b"@example.org',
        "a@[127.0.0.1]",
        "example.org",
        "a@\x00example.org",
        "",
    ],
)
def test_an_address_that_means_something_else_in_a_header_is_refused(address: str) -> None:
    letter = code_letter("St Mary’s", "Jo", "012345")
    with pytest.raises(MailError) as refused:
        compose(letter, to=address, sender=ADDRESS, organisation="St Mary’s")
    assert refused.value.only_this_message
    with pytest.raises(MailError):
        compose(letter, to=ADDRESS, sender=address, organisation="St Mary’s")


def test_no_line_is_longer_than_servers_accept() -> None:
    letter = Letter("A", "x" * 5_000, "y" * 5_000)
    message = compose(letter, to=ADDRESS, sender=ADDRESS, organisation="学" * 100)
    assert max(map(len, message.as_bytes().splitlines())) <= 998
