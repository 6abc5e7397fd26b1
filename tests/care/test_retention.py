"""What is due for removal, and when."""

import os
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine

from backdrop_tui.care.retention import due_data, due_students, retention_of, still_due
from backdrop_tui.care.retention_removal import RemovedData, remove_due_data
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.undo import preview_undo, undo
from backdrop_tui.imports.untold_undo import note_undo_told
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.mail.outbox import write_to_outbox
from backdrop_tui.people.leaver_changes import FileAnswer, answer_about_files, keep_for_longer, mark_as_left
from backdrop_tui.records.leaving import RECEIVED, SENT
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from tests.support.imports import import_people, person_id, pupil
from tests.support.made_up import NOW, STUDENTS, TODAY, student, table

pytestmark = pytest.mark.usefixtures("frozen_day")


def leaver(school: School, surname: str, **changes: str | None) -> str:
    """Store a student who has left. Returns the id."""
    import_people(school, pupil(surname, **changes))
    person = person_id(school, surname)
    mark_as_left(school, STUDENTS, [person], date(2025, 7, 17))
    return person


def due_on(school: School, person: str) -> date | None:
    stored = school.store.people("students").get(person)
    assert stored is not None
    return retention_of(school, stored).due_on


def test_a_record_is_kept_until_so_many_years_after_birth_if_this_is_the_last_school_known(
    school: School,
) -> None:
    person = leaver(school, "Lee", date_of_birth="2008-02-29")
    assert due_on(school, person) == date(2033, 2, 28)
    answer_about_files(school, [person], FileAnswer(SENT, date(2025, 9, 1)))
    assert due_on(school, person) == date(2033, 2, 28)
    school.settings.put("keep-leavers", "30")
    assert due_on(school, person) == date(2038, 2, 28)
    assert due_students(school, date(2038, 2, 27)) == []
    (due,) = due_students(school, date(2038, 2, 28))
    assert (due.person["id"], "last school known" in due.retention.why) == (person, True)


def test_a_record_is_kept_for_a_year_after_the_receipt_if_the_file_went_to_another_school(
    school: School,
) -> None:
    person = leaver(school, "Lee")
    answer_about_files(school, [person], FileAnswer(RECEIVED, date(2025, 9, 8)))
    assert due_on(school, person) == date(2026, 9, 8)
    school.settings.put("keep-transferred", "3")
    assert due_on(school, person) == date(2028, 9, 8)


def test_whoever_is_at_the_school_or_marked_to_be_kept_is_never_due(school: School) -> None:
    import_people(school, pupil("May"))
    kept = leaver(school, "Lee")
    keep_for_longer(school, STUDENTS, kept, "an inquiry")
    assert due_on(school, person_id(school, "May")) is None
    assert due_students(school, date(2099, 1, 1)) == []
    keep_for_longer(school, STUDENTS, kept, "")
    assert [each.person["id"] for each in due_students(school, date(2099, 1, 1))] == [kept]


def test_whoever_is_marked_to_be_kept_while_it_is_asked_is_not_removed(school: School) -> None:
    first, second = (leaver(school, name, date_of_birth="1990-01-01") for name in ("Lee", "May"))
    assert still_due(school, [first, second], TODAY) == [first, second]
    keep_for_longer(school, STUDENTS, first, "An inquiry")
    assert still_due(school, [first, second], TODAY) == [second]
    with pytest.raises(UnusableChoiceError, match="none of these students is due any more"):
        still_due(school, [first], TODAY)


def test_without_a_date_of_birth_the_day_of_leaving_counts(school: School) -> None:
    person = leaver(school, "Lee", date_of_birth=None)
    assert due_on(school, person) == date(2050, 7, 17)


def test_drafts_messages_and_undo_data_are_removed_when_they_are_old_enough(school: School) -> None:
    import_people(school, pupil("Lee"))
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    write_to_outbox(school.folder, message)
    odd = school.folder.outbox / "odd.eml"
    odd.write_bytes(b"")
    os.utime(odd, (NOW.timestamp(), NOW.timestamp()))
    source = SourceFile("a.csv", table([student(1)]), None)
    old, newer = (Draft.create(school.folder, STUDENTS, [source], NOW.astimezone()) for _ in range(2))
    old.close()
    assert remove_due_data(school, now()) == RemovedData()
    with time_machine.travel(NOW.astimezone() + timedelta(days=31)):
        assert remove_due_data(school, now()) == RemovedData(messages=2)
        newer.save_facts(row=3)
        newer.close()
    with time_machine.travel(NOW.astimezone() + timedelta(days=91)):
        assert remove_due_data(school, now()) == RemovedData(drafts=1)
        assert (old.folder.exists(), newer.folder.exists()) == (False, True)
    with time_machine.travel(NOW.astimezone() + timedelta(days=366)):
        assert remove_due_data(school, now()) == RemovedData(drafts=1, imports=1)
        assert remove_due_data(school, now()) == RemovedData()
    notes = [entry for entry in school.store.logged() if entry["event"] == "retention"]
    assert [entry.keys() - {"when", "user", "account", "event"} for entry in notes] == [
        {"messages"},
        {"drafts"},
        {"drafts", "imports"},
    ]


def test_an_import_whose_undo_data_has_gone_cannot_be_undone_nor_can_those_before_it(school: School) -> None:
    import_people(school, pupil("Lee"))
    import_people(school, pupil("May"), file="second.csv")
    later = NOW.astimezone() + timedelta(days=366)
    with time_machine.travel(later):
        import_people(school, pupil("Ray"), file="third.csv")
        remove_due_data(school, later)
        assert not school.store.table("undo").get(import_records(school)[1].id)
        first = import_records(school)[2].id
        with pytest.raises(
            UnusableChoiceError, match=r"pupils\.csv can't be undone, and neither can those before"
        ):
            undo(school, only=first)
        assert undo(school).record.file == "third.csv"
        note_undo_told(school, import_records(school)[0])
        with pytest.raises(UnusableChoiceError, match=r"second\.csv can't be undone"):
            undo(school)
        assert preview_undo(school) is None
    assert school.stored(STUDENTS).height == 2


def test_nothing_is_due_in_a_folder_that_is_not_there(school: School) -> None:
    assert not due_data(School(type(school.folder)(school.folder.path / "nowhere")), now())


def now() -> datetime:
    return datetime.now().astimezone()
