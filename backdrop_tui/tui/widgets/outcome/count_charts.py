"""Counts of people by value, as bars or as a compact list."""

import polars as pl
from textual.content import Content

from backdrop_tui.records.fields.year_group import YEAR_GROUPS, in_words
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import and_more

_MOST_BARS, _MOST_COUNTS = 40, 160
_LABEL = 20


def bar_chart(title: str, values: pl.Series, width: int) -> Content:
    """Draw a bar for each different value.

    Args:
        title: The heading.
        values: The values to count (String); nulls are ignored.
        width: The width of the chart in characters.
    """
    counts = _sorted_counts(values)
    largest = max((count for _, count in counts), default=0)
    room = max(10, width - _LABEL - 10)
    lines = [Content.styled(title, "bold")]
    for value, count in counts[:_MOST_BARS]:
        label = in_words(value) if value in YEAR_GROUPS else value
        bar = "█" * max(1, round(count * room / largest))
        lines.append(
            Content.assemble(plain(f"{label:<{_LABEL}}", _LABEL), f"{count:>7,} ", (bar, "$primary"))
        )
    if len(counts) > _MOST_BARS:
        lines.append(Content(and_more(len(counts) - _MOST_BARS)))
    return Content("\n").join(lines)


def count_list(title: str, values: pl.Series, width: int) -> Content:
    """List each different value with its count, in as many columns as fit; empty without values.

    Args:
        title: What the values are, for the heading.
        values: The values to count (String); nulls are ignored.
        width: The width of the list in characters.
    """
    counts = _sorted_counts(values)
    if not counts:
        return Content("")
    texts = [f"{value}: {count:,}" for value, count in counts[:_MOST_COUNTS]]
    if len(counts) > _MOST_COUNTS:
        texts.append(and_more(len(counts) - _MOST_COUNTS))
    column = min(max(len(text) for text in texts) + 2, width)
    per_line = max(1, width // column)
    lines = [
        plain("  " + "".join(f"{text:<{column}}" for text in texts[n : n + per_line]).rstrip())
        for n in range(0, len(texts), per_line)
    ]
    return Content("\n").join([Content.styled(f"By {title.lower()}:", "bold"), *lines])


def _sorted_counts(values: pl.Series) -> list[tuple[str, int]]:
    """Count each value: year groups in the order of school, then others by the number that they begin with."""
    counts = {str(value): int(count) for value, count in values.drop_nulls().value_counts().iter_rows()}
    year_places = {code: n for n, code in enumerate(YEAR_GROUPS)}

    def sort_key(value: str) -> tuple[int, int, str]:
        digits = value[: len(value) - len(value.lstrip("0123456789"))]
        return year_places.get(value, len(year_places)), int(digits or 0), value

    return [(value, counts[value]) for value in sorted(counts, key=sort_key)]
