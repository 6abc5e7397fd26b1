"""People move with their group: all of them or none, wherever it is cut off."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backdrop_tui.errors import BackdropError, DataFolderError
from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.imports.undo import preview_undo, undo
from backdrop_tui.people.group_management import (
    add_group,
    change_rights,
    remove_group,
    rename_group,
    reset_rights,
)
from backdrop_tui.people.group_summary import group_summaries
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.disk_states import DiskStates
from tests.support.imports import bring, colleague, groups, sign_up
from tests.support.made_up import STAFF


def full(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever it is called with
    raise DataFolderError("The disk is full.")


def two_mentors(school: School) -> None:
    """Two people in a group of the school's own, and one beside it."""
    bring(
        school, colleague("Lee", "Mentors"), colleague("May", "Mentors"), colleague("Ray", "SLTs"), kind=STAFF
    )
    change_rights(school, {"Mentors": {"run-reports": True}})


def rights_of(school: School, surname: str) -> frozenset[str]:
    """What somebody may do."""
    name = groups(school, STAFF)[surname]
    return next(now.group.rights for now in group_summaries(school) if now.name == name)


def test_renaming_is_made_good_after_a_kill(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_mentors(school)
    states = DiskStates(school.folder.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: rename_group(school, "Mentors", "Coaches"))
    found = [_made_good(place) for place in states.copies]
    assert found == sorted(found, reverse=True)
    assert (found[0], found[-1]) == ("Mentors", "Coaches")


def test_removing_is_made_good_after_a_kill(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_mentors(school)
    states = DiskStates(school.folder.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: remove_group(school, "Mentors", "TAs"))
    found = [_made_good(place) for place in states.copies]
    assert found == sorted(found)
    assert (found[0], found[-1]) == ("Mentors", "TAs")


def _made_good(place: Path) -> str:
    """The group in which the two are once a folder was made good; before that nobody is in a group that is not listed."""
    with School(DataFolder(place)) as school:
        listed = {now.name: now.members for now in group_summaries(school)}
        assert sum(listed.values()) == 3
        recover(school)
        assert not needs_recovery(school)
        assert {now.name: now.members for now in group_summaries(school)} == listed
        stored = groups(school, STAFF)
        assert stored["Lee"] == stored["May"]
        assert ("Mentors" in listed) == (stored["Lee"] == "Mentors")
        assert stored["Lee"] == "TAs" or "run-reports" in rights_of(school, "Lee")
        assert preview_undo(school) is not None
        assert undo(school).removed == 3
        return str(stored["Lee"])


@pytest.mark.parametrize("how", ["rename", "remove"])
def test_what_cant_be_stored_is_put_back_as_a_whole(
    school: School, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    two_mentors(school)
    before, kept = group_summaries(school), import_records(school)
    with monkeypatch.context() as broken:
        broken.setattr(school.people, "apply", full)
        with pytest.raises(DataFolderError, match="The disk is full"):
            _ = (
                rename_group(school, "Mentors", "Coaches")
                if how == "rename"
                else remove_group(school, "Mentors", "TAs")
            )
    assert group_summaries(school) == before
    assert import_records(school) == kept
    assert groups(school, STAFF)["Lee"] == "Mentors"
    assert not needs_recovery(school)


def test_being_moved_with_a_group_is_no_edit(school: School) -> None:
    two_mentors(school)
    rename_group(school, "Mentors", "Coaches")
    bring(school, colleague("Lee", "SLTs"), kind=STAFF)
    rename_group(school, "Coaches", "Guides")
    rename_group(school, "SLTs", "Leaders")
    found = undo(school)
    assert (found.removed, found.restored) == (0, 1)
    assert groups(school, STAFF)["Lee"] == "Guides"
    found = undo(school)
    assert (found.removed, found.groups) == (3, ("Guides",))
    assert "Guides" not in school.group_names()


def test_who_gets_their_former_group_back_that_was_removed_comes_into_the_one_it_went_to(
    school: School,
) -> None:
    two_mentors(school)
    bring(school, colleague("Lee", "SLTs"), kind=STAFF)
    remove_group(school, "Mentors", "TAs")
    undo(school)
    assert groups(school, STAFF)["Lee"] == "TAs"
    assert "Mentors" not in school.group_names()


def test_an_edit_by_hand_still_counts_after_a_rename(school: School) -> None:
    two_mentors(school)
    lee = school.stored(STAFF)["id"][0]
    school.people.change_one("staff", lee, {"job_role": "Coach"})
    rename_group(school, "Mentors", "Coaches")
    found = preview_undo(school)
    assert found is not None
    assert [person.id for person in found.edited] == [lee]


def test_an_import_makes_its_groups_and_undoing_it_removes_them(school: School) -> None:
    sign_up(school)
    change_rights(school, {"Teachers": {"run-reports": True}})
    record = bring(school, colleague("Lee", "Mentors"), colleague("May", "Kitchen"), kind=STAFF)
    assert record.groups == ("Kitchen", "Mentors")
    kept = {document["key"] for document in school.setup.table("groups").all()}
    assert {"Kitchen", "Mentors"} < kept
    change_rights(school, {"Teachers": {"run-reports": False}})
    assert "run-reports" in rights_of(school, "Lee")
    later = bring(school, colleague("Ray", "Mentors"), kind=STAFF)
    assert later.groups == ()
    undo(school)
    assert undo(school).groups == ("Kitchen", "Mentors")
    assert len(school.group_names()) == 7


def test_a_group_is_kept_just_where_its_import_is(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(school)
    add_group(school, "Kitchen")
    states = DiskStates(school.folder.path, tmp_path / "importing")
    states.record(monkeypatch, lambda: bring(school, colleague("Lee", "Mentors"), kind=STAFF))
    found = [_is_kept_with_its_people(place) for place in states.copies]
    assert (found[0], found[-1], found) == (False, True, sorted(found))
    states = DiskStates(school.folder.path, tmp_path / "undoing")
    states.record(monkeypatch, lambda: undo(school))
    found = [_is_kept_with_its_people(place) for place in states.copies]
    assert (found[0], found[-1], found) == (True, False, sorted(found, reverse=True))


def _is_kept_with_its_people(place: Path) -> bool:
    """Whether a folder has the group that an import made, once it was made good; its people are there just then."""
    with School(DataFolder(place)) as school:
        recover(school)
        kept = school.setup.table("groups").get("Mentors") is not None
        assert (kept, school.group_names()[-1] == "Mentors") == (school.people.count("staff") == 1,) * 2
        return kept


def test_a_group_that_somebody_else_is_in_stays(school: School) -> None:
    bring(school, colleague("Lee", "Mentors"), colleague("May", "Kitchen"), kind=STAFF)
    school.people.add_one("staff", {**colleague("Ray", "Mentors"), "email": None})
    assert undo(school).groups == ("Kitchen",)
    assert "Mentors" in school.group_names()


def test_the_last_group_that_may_manage_groups_is_not_undone(school: School) -> None:
    bring(school, colleague("Lee", "Mentors"), kind=STAFF)
    change_rights(school, {"Mentors": {"manage-groups": True}})
    change_rights(school, {name: {"manage-groups": False} for name in ("DSLs", "School Business Manager")})
    assert undo(school).groups == ()
    assert "Mentors" in school.group_names()


def test_a_group_that_was_there_before_stays_when_an_import_is_undone(school: School) -> None:
    sign_up(school)
    add_group(school, "Mentors")
    assert bring(school, colleague("Lee", "Mentors"), kind=STAFF).groups == ()
    undo(school)
    assert "Mentors" in school.group_names()


NAMES = (
    "DSLs",
    "Teachers",
    "TAs",
    "School Business Manager",
    "Mentors",
    "Coaches",
    "Kitchen",
    "Prefects",
    "DSL5",
)
RIGHTS = ("manage-groups", "run-reports")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(NAMES)),
        st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
        st.tuples(st.just("remove"), st.sampled_from(NAMES), st.one_of(st.none(), st.sampled_from(NAMES))),
        st.tuples(st.just("rights"), st.sampled_from(NAMES), st.sampled_from(RIGHTS), st.booleans()),
        st.tuples(st.just("reset"), st.sampled_from(NAMES)),
        st.tuples(st.just("bring"), st.sampled_from(("Lee", "May")), st.sampled_from(NAMES)),
        st.tuples(st.just("undo")),
    ),
    max_size=10,
)


def _take(school: School, step: tuple[Any, ...]) -> None:
    match step:
        case ("add", name):
            add_group(school, name)
        case ("rename", name, new):
            rename_group(school, name, new)
        case ("remove", name, to):
            remove_group(school, name, to)
        case ("rights", name, right, has):
            change_rights(school, {name: {right: has}})
        case ("reset", name):
            reset_rights(school, [name])
        case ("bring", surname, name):
            bring(school, colleague(surname, name), kind=STAFF)
        case _:
            undo(school)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_done_everybody_is_in_a_listed_group_and_one_group_manages(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    folder = DataFolder(tmp_path_factory.mktemp("some") / "data")
    folder.create()
    with School(folder) as school:
        sign_up(school)
        for step in steps:
            before = (group_summaries(school), groups(school, STAFF))
            try:
                _take(school, step)
            except BackdropError:
                assert (group_summaries(school), groups(school, STAFF)) == before
            listed = {now.name: now for now in group_summaries(school)}
            assert len(listed) == len(school.group_names())
            assert any("manage-groups" in now.group.rights for now in listed.values())
            assert sum(now.members for now in listed.values()) == school.people.count("staff")
            assert set(groups(school, STAFF).values()) <= set(listed)
            assert not needs_recovery(school)
