"""A damaged line in a draft's edits loses nothing that comes before it."""

from collections.abc import Callable

import pytest

from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.store.checked_lines import checked_lines
from backdrop_tui.store.folder import DataFolder
from tests.intake.conftest import Begin
from tests.intake.draft.test_draft import EDIT, OUT, PUPILS, modes, reopened

LAST = Change("Surname in row 5", cells=((5, "surname", "Lee"),))
OTHER = Change("Gender in row 4", cells=((4, "gender", "F"),))


def nul_filled(edits: bytes) -> bytes:
    return edits + b"\0" * 4096


def nul_line(edits: bytes) -> bytes:
    return edits + b"0badc0de {" + b"\0" * 40 + b"}\n"


def half_a_line(edits: bytes) -> bytes:
    return edits + b'0badc0de {"do":{"title":"x","left_ou'


def whole_line_halved(edits: bytes) -> bytes:
    return edits[:-20]


def byte_flipped_in_the_last_line(edits: bytes) -> bytes:
    return edits[:-12] + bytes([edits[-12] ^ 1]) + edits[-11:]


def byte_flipped_in_the_middle(edits: bytes) -> bytes:
    place = edits.index(b"Left out") + 3
    return edits[:place] + bytes([edits[place] ^ 1]) + edits[place + 1 :]


def line_lost(edits: bytes) -> bytes:
    lines = edits.splitlines(keepends=True)
    return b"".join([*lines[:2], *lines[3:]])


@pytest.mark.parametrize(
    ("damage", "kept", "words"),
    [
        (nul_filled, 3, "your last change may be missing"),
        (nul_line, 3, "your last change may be missing"),
        (half_a_line, 3, "your last change may be missing"),
        (whole_line_halved, 2, "your last change may be missing"),
        (byte_flipped_in_the_last_line, 2, "your last change may be missing"),
        (line_lost, 1, "your last change may be missing"),
    ],
)
def test_what_comes_before_damage_is_kept_and_the_user_is_told(
    begin: Begin, data: DataFolder, damage: Callable[[bytes], bytes], kept: int, words: str
) -> None:
    draft = begin(PUPILS)
    changes = [EDIT, OUT, OTHER]
    for change in changes:
        draft.do(change)
    assert draft.warning == ""
    edits = data.drafts / draft.facts.id / "edits"
    edits.write_bytes(damaged := damage(edits.read_bytes()))
    again = reopened(data, draft)
    assert again.edits.done == changes[:kept]
    assert words in again.warning
    # What is added afterwards is sound, and the damaged file is kept.
    again.do(LAST)
    again.undo()
    again.redo()
    last = reopened(data, again)
    assert last.edits.done == [*changes[:kept], LAST]
    assert last.warning == ""
    assert (edits.parent / "edits.damaged").read_bytes() == damaged
    assert modes(data.path) == {(True, "0o700"), (False, "0o600")}
    last.close()


def test_changes_after_a_damaged_one_are_kept_and_still_undone_one_by_one(
    begin: Begin, data: DataFolder
) -> None:
    draft = begin(PUPILS)
    for change in (EDIT, OUT, OTHER, LAST):
        draft.do(change)
    draft.undo()
    edits = data.drafts / draft.facts.id / "edits"
    edits.write_bytes(damaged := byte_flipped_in_the_middle(edits.read_bytes()))
    again = reopened(data, draft)
    assert (again.edits.done, again.edits.undone) == ([EDIT, OTHER], [LAST])
    assert "1 change of yours can no longer be read" in again.warning
    assert "2 other changes are kept" in again.warning
    assert (edits.parent / "edits.damaged").read_bytes() == damaged
    again.redo()
    last = reopened(data, again)
    assert (last.edits.done, last.edits.undone, last.warning) == ([EDIT, OTHER, LAST], [], "")
    last.close()


@pytest.mark.parametrize("word", [b"undo", b"redo"])
def test_a_damaged_line_that_undoes_or_redoes_a_change_still_does(
    begin: Begin, data: DataFolder, word: bytes
) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    draft.undo()
    draft.redo()
    draft.undo()
    draft.do(OUT)
    edits = data.drafts / draft.facts.id / "edits"
    edits.write_bytes(edits.read_bytes().replace(b'{"%b":1}' % word, b'{"%b\0":1}' % word[:3], 1))
    again = reopened(data, draft)
    assert (again.edits.done, again.edits.undone) == ([OUT], [])
    assert again.warning
    again.close()


def test_a_first_line_that_is_damaged_costs_no_change(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    draft.do(OUT)
    edits = data.drafts / draft.facts.id / "edits"
    edits.write_bytes(edits.read_bytes().replace(b'"format"', b'"farmat"'))
    for _ in range(2):
        draft = reopened(data, draft)
        assert (draft.edits.done, draft.warning) == ([EDIT, OUT], "")
    draft.close()


@pytest.mark.parametrize("lines", [[{}], [{"format": 2}, []], [{"format": 2}, {"do": {"cells": 1}}]])
def test_lines_that_are_no_steps_are_left_out(begin: Begin, data: DataFolder, lines: list[object]) -> None:
    draft = begin(PUPILS)
    (data.drafts / draft.facts.id / "edits").write_bytes(checked_lines(lines)[0])
    again = reopened(data, draft)
    assert again.edits.done == []
    assert bool(again.warning) == (len(lines) > 1)
    again.close()


def test_edits_from_an_earlier_copy_are_recognised(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    edits = data.drafts / draft.facts.id / "edits"
    earlier = edits.read_bytes()
    draft.do(OUT)
    draft.do(LAST)
    draft.save_facts()
    edits.write_bytes(earlier)
    again = reopened(data, draft)
    assert (again.edits.done, again.warning.count("your last 2 changes may be missing")) == ([EDIT], 1)
    last = reopened(data, again)
    assert last.warning == ""
    last.close()


def test_damage_to_the_first_line_leaves_a_draft_without_edits(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    edits = data.drafts / draft.facts.id / "edits"
    edits.write_bytes(b"\0" * len(edits.read_bytes()))
    again = reopened(data, draft)
    assert (again.edits.done, bool(again.warning)) == ([], True)
    again.do(OUT)
    last = reopened(data, again)
    assert (last.edits.done, last.warning) == ([OUT], "")
    last.close()
