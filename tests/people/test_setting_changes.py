"""Changing a setting: the lock, the audit log, and what is said of those who are stored."""

import pytest

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.people.setting_changes import CurrentSetting, change_setting
from backdrop_tui.school.audit_log import os_user
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.store.folder import DataFolder
from tests.school.test_audit_log import lines
from tests.support.imports import bring, pupil, sign_up


def test_before_signing_up_nothing_can_be_changed(data: DataFolder) -> None:
    with School(data) as school, pytest.raises(LockedError, match="Complete “Sign up” first"):
        change_setting(school, "phase", "primary")
    assert not data.path.exists()


def test_a_change_says_what_the_setting_is_now(school: School) -> None:
    sign_up(school)
    done = change_setting(school, "Idle_Minutes", " 5 ")
    assert (done.changed, done.note) == (True, "")
    assert done.current == CurrentSetting(SETTINGS["idle-minutes"], 5, 30, is_default=False)
    assert done.current.can_be_reset
    again = change_setting(school, "idle-minutes", "5")
    assert not again.changed
    back = change_setting(school, "idle-minutes", "")
    assert back.current.is_default
    assert not back.current.can_be_reset


def test_the_organisation_has_no_default_to_go_back_to(school: School) -> None:
    sign_up(school)
    assert not CurrentSetting.of(school, "organisation").can_be_reset
    with pytest.raises(UnusableChoiceError, match="can't be blank"):
        change_setting(school, "organisation", "")


def test_the_log_has_the_name_of_what_was_changed_and_not_the_value(school: School, data: DataFolder) -> None:
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


def test_what_can_not_be_logged_is_not_changed(school: School, data: DataFolder) -> None:
    sign_up(school)
    data.log.mkdir()
    with pytest.raises(DataFolderError):
        change_setting(school, "phase", "primary")
    with pytest.raises(DataFolderError):
        mark_reviewed(school, REVIEW_SETTINGS)
    assert school.settings.get("phase") == "all-through"
    assert school.setup.table("steps").get("settings") is None


def test_reviewing_is_logged(school: School, data: DataFolder) -> None:
    sign_up(school)
    mark_reviewed(school, REVIEW_SETTINGS)
    assert [(line["event"], line["about"]) for line in lines(data)] == [("reviewed", "settings")]


@pytest.mark.usefixtures("frozen_day")
def test_another_phase_leaves_those_stored_as_they_are_and_says_how_many_it_does_not_have(
    school: School,
) -> None:
    bring(school, pupil("Lee", year_group="7"), pupil("May", year_group="8"), pupil("Ray", year_group="6"))
    before = school.people.frame("students")
    done = change_setting(school, "phase", "primary")
    assert done.note.startswith(
        "No student was changed. 2 students are in a year group that this phase does not have."
    )
    assert change_setting(school, "phase", "all-through").note.endswith(
        "They are all in a suitable year group."
    )
    assert change_setting(school, "phase", "all-through").note == ""
    assert school.people.frame("students").equals(before)


@pytest.mark.usefixtures("frozen_day")
def test_another_academic_year_says_how_many_are_in_another_year_group_by_age(school: School) -> None:
    bring(school, pupil("Lee", date_of_birth="2014-05-06"))
    note = change_setting(school, "academic-year", "2026").note
    assert "By age, 1 student would be in a different year group in 2026/27." in note


def test_with_nobody_stored_there_is_nothing_to_say(school: School) -> None:
    sign_up(school)
    assert change_setting(school, "phase", "primary").note == ""


@pytest.mark.parametrize("name", ["phase", "mail-security", "existing"])
def test_every_choice_has_its_meaning(name: str) -> None:
    setting = SETTINGS[name]
    assert list(setting.meanings) == list(setting.choices)


def test_the_years_of_a_phase_are_said() -> None:
    assert SETTINGS["phase"].meanings["primary"] == "Nursery 1 to Year 6"
    assert SETTINGS["phase"].meanings["sixth form"] == "Year 12 to Year 14"


def test_what_is_said_of_a_value_can_be_typed_in_again(school: School) -> None:
    sign_up(school)
    for name, setting in SETTINGS.items():
        now = CurrentSetting.of(school, name)
        if now.value is not None:
            assert setting.check(now.text) == now.value
