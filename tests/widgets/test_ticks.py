"""Ticks that are not saved yet, and headings of their table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdrop_tui.records.groups import STANDARD_GROUPS, UserGroup, all_groups
from backdrop_tui.setup.groups import GroupNow
from backdrop_tui.widgets.rights_table import _heading
from backdrop_tui.widgets.ticks import Ticks


def seven() -> tuple[GroupNow, ...]:
    return tuple(GroupNow(group, 0) for group in all_groups((), ()))


def ticking(groups: tuple[GroupNow, ...]) -> Ticks:
    ticks = Ticks()
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


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("DSLs", ["", "", "DSLs"]),
        ("Admin Team", ["", "Admin", "Team"]),
        ("School Business Manager", ["School", "Business", "Manager"]),
        (
            "Extraordinarilylongwordgroup of many people",
            ["Extraordinaril", "ylongwordgroup", "of many people"],
        ),
    ],
)
def test_a_heading_is_as_narrow_as_three_lines_allow(name: str, lines: list[str]) -> None:
    assert _heading(name) == lines


@given(st.text(min_size=1, max_size=100))
def test_any_name_makes_a_heading_of_three_lines(name: str) -> None:
    lines = _heading(name)
    assert len(lines) == 3
    assert all(len(line) <= 14 and line.isprintable() for line in lines)


def test_the_headings_of_the_standard_groups_fit_beside_the_rights() -> None:
    assert 32 + sum(max(3, *map(len, _heading(name))) + 1 for name in STANDARD_GROUPS) <= 80
