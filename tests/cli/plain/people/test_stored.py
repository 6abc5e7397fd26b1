"""People who are stored, by ear: found, changed by the rules of a file, moved, marked as left, removed, erased, and undone."""

from pathlib import Path

import pytest

from backdrop_tui.people.changes import change_people, remove_people
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.cli.plain.support import names, stored
from tests.support.imports import colleague, import_people, person_id, pupil

PUPILS = "> Find and change students"
COLLEAGUES = "> Find and change staff"
KHAN = (PUPILS, "> Find someone", "khan")

pytestmark = pytest.mark.usefixtures("signed_up")


def test_someone_is_found_and_their_fields_are_changed_and_undone(data: DataFolder, school: School) -> None:
    stored(data, pupil("Smith"), pupil("Khan", gender="M"))
    _, heard = listen(
        *(PUPILS, "> Find someone", "", "> Find someone", "zebra", "> Find someone", "zoe", "0"),
        *(
            "> Find someone",
            "khan",
            "1",
            "> First Name",
            "",
            "> First Name",
            "Zoë",
            "> Gender",
            "m",
            "> First Name",
            "Amelia",
        ),
        *("> Registration Group", "7B", "> Undo: Registration Group of Amelia Khan", "0", "0"),
    )
    assert "2 students at the school. What do you want to do?" in heard
    assert "Nobody has “zebra”." in heard
    assert (
        "2 students with “zoe”. Choose who is to be changed.\n1. Zoë Khan, Year 7, born 6 May 2014\n" in heard
    )
    assert "Zoë Khan. Choose a field to change it, or what to do.\n1. First Name: Zoë\n" in heard
    assert "What should the First Name be? The legal first name. Now it is “Zoë”. Type a hyphen (-)" in heard
    assert heard.count("That is what is stored already.") == 2
    assert "Stored: First Name of Zoë Khan is now Amelia. You can undo this until you quit." in heard
    assert "Undone: Registration Group of Amelia Khan." in heard
    person = school.stored(STUDENTS).filter(school.stored(STUDENTS)["surname"] == "Khan").row(0, named=True)
    assert person["first_name"] == "Amelia"
    assert person["registration_group"] != "7B"


def test_what_is_typed_is_checked_by_the_rules_of_a_file(data: DataFolder, school: School) -> None:
    stored(data, pupil("Khan"))
    _, heard = listen(
        *(*KHAN, "> Gender", "Boy", "n", "Zebra", "Girl", "y", "> Date of Birth", "31/02/2014", ""),
        *("> First Name", "TBC", "n", "-", "Test", "y", "0", "0"),
    )
    assert "“Boy” can't be stored as a gender." in heard
    assert "It may be “M”. Is that what it should be?" in heard
    assert "Stored: Gender of Zoë Khan is now F." in heard
    assert "31/02/2014 is not a real date." in heard
    assert "Is “TBC” right?" in heard
    assert "First Name is missing." in heard
    person = school.stored(STUDENTS).row(0, named=True)
    assert (person["first_name"], person["gender"], person["date_of_birth"]) == (
        "Test",
        "F",
        "2014-05-06",
    )


def test_several_people_are_marked_as_left_or_removed_after_a_question(
    data: DataFolder, school: School
) -> None:
    stored(data, *(pupil(surname) for surname in ("Smith", "Khan", "Nowak")))
    _, heard = listen(
        *(PUPILS, "> Hear everyone", "1, 2", "> Remove both", "n", "1, 2", "> Remove both", "y"),
        *("1", "> Mark them as having left", "soon", "02/03/2026", "> Undo: Zoë Smith marked", "> Redo"),
        *("> Undo: Zoë Smith marked", "> Undo: Zoë Khan and Zoë Nowak removed", "> Hear everyone", "0"),
        *("> Redo: Zoë Khan and Zoë Nowak removed", "0", "0"),
    )
    assert "Remove Zoë Khan and Zoë Nowak? This takes effect straight away." in heard
    assert "When did Zoë Smith leave? Type a date like 02/03/2026. They stay stored" in heard
    assert "“soon” is not a date." in heard
    assert "Nobody is stored." in heard
    assert names(school) == ["Zoë Smith"]


def test_staff_are_moved_to_another_user_group(data: DataFolder, school: School) -> None:
    with School(data) as writable:
        import_people(writable, colleague("Byrne", "Teachers"), colleague("Adams", "TAs"), kind=STAFF)
    _, heard = listen(
        *(COLLEAGUES, "> Hear everyone", "all", "> Move them", "0", "1, 2", "> Move them", "> SLTs"),
        *(
            "2",
            "> User Group",
            "> SLTs",
            "> User Group",
            "> DSLs",
            "0",
            "0",
            "> Undo: User Group of Jo Byrne",
            "0",
        ),
    )
    assert "What do you want to do with Jo Adams and Jo Byrne?" in heard
    assert "Which user group should Jo Adams and Jo Byrne be in?" in heard
    assert "Moved to SLTs: Jo Adams and Jo Byrne." in heard
    assert "Which user group should Jo Byrne be in? Now it is SLTs." in heard
    assert "That is what is stored already." in heard
    assert school.stored(STAFF)["user_group"].to_list() == ["SLTs", "SLTs"]


def test_everything_held_about_someone_is_heard_and_erased_after_a_question(
    data: DataFolder, school: School
) -> None:
    stored(data, pupil("Smith"), pupil("Khan"))
    _, heard = listen(
        *(*KHAN, "> Hear everything that is held", "> Erase them", "n", "> Erase them", "y", "0"),
    )
    assert "Data held about one student by" in heard
    assert "This can't be undone." in heard
    assert "Erased: 1 person." in heard
    assert names(school) == ["Zoë Smith"]


def test_everything_held_about_someone_is_saved_as_a_file_that_only_its_owner_can_read(
    data: DataFolder, tmp_path: Path
) -> None:
    stored(data, pupil("Smith"), pupil("Khan"))
    file = tmp_path / "khan.txt"
    _, heard = listen(*(*KHAN, "> Save everything that is held", "~nobody/khan.txt", str(file), "0"))
    assert "Try again." in heard
    assert f"Saved in {file}" in heard
    assert file.read_text().startswith("Data held about one student by")
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_a_long_list_is_read_out_only_if_that_is_wanted(data: DataFolder) -> None:
    stored(
        data,
        *(
            pupil(f"Smith{'abcdefghijklmnopqrstuvwxyz'[n // 26]}{'abcdefghijklmnopqrstuvwxyz'[n % 26]}")
            for n in range(51)
        ),
    )
    _, heard = listen(PUPILS, "> Hear everyone", "n", "> Hear everyone", "y", "51", "0", "0", "0")
    assert "51 students. Hear all of them?" in heard
    assert heard.count("\n51. Zoë") == 2


def test_someone_who_is_removed_or_changed_elsewhere_meanwhile_is_not_changed(data: DataFolder) -> None:
    stored(data, pupil("Smith"), pupil("Khan"))

    def removed_elsewhere(_heard: str) -> str:
        with School(data) as other:
            remove_people(other, STUDENTS, [person_id(other, "Khan")])
        return "Amelia"

    def changed_elsewhere(heard: str) -> str:
        with School(data) as other:
            change_people(other, STUDENTS, [person_id(other, "Smith")], {"gender": "F"})
        assert "3. Undo: Registration Group of Zoë Smith" in heard
        return "3"

    _, heard = listen(
        *(
            *KHAN,
            "> First Name",
            removed_elsewhere,
            "> Find someone",
            "smith",
            "> Registration Group",
            "7B",
            "0",
        ),
        *(changed_elsewhere, "0", "0"),
    )
    assert "Someone else has just removed or changed them." in heard
    assert "1 student at the school. What do you want to do?" in heard
    assert "Someone else or an import has changed the same people since, so nothing was undone." in heard
