"""`kill -9` at any moment of importing and undoing leaves each import whole or not stored at all, as the history says."""

import random
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import import_people, pupil, undo_and_tell, undo_record_ids
from tests.support.killing import Workers, say
from tests.support.made_up import STUDENTS

KILLS = 10
SIZE = 20
"""The number of students that each import adds."""
MOST_LINES = 120
"""The most lines after which a worker is killed: enough to import twice and undo once."""


def work(folder: Path, first: str) -> None:
    """Import, and undo every third time. Write the number of each import or undo but the first before it begins."""
    with School(DataFolder(folder)) as school:
        for number in count(int(first)):
            if number > int(first):
                say("at", number)
            if number > int(first) and not number % 3:
                undo_and_tell(school)
            else:
                import_people(
                    school, *[pupil(f"{number}", first_name=f"{n}") for n in range(SIZE)], file=str(number)
                )


@pytest.mark.slow
@pytest.mark.timeout(300)  # many processes; on a busy computer that takes its time
def test_what_is_stored_is_what_the_history_says(data: DataFolder, workers: Workers) -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    number, cut_off = 0, 0
    for _ in range(KILLS):
        begun = workers.until_killed(number, lines=dice.randint(0, MOST_LINES))
        number = max((int(at) for _, at in begun), default=number) + 1
        with School(data) as school:
            cut_off += len(recover(school))
            assert not needs_recovery(school)
            in_force = {
                record.file: record.added for record in import_records(school) if record.can_be_undone
            }
            assert Counter(school.stored(STUDENTS)["surname"]) == in_force
            assert set(in_force.values()) <= {SIZE}
            assert set(undo_record_ids(school)) == {
                record.id for record in import_records(school) if record.can_be_undone
            }
    assert cut_off
    assert number > KILLS
