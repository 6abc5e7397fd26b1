"""Counts of people as text."""

import polars as pl

from backdrop_tui.tui.widgets.outcome.count_charts import bar_chart, count_list


def test_year_groups_are_in_the_order_of_school() -> None:
    text = bar_chart("Students", pl.Series(["10", "R", "9", "R", "N1"]), 60).plain
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["Nursery", "Reception", "Year", "Year"]
    assert text.index("Year 9") < text.index("Year 10")


def test_the_largest_group_fills_the_width_and_the_smallest_is_still_visible() -> None:
    text = bar_chart("Students", pl.Series(["7"] * 10_000 + ["8"]), 60).plain
    assert text.splitlines()[1].count("█") == 30
    assert text.splitlines()[2].count("█") == 1


def test_names_from_a_file_are_made_safe_and_cut_short() -> None:
    text = bar_chart("Staff", pl.Series(["[red]\x1b[31m" + "x" * 60]), 60).plain
    assert "[red]" in text
    assert "\x1b" not in text
    assert "…" in text


def test_counts_are_side_by_side_and_no_values_give_an_empty_text() -> None:
    text = count_list("Registration group", pl.Series(["7B", "10A", "7A", "7A"]), 40).plain
    assert text.splitlines()[0] == "By registration group:"
    assert text.splitlines()[1].split() == ["7A:", "2", "7B:", "1", "10A:", "1"]
    assert count_list("Group", pl.Series([], dtype=pl.String), 40).plain == ""
