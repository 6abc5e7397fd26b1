"""Counts of people by value, as bars: now, or before and after something is done."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from textual.content import Content

from backdrop_tui.records.fields.year_group import YEAR_GROUPS, in_words
from backdrop_tui.tui.widgets.outcome.bars import BLOCK, bar
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import and_more

_MOST = 160
"""The most values that are shown."""
_LABEL = 30
"""The most characters of a value."""
_SHORTEST_BAR, _LONGEST_BAR = 8, 40
_FEWEST_LINES = 8
"""The fewest lines of a chart with several columns."""
_GAP = 3
"""The characters between two columns of bars."""
_GAINED, _LOST = "█", "░"
"""What is added to a bar, and what is taken off it."""


@dataclass(frozen=True)
class _Count:
    """One value, and how many people have it."""

    label: str
    before: int
    after: int


def count_bars(title: str, values: pl.Series, width: int, before: pl.Series | None = None) -> Content:
    """Draw a bar for each different value, in as many columns as there is room for; empty without values.

    Args:
        title: The heading.
        values: The values to count (String); nulls are ignored.
        width: The width of the chart in characters.
        before: The values as they were before (String), to be shown beside those of now.
    """
    counts = _counts(values, before)
    if not counts:
        return Content("")
    shown = counts[:_MOST]
    has_changes = any(count.before != count.after for count in shown)
    is_compared = has_changes and before is not None and not before.drop_nulls().is_empty()
    label = min(max(len(count.label) for count in shown), _LABEL)
    numbers = [_number(count, is_compared=is_compared) for count in shown]
    number = max(map(len, numbers))
    used = label + number + 2
    columns = max(1, min((width + _GAP) // (used + _SHORTEST_BAR + _GAP), -(-len(shown) // _FEWEST_LINES)))
    room = max(min((width + _GAP) // columns - _GAP - used, _LONGEST_BAR), 1)
    largest = max(max(count.before if is_compared else 0, count.after) for count in shown)
    cells = [
        Content.assemble(plain(f"{count.label:<{label}}", label), f" {text:>{number}} ", _bar(count, largest, room, is_compared=is_compared))
        for count, text in zip(shown, numbers, strict=True)
    ]  # fmt: skip
    lines = _in_columns(cells, columns, used + room + _GAP)
    more = [Content(and_more(len(counts) - _MOST))] if len(counts) > _MOST else []
    note = f"   before → after   {_GAINED} more   {_LOST} fewer" if is_compared else ""
    heading = Content.assemble((title, "bold $accent"), (note, "$text-muted"))
    return Content("\n").join([heading, *lines, *more])


def _number(count: _Count, *, is_compared: bool) -> str:
    return f"{count.before:,} → {count.after:,}" if is_compared else f"{count.after:,}"


def _bar(count: _Count, largest: int, room: int, *, is_compared: bool) -> Content:
    """The bar of one value. With a comparison, its end shows what is gained or lost."""
    if not is_compared:
        return Content.styled(bar(count.after, largest, room), "$accent")
    after, before = (len(bar(number, largest, room)) for number in (count.after, count.before))
    if count.after != count.before and after == before:
        after, before = (after, after - 1) if count.after > count.before else (before - 1, before)
    same = max(min(before, after), 0)
    return Content.assemble(
        (BLOCK * same, "$accent"),
        (_GAINED * max(after - same, 0), "$text-success"),
        (_LOST * max(before - same, 0), "$text-error"),
    )


def _in_columns(cells: Sequence[Content], columns: int, width: int) -> list[Content]:
    """Lines in which cells follow each other downwards, then to the right."""
    rows = -(-len(cells) // columns)
    lines = []
    for n in range(rows):
        line = cells[n::rows]
        padded = [
            Content.assemble(cell, " " * max(width - cell.cell_length, 0)) if place < len(line) - 1 else cell
            for place, cell in enumerate(line)
        ]
        lines.append(Content("").join(padded))
    return lines


def _counts(values: pl.Series, before: pl.Series | None) -> list[_Count]:
    """The counts of each value: year groups in the order of school, then others by the number that they begin with."""
    after = _by_value(values)
    earlier = after if before is None else _by_value(before)
    year_places = {code: n for n, code in enumerate(YEAR_GROUPS)}

    def sort_key(value: str) -> tuple[int, int, str]:
        digits = value[: len(value) - len(value.lstrip("0123456789"))]
        return year_places.get(value, len(year_places)), int(digits or 0), value

    return [
        _Count(in_words(value) if value in YEAR_GROUPS else value, earlier.get(value, 0), after.get(value, 0))
        for value in sorted({*after, *earlier}, key=sort_key)
    ]


def _by_value(values: pl.Series) -> dict[str, int]:
    return {str(value): int(count) for value, count in values.drop_nulls().value_counts().iter_rows()}
