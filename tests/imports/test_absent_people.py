"""People stored who were not in the last file of the whole school may have left."""

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.absent_people import absent_people
from backdrop_tui.imports.undo import undo
from backdrop_tui.people.changes import remove_people
from backdrop_tui.school.school import School
from tests.support.imports import import_people, person_id, pupil
from tests.support.made_up import STUDENTS


def who(school: School) -> set[str] | None:
    """The surnames of the absent people; None if nothing is known."""
    absent = absent_people(school, STUDENTS)
    if absent is None:
        return None
    people = school.stored(STUDENTS)
    return set(people.filter(people["id"].is_in(list(absent.ids)))["surname"])


def four(school: School) -> None:
    import_people(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"), pupil("Dunn"), file="last.csv")


def test_before_any_file_is_imported_nothing_is_known(school: School) -> None:
    assert who(school) is None


def test_after_the_first_file_no_one_is_absent(school: School) -> None:
    four(school)
    assert who(school) == set()


def test_people_who_are_not_in_a_file_of_the_whole_school_are_absent(school: School) -> None:
    four(school)
    import_people(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"), pupil("Evans"), file="this.csv")
    assert who(school) == {"Dunn"}
    absent = absent_people(school, STUDENTS)
    assert absent is not None
    assert absent.file == "this.csv"


def test_a_file_of_a_few_people_only_shows_that_those_in_it_have_not_left(school: School) -> None:
    four(school)
    import_people(school, pupil("Abbott"), pupil("Baker"))
    assert who(school) == {"Chaudhry", "Dunn"}
    import_people(school, pupil("Chaudhry"), pupil("Young"))
    assert who(school) == {"Dunn"}


def test_people_typed_in_by_hand_make_no_one_absent(school: School) -> None:
    four(school)
    import_people(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"), file="")
    assert who(school) == set()


def test_an_undone_import_makes_no_one_absent(school: School) -> None:
    four(school)
    import_people(school, pupil("Abbott"), pupil("Baker"), pupil("Evans"))
    undo(school)
    assert who(school) is None


def test_people_who_were_removed_are_no_longer_listed(school: School) -> None:
    four(school)
    import_people(school, pupil("Abbott"), pupil("Baker"))
    remove_people(school, STUDENTS, [person_id(school, "Dunn")])
    assert who(school) == {"Chaudhry"}


def test_a_damaged_list_counts_as_no_list(school: School) -> None:
    four(school)
    for damage in ({}, {"import": 1}, {"import": "1", "ids": 5}):
        school.store.table("absent").put("students", damage)
        assert who(school) is None
    path = school.folder.absent("students")
    school.close()
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    path.write_bytes(b"[]")
    with School(school.folder) as again:
        assert who(again) is None


def test_an_import_that_fails_leaves_the_list_as_it_was(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DataFolderError("There is no room left.")

    four(school)
    import_people(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"), pupil("Evans"))
    monkeypatch.setattr("backdrop_tui.imports.jobs.log_import", full)
    with pytest.raises(DataFolderError):
        import_people(school, pupil("Abbott"), pupil("Dunn"), pupil("Evans"), pupil("Ford"))
    assert who(school) == {"Dunn"}
