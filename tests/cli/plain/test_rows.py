"""Rows by ear: findings, fixing, finding, replacing and leaving out, several files as one, and what is said before they are stored."""

from pathlib import Path

import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.cli.plain.support import names, stored, write
from tests.support.imports import import_people, pupil
from tests.support.made_up import by_key, student, table

pytestmark = pytest.mark.usefixtures("signed_up")

SWAPPED = ("09/03/2013", "10/04/2013", "11/05/2013", "12/06/2013")
"""Birth dates that fit Year 7 only if day and month are swapped back."""


def test_rows_are_found_and_changed_and_a_text_is_replaced(school: School) -> None:
    rows = [student(n, registration_group="Oak") for n in range(3)]
    write("pupils.csv", table([*rows, student(3, registration_group="Oak House")]))
    find, replace_in = "> Find a row", ("> Find and replace", "> Registration Group")
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", find, "", find, "nobody", find, "chloe"),
        *("> Row 4", "> Change a cell", "> First Name", "Klara", "0"),
        *(find, "oak", "> Row 5", "> Leave this row out", "0", "0"),
        *("> Find and replace", "0", *replace_in, "", *replace_in, "Elm", "Ash", "> Wherever"),
        *(*replace_in, "Oak", "", *replace_in, "Oak", "Ash", "0", *replace_in, "Oak", "Ash", "> Only", "n"),
        *(*replace_in, "Oak", "Ash", "> Only", "y", "> Put back", "y", *replace_in, " House", "-"),
        *("> Wherever", "y", "> Go on", "> Complete", "n"),
    )
    assert "No row has “nobody” in it." in heard
    assert "1 row with “chloe”. Choose one to change it." in heard
    assert "4 rows with “oak”. Choose one to change it." in heard
    assert "Nothing in Registration Group matches, so nothing has been replaced." in heard
    assert "Replace “Oak” with “Ash” in 3 rows?" in heard
    assert "Replace “House” with nothing in 1 row?" in heard
    assert names(school)[2] == "Klara O'Neill"
    assert school.stored(STUDENTS)["registration_group"].to_list() == ["Ash", "Ash", "Ash", "Oak"]


def test_only_the_first_of_many_rows_that_are_found_are_read_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backdrop_tui.cli.plain.fixing.finding._MOST_ROWS", 2)
    write("pupils.csv", table([student(n) for n in range(3)]))
    _, heard = listen("> Students", "> pupils.csv", "> Import Data", "> Find a row", "O'Neill", "0", "0")
    assert "3 rows with “O'Neill”. These are the first 2. Find more words to hear fewer." in heard
    assert "3. Row" not in heard


def test_leaving_out_several_rows_at_once_is_asked_about(school: School) -> None:
    rows = [student(0), *(student(n, year_group="99") for n in (1, 2)), student(3, gender="1")]
    write("pupils.csv", table(rows))
    kind = "> Error: Year Group"
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", kind, "> Leave out 2 rows", "n"),
        *(kind, "> Leave out 2 rows", "y", "> Undo: Left out 2 rows"),
        *(kind, "> Go through", "> Leave it for now", "> Leave this row out", kind, "> Leave this row out"),
        *("> Error: Gender", "> Leave this row out", "> Go on", "> Complete", "n"),
    )
    assert "Leave out rows 3, 4? They won't be stored." in heard
    assert "That was the last one of these. 1 is as it was." in heard
    assert names(school) == ["Amira O'Neill"]


def test_several_files_are_read_as_one(data: DataFolder, school: School) -> None:
    for number in range(3):
        write(f"year{number}.csv", table([student(number)]))
    write("other.csv", "Forename,Surname\nAnn,Lee\n")
    several = ("> Students", "> Choose several files")
    _, heard = listen(
        *(*several, "0", "> Choose several files", "> year0.csv", "> other.csv", "> That is all"),
        *("> Choose several files", "> year0.csv", "> Type the path", "", "> Type the path", "year0.csv"),
        *("> Type the path", "year1.csv", "> year2.csv", "> That is all: read 3 files as one"),
    )
    assert "Choose the first file of students." in heard
    assert "Chosen so far: year0.csv and other.csv. Choose another." in heard
    assert "headings" in heard.partition("This file can't be used")[2].partition("\n\n")[0]
    assert "year0.csv has been chosen already." in heard
    (listed,) = open_drafts(data)
    for place, source in enumerate(("source", "source-2")):
        (data.drafts / listed.id / source).unlink()
        Path(f"year{place}.csv").rename(f"moved{place}.csv")
    _, heard = listen(
        *("> Carry on", "moved0.csv", "moved1.csv", "> Import Data", "> Go on", "> Complete", "n"),
    )
    assert "year0.csv and year1.csv are missing from this draft" in heard
    assert "Complete. 3 added" in heard
    assert len(names(school)) == 3


def test_rows_are_checked_again_if_someone_else_has_stored_people_meanwhile(
    data: DataFolder, school: School
) -> None:
    write("pupils.csv", table([student(0), student(1)]))

    def complete_too_late(_heard: str) -> str:
        with School(data) as other:
            import_people(other, by_key(student(0)))
        return "1"

    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", "> Go on", complete_too_late, "> Complete", "n")
    )
    assert "have changed since you checked these rows" in heard
    assert heard.count("Checking every row.") == 2
    assert "Complete. 1 added, 0 updated, 1 unchanged, 0 left out." in heard
    assert len(names(school)) == 2


def test_a_problem_is_fixed_for_all_alike_accepted_or_left_out(school: School) -> None:
    rows = [student(n, year_group="99") for n in range(2)]
    rows += [student(3, first_name="J0"), student(4, first_name="K1"), student(5, gender="1")]
    write("pupils.csv", table(rows))
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data"),
        *("> Error: Year Group", "> Go through", "> Type it in once for both", "8"),
        *("> Error: Gender", "> Take what it may be: M"),
        *("> Warning: First Name", "> Go through", "> Accept", "> Leave this row out"),
        *("> Go on", "> Complete", "n"),
    )
    assert "Row 2. First Name Amira" in heard
    assert "Complete. 4 added, 0 updated, 0 unchanged, 1 left out." in heard
    assert school.stored(STUDENTS)["year_group"].to_list()[:2] == ["8", "8"]


def test_all_warnings_of_a_kind_are_accepted_and_what_is_left_is_saved() -> None:
    write(
        "pupils.csv",
        table([student(3, first_name="J0"), student(4, first_name="K1"), student(5, year_group="99")]),
    )
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", "> Warning: First Name", "> Accept both"),
        *("> Save the rows with errors", "> Error: Year Group", "> Leave this row out", "> Put back", "n"),
    )
    assert "Done: Accepted 2 problems." in heard
    assert "pupils_errors.csv" in heard
    assert Path("pupils_errors.csv").exists()


def test_the_rows_of_a_finding_are_read_out_on_request_if_they_are_many() -> None:
    write("pupils.csv", table([student(n) for n in range(25)] * 2))
    _, heard = listen(
        "> Students", "> pupils.csv", "> Import Data", "> Note: Rows", "> Hear all", "> Note: Rows", "0"
    )
    assert "It is about 25 rows, the first of which is row 2." in heard
    assert f"rows {', '.join(map(str, range(2, 27)))}." in heard


def test_a_file_in_which_nobody_is_ready_isnt_stored() -> None:
    write("bad.csv", table([student(0, year_group="99")]))
    _, heard = listen("> Students", "> bad.csv", "> Import Data", "> Go on", "0", "0")
    assert "No row is ready to be stored. Fix at least one before you go on." in heard
    assert "or go on: the rows that have some" not in heard


def test_what_the_whole_file_says_has_to_be_decided_before_going_on(data: DataFolder) -> None:
    rows = [student(n, date_of_birth=day, year_group="7") for n, day in enumerate(SWAPPED)]
    write("pupils.csv", table([*rows, rows[0]]))
    finding = "> Decide first: Day and month"
    _, heard = listen(
        "> Students", "> pupils.csv", "> Import Data", "> Go on", finding, "0", "> Note: Rows", "> Go on"
    )
    assert "Decide this before you go on: Day and month are swapped." in heard
    assert "It is about rows 2, 3, 4, 5." in heard
    assert "Done: Dismissed: Rows that repeat another." in heard
    (listed,) = open_drafts(data)
    draft = Draft.open(data, listed.id)
    draft.save_facts(stage="preview")
    draft.close()
    _, heard = listen("> Carry on", finding, "> Swap", "> Go on", "> Complete", "n")
    assert "Something has to be decided or fixed first." in heard
    assert "Complete. 4 added" in heard


def test_who_is_missing_and_which_groups_are_new_is_said(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(data, *(pupil(name, upn=None) for name in ("Smith", "Khan", "Nowak")))
    rows = [
        student(
            n, first_name="Zoë", surname=name, date_of_birth="06/05/2014", year_group="8", upn="", gender=""
        )
        for n, name in enumerate(("Smith", "Khan"))
    ]
    write("pupils.csv", table(rows))
    write("staff.csv", "First Name,Surname,Job Role,User Group,Email\nSam,Lee,Cook,Kitchen,s@example.org\n")
    monkeypatch.setattr("backdrop_tui.cli.plain.check._MOST_CHANGES", 1)
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", "> Go on", "> Hear who changes", "> Complete", "y"),
        *("> Staff", "> staff.csv", "> Import Data", "> Go on", "> Complete", "n"),
    )
    assert "Zoë Smith: Year Group 7 becomes 8" in heard
    assert "and 1 more" in heard
    assert "1 who is stored is not in this file." in heard
    assert "User groups that will be created, with the rights of Teachers: Kitchen." in heard
    assert "New user groups, with the same rights as Teachers: Kitchen." in heard
