"""`backdrop erase`: says what will happen, asks, and prints a receipt with numbers only."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from backdrop_tui.care.erase import Receipt
from backdrop_tui.care.erase_texts import receipt_text
from backdrop_tui.cli.care import retention
from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.people.leaver_changes import (
    FileAnswer,
    answer_about_files,
    bring_back,
    keep_for_longer,
    mark_as_left,
)
from backdrop_tui.records.leaving import RECEIVED
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.colleagues import opened
from tests.support.erasable import FIRST, LAST, finds, others, spellings, stored_zebedee
from tests.support.imports import import_people, person_id, pupil
from tests.support.made_up import NOW, STAFF, STUDENTS, TODAY

pytestmark = pytest.mark.usefixtures("frozen_day")


def a_school(data: DataFolder) -> str:
    """Store the person and someone else. Returns the person's id."""
    data.create()
    with School(data) as school:
        import_people(school, stored_zebedee(), *others(1))
        return person_id(school, LAST)


def test_it_says_what_will_happen_and_gives_a_receipt_with_numbers_only(
    backdrop: Run, data: DataFolder
) -> None:
    person = a_school(data)
    ran = backdrop("erase", person, "--yes", "--data", data.path)
    before, _, receipt = ran.out.partition("Erased: ")
    assert (ran.status, ran.err) == (0, "")
    for sentence in (
        f"{FIRST} {LAST} (student, Year 7, 7A)",
        "The student is at the school, so no safeguarding file has been sent on.",
        "mark them as having left",
        "the undo data of 1 import",
        "can't be undone",
    ):
        assert sentence in before
    assert receipt.startswith("1 person.")
    assert not any(name in receipt for name in (FIRST, LAST, person))
    assert finds(data) == set()
    log = data.log.read_text().splitlines()
    assert json.loads(log[-1]).items() >= {"event": "erase", "removed": 1, "imports": 1}.items()
    assert person not in data.log.read_text()
    again = backdrop("erase", person, "--yes", "--data", data.path)
    assert (again.status, again.out) == (
        0,
        "They have already been erased. Nothing is left to erase.\n",
    )


def test_without_a_terminal_it_needs_yes(backdrop: Run, data: DataFolder) -> None:
    person = a_school(data)
    ran = backdrop("erase", person, "--data", data.path)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "use --yes" in ran.err
    with School(data, read_only=True) as school:
        assert school.stored(STUDENTS).height == 2


@pytest.mark.parametrize(("answer", "status"), [("yes\n", 0), ("no\n", 2), ("", 2)])
def test_at_a_terminal_it_asks(
    backdrop: Run, data: DataFolder, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    person = a_school(data)

    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return answer

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    ran = backdrop("erase", person, "--data", data.path)
    assert ran.status == status
    assert "Erase everything about this person? [y/N]" in ran.err


def test_an_unknown_id_is_refused(backdrop: Run, data: DataFolder) -> None:
    a_school(data)
    for command in ("erase", "subject-access"):
        ran = backdrop(command, "bd-0", *(["--yes"] if command == "erase" else []), "--data", data.path)
        assert (ran.status, "Nobody has the id “bd-0”" in ran.err) == (2, True)


def test_it_says_what_retention_asks_for_and_whether_the_file_was_sent(
    backdrop: Run, data: DataFolder
) -> None:
    person = a_school(data)
    with School(data) as school:
        mark_as_left(school, STUDENTS, [person], TODAY)
        answer_about_files(school, [person], FileAnswer(RECEIVED, TODAY))
        keep_for_longer(school, STUDENTS, person, "an inquiry")
    out = backdrop("erase", person, "--data", data.path).out
    for sentence in (
        "Safeguarding file: receipt 02/03/2026.",
        "It is not due for removal before 2 March 2027.",
        "It is marked to be kept: an inquiry.",
        "If something in the record is wrong, correct it instead.",
        "1 note, answer or setting",
    ):
        assert sentence in out


def test_a_member_of_staff_is_erased_with_messages_invitation_and_settings(
    backdrop: Run, data: DataFolder
) -> None:
    data.create()
    with School(data) as school:
        opened(school)
        people = [
            {
                "first_name": "Wilhelmina",
                "surname": name,
                "user_group": "DSLs",
                "email": f"{name}@example.org",
            }
            for name in ("Oxenthorpe", "Lee")
        ]
        import_people(school, *people, kind=STAFF)
        person = school.stored(STAFF)["id"][0]
        school.settings.put("lead-name", "Wilhelmina Oxenthorpe")
        school.settings.put("lead-email", "Oxenthorpe@example.org")
    assert backdrop("invite", "--all", "--data", data.path).status == 0
    ran = backdrop("erase", person, "--yes", "--format", "json", "--data", data.path)
    assert ran.status == 0
    assert json.loads(ran.out).items() >= {"people": 1, "messages": 1, "notes": 3}.items()
    (left,) = data.outbox.glob("*.eml")
    assert "To: Lee@example.org" in outbox_text(left)
    found = finds(data, spellings("Oxenthorpe"))
    assert found <= {f"outbox/{left.name}"}  # her name as the lead, in a message to someone else


def test_subject_access_writes_a_private_file(backdrop: Run, data: DataFolder, tmp_path: Path) -> None:
    person = a_school(data)
    for format_, beginning in (("text", "Data held about one student"), ("json", '{"id":')):
        path = tmp_path / format_
        words = ("subject-access", person, "--format", format_)
        ran = backdrop(*words, "-o", path, "--data", data.path)
        assert (ran.status, ran.out, stat.S_IMODE(path.stat().st_mode)) == (0, "", 0o600)
        assert path.read_text().startswith(beginning)
        assert backdrop(*words, "--data", data.path).out == path.read_text()


def test_retention_lists_what_is_due_and_removes_it_when_asked(backdrop: Run, data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        for name, born in (("Lee", "2001-01-01"), ("Quillfeather", "2001-01-02"), ("Young", "2012-01-01")):
            import_people(school, pupil(name, date_of_birth=born))
        ids = [person_id(school, name) for name in ("Lee", "Quillfeather", "Young")]
        mark_as_left(school, STUDENTS, ids, TODAY)
        keep_for_longer(school, STUDENTS, ids[0], "an inquiry")
    listed = backdrop("retention", "--data", data.path)
    assert listed.out.splitlines() == [
        f"{ids[1]}  Zoë Quillfeather  due since 2 January 2026",
        "1 student due for removal.",
        "1 student would be due, but is marked to be kept.",
    ]
    refused = backdrop("retention", "--yes", "--data", data.path)
    assert (refused.status, "Use --yes only together with --remove." in refused.err) == (2, True)
    assert backdrop("retention", "--remove", "--data", data.path).status == 2
    ran = backdrop("retention", "--remove", "--yes", "--data", data.path)
    assert (ran.status, "Erased: 1 person." in ran.out) == (0, True)
    assert finds(data, spellings("Quillfeather")) == set()
    assert json.loads(data.log.read_text().splitlines()[-1])["event"] == "retention"
    done = backdrop("retention", "--remove", "--yes", "--format", "json", "--data", data.path)
    assert json.loads(done.out) == {"students": [], "removed": None}
    undone = backdrop("undo", "--force", "--data", data.path)
    assert undone.status == 0


def test_retention_removes_only_those_whom_it_has_listed(
    backdrop: Run, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.create()
    with School(data) as school:
        import_people(school, *(pupil(name, date_of_birth="2001-01-01") for name in ("Lee", "Quillfeather")))
        listed, other = person_id(school, "Lee"), person_id(school, "Quillfeather")
        mark_as_left(school, STUDENTS, [listed], TODAY)

    def meanwhile(_question: str, *, yes: bool) -> None:
        with School(data) as school:
            mark_as_left(school, STUDENTS, [other], TODAY)
            if not yes:
                keep_for_longer(school, STUDENTS, listed, "an inquiry")

    monkeypatch.setattr(retention, "confirm", meanwhile)
    ran = backdrop("retention", "--remove", "--data", data.path)
    assert (ran.status, "Nothing was changed: none of these students is due any more." in ran.err) == (
        2,
        True,
    )
    with School(data) as school:
        assert set(school.stored(STUDENTS)["id"]) == {listed, other}
        keep_for_longer(school, STUDENTS, listed, "")
        bring_back(school, STUDENTS, [other])
    assert "Erased: 1 person." in backdrop("retention", "--remove", "--yes", "--data", data.path).out
    with School(data) as school:
        assert school.stored(STUDENTS)["id"].to_list() == [other]


def test_old_undo_data_is_removed_by_the_next_command_that_changes_something(
    backdrop: Run, data: DataFolder
) -> None:
    a_school(data)
    with time_machine.travel(NOW.astimezone() + timedelta(days=366)):
        listed = backdrop("retention", "--data", data.path)
        assert "or when the app is opened: the undo data of 1 import." in listed.out
        ran = backdrop("undo", "--data", data.path)
        assert "keep it no longer: the undo data of 1 import." in ran.err
        assert (ran.status, "can't be undone, and neither can those before it" in ran.err) == (2, True)
        assert backdrop("status", "--data", data.path).out.count("To undo it") == 0


def test_settings_say_how_long_data_is_kept(backdrop: Run, data: DataFolder) -> None:
    a_school(data)
    assert backdrop("settings", "keep-drafts", "--data", data.path).out == "90\n"
    assert backdrop("settings", "keep-leavers", "5", "--data", data.path).status == 2
    assert backdrop("settings", "keep-undo", "30", "--data", data.path).status == 0


def test_a_receipt_names_what_it_could_not_clean() -> None:
    receipt = Receipt(people=1, namesakes=2, undo_lost=1, left=("old.zip",))
    assert receipt_text(receipt)[1:] == [
        "Damaged undo data was removed, so 1 import can no longer be undone.",
        "2 other people have the same name. Everything about them stays.",
        "These files don't belong to this program, and may still have something about them: old.zip. Check and delete what isn't needed.",
    ]
    assert "finished now" in receipt_text(Receipt(was_interrupted=True))[0]
