"""Rights that are ticked and not saved yet."""

from backdrop_tui.people.groups import GroupNow
from backdrop_tui.people.rights_draft import TickedRights
from backdrop_tui.records.rights.user_groups import UserGroup, all_groups


def seven() -> tuple[GroupNow, ...]:
    return tuple(GroupNow(group, 0) for group in all_groups((), ()))


def ticking(groups: tuple[GroupNow, ...]) -> TickedRights:
    ticks = TickedRights()
    ticks.follow(groups, {})
    return ticks


def test_only_what_differs_from_what_is_stored_is_unsaved() -> None:
    groups = seven()
    ticks = ticking(groups)
    ticks.want(groups[0], "run-reports", has=False)
    ticks.want(groups[4], "run-reports", has=True)
    assert (ticks.unsaved, ticks.in_words) == (2, "2 ticks are")
    ticks.want(groups[0], "run-reports", has=True)
    assert ticks.changes == {"Teachers": {"run-reports": True}}
    assert "run-reports" in ticks.groups_then[4].group.rights
    assert not ticks.is_default(groups[4], "run-reports")
    ticks.set_back(groups[4])
    assert ticks.unsaved == 0


def test_what_is_unsaved_follows_its_group_and_goes_with_it() -> None:
    groups = seven()
    ticks = ticking(groups)
    for place in (4, 5, 6):
        ticks.want(groups[place], "manage-students", has=True)
    helpers = GroupNow(UserGroup("Helpers", groups[5].group.rights, "TAs"), 0)
    granted = GroupNow(UserGroup("Governors", groups[6].group.rights | {"manage-students"}, "Governors"), 0)
    ticks.follow((*groups[:4], helpers, granted), {"TAs": "Helpers"})
    assert ticks.changes == {"Helpers": {"manage-students": True}}
