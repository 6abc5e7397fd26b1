"""Messages in the outbox, where they go if no mail server is set."""

import stat

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.mail.letters import CODE_SUBJECT, delivery_test_letter
from backdrop_tui.mail.mailer import Mailer
from backdrop_tui.mail.outbox import latest_in_outbox, outbox_text
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.letters import LETTER, post
from tests.support.mail_server import ADDRESS

pytestmark = pytest.mark.usefixtures("account")


def test_a_message_is_a_file_that_only_its_owner_can_read(school: School, data: DataFolder) -> None:
    sent = post(school)
    assert (sent.to, sent.by) == (ADDRESS, "outbox")
    assert sent.path is not None
    assert sent.path.parent == data.outbox
    assert stat.S_IMODE(sent.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.outbox.stat().st_mode) == 0o700
    assert ADDRESS not in sent.path.name


def test_the_files_sort_by_time(school: School, data: DataFolder) -> None:
    with Mailer(school, ADDRESS) as mailer:
        paths = [mailer.send(LETTER, ADDRESS).path for _ in range(5)]
    assert sorted(data.outbox.iterdir()) == paths


def test_a_message_can_be_read(school: School) -> None:
    path = post(school).path
    assert path is not None
    lines = outbox_text(path).splitlines()
    assert lines[0] == f"From: St Mary’s <{ADDRESS}>"
    assert lines[1] == f"To: {ADDRESS}"
    assert lines[3] == "Subject: Your Back:drop code for St Mary’s"
    assert "    012 345" in lines


def test_the_last_code_is_found_among_later_messages_and_other_addresses(
    school: School, data: DataFolder
) -> None:
    assert latest_in_outbox(data, ADDRESS, CODE_SUBJECT) is None
    post(school)
    last = post(school).path
    post(school, "zoë@example.org")
    with Mailer(school, ADDRESS) as mailer:
        mailer.send(delivery_test_letter("St Mary’s", "Jo"), ADDRESS)
    assert latest_in_outbox(data, ADDRESS, CODE_SUBJECT) == last


def test_a_non_ascii_address_is_kept(school: School) -> None:
    path = post(school, "zoë@example.org").path
    assert path is not None
    assert "To: zoë@example.org" in outbox_text(path)


@pytest.mark.parametrize(
    "content",
    [
        b"From: :;",
        b"To: =?utf-8?q?a=0d?=\r\n\r\nHello",
        b"To: <",
        b"Content-Type: text/plain; charset=none\r\n\r\nHello \xff",
        b"From: =?utf-8?q?X=0D=0AReply-To:_evil=40example.com?=\r\n\r\nHello",
        b"\x00",
        b"",
    ],
)
def test_a_damaged_message_is_shown_as_it_is_and_hides_no_other(
    school: School, data: DataFolder, content: bytes
) -> None:
    sent = post(school)
    damaged = data.outbox / "zzz.eml"
    damaged.write_bytes(content)
    assert content.partition(b"\r\n\r\n")[2].decode(errors="replace") in outbox_text(damaged)
    assert latest_in_outbox(data, ADDRESS, CODE_SUBJECT) == sent.path


def test_reading_a_missing_message_is_an_error(data: DataFolder) -> None:
    with pytest.raises(DataFolderError):
        outbox_text(data.outbox / "gone.eml")


def test_a_file_in_place_of_the_outbox_is_an_error_and_stays(school: School, data: DataFolder) -> None:
    data.outbox.write_text("mine")
    with pytest.raises(DataFolderError):
        post(school)
    assert data.outbox.read_text() == "mine"
