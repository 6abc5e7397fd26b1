from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdrop_tui.intake.draft.edits import Change, Edits

ROWS = st.lists(st.integers(2, 5), max_size=3, unique=True).map(tuple)
KEYS = st.sampled_from(["surname", "upn"])
CELLS = st.lists(st.tuples(st.integers(2, 5), KEYS, st.sampled_from("abc")), max_size=3).map(tuple)
ACCEPTED = st.lists(
    st.tuples(st.integers(2, 5), KEYS | st.none(), st.sampled_from(["odd-character", "cell-count"])),
    max_size=3,
).map(tuple)
CHANGES = st.builds(
    Change, title=st.just("x"), cells=CELLS, left_out=ROWS, taken_back=ROWS, accepted=ACCEPTED
)


def state(edits: Edits) -> tuple[Any, ...]:
    return dict(edits.cells), set(edits.left_out), set(edits.accepted), list(edits.added)


def replayed(changes: list[Change]) -> Edits:
    edits = Edits()
    for change in changes:
        edits.do(change)
    return edits


def test_a_later_text_replaces_an_earlier_one() -> None:
    edits = replayed([Change("x", cells=((2, "upn", "a"),)), Change("x", cells=((2, "upn", "b"),))])
    assert edits.cells == {(2, "upn"): "b"}


def test_undo_restores_the_previous_text() -> None:
    edits = replayed([Change("x", cells=((2, "upn", "a"),)), Change("y", cells=((2, "upn", "b"),))])
    assert edits.undo() == Change("y", cells=((2, "upn", "b"),))
    assert edits.cells == {(2, "upn"): "a"}
    edits.undo()
    assert edits.cells == {}
    assert edits.undo() is None


def test_redo_repeats_an_undone_change_until_another_change_is_made() -> None:
    edits = replayed([Change("x", left_out=(3,))])
    edits.undo()
    assert edits.redo() == Change("x", left_out=(3,))
    assert edits.left_out == {3}
    edits.undo()
    edits.do(Change("y", left_out=(4,)))
    assert edits.redo() is None
    assert edits.left_out == {4}


def test_a_new_text_withdraws_the_acceptance_of_the_cell_s_problems() -> None:
    accepted = Change("x", accepted=((2, "surname", "odd-character"), (2, None, "cell-count")))
    edits = replayed([accepted, Change("y", cells=((2, "surname", "a"),))])
    assert edits.accepted == {(2, None, "cell-count")}
    edits.undo()
    assert edits.accepted == set(accepted.accepted)


def test_rows_added_by_hand_keep_their_order() -> None:
    edits = replayed([Change("x", added=(3,)), Change("x", added=(2,))])
    assert edits.added == [3, 2]
    edits.undo()
    assert edits.added == [3]


@given(CHANGES)
def test_a_change_survives_the_journal_unchanged(change: Change) -> None:
    assert Change.from_json(change.as_json()) == change


@given(st.lists(CHANGES | st.sampled_from(["undo", "redo"]), max_size=30))
def test_any_mix_of_changes_undo_and_redo_equals_replaying_the_changes_in_force(
    steps: list[Change | str],
) -> None:
    edits, done, undone = Edits(), list[Change](), list[Change]()
    for step in steps:
        if isinstance(step, Change):
            edits.do(step)
            done.append(step)
            undone.clear()
        elif step == "undo":
            assert (edits.undo() is None) == (not done)
            if done:
                undone.append(done.pop())
        else:
            assert (edits.redo() is None) == (not undone)
            if undone:
                done.append(undone.pop())
        assert (edits.done, edits.undone) == (done, undone)
        assert state(edits) == state(replayed(done))


def test_a_copy_is_independent_of_the_original() -> None:
    edits = replayed([Change("x", left_out=(3,))])
    copy = edits.copy()
    edits.undo()
    assert copy.left_out == {3}
    copy.undo()
    assert copy.left_out == set()


@pytest.mark.timeout(10)
def test_undoing_twenty_thousand_changes_takes_linear_time() -> None:
    edits = replayed([Change("x", cells=((row, "upn", "a"),)) for row in range(20_000)])
    for _ in range(20_000):
        edits.undo()
    assert edits.cells == {}
