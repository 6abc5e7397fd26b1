"""The table of rights: its headings, and its cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from backdrop_tui.people.group_summary import GroupSummary
from backdrop_tui.people.rights_draft import RightsDraft
from backdrop_tui.records.rights.user_groups import STANDARD_GROUPS, UserGroup
from backdrop_tui.tui.widgets.tables.rights_table import RightsTable, _heading


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
def test_every_heading_has_three_lines(name: str) -> None:
    lines = _heading(name)
    assert len(lines) == 3
    assert all(len(line) <= 14 and line.isprintable() for line in lines)


def test_the_headings_of_the_standard_groups_fit_beside_the_rights() -> None:
    assert 32 + sum(max(3, *map(len, _heading(name))) + 1 for name in STANDARD_GROUPS) <= 80


async def test_the_row_under_the_cursor_stays_in_view_when_the_table_gets_lower() -> None:
    class OneTable(App[None]):
        def compose(self) -> ComposeResult:
            yield RightsTable(rights)

        def on_mount(self) -> None:
            table = self.query_one(RightsTable)
            table.show_groups()
            table.focus()

    rights = RightsDraft()
    rights.replace_groups((GroupSummary(UserGroup("Staff", frozenset()), 1),), {})
    async with OneTable().run_test(size=(120, 30)) as pilot:
        await pilot.press("ctrl+end")
        await pilot.resize_terminal(120, 10)
        strips = pilot.app.screen._compositor.render_strips()
        assert any("Members" in strip.text for strip in strips)
