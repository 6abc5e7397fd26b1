"""`kill -9` at any moment loses nothing that was accepted, and leaves nothing half done."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from tests.store import KEYS, stock, students
from tests.support.killing import Workers, say
from tests.support.one_person import add_one

BATCH = 200
KILLS = 12
MOST_LINES = 80
"""The most lines after which a worker is killed: enough to store five times, close and open again."""


def work(folder: Path, number: str) -> None:
    """Store people step by step, one or many at a time."""
    step = int(number)
    while True:
        with open_store(DataFolder(folder), KEYS) as store:
            for _ in range(5):
                step += 1
                say("start", step)
                if step % 3:
                    add_one(store.people("students"), {"surname": str(step)})
                else:
                    store.people("students").apply(students(*[str(step)] * BATCH))
                say("done", step)


@pytest.fixture
def writers(folder: DataFolder) -> Iterator[Workers]:
    """Writers into `folder`."""
    with Workers(__name__, folder.path) as writers:
        yield writers


def size(step: int) -> int:
    """How many people a step adds."""
    return 1 if step % 3 else BATCH


@pytest.mark.slow
@pytest.mark.timeout(300)  # many processes; on a busy computer that takes its time
def test_what_was_accepted_is_there_after_a_kill(folder: DataFolder, writers: Workers) -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    expected: dict[str, int] = {}
    step = 0
    for _ in range(KILLS):
        for word, number in writers.until_killed(step, lines=dice.randint(0, MOST_LINES)):
            step = int(number)
            if word == "done":
                expected[str(step)] = size(step)
        with open_store(folder, KEYS) as store:
            stored = dict(store.people("students").frame()["surname"].value_counts().iter_rows())
        # The last step may have been stored without the writer living to say so; then it is all there.
        if str(step) in stored:
            expected[str(step)] = size(step)
        assert stored == expected
        assert not [path for path in folder.path.iterdir() if path.suffix in {".tmp", ".journal"}]
    assert len(stock(folder.students, "students")) == sum(expected.values())
    assert step > KILLS
