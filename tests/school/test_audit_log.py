"""The audit log."""

import getpass
import json
import os
import stat
import threading
from typing import Any

import pytest

from backdrop_tui.mail.verification import send_code, verify
from backdrop_tui.school.account import account_of, sign_up
from backdrop_tui.school.audit_log import Event, entry_of, os_user
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School
from backdrop_tui.school.verification_codes import CodeError
from backdrop_tui.store.audit_chain import plain_entry
from backdrop_tui.store.folder import DataFolder
from tests.support.mail_server import ADDRESS


def lines(data: DataFolder) -> list[dict[str, Any]]:
    """The entries of the log, without their places in the chain."""
    return [plain_entry(json.loads(line)) for line in data.log.read_bytes().splitlines()]


@pytest.mark.usefixtures("frozen_day")
def test_a_line_says_who_did_what_and_when(school: School, data: DataFolder) -> None:
    log_event(school, Event.SETTING_CHANGED, about="mail-host")
    sign_up(school, "St Mary’s", "Aisha Khan", ADDRESS)
    log_event(school, Event.IMPORTED, about="students", added=12, updated=0)
    first, _, last = lines(data)
    assert last == {
        "when": "2026-03-02T09:30:00+00:00",
        "user": os_user(),
        "account": ADDRESS,
        "event": "imported",
        "about": "students",
        "added": 12,
        "updated": 0,
    }
    assert first["account"] is None
    assert stat.S_IMODE(data.log.stat().st_mode) == 0o600


def test_no_personal_data_gets_in() -> None:
    with pytest.raises(TypeError):
        entry_of(ADDRESS, Event.IMPORTED, about="Chloë Smith")
    with pytest.raises(TypeError):
        entry_of(ADDRESS, Event.IMPORTED, student="Chloë Smith")  # type: ignore[arg-type]


def test_account_events_are_logged_without_any_code(school: School, data: DataFolder) -> None:
    sign_up(school, "St Mary’s", "Aisha Khan", ADDRESS)
    with pytest.raises(CodeError):
        verify(school, "123456")
    send_code(school)
    sign_up(school, "St Mary’s", "Aisha Khan", "head@example.org")
    assert [(line["event"], line["account"]) for line in lines(data)] == [
        ("signed-up", ADDRESS),
        ("code-refused", ADDRESS),
        ("code-sent", ADDRESS),
        ("address-changed", "head@example.org"),
    ]
    assert "Khan" not in data.log.read_text().replace(ADDRESS, "")
    assert "123456" not in data.log.read_text()


def test_many_processes_at_once_lose_no_line(school: School, data: DataFolder) -> None:
    def write() -> None:
        for number in range(20):
            log_event(school, Event.IMPORTED, added=number)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line["added"] for line in lines(data)) == sorted(list(range(20)) * 4)


def test_the_user_is_not_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os_user()
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert getpass.getuser() == "somebody-else"
    assert os_user() == real


def test_a_user_without_a_name_is_logged_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    assert os_user() == "4000000"


def test_a_log_that_cant_be_written_blocks_nothing_and_is_written_later(
    school: School, data: DataFolder
) -> None:
    data.log.mkdir()
    sign_up(school, "St Mary’s", "Aisha Khan", ADDRESS)
    assert account_of(school) is not None
    assert [warning.startswith("The log could not be written") for warning in school.store.warnings()] == [
        True
    ]
    school.close()
    with School(data) as again:
        again.settings.put("phase", "primary")
        data.log.rmdir()
        sign_up(again, "St Mary’s", "Aisha Khan", "head@example.org")
        assert [line["event"] for line in lines(data)] == ["signed-up", "address-changed"]
        assert again.store.logged() == lines(data)
