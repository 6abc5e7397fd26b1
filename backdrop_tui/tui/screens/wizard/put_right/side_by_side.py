"""People side by side, field by field: a row of a file, someone stored or another row, and what would be stored."""

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.comparison import Column
from backdrop_tui.printable import printable
from backdrop_tui.tui.widgets.plain import plain

DIFFERENT = "≠"
"""The sign of a field in which the two differ."""
_BLANK = "–"
_LABEL = 19
_NARROWEST = 10


def side_by_side(review: Review, columns: Sequence[Column], width: int) -> Content:
    """Draw people side by side, with a sign and a colour where the first two differ.

    Args:
        review: The rows, whose fields are shown.
        columns: The people.
        width: The width of the text in characters.
    """
    each = max((width - _LABEL - 2) // len(columns) - 1, _NARROWEST)
    headings = [Content.styled(_fitted(column.heading, each), "bold") for column in columns]
    lines = [_joined(Content(" " * (_LABEL + 2)), headings)]
    for field in review.kind.fields:
        texts = [printable(column.texts.get(field.key, "")) for column in columns]
        if field in review.fields or any(texts):
            lines += _field_lines(field.label, texts, each)
    return Content("\n").join(lines)


def _field_lines(label: str, texts: Sequence[str], width: int) -> list[Content]:
    """The lines of one field: as many as its longest text needs."""
    differs = len(texts) > 1 and bool(texts[0] and texts[1]) and texts[0] != texts[1]
    style = "bold $text-warning" if differs else ""
    parts = [wrap(text, width, break_long_words=True) or [_BLANK] for text in texts]
    lines = []
    for number in range(max(map(len, parts))):
        sign = f"{DIFFERENT} " if differs and number == 0 else "  "
        start = Content.assemble((sign, style), _fitted(label if number == 0 else "", _LABEL))
        cells = [_fitted(part[number] if number < len(part) else "", width) for part in parts]
        compared = [Content.styled(cell, style) for cell in cells[:2]]
        lines.append(_joined(start, [*compared, *map(Content, cells[2:])]))
    return lines


def _joined(start: Content, cells: Sequence[Content]) -> Content:
    return Content.assemble(start, Content(" ").join(cells))


def _fitted(text: str, width: int) -> str:
    """A text of exactly so many characters."""
    return plain(text, width).plain.ljust(width)
