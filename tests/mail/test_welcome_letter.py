"""The welcome e-mail as its recipient gets it."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.mail.composing import compose, message_text
from backdrop_tui.mail.welcome_letter import WelcomeDetails, welcome_letter
from tests.mail.test_letters import HOSTILE, part
from tests.support.mail_server import ADDRESS

WELCOME = WelcomeDetails(
    organisation="St Mary’s",
    name="Jo Field",
    group="Teachers",
    rights=("add concerns", "view your own concerns"),
    admin="Aisha Khan",
    admin_email=ADDRESS,
    lead="Sam Lee-Hughes",
    lead_email="sam.lee-hughes@example.org",
)


def delivered(welcome: WelcomeDetails) -> EmailMessage:
    """A message as the recipient's mail program reads it."""
    message = compose(welcome_letter(welcome), to="jo@example.org", sender="office@example.org", organisation=welcome.organisation)  # fmt: skip
    return message_from_bytes(message.as_bytes(), policy=policy.default)


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_it_says_who_invites_what_for_and_whom_to_ask(kind: str) -> None:
    text = " ".join(part(delivered(WELCOME), kind).split())
    assert "St Mary’s uses Back:drop to keep its safeguarding records" in text
    assert "Aisha Khan has added you" in text
    assert "user group “Teachers”" in text
    assert "add concerns" in text
    assert "view your own concerns" in text
    assert "ask Sam Lee-Hughes, the safeguarding lead (sam.lee-hughes@example.org)" in text
    assert "keep reporting concerns the way you do now" in text


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_there_is_no_link_and_nothing_to_sign_in_with(kind: str) -> None:
    text = part(delivered(WELCOME), kind)
    assert "http" not in text
    assert "href" not in text
    assert "Aisha Khan will tell you how to sign in." in " ".join(text.split())


def test_replies_go_to_the_safeguarding_lead() -> None:
    message = delivered(WELCOME)
    assert message["Reply-To"] == "sam.lee-hughes@example.org"
    assert message["From"] == "St Mary’s <office@example.org>"
    assert "Reply-To: sam.lee-hughes@example.org" in message_text(message)


def test_without_a_lead_questions_go_to_the_person_who_invites() -> None:
    message = delivered(replace(WELCOME, lead="", lead_email=""))
    assert message["Reply-To"] is None
    assert f"ask Aisha Khan ({ADDRESS})." in " ".join(part(message, "plain").split())
    named = delivered(replace(WELCOME, lead_email=""))
    assert "ask Sam Lee-Hughes, the safeguarding lead." in " ".join(part(named, "plain").split())
    assert named["Reply-To"] is None


def test_a_non_ascii_address_is_only_in_the_text() -> None:
    message = delivered(replace(WELCOME, lead_email="zoë@example.org"))
    assert message["Reply-To"] is None
    assert "zoë@example.org" in part(message, "plain")
    assert (
        delivered(replace(WELCOME, lead_email="zoe@bücher.example"))["Reply-To"]
        == "zoe@xn--bcher-kva.example"
    )


def test_a_group_without_rights_says_so() -> None:
    message = delivered(replace(WELCOME, rights=()))
    assert "which has no rights yet." in " ".join(part(message, "plain").split())
    assert "<ul>" not in part(message, "html")


def test_no_name_breaks_out_of_a_header_or_into_the_html() -> None:
    message = delivered(
        replace(WELCOME, organisation=HOSTILE, name=HOSTILE, group=HOSTILE, admin=HOSTILE, lead=HOSTILE)
    )
    assert message["Bcc"] is None
    assert "<b>" not in part(message, "html")
    assert "\x1b" not in part(message, "plain") + part(message, "html")


@settings(deadline=None)
@given(st.text(max_size=120))
def test_whatever_the_names_are_there_is_one_recipient(text: str) -> None:
    name = text.encode(errors="ignore").decode()
    message = delivered(replace(WELCOME, organisation=name, name=name, group=name, admin=name, lead=name))
    assert [address.addr_spec for address in message["To"].addresses] == ["jo@example.org"]
    assert [address.addr_spec for address in message["Reply-To"].addresses] == ["sam.lee-hughes@example.org"]
    assert message["Bcc"] is None
    assert "Until you can sign in" in part(message, "plain")
