"""All members of a group are moved or none, wherever a move is interrupted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backdrop_tui.errors import BackdropError, DataFolderError
from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.imports.undo import preview_undo
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
from tests.support.imports import colleague, groups, import_people, sign_up, undo_and_tell
from tests.support.made_up import STAFF
from tests.support.one_person import add_one, change_one


def two_mentors(school: School) -> None:
    """Two people in a group that the school has added, and one in another."""
    import_people(
        school, colleague("Lee", "Mentors"), colleague("May", "Mentors"), colleague("Ray", "SLTs"), kind=STAFF
    )
    change_rights(school, {"Mentors": {"run-reports": True}})


def rights_of(school: School, surname: str) -> frozenset[str]:
    """The keys of the rights of a group."""
    name = groups(school, STAFF)[surname]
    return next(summary.group.rights for summary in group_summaries(school) if summary.name == name)


@pytest.mark.parametrize(("change", "new"), [(rename_group, "Coaches"), (remove_group, "TAs")])
def test_a_move_that_is_interrupted_is_done_or_not(
    school: School,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[School, str, str], object],
    new: str,
) -> None:
    two_mentors(school)
    states = DiskStates(school.folder.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: change(school, "Mentors", new))
    groups_found = [_group_after_recovery(place) for place in states.copies]
    assert groups_found == sorted(groups_found, key=["Mentors", new].index)
    assert (groups_found[0], groups_found[-1]) == ("Mentors", new)


def _group_after_recovery(place: Path) -> str:
    """The group that the two are in after recovery; until then, no one is in a group that is not listed."""
    with School(DataFolder(place)) as school:
        listed = {summary.name: summary.members for summary in group_summaries(school)}
        assert sum(listed.values()) == 3
        recover(school)
        assert not needs_recovery(school)
        assert {summary.name: summary.members for summary in group_summaries(school)} == listed
        stored = groups(school, STAFF)
        assert stored["Lee"] == stored["May"]
        assert ("Mentors" in listed) == (stored["Lee"] == "Mentors")
        assert stored["Lee"] == "TAs" or "run-reports" in rights_of(school, "Lee")
        assert preview_undo(school) is not None
        assert undo_and_tell(school).removed == 3
        return str(stored["Lee"])


@pytest.mark.parametrize("how", ["rename", "remove"])
def test_a_move_that_cannot_be_stored_is_put_back_completely(
    school: School, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    two_mentors(school)
    before, kept = group_summaries(school), import_records(school)
    with monkeypatch.context() as broken:
        broken.setattr(
            school.store.people("staff"), "apply", Mock(side_effect=DataFolderError("The disk is full."))
        )
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


def test_being_moved_with_a_group_is_not_an_edit(school: School) -> None:
    two_mentors(school)
    rename_group(school, "Mentors", "Coaches")
    import_people(school, colleague("Lee", "SLTs"), kind=STAFF)
    rename_group(school, "Coaches", "Guides")
    rename_group(school, "SLTs", "Leaders")
    result = undo_and_tell(school)
    assert (result.removed, result.restored) == (0, 1)
    assert groups(school, STAFF)["Lee"] == "Guides"
    result = undo_and_tell(school)
    assert (result.removed, result.groups) == (3, ("Guides",))
    assert "Guides" not in school.group_names()


def test_people_whose_former_group_was_removed_get_the_group_that_its_members_moved_to(
    school: School,
) -> None:
    two_mentors(school)
    import_people(school, colleague("Lee", "SLTs"), kind=STAFF)
    remove_group(school, "Mentors", "TAs")
    undo_and_tell(school)
    assert groups(school, STAFF)["Lee"] == "TAs"
    assert "Mentors" not in school.group_names()


def test_an_edit_by_hand_still_counts_after_a_rename(school: School) -> None:
    two_mentors(school)
    lee = school.stored(STAFF)["id"][0]
    change_one(school.store.people("staff"), lee, {"job_role": "Coach"})
    rename_group(school, "Mentors", "Coaches")
    preview = preview_undo(school)
    assert preview is not None
    assert [person.id for person in preview.edited] == [lee]


def test_an_import_creates_its_groups_and_undoing_it_removes_them(school: School) -> None:
    sign_up(school)
    change_rights(school, {"Teachers": {"run-reports": True}})
    record = import_people(school, colleague("Lee", "Mentors"), colleague("May", "Kitchen"), kind=STAFF)
    assert record.groups == ("Kitchen", "Mentors")
    kept = {document["key"] for document in school.store.table("groups").all()}
    assert {"Kitchen", "Mentors"} < kept
    change_rights(school, {"Teachers": {"run-reports": False}})
    assert "run-reports" in rights_of(school, "Lee")
    later = import_people(school, colleague("Ray", "Mentors"), kind=STAFF)
    assert later.groups == ()
    undo_and_tell(school)
    assert undo_and_tell(school).groups == ("Kitchen", "Mentors")
    assert len(school.group_names()) == 7


def test_a_group_is_stored_if_and_only_if_its_import_is(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(school)
    add_group(school, "Kitchen")
    states = DiskStates(school.folder.path, tmp_path / "importing")
    states.record(monkeypatch, lambda: import_people(school, colleague("Lee", "Mentors"), kind=STAFF))
    are_kept = [_is_kept_with_its_people(place) for place in states.copies]
    assert (are_kept[0], are_kept[-1], are_kept) == (False, True, sorted(are_kept))
    states = DiskStates(school.folder.path, tmp_path / "undoing")
    states.record(monkeypatch, lambda: undo_and_tell(school))
    are_kept = [_is_kept_with_its_people(place) for place in states.copies]
    assert (are_kept[0], are_kept[-1], are_kept) == (True, False, sorted(are_kept, reverse=True))


def _is_kept_with_its_people(place: Path) -> bool:
    """Whether a folder has the group that an import creates after recovery; if so, it has the people too."""
    with School(DataFolder(place)) as school:
        recover(school)
        kept = school.store.table("groups").get("Mentors") is not None
        assert (kept, school.group_names()[-1] == "Mentors") == (
            school.store.people("staff").frame().height == 1,
        ) * 2
        return kept


def test_a_group_with_other_members_stays(school: School) -> None:
    import_people(school, colleague("Lee", "Mentors"), colleague("May", "Kitchen"), kind=STAFF)
    add_one(school.store.people("staff"), {**colleague("Ray", "Mentors"), "email": None})
    assert undo_and_tell(school).groups == ("Kitchen",)
    assert "Mentors" in school.group_names()


def test_undoing_never_removes_the_last_group_that_can_manage_groups(school: School) -> None:
    import_people(school, colleague("Lee", "Mentors"), kind=STAFF)
    change_rights(school, {"Mentors": {"manage-groups": True}})
    change_rights(school, {name: {"manage-groups": False} for name in ("DSLs", "School Business Manager")})
    assert undo_and_tell(school).groups == ()
    assert "Mentors" in school.group_names()


def test_a_group_that_existed_before_stays_when_an_import_is_undone(school: School) -> None:
    sign_up(school)
    add_group(school, "Mentors")
    assert import_people(school, colleague("Lee", "Mentors"), kind=STAFF).groups == ()
    undo_and_tell(school)
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
            import_people(school, colleague(surname, name), kind=STAFF)
        case _:
            undo_and_tell(school)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_done_everyone_is_in_a_listed_group_and_one_group_can_manage_groups(
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
            listed = {summary.name: summary for summary in group_summaries(school)}
            assert len(listed) == len(school.group_names())
            assert any("manage-groups" in summary.group.rights for summary in listed.values())
            assert (
                sum(summary.members for summary in listed.values())
                == school.store.people("staff").frame().height
            )
            assert set(groups(school, STAFF).values()) <= set(listed)
            assert not needs_recovery(school)
