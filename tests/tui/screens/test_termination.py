"""How the app ends after an unexpected error, after a signal, and without its terminal."""

import os
import signal
import time

import filelock
import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.locks import LOCK_SECONDS
from tests.support.one_person import add_one
from tests.support.terminal import LONG, has_edits, in_a_terminal

_BREAKS = """
import sys
from backdrop_tui.__main__ import main
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
def broken(self, *args):
    secret = "Amira O'Neill"
    raise RuntimeError(secret)
PutRightScreen.action_next_problem = broken
main()
"""


_APP = "from backdrop_tui.__main__ import main; main()"


def test_an_unexpected_error_leaves_one_sentence_and_no_names_on_the_terminal(
    data: DataFolder, draft_id: str
) -> None:
    with in_a_terminal(data, _BREAKS) as terminal:
        terminal.read_until(b"Carry on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.seen = b""
        terminal.press(b"n")
        assert terminal.read_to_end() == 1
        end = terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") :]
    assert b"Something went wrong in backdrop" in end
    assert b"RuntimeError" in end
    assert b"Traceback" not in end
    assert b"Amira" not in end
    assert draft_id == open_drafts(data)[0].id


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_it_and_restores_the_terminal(
    data: DataFolder, draft_id: str, number: signal.Signals
) -> None:
    with in_a_terminal(data, _APP) as terminal:
        terminal.read_until(b"Carry on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.press(b"y")
        terminal.read_while(lambda: not has_edits(data, draft_id))
        terminal.process.send_signal(number)
        assert terminal.read_to_end() == 128 + number
        assert b"\x1b[?1049l" in terminal.seen
        assert b"\x1b[?25h" in terminal.seen
    assert Draft.open(data, draft_id).edits.cells


def test_it_ends_when_its_terminal_goes_away_and_edits_are_kept(data: DataFolder, draft_id: str) -> None:
    with in_a_terminal(data, _APP) as terminal:
        terminal.read_until(b"Carry on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.press(b"y")
        terminal.read_while(lambda: not has_edits(data, draft_id))
        os.close(terminal.descriptor)
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.process.wait(timeout=LONG) == 128 + signal.SIGHUP
    assert Draft.open(data, draft_id).edits.cells


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGKILL])
def test_half_typed_text_is_there_again(data: DataFolder, draft_id: str, number: signal.Signals) -> None:
    kept = data.drafts / draft_id / "unsaved-PutRightScreen"
    with in_a_terminal(data, _APP) as terminal:
        terminal.read_until(b"Carry on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.press(b"\rZyx")
        terminal.read_while(lambda: not kept.exists() or b"Zyx" not in kept.read_bytes())
        terminal.process.send_signal(number)
        terminal.read_to_end()
    with in_a_terminal(data, _APP) as terminal:
        terminal.read_until(b"Carry on with")
        terminal.press(b"\r")
        terminal.read_until(b"Zyx")


def test_a_signal_closes_it_even_while_another_process_holds_a_lock(data: DataFolder, draft_id: str) -> None:
    with in_a_terminal(data, _APP) as terminal:
        terminal.read_until(b"Carry on with")
        with School(data) as other:
            add_one(other.store.people("students"), {"surname": "Lee"})
            with filelock.FileLock(data.students.with_name(f"{data.students.name}.lock")):
                began = time.monotonic()
                terminal.process.send_signal(signal.SIGTERM)
                assert terminal.read_to_end() == 128 + signal.SIGTERM
                assert time.monotonic() - began < LOCK_SECONDS
    assert draft_id == open_drafts(data)[0].id
