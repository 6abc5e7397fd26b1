"""Counts of people as bars."""

import polars as pl
from textual.content import Content

from backdrop_tui.tui.widgets.outcome.count_charts import count_bars


def lines(chart: Content) -> list[str]:
    return [line.rstrip() for line in chart.plain.splitlines()]


def test_year_groups_are_in_the_order_of_school() -> None:
    chart = lines(count_bars("Students", pl.Series(["10", "R", "9", "R", "N1"]), 60))
    assert [line.split("  ")[0].split()[0] for line in chart[1:]] == ["Nursery", "Reception", "Year", "Year"]
    assert chart[3].startswith("Year 9")


def test_the_largest_group_has_the_longest_bar_and_the_smallest_is_still_visible() -> None:
    chart = lines(count_bars("Students", pl.Series(["7"] * 10_000 + ["8"]), 60))
    assert chart[1].count("▄") == 40
    assert chart[2].count("▄") == 1


def test_names_from_a_file_are_made_safe_and_cut_short() -> None:
    text = count_bars("Staff", pl.Series(["[red]\x1b[31m" + "x" * 60]), 60).plain
    assert "[red]" in text
    assert "\x1b" not in text
    assert "…" in text


def test_many_groups_are_side_by_side_and_no_values_give_an_empty_text() -> None:
    groups = pl.Series([f"{year}{form}" for year in range(1, 14) for form in "AB"])
    chart = lines(count_bars("By registration group", groups, 76))
    assert len(chart) == 8
    assert chart[1].split()[::3] == ["1A", "4B", "8A", "11B"]
    assert max(map(len, chart)) <= 76
    assert count_bars("Group", pl.Series([], dtype=pl.String), 40).plain == ""


def test_what_is_gained_and_lost_is_seen_without_colours() -> None:
    before = pl.Series(["7"] * 10 + ["8"] * 10 + ["9"] * 5)
    after = pl.Series(["7"] * 15 + ["8"] * 5 + ["9"] * 5)
    chart = lines(count_bars("By year group", after, 60, before))
    assert "before → after" in chart[0]
    assert "10 → 15" in chart[1]
    assert chart[1].count("█") > chart[1].count("░") == 0
    assert chart[2].count("░") > chart[2].count("█") == 0
    assert chart[3].count("▄") > chart[3].count("█") + chart[3].count("░") == 0


def test_a_small_change_is_seen_too() -> None:
    chart = lines(count_bars("Now", pl.Series(["7"] * 1_001), 60, pl.Series(["7"] * 1_000)))
    assert chart[1].endswith("█")


def test_nothing_is_compared_while_nobody_was_stored() -> None:
    chart = count_bars("Now", pl.Series(["7"]), 60, pl.Series([], dtype=pl.String)).plain
    assert "→" not in chart
