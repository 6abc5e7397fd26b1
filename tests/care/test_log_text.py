"""The audit log as text, whatever someone has done to it."""

import pytest

from backdrop_tui.care.backups.backup import last_backup
from backdrop_tui.care.log_text import event_in_words, log_lines, numbers_of, user_of
from backdrop_tui.school.school import School


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (
            {"when": "2026-03-02T09:30:00+00:00", "user": "jo", "account": "a@example.org", "event": "imported",
             "about": "students", "added": 2, "left_out": 1},
            "2026-03-02 09:30:00  jo (a@example.org)  imported students, added 2, left out 1",
        ),
        ({"when": 5, "event": "imported"}, "???????????????????  ? (no account)  imported"),
        ({"event": "\x1b[31m\n"}, "???????????????????  ? (no account)  "),
    ],
)  # fmt: skip
def test_each_entry_is_one_line(entry: dict[str, object], line: str) -> None:
    (text,) = log_lines([entry])
    assert text.startswith(line)
    assert text.isprintable()


def test_a_backup_whose_time_was_changed_counts_as_none(school: School) -> None:
    school.store.log({"event": "backup", "when": "yesterday"})
    assert last_backup(school) == "No backup has been made yet."


def test_what_an_entry_says_is_put_in_words() -> None:
    entry = {"event": "setting-changed", "about": "mail-server", "left_out": 2, "added": 0}
    assert event_in_words(entry) == "Setting changed: mail server"
    assert event_in_words({"event": "backup"}) == "Backup"
    assert numbers_of(entry) == ["left out 2", "added 0"]
    assert numbers_of(entry, zeros=False) == ["left out 2"]
    assert user_of(entry) == "?"
