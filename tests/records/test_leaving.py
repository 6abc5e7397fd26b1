"""What is stored of people besides their fields."""

import pytest

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.leaving import CURRENT, LEFT, as_current, current_people
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.made_up import STUDENTS, by_key, stored, student

AMIRA, BEN = by_key(student(0)), by_key(student(1))


def test_only_people_who_have_left_are_not_current() -> None:
    everyone = stored(STUDENTS, AMIRA, BEN | {"status": LEFT}, by_key(student(2)) | {"status": None})
    assert current_people(everyone)["first_name"].to_list() == ["Amira", "Chloë"]


def test_someone_who_has_come_back_has_no_trace_of_having_left() -> None:
    left = BEN | {
        "status": LEFT,
        "left_on": "2026-07-17",
        "destination": "Hill School",
        "file_state": "sent",
        "file_sent_on": "2026-07-20",
        "receipt_on": "2026-07-24",
    }
    assert as_current(STUDENTS, stored(STUDENTS, left)).equals(stored(STUDENTS, BEN))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_someone_new_has_every_key_that_is_stored(kind: RecordKind) -> None:
    new = as_current(kind, stored(kind, {}).select(kind.keys))
    assert tuple(new.columns) == kind.stored_keys
    assert new["status"].to_list() == [CURRENT]
