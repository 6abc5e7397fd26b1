"""Changing a setting: the lock, the audit log, and the note about the people stored."""

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.setting_changes import CurrentSetting, change_setting
from backdrop_tui.school.audit_log import os_user
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.store.folder import DataFolder
from tests.school.test_audit_log import lines
from tests.support.imports import import_people, pupil, sign_up


def test_no_setting_can_be_changed_before_signing_up(data: DataFolder) -> None:
    with School(data) as school, pytest.raises(LockedError, match="Complete “Sign up” first"):
        change_setting(school, "phase", "primary")
    assert not data.path.exists()


def test_a_change_returns_the_new_value(school: School) -> None:
    sign_up(school)
    done = change_setting(school, "Idle_Minutes", " 5 ")
    assert (done.changed, done.note) == (True, "")
    assert done.current == CurrentSetting(SETTINGS["idle-minutes"], 5, 30, is_default=False)
    assert done.current.can_be_reset
    unchanged = change_setting(school, "idle-minutes", "5")
    assert not unchanged.changed
    back = change_setting(school, "idle-minutes", "")
    assert back.current.is_default
    assert not back.current.can_be_reset


def test_the_organisation_cant_be_reset(school: School) -> None:
    sign_up(school)
    assert not CurrentSetting.of(school, "organisation").can_be_reset
    with pytest.raises(UnusableChoiceError, match="can't be blank"):
        change_setting(school, "organisation", "")


def test_the_log_has_the_name_of_the_setting_but_not_its_value(school: School, data: DataFolder) -> None:
    sign_up(school)
    change_setting(school, "lead-name", "Chloë Smith")
    change_setting(school, "lead-name", "Chloë  Smith ")
    with pytest.raises(UnusableChoiceError):
        change_setting(school, "mail-port", "many")
    assert [
        (line["event"], line["about"], line["account"], line["user"])
        for line in lines(data)
        if line["event"] == "setting-changed"
    ] == [("setting-changed", "lead-name", "jo@example.org", os_user())]
    assert "Smith" not in data.log.read_text()


def test_a_setting_is_changed_even_if_the_log_cant_be_written(school: School, data: DataFolder) -> None:
    sign_up(school)
    data.log.mkdir()
    change_setting(school, "phase", "primary")
    mark_reviewed(school, REVIEW_SETTINGS)
    assert school.settings.get("phase") == "primary"
    assert school.store.table("steps").get("settings") is not None
    assert len(school.store.warnings()) == 2


def test_reviewing_is_logged(school: School, data: DataFolder) -> None:
    sign_up(school)
    mark_reviewed(school, REVIEW_SETTINGS)
    assert [(line["event"], line["about"]) for line in lines(data)] == [("reviewed", "settings")]


@pytest.mark.usefixtures("frozen_day")
def test_a_new_phase_changes_no_students_and_says_how_many_dont_fit(
    school: School,
) -> None:
    import_people(
        school, pupil("Lee", year_group="7"), pupil("May", year_group="8"), pupil("Ray", year_group="6")
    )
    before = school.store.people("students").frame()
    done = change_setting(school, "phase", "primary")
    assert done.note.startswith(
        "No student was changed. 2 students are in a year group that this phase does not have."
    )
    assert change_setting(school, "phase", "all-through").note.endswith(
        "They are all in a suitable year group."
    )
    assert change_setting(school, "phase", "all-through").note == ""
    assert school.store.people("students").frame().equals(before)


@pytest.mark.usefixtures("frozen_day")
def test_a_new_academic_year_says_how_many_dont_fit_by_age(school: School) -> None:
    import_people(school, pupil("Lee", date_of_birth="2014-05-06"))
    note = change_setting(school, "academic-year", "2026").note
    assert "By age, 1 student would be in a different year group in 2026/27." in note


def test_there_is_no_note_if_nobody_is_stored(school: School) -> None:
    sign_up(school)
    assert change_setting(school, "phase", "primary").note == ""


@pytest.mark.parametrize("name", ["phase", "mail-security", "existing"])
def test_every_choice_has_a_meaning(name: str) -> None:
    setting = SETTINGS[name]
    assert list(setting.meanings) == list(setting.choices)


def test_a_phase_is_explained_by_its_year_groups() -> None:
    assert SETTINGS["phase"].meanings["primary"] == "Nursery 1 to Year 6"
    assert SETTINGS["phase"].meanings["sixth form"] == "Year 12 to Year 14"


def test_the_text_of_a_value_can_be_typed_in_again(school: School) -> None:
    sign_up(school)
    for name, setting in SETTINGS.items():
        current = CurrentSetting.of(school, name)
        if current.value is not None:
            assert setting.check(current.text) == current.value
