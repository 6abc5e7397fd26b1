"""After an erasure, no byte of any file in the data folder is about the person."""

import codecs

import pytest

from backdrop_tui.care.erase import erase, look_for
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.people.changes import remove_people, undo_change
from backdrop_tui.school.school import School
from tests.support.erasable import BORN, FIRST, LAST, finds, others, spellings, stored_zebedee, zebedee
from tests.support.imports import import_people, person_id, undo_and_tell
from tests.support.made_up import NOW, STUDENTS, student, table, upn


def test_no_byte_of_any_file_is_about_someone_who_was_erased(lived_in: School) -> None:
    before = finds(lived_in.folder)
    assert {"students.json", "students.json.format-1"} <= before
    person = person_id(lived_in, LAST)
    receipt = erase(lived_in, [person])
    lived_in.close()
    assert finds(lived_in.folder) == set()
    assert finds(lived_in.folder, {person.encode()}) == set()
    assert receipt.left == ()
    assert (receipt.people, receipt.undo_data, receipt.drafts, receipt.draft_rows) == (1, 2, 4, 7)
    assert (receipt.errors_files, receipt.unsaved, receipt.namesakes) == (4, 1, 0)
    assert (lived_in.folder.path / "erased_errors.csv").exists()


def test_everything_about_others_stays(lived_in: School) -> None:
    stored = lived_in.stored(STUDENTS)
    erase(lived_in, [person_id(lived_in, LAST)])
    assert lived_in.stored(STUDENTS).equals(stored.filter(stored["surname"] != LAST))
    assert (lived_in.folder.unsaved / "SignUpScreen").exists()
    assert lived_in.store.faults(thorough=True) == []
    for listed in open_drafts(lived_in.folder):
        draft = Draft.open(lived_in.folder, listed.id)
        assert draft.warning == ""
        if draft.facts.by_hand:
            assert (draft.edits.added, draft.edits.cells[3, "surname"]) == ([3], others(4)[0]["surname"])
        else:
            assert draft.texts["row"].to_list() == [2, 5]
            assert draft.texts["surname"].to_list() == [student(1)["Surname"], student(2)["Surname"]]
            assert draft.edits.cells == {(2, "surname"): "Nowak"}
            assert draft.edits.left_out == {5}
        draft.close()
    for number in range(3):
        errors = (lived_in.folder.path / f"{number}_errors.csv").read_bytes()
        assert student(2)["UPN"].encode("utf-16-le" if number == 2 else "utf-8") in errors


def test_undo_never_brings_back_anyone_who_was_erased(lived_in: School) -> None:
    stays = [row["first_name"] for row in others(1, 2)]
    erase(lived_in, [person_id(lived_in, LAST)])
    assert undo_and_tell(lived_in, force=True).erased == 1
    assert lived_in.stored(STUDENTS)["first_name"].to_list() == stays
    assert undo_and_tell(lived_in, force=True).erased == 1
    assert lived_in.stored(STUDENTS).is_empty()


def test_undo_data_about_people_who_are_no_longer_stored_goes_too(lived_in: School) -> None:
    gone = lived_in.stored(STUDENTS)["id"].to_list()[2:]
    remove_people(lived_in, STUDENTS, gone)
    person = person_id(lived_in, LAST)
    remove_people(lived_in, STUDENTS, [person])
    erase(lived_in, [person])
    lived_in.close()
    assert finds(lived_in.folder) == set()
    ids = finds(lived_in.folder, {each.encode() for each in gone})
    assert not [name for name in ids if name.startswith("imports/")]


def test_a_change_that_is_undone_in_the_app_brings_back_nobody_who_was_erased(school: School) -> None:
    import_people(school, stored_zebedee(), *others(1, 2))
    ids = school.stored(STUDENTS)["id"].to_list()
    change = remove_people(school, STUDENTS, ids[:2])
    erase(school, ids[:1])
    undo_change(school, change)
    assert school.stored(STUDENTS)["id"].to_list() == [ids[2], ids[1]]
    only = remove_people(school, STUDENTS, ids[2:])
    erase(school, ids[2:])
    with pytest.raises(UnusableChoiceError, match="have been erased since"):
        undo_change(school, only)


def test_a_namesake_is_not_damaged(school: School) -> None:
    namesake = stored_zebedee(date_of_birth="2010-02-05", upn=upn(79))
    import_people(school, stored_zebedee(), *others(1))
    import_people(school, namesake, file="later.csv")
    rows = [zebedee(date_of_birth="05/02/2010", upn=upn(79)), zebedee(), student(1)]
    draft = Draft.create(school.folder, STUDENTS, [SourceFile("a.csv", table(rows), None)], NOW)
    draft.close()
    copy = school.folder.path / "students.json.altered"
    school.close()
    copy.write_bytes(school.folder.students.read_bytes()[:-3])
    with School(school.folder) as again:
        people = again.stored(STUDENTS)
        person = people.filter(people["upn"] == upn(77))["id"].item()
        receipt = erase(again, [person])
        assert receipt.namesakes == 1
        assert again.stored(STUDENTS).equals(people.filter(people["id"] != person))
    opened = Draft.open(school.folder, draft.facts.id)
    assert opened.texts["upn"].to_list() == [upn(79), student(1)["UPN"]]
    opened.close()
    assert finds(school.folder, spellings(upn(77), BORN)) == set()
    assert upn(79).encode() in copy.read_bytes()


def test_rows_about_others_stay_as_they_are_even_if_they_name_the_person(school: School) -> None:
    import_people(school, stored_zebedee(), *others(1))
    new_namesake = zebedee(date_of_birth="01/02/2010", upn="")
    sibling = student(1) | {"Sibling": "O'Quillfeather, Zébédée", "Note": f"not {upn(77)}"}
    rows = [new_namesake | {"Sibling": "", "Note": ""}, zebedee() | {"Sibling": "", "Note": ""}, sibling]
    draft = Draft.create(school.folder, STUDENTS, [SourceFile("a.csv", table(rows[::-1]), None)], NOW)
    draft.close()
    erase(school, [person_id(school, LAST)])
    opened = Draft.open(school.folder, draft.facts.id)
    assert opened.texts.select("row", "first_name", "surname").rows() == [
        (2, student(1)["First Name"], student(1)["Surname"]),
        (4, FIRST, LAST),
    ]
    assert opened.sheet.cells.rows()[0][-2:] == ("", "not ")
    opened.close()


def test_a_name_that_was_typed_into_the_row_of_someone_else_and_undone_goes(school: School) -> None:
    import_people(school, stored_zebedee(), *others(1))
    same_first_name = student(2, first_name=FIRST)
    draft = Draft.create(
        school.folder, STUDENTS, [SourceFile("a.csv", table([student(1), same_first_name]), None)], NOW
    )
    draft.do(Change("Wrong row", cells=((2, "first_name", FIRST), (2, "surname", LAST))))
    draft.undo()
    draft.do(Change("Wrong row", cells=((3, "surname", LAST),)))
    draft.do(Change("As it should be", cells=((3, "surname", "Nowak"),)))
    draft.close()
    erase(school, [person_id(school, LAST)])
    assert finds(school.folder, spellings(LAST)) == set()
    opened = Draft.open(school.folder, draft.facts.id)
    assert opened.texts["row"].to_list() == [2, 3]
    assert opened.edits.cells == {(3, "surname"): "Nowak"}
    opened.undo()
    opened.undo()
    assert opened.edits.cells == {}
    opened.close()


def test_a_draft_that_cannot_be_read_is_removed_only_if_it_is_about_the_person(school: School) -> None:
    import_people(school, stored_zebedee(), *others(1))
    drafts = [
        Draft.create(school.folder, STUDENTS, [SourceFile("a.csv", table([row, student(5)]), None)], NOW)
        for row in (zebedee(), student(4))
    ]
    for draft in drafts:
        draft.close()
        for path in draft.folder.glob("draft*.json"):
            path.write_bytes(codecs.BOM_UTF8)
    traces = look_for(school, [person_id(school, LAST)])
    assert [trace.is_removed for trace in traces.drafts] == [True]
    receipt = erase(school, [person_id(school, LAST)])
    assert receipt.drafts_removed == 1
    assert [draft.folder.exists() for draft in drafts] == [False, True]


def test_nobody_has_an_id_that_was_never_given(school: School) -> None:
    import_people(school, *others(1))
    with pytest.raises(UnusableChoiceError, match="Nobody has the id “bd-0”"):
        erase(school, ["bd-0"])
