"""Counts as bars of text."""

import polars as pl
from textual.content import Content

from backdrop_tui.records.fields.year_group import YEAR_GROUPS, in_words
from backdrop_tui.tui.widgets.plain import plain

_MOST = 40
_LABEL = 20


def _ordered(values: pl.Series) -> list[tuple[str, int]]:
    """Values with their counts: year groups in the order of school, others by number and letter."""
    counted = values.drop_nulls().value_counts()
    found = {str(value): int(count) for value, count in counted.iter_rows()}
    places = {code: n for n, code in enumerate(YEAR_GROUPS)}

    def place(value: str) -> tuple[int, int, str]:
        digits = value[: len(value) - len(value.lstrip("0123456789"))]
        return places.get(value, len(places)), int(digits or 0), value

    return [(value, found[value]) for value in sorted(found, key=place)]


def bars(title: str, values: pl.Series, width: int) -> Content:
    """One bar for each different value.

    Args:
        title: What stands above.
        values: What is counted (String; nulls are not).
        width: How many characters wide the whole may be.
    """
    counted = _ordered(values)
    most = max((count for _, count in counted), default=0)
    room = max(10, width - _LABEL - 10)
    lines = [Content.styled(title, "bold")]
    for value, count in counted[:_MOST]:
        label = in_words(value) if value in YEAR_GROUPS else value
        bar = "█" * max(1, round(count * room / most))
        lines.append(
            Content.assemble(plain(f"{label:<{_LABEL}}", _LABEL), f"{count:>7,} ", (bar, "$primary"))
        )
    if len(counted) > _MOST:
        lines.append(Content(f"… and {len(counted) - _MOST} more"))
    return Content("\n").join(lines)


def counts_by(title: str, values: pl.Series, width: int) -> Content:
    """Each different value with its count, as many in a line as there is room for."""
    counted = _ordered(values)
    if not counted:
        return Content("")
    shown = [f"{value}: {count:,}" for value, count in counted[: 4 * _MOST]]
    if len(counted) > 4 * _MOST:
        shown.append(f"… and {len(counted) - 4 * _MOST} more")
    column = min(max(len(text) for text in shown) + 2, width)
    across = max(1, width // column)
    lines = [
        plain("  " + "".join(f"{text:<{column}}" for text in shown[n : n + across]).rstrip())
        for n in range(0, len(shown), across)
    ]
    return Content("\n").join([Content.styled(f"By {title.lower()}:", "bold"), *lines])
