"""Someone who was removed by hand can still be erased, by whatever has their id."""

import pytest

from backdrop_tui.care.erase import Receipt, erase, look_for
from backdrop_tui.care.erase_texts import warning_about_many
from backdrop_tui.care.retention_removal import remove_undo_data
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.people.changes import change_people, remove_people
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from tests.support.erasable import LAST, finds, others, stored_zebedee, zebedee
from tests.support.imports import import_people, person_id
from tests.support.made_up import NOW, STUDENTS, student, table


@pytest.fixture
def person(school: School) -> str:
    """The id of the person, who is stored with someone else."""
    import_people(school, stored_zebedee(), *others(1))
    return person_id(school, LAST)


def a_draft(school: School, *rows: dict[str, str], same: tuple[tuple[int, str], ...] = ()) -> None:
    """Start a draft of some rows, and say whom rows are about."""
    draft = Draft.create(school.folder, STUDENTS, [SourceFile("a.csv", table(rows), None)], NOW)
    if same:
        draft.do(Change("Same", same=same))
    draft.close()


def remove(school: School, person: str) -> None:
    """Remove the person by hand, and all undo data."""
    remove_people(school, STUDENTS, [person])
    remove_undo_data(school, {record.id for record in import_records(school)})


def erased(school: School, person: str) -> Receipt:
    """Erase the person, and check that nothing of them is left."""
    receipt = erase(school, [person])
    school.close()
    assert finds(school.folder) == finds(school.folder, {person.encode()}) == set()
    return receipt


def test_a_draft_that_says_which_row_is_theirs_is_enough(school: School, person: str) -> None:
    a_draft(school, student(1), zebedee(), same=((3, person),))
    a_draft(school, zebedee(), student(2))
    remove(school, person)
    receipt = erased(school, person)
    assert (receipt.people, receipt.drafts, receipt.draft_rows) == (1, 2, 2)


def test_a_draft_of_an_export_is_enough(school: School, person: str) -> None:
    a_draft(school, student(1) | {"Back:drop ID": ""}, zebedee() | {"Back:drop ID": person})
    remove(school, person)
    assert erased(school, person).draft_rows == 1


def test_a_kept_copy_of_a_journal_is_enough(school: School, person: str) -> None:
    school.store.compact()
    change_people(school, STUDENTS, [person], {"registration_group": "7C"})
    journal, copy = school.folder.path / "journal", school.folder.path / "journal.altered"
    copy.write_bytes(journal.read_bytes())
    a_draft(school, zebedee(), student(1))
    remove(school, person)
    receipt = erased(school, person)
    assert (receipt.copies, receipt.draft_rows) == (1, 1)


def test_undo_data_in_a_kept_copy_is_enough(school: School, person: str) -> None:
    import_people(school, stored_zebedee(registration_group="7B"), *others(1))
    school.store.compact()
    for path in school.folder.imports.glob("*.json"):
        path.with_name(f"{path.name}.format-1").write_bytes(path.read_bytes())
    a_draft(school, zebedee(), student(1))
    remove(school, person)
    receipt = erased(school, person)
    assert (receipt.copies, receipt.draft_rows) == (2, 1)


def test_a_copy_that_cannot_be_read_and_has_nothing_but_the_id_is_enough(school: School, person: str) -> None:
    remove(school, person)
    (school.folder.path / "students.json.altered").write_text(f'{{"x": "{person}"\nother\n')
    said = " ".join(warning_about_many(look_for(school, [person])))
    assert "their data in 2 copies that were kept when damaged or older files were replaced" in said
    assert erased(school, person).copies == 1
    assert (school.folder.path / "students.json.altered").read_text() == "other\n"


def test_a_row_with_the_id_of_someone_else_stays(school: School, person: str) -> None:
    a_draft(school, student(1) | {"Back:drop ID": person}, student(2) | {"Back:drop ID": ""})
    erase(school, [person])
    (draft,) = school.folder.drafts.iterdir()
    opened = Draft.open(school.folder, draft.name)
    assert opened.texts["surname"].to_list() == [student(1)["Surname"], student(2)["Surname"]]
    opened.close()


@pytest.mark.parametrize("id_", ["", "bd-", "students", "bd-0123456789abcdef"])
def test_an_id_that_nothing_has_is_refused_in_one_sentence(school: School, person: str, id_: str) -> None:
    a_draft(school, student(1) | {"Back:drop ID": person})
    before = finds(school.folder, {b"Student"})
    with pytest.raises(UnusableChoiceError) as raised:
        erase(school, [id_])
    assert raised.value.message.startswith(f"Nobody has the id “{id_}”, and nothing else here names it: ")
    assert finds(school.folder, {b"Student"}) == before
