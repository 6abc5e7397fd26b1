from dataclasses import replace
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal
from tinydb import TinyDB

from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.matching.fills import WORKED_OUT, Fill
from backdrop_tui.records.rights.user_groups import STANDARD_GROUPS
from backdrop_tui.school.remembered_matching import (
    RememberedMatching,
    forget_matching,
    remember_matching,
    remembered_matching,
)
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.made_up import CONTEXT, STAFF, STUDENTS, TODAY
from tests.support.one_person import add_one, change_one

HEADINGS = ("Vorname", "Name", "Born")
TARGETS = ("first_name", "surname", "date_of_birth")


@pytest.fixture
def school(data: DataFolder) -> School:
    """A school that has stored nothing; its folder is there."""
    data.create()
    return School(data)


def set_to(school: School, **values: str | int) -> None:
    for name, value in values.items():
        school.store.table("settings").put(name.replace("_", "-"), {"value": value})


def targets_of(remembered: RememberedMatching | None) -> tuple[str | None, ...]:
    assert remembered is not None
    return remembered.targets


def test_students_stored_before_admission_numbers_have_none(data: DataFolder) -> None:
    data.create()
    with TinyDB(data.students) as students:
        students.table("students").insert({"id": "bd-0000000000000001", "surname": "Khan"})
    with School(data) as school:
        assert school.stored(STUDENTS)["admission_number"].to_list() == [None]
        change_one(school.store.people("students"), "bd-0000000000000001", {"admission_number": "004217"})
    with School(data, read_only=True) as school:
        assert school.stored(STUDENTS)["admission_number"].to_list() == ["004217"]


def test_a_school_without_a_folder_is_empty_and_creates_nothing(data: DataFolder) -> None:
    with School(data, read_only=True) as school:
        assert school.stored(STUDENTS).columns == ["id", *STUDENTS.stored_keys]
        assert school.context(TODAY) == CONTEXT
        assert school.existing == "update"
        assert remembered_matching(school, STUDENTS, HEADINGS) is None
    assert not data.path.exists()


def test_a_missing_folder_is_like_an_empty_one(data: DataFolder) -> None:
    with School(data, read_only=True) as missing:
        context, students, staff = missing.context(TODAY), missing.stored(STUDENTS), missing.stored(STAFF)
    data.create()
    with School(data, read_only=True) as empty:
        assert empty.context(TODAY) == context
        assert_frame_equal(empty.stored(STUDENTS), students)
        assert_frame_equal(empty.stored(STAFF), staff)


def test_a_file_in_place_of_the_folder_is_an_error(data: DataFolder) -> None:
    data.path.parent.mkdir(parents=True, exist_ok=True)
    data.path.write_bytes(b"")
    with School(data, read_only=True) as school, pytest.raises(DataFolderError):
        school.stored(STUDENTS)


def test_settings_change_the_rules(school: School) -> None:
    with school:
        set_to(school, academic_year=2026, phase="primary", existing="fill")
        assert school.context(TODAY) == replace(CONTEXT, academic_year=2026, phase="primary")
        assert school.existing == "fill"


def test_a_setting_with_an_impossible_value_is_ignored(school: School) -> None:
    with school:
        set_to(school, phase="castle", existing="burn")
        assert school.context(TODAY).phase == "all-through"
        assert school.existing == "update"


def test_the_groups_are_the_standard_ones_and_any_with_members(school: School) -> None:
    with school:
        add_one(school.store.people("staff"), {"first_name": "Jo", "user_group": "Sports"})
        add_one(school.store.people("staff"), {"first_name": "Al", "user_group": "TAs"})
        assert school.group_names() == (*STANDARD_GROUPS, "Sports")


def test_a_matching_is_remembered_until_it_is_forgotten(school: School) -> None:
    with school:
        remember_matching(school, STUDENTS, HEADINGS, TARGETS)
        assert targets_of(remembered_matching(school, STUDENTS, HEADINGS)) == TARGETS
        assert remembered_matching(school, STAFF, HEADINGS) is None
        assert remembered_matching(school, STUDENTS, HEADINGS[::-1]) is None
        remember_matching(school, STUDENTS, HEADINGS, ("full_name", None, None))
        assert targets_of(remembered_matching(school, STUDENTS, HEADINGS)) == ("full_name", None, None)
        forget_matching(school, STUDENTS, HEADINGS)
        assert remembered_matching(school, STUDENTS, HEADINGS) is None


def test_what_every_row_got_is_remembered_with_the_matching(data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        fills = {"year_group": WORKED_OUT, "registration_group": Fill("10B")}
        remember_matching(school, STUDENTS, HEADINGS, TARGETS, fills)
        assert remembered_matching(school, STUDENTS, HEADINGS) == RememberedMatching(TARGETS, fills)


def test_an_errors_file_is_matched_like_the_file_it_comes_from(school: School) -> None:
    with school:
        remember_matching(school, STUDENTS, HEADINGS, TARGETS)
        assert targets_of(remembered_matching(school, STUDENTS, (*HEADINGS, "Errors"))) == (*TARGETS, None)
        remember_matching(school, STUDENTS, (*HEADINGS, "Errors"), (None, "surname", None, None))
        assert targets_of(remembered_matching(school, STUDENTS, HEADINGS)) == (None, "surname", None)


def test_a_file_without_headings_is_never_remembered(school: School) -> None:
    with school:
        remember_matching(school, STUDENTS, ("", "", ""), TARGETS)
        assert remembered_matching(school, STUDENTS, ("", "", "")) is None
        remember_matching(school, STUDENTS, ("", "", "", "Errors"), (*TARGETS, None))
        assert remembered_matching(school, STUDENTS, ("", "", "", "Errors")) is None


@pytest.mark.parametrize("targets", [["first_name"], ["shoe_size", None, None], "abc", None])
def test_a_damaged_matching_is_ignored(school: School, targets: object) -> None:
    with school:
        remember_matching(school, STUDENTS, HEADINGS, TARGETS)
        key = school.store.table("mappings").all()[0]["key"]
        school.store.table("mappings").put(key, {"targets": targets})
        assert remembered_matching(school, STUDENTS, HEADINGS) is None


def test_neither_values_nor_readable_headings_are_stored(school: School) -> None:
    with school:
        remember_matching(school, STUDENTS, HEADINGS, TARGETS)
    assert b"Vorname" not in school.folder.setup.read_bytes()


def test_a_damaged_folder_is_an_error(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.students.write_bytes(b'{"students":{"1":')
    with School(folder, read_only=True) as school, pytest.raises(DataFolderError, match="is damaged"):
        school.stored(STUDENTS)
