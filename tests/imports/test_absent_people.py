"""Who may have left: stored, and not in the last whole file."""

from backdrop_tui.imports.absent_people import absent_people
from backdrop_tui.imports.undo import undo
from backdrop_tui.people.changes import remove_people
from backdrop_tui.school.school import School
from tests.support.imports import bring, person_id, pupil
from tests.support.made_up import STUDENTS


def who(school: School) -> set[str] | None:
    """The surnames of those who may have left."""
    found = absent_people(school, STUDENTS)
    if found is None:
        return None
    people = school.stored(STUDENTS)
    return set(people.filter(people["id"].is_in(list(found.ids)))["surname"])


def four(school: School) -> None:
    bring(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"), pupil("Dunn"), file="last.csv")


def test_before_any_file_nothing_is_known(school: School) -> None:
    assert who(school) is None


def test_after_the_first_file_nobody_has_left(school: School) -> None:
    four(school)
    assert who(school) == set()


def test_who_is_not_in_a_whole_file_may_have_left(school: School) -> None:
    four(school)
    bring(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"), pupil("Evans"), file="this.csv")
    assert who(school) == {"Dunn"}
    found = absent_people(school, STUDENTS)
    assert found is not None
    assert found.file == "this.csv"


def test_a_file_of_a_few_says_nothing_of_leavers_but_who_is_in_it_has_not_left(school: School) -> None:
    four(school)
    bring(school, pupil("Abbott"), pupil("Baker"))
    assert who(school) == {"Chaudhry", "Dunn"}
    bring(school, pupil("Chaudhry"), pupil("Young"))
    assert who(school) == {"Dunn"}


def test_people_typed_in_say_nothing_of_leavers(school: School) -> None:
    four(school)
    bring(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"), file="")
    assert who(school) == set()


def test_an_import_that_was_undone_tells_of_nobody(school: School) -> None:
    four(school)
    bring(school, pupil("Abbott"), pupil("Baker"), pupil("Evans"))
    undo(school)
    assert who(school) is None


def test_who_was_removed_is_no_longer_listed(school: School) -> None:
    four(school)
    bring(school, pupil("Abbott"), pupil("Baker"))
    remove_people(school, STUDENTS, [person_id(school, "Dunn")])
    assert who(school) == {"Chaudhry"}


def test_a_damaged_list_is_as_none(school: School) -> None:
    four(school)
    path = school.folder.absent("students")
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    for damage in (b"", b"[]", b'{"import": 1}', b"\xff"):
        path.write_bytes(damage)
        assert who(school) is None
