"""Changes to rights that aren't saved yet."""

from backdrop_tui.people.group_summary import GroupSummary
from backdrop_tui.people.rights_draft import RightsDraft
from backdrop_tui.records.rights.user_groups import UserGroup, all_groups


def standard_groups() -> tuple[GroupSummary, ...]:
    return tuple(GroupSummary(group, 0) for group in all_groups((), ()))


def draft_of(groups: tuple[GroupSummary, ...]) -> RightsDraft:
    draft = RightsDraft()
    draft.replace_groups(groups, {})
    return draft


def test_only_a_tick_that_differs_from_what_is_stored_is_unsaved() -> None:
    groups = standard_groups()
    draft = draft_of(groups)
    draft.set(groups[0], "run-reports", has=False)
    draft.set(groups[4], "run-reports", has=True)
    assert (draft.unsaved, draft.unsaved_in_words) == (2, "2 ticks are")
    draft.set(groups[0], "run-reports", has=True)
    assert draft.changes == {"Teachers": {"run-reports": True}}
    assert "run-reports" in draft.groups_after_saving[4].group.rights
    assert not draft.is_default(groups[4], "run-reports")
    draft.reset(groups[4])
    assert draft.unsaved == 0


def test_unsaved_changes_follow_a_renamed_group_and_go_with_a_removed_one() -> None:
    groups = standard_groups()
    draft = draft_of(groups)
    for place in (4, 5, 6):
        draft.set(groups[place], "manage-students", has=True)
    renamed = GroupSummary(UserGroup("Helpers", groups[5].group.rights, "TAs"), 0)
    changed = GroupSummary(
        UserGroup("Governors", groups[6].group.rights | {"manage-students"}, "Governors"), 0
    )
    draft.replace_groups((*groups[:4], renamed, changed), {"TAs": "Helpers"})
    assert draft.changes == {"Helpers": {"manage-students": True}}
