"""After an erasure, no byte of any file has what the person was called before, whoever changed that and however often."""

import json

import pytest

from backdrop_tui.care.backups.backup import back_up
from backdrop_tui.care.backups.backup_file import read_backup
from backdrop_tui.care.backups.restore import restore
from backdrop_tui.care.erase import erase, look_for
from backdrop_tui.care.retention_removal import remove_undo_data
from backdrop_tui.care.subject_access import held_about
from backdrop_tui.care.subject_access_text import subject_access_text
from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.undo_record import UndoRecord
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.people.changes import change_people, remove_people, undo_change
from backdrop_tui.people.leaver_changes import keep_for_longer
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.former_values import former_values
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.leaver_notes import reason_to_keep
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.erasable import finds, others, spellings
from tests.support.imports import import_people, person_id, undo_and_tell
from tests.support.made_up import NOW, STAFF, STUDENTS, TODAY, student, table, upn

LAST, FORMER, EARLIER = "Achterberg", "Vanterpöol", "O'Quillfeather"
BORN, FORMER_BORN = "2014-09-23", "2013-11-02"
NEEDLES = spellings(
    *(LAST, FORMER, "Quillfeather", "Zébédée", "Thaddeus", upn(77), upn(78)),
    *(BORN, FORMER_BORN, "23/09/2014", "02/11/2013"),
)


def person(**changes: str | None) -> dict[str, str | None]:
    """The person, as they were first stored."""
    stored = {"first_name": "Zébédée", "surname": EARLIER, "date_of_birth": FORMER_BORN, "upn": upn(77)}
    return stored | {"year_group": "7", "registration_group": "7A"} | changes


def row(surname: str, born: str, note: str = "", **changes: str) -> dict[str, str]:
    """A row of a file that is the person's only by what they were called before."""
    changes = {"first_name": "Zébédée", "upn": ""} | changes
    return student(7, surname=surname, date_of_birth=born, **changes) | {"Note": note}


def change(school: School, person_id: str, kind: RecordKind = STUDENTS, **values: str) -> None:
    change_people(school, kind, [person_id], values)


def a_draft(school: School, data: bytes, file: str = "a.csv", kind: RecordKind = STUDENTS) -> None:
    Draft.create(school.folder, kind, [SourceFile(file, data, None)], NOW).close()


@pytest.fixture
def renamed(school: School) -> str:
    """The id of a student who was changed by hand again and again, and of whom every file has what they were called before."""
    import_people(school, person(), *others(1, 2), file="o'quillfeather_year 7.csv")
    import_people(school, person(), *others(1, 2, 3), file=f"{FORMER} pupils.csv")
    id_ = person_id(school, EARLIER)
    friend = school.stored(STUDENTS)["id"][1]
    change(school, id_, surname=FORMER)
    change(school, id_, first_name="Thaddeus")
    change(school, id_, date_of_birth=BORN, upn=upn(78))
    remove_undo_data(school, {record.id for record in import_records(school)})
    change(school, id_, surname=LAST)
    keep_for_longer(
        school, STUDENTS, friend, f"An inquiry about the {EARLIER} family, see Thaddeus and {upn(77)}"
    )
    rows = [
        student(1) | {"Note": f"cousin of {FORMER}, Zébédée"},
        row(FORMER.upper(), "02/11/2013"),
        row(EARLIER, "1 Jan 2009", upn=upn(77)),
        row(FORMER, "23/09/2014", first_name="Thaddeus"),
        student(2) | {"Note": f"shares a taxi with {FORMER} and {EARLIER}'s brother"},
    ]
    for number, codec in enumerate(("utf-8", "utf-16")):
        data = table(rows).decode().encode(codec)
        (school.folder.path / f"{number}_errors.csv").write_bytes(data)
    a_draft(school, table(rows).decode().encode("cp1252"), f"{FORMER}.csv")
    (school.folder.path / f"{FORMER}_errors.csv").write_bytes(table([student(2)]))
    school.folder.unsaved.mkdir()
    (school.folder.unsaved / "PeopleScreen-students").write_text(json.dumps({"text": FORMER}) + "\n")
    school.store.compact()
    for name in ("setup.json", "students.json"):
        content = (school.folder.path / name).read_bytes()
        (school.folder.path / f"{name}.format-1").write_bytes(content)
        (school.folder.path / f"{name}.damaged").write_text(json.dumps(json.loads(content)))
    (school.folder.path / "students.json.altered").write_text(
        f'"x": {json.dumps(person(surname=FORMER))}\nother\n'
    )
    return id_


def test_what_a_student_was_called_is_shown_on_request_and_no_byte_has_it_after_an_erasure(
    school: School, renamed: str
) -> None:
    held = held_about(school, renamed)
    assert [(each["first_name"], each["surname"], each["upn"]) for each in held["former_values"]] == [
        ("Zébédée", EARLIER, upn(77)),
        ("Zébédée", FORMER, upn(77)),
        ("Thaddeus", FORMER, upn(77)),
        ("Thaddeus", FORMER, upn(78)),
    ]
    text = subject_access_text(held, "Hill Top", TODAY)
    assert f"First Name: Zébédée; Surname: {FORMER}; Date of Birth: 02/11/2013; UPN: {upn(77)}" in text
    json.dumps(held)
    before = finds(school.folder, spellings(FORMER))
    assert {"0_errors.csv", "1_errors.csv", "setup.json", "setup.json.damaged"} <= before
    friend = school.stored(STUDENTS)["id"][1]
    receipt = erase(school, [renamed])
    school.close()
    assert finds(school.folder, NEEDLES) == set()
    assert finds(school.folder, {renamed.encode()}) == set()
    assert (receipt.people, receipt.draft_rows, receipt.errors_files, receipt.other_names) == (1, 3, 3, 0)
    assert receipt.left == ()
    with School(school.folder) as again:
        assert (
            reason_to_keep(again, friend) == "An inquiry about the [erased] family, see [erased] and [erased]"
        )
        assert {record.file for record in import_records(again)} == {
            "[erased]_year 7.csv",
            "[erased] pupils.csv",
        }
        assert again.store.faults(thorough=True) == []
        assert again.stored(STUDENTS).height == 3
    notes = (school.folder.path / "0_errors.csv").read_text().splitlines()
    assert notes[1].endswith('"cousin of "')
    assert notes[5].endswith("shares a taxi with  and  brother")


def test_no_byte_has_what_a_member_of_staff_was_called_before(school: School) -> None:
    sam = {"first_name": "Samphire", "surname": FORMER, "user_group": "DSLs", "email": "old@example.org"}
    ann = {"first_name": "Ann", "surname": "Lea", "user_group": "DSLs", "email": "ann@example.org"}
    import_people(school, sam, ann, kind=STAFF, file=f"{FORMER}.csv")
    id_ = person_id(school, FORMER, STAFF)
    change(school, id_, STAFF, email="new@example.org")
    change(school, id_, STAFF, surname=LAST, email="newer@example.org")
    headings = "First Name,Surname,Job Role,User Group,Email Address,Note"
    rows = [
        "Ann,Lea,Teacher,DSLs,ann@example.org,",
        f"Samphire,{FORMER},Teacher,DSLs,old@example.org,",
        "S,Other,Teacher,DSLs,New@example.org,",
        f"Ann,Lea,Teacher,DSLs,ann@example.org,covers for Ms {FORMER} (old@example.org)",
    ]
    data = "\n".join([headings, *rows, ""]).encode("cp1252")
    a_draft(school, data, kind=STAFF)
    (school.folder.path / "some_errors.csv").write_bytes(data)
    school.folder.subfolder(school.folder.outbox)
    (school.folder.outbox / "2026-x.eml").write_text("To: old@example.org\n\nWelcome\n")
    remove_undo_data(school, {record.id for record in import_records(school)})
    receipt = erase(school, [id_])
    school.close()
    needles = spellings(FORMER, LAST, "Samphire", "old@example.org", "new@example.org", "newer@example.org")
    assert finds(school.folder, needles) == set()
    assert (receipt.messages, receipt.errors_files) == (1, 1)


def test_what_an_import_stored_and_undoing_it_took_back_is_known(school: School) -> None:
    import_people(school, person(), *others(1))
    import_people(school, person(surname=FORMER), *others(1))
    id_ = person_id(school, FORMER)
    undo_and_tell(school)
    (school.folder.path / "some_errors.csv").write_bytes(table([row(FORMER, "2 Nov 2013"), student(1)]))
    assert [version["surname"] for version in former_values(school)] == [FORMER]
    erase(school, [id_])
    school.close()
    assert finds(school.folder, NEEDLES) == set()


def test_what_undo_data_had_is_known_once_it_has_gone(school: School) -> None:
    import_people(school, person(), *others(1))
    import_people(school, person(surname=FORMER), *others(1))
    assert [*former_values(school)] == []
    remove_undo_data(school, {record.id for record in import_records(school)})
    assert [version["surname"] for version in former_values(school)] == [EARLIER]


def test_undo_data_stays_if_the_disk_fails_while_it_is_read(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_people(school, person(), *others(1))

    def fails(*_: object) -> None:
        raise DataFolderError("Input/output error") from OSError()

    with monkeypatch.context() as patched:
        patched.setattr(UndoRecord, "find", fails)
        with pytest.raises(DataFolderError, match="Input/output"):
            remove_undo_data(school, {record.id for record in import_records(school)})
    assert undo_and_tell(school).removed == 2


def test_former_values_go_with_the_person_and_come_back_with_them(school: School) -> None:
    import_people(school, person(), *others(1))
    id_ = person_id(school, EARLIER)
    change(school, id_, surname=FORMER)
    kept = [*former_values(school)]
    removal = remove_people(school, STUDENTS, [id_])
    assert [*former_values(school)] == []
    undone = undo_change(school, removal)
    assert [*former_values(school)] == kept
    redone = undo_change(school, undone)
    assert [*former_values(school)] == []
    undo_change(school, redone)
    assert [*former_values(school)] == kept
    undo_and_tell(school, force=True)
    assert [*former_values(school)] == []


def test_a_backup_has_them_and_whoever_has_been_erased_since_comes_back_without_them(
    school: School, data: DataFolder
) -> None:
    import_people(school, person(), *others(1))
    id_ = person_id(school, EARLIER)
    change(school, id_, surname=FORMER, upn=upn(78))
    backup = data.path.parent / "school.backup"
    back_up(school, backup, NOW)
    kept = [*former_values(school)]
    change(school, id_, surname=LAST)
    restore(school, read_backup(backup), NOW)
    assert [*former_values(school)] == kept
    erase(school, [id_])
    assert restore(school, read_backup(backup), NOW).mark.erased == 1
    assert [*former_values(school)] == []
    school.close()
    assert finds(school.folder, NEEDLES) == set()


def test_names_that_are_those_of_others_too_stay_where_they_stand_alone(school: School) -> None:
    sibling = person(first_name="Ada", surname=f"Smith-{FORMER}", date_of_birth="2010-01-02", upn=upn(79))
    import_people(school, person(surname=FORMER), sibling, *others(1), file=f"{FORMER}, Zébédée.csv")
    id_ = person_id(school, FORMER)
    change(school, id_, surname=LAST)
    keep_for_longer(
        school, STUDENTS, person_id(school, f"Smith-{FORMER}"), f"About the {FORMER} and {LAST} families"
    )
    erase(school, [id_])
    reason = reason_to_keep(school, person_id(school, f"Smith-{FORMER}"))
    assert reason == f"About the {FORMER} and [erased] families"
    assert import_records(school)[0].file == "[erased].csv"


def test_rows_of_others_keep_names_that_are_their_own_or_values(school: School) -> None:
    import_people(school, person(surname=FORMER), *others(1))
    id_ = person_id(school, FORMER)
    change(school, id_, surname="Now")
    columns = {"id": ["bd-0", None], "surname": [FORMER], "notes": [f"{FORMER} twins"]}
    (school.folder.path / "students.json.altered").write_text(
        json.dumps({"people": columns, "why": [FORMER]})
    )
    new_sibling = row(FORMER, "05/05/2012", f"Ada {FORMER}", first_name="Ada", upn=upn(90))
    in_their_class = student(1, registration_group=f"Miss {FORMER}") | {"Note": ""}
    same_word = student(2) | {"Note": FORMER}
    data = table([new_sibling, in_their_class, same_word])
    a_draft(school, data)
    data = data.replace(b"\r\n", b"\n", 1)  # it would be written otherwise
    (school.folder.path / "some_errors.csv").write_bytes(data)
    traces = look_for(school, [id_])
    assert (traces.drafts, traces.number_in("errors-file")) == ((), 0)
    erase(school, [id_])
    assert (school.folder.path / "some_errors.csv").read_bytes() == data
    copy = json.loads((school.folder.path / "students.json.altered").read_text())
    assert copy == {"people": columns, "why": ["[erased]"]}
