"""A line of the audit log that is missing, changed or cut off is noticed, and what an earlier version wrote is chained."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from tests.store import KEYS
from tests.support.old_folders import copy_of

Lines = list[bytes]
Edit = Callable[[Lines], Lines]


def faults(folder: DataFolder) -> list[str]:
    """What is wrong with the log, whether the journal is settled or not."""
    with open_store(folder, KEYS, read_only=True) as store:
        found = store.log_faults()
        assert [fault.what for fault in store.faults(thorough=True)] == (["log"] if found else [])
        assert store.faults() == []
        return found


def edit(folder: DataFolder, change: Edit) -> None:
    """Change the lines of the log, as an editor would."""
    lines = folder.log.read_bytes().splitlines(keepends=True)
    folder.log.write_bytes(b"".join(change(lines)))


@pytest.fixture(params=[True, False], ids=["settled", "unsettled"])
def logged(folder: DataFolder, request: pytest.FixtureRequest) -> DataFolder:
    """A folder with six lines in its log; those of the last process may still be in the journal."""
    with open_store(folder, KEYS) as store:
        for number in range(3):
            store.log({"event": "imported", "added": number})
    store = open_store(folder, KEYS)
    for number in range(3, 6):
        store.log({"event": "imported", "added": number})
    if request.param:
        store.close()
    return folder


def changed(number: int) -> Edit:
    return lambda lines: [
        line.replace(b'"added":%d' % number, b'"added":9') if place == number else line
        for place, line in enumerate(lines)
    ]


CASES: dict[str, tuple[Edit, str]] = {
    "changed": (changed(1), "Line 2 of the audit log, or the one before it, has been changed."),
    "garbled": (lambda lines: [*lines[:1], b"?\n", *lines[2:]], "Line 2 of the audit log has been changed."),
    "missing": (lambda lines: [lines[0], *lines[2:]], "Line 2 of the audit log is missing."),
    "several": (lambda lines: [lines[0], *lines[3:]], "Lines 2 to 3 of the audit log are missing."),
    "twice": (lambda lines: [*lines[:3], lines[1], *lines[3:]], "Line 2 of the audit log has been changed."),
    "cut off": (lambda lines: lines[:2], "The audit log has been cut off after line 2: "),
    "emptied": (lambda lines: lines[:0], "The audit log has been cut off after line 0: "),
    "forged": (
        lambda lines: [*lines, lines[-1].replace(b'"line":6', b'"line":7')],
        "Line 7 of the audit log, or the one before it, has been changed.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_log_that_is_not_as_it_was_written_is_noticed(logged: DataFolder, case: str) -> None:
    assert faults(logged) == []
    change, sentence = CASES[case]
    edit(logged, change)
    found = faults(logged)
    assert found
    assert found[0].startswith(sentence)


def test_a_log_that_was_written_anew_from_a_line_on_is_noticed_by_its_end(
    logged: DataFolder, tmp_path: Path
) -> None:
    forged = DataFolder(tmp_path / "forged")
    forged.create()
    with open_store(forged, KEYS) as store:
        for number in (0, 1, 2, 9, 9, 9, 9):
            store.log({"event": "imported", "added": number})
    lines = forged.log.read_bytes().splitlines(keepends=True)
    logged.log.write_bytes(b"".join(lines[:6]))
    assert any("has been changed" in sentence for sentence in faults(logged))
    logged.log.write_bytes(b"".join(lines))
    assert "The audit log has lines after line 6 that Back:drop hasn't written." in faults(logged)


def test_a_log_that_has_been_accepted_is_sound_again_and_goes_on(logged: DataFolder) -> None:
    edit(logged, changed(1))
    altered = logged.log.read_bytes()
    with open_store(logged, KEYS) as store:
        store.accept()
        assert (store.log_faults(), store.faults(thorough=True)) == ([], [])
        store.log({"event": "accepted"})
        assert [entry.get("added") for entry in store.logged()] == [0, 9, 2, 3, 4, 5, None]
    assert faults(logged) == []
    assert (logged.path / "log.altered").read_bytes() == altered


def test_a_log_that_was_cut_off_goes_on_after_it_has_been_accepted(logged: DataFolder) -> None:
    with open_store(logged, KEYS):
        pass
    edit(logged, lambda lines: lines[:2])
    with open_store(logged, KEYS) as store:
        store.accept()
        store.log({"event": "accepted"})
        assert [entry.get("added") for entry in store.logged()] == [0, 1, None]
    assert faults(logged) == []


def test_what_follows_a_line_that_is_missing_is_still_written(logged: DataFolder) -> None:
    edit(logged, lambda lines: lines[1:])
    with open_store(logged, KEYS) as store:
        store.log({"event": "later"})
        assert store.logged()[-1] == {"event": "later"}
    assert faults(logged) == ["Line 1 of the audit log is missing."]


def test_lines_that_a_power_cut_has_taken_are_written_again(folder: DataFolder) -> None:
    store = open_store(folder, KEYS)
    for number in range(3):
        store.log({"event": "imported", "added": number})
    lines = folder.log.read_bytes().splitlines(keepends=True)
    folder.log.write_bytes(lines[0] + b"\0" * len(lines[1]) + lines[2])
    store.close()
    assert faults(folder) == []
    assert folder.log.read_bytes() == b"".join(lines)


@pytest.mark.parametrize("version", ["format-1", "format-2-killed"])
def test_the_log_of_an_earlier_version_is_chained(tmp_path: Path, version: str) -> None:
    folder = DataFolder(tmp_path / "old")
    copy_of(version, folder.path)
    before = folder.log.read_bytes()
    old = list(map(orjson.loads, before.splitlines()))
    assert old
    with open_store(folder, {}, read_only=True) as store:
        assert store.logged()[: len(old)] == old
        assert store.log_faults() == []
    assert folder.log.read_bytes() == before
    with open_store(folder, {}) as store:
        assert store.logged()[: len(old)] == old
        assert store.log_faults() == []
    assert (folder.path / "log.format-1").read_bytes().startswith(before)
    assert all(
        line["line"] == number
        for number, line in enumerate(map(orjson.loads, folder.log.read_bytes().splitlines()), 1)
    )
