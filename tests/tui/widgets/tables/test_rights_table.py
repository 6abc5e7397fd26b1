"""The headings of the table of rights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdrop_tui.records.rights.user_groups import STANDARD_GROUPS
from backdrop_tui.tui.widgets.tables.rights_table import _heading


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
