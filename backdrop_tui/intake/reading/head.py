"""The first lines of a file, read with the delimiter that suits them best."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from backdrop_tui.intake.reading.careful.cut import records
from backdrop_tui.intake.reading.careful.rows import Record, RowShape
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter
from backdrop_tui.intake.reading.header.find import commonest
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.headings import refuse_many_columns
from backdrop_tui.intake.reading.lines import first_lines
from backdrop_tui.intake.reading.quoting import (
    Ending,
    cut_literally,
    cut_strictly,
    ending,
    grammar_of,
    has_stray_quote,
    is_blank_row,
)
from backdrop_tui.intake.reading.text import Text

HEAD = 300
"""Physical lines that are enough to tell the delimiter, the headings and the width."""
_WIDEST = 16_384
"""Columns of a spreadsheet, blank ones included: what has more of them isn't worth cutting up."""
_MOST = 0.8
_SURE = 4
"""Known headings that prove a delimiter right if all rows agree; the other delimiters aren't tried then."""


@dataclass(frozen=True)
class Head:
    """The first lines of a file, read with one delimiter."""

    rows: RowShape
    """What its rows seem to look like."""
    records: tuple[Record, ...]
    """Its records, including blank ones."""
    known: int
    """How many known headings the row with the most of them has."""

    @cached_property
    def agreement(self) -> tuple[float, int]:
        """The share of rows that have the commonest number of cells (0 if that is one cell), and that number."""
        widths = [len(r.cells) for r in self.records if not is_blank_row(r.cells)]
        width, count = commonest(widths)
        return (count / len(widths), width) if width > 1 else (0.0, width)

    @property
    def cells(self) -> list[tuple[str, ...]]:
        """The cells of its records."""
        return [record.cells for record in self.records]


def read_head(text: Text, chosen: Delimiter | None, vocabulary: Vocabulary) -> Head:
    """Read the first lines with the delimiter that the user has chosen, or that the file itself names, or the best.

    What the file names is ignored if that delimiter cuts nothing.

    Args:
        text: The file.
        chosen: What the user has chosen; None to detect it.
        vocabulary: The known headings.

    Raises:
        UnusableFileError: Most lines have more cells than a spreadsheet has columns.
    """
    lines = first_lines(text.data, HEAD)
    head = _best_head(lines, chosen or text.delimiter, vocabulary)
    if chosen is None and text.delimiter and head.agreement[1] <= 1:
        return _best_head(lines, None, vocabulary)
    return head


def _best_head(lines: Sequence[str], wanted: Delimiter | None, vocabulary: Vocabulary) -> Head:
    """Read the first lines with the delimiter that suits them best.

    Known headings decide. Without any, it is the delimiter that gives most rows the same number of cells; if two are equal,
    the one that no space follows, as after the comma in `Smith, Jane`.

    Args:
        lines: The first lines of the file.
        wanted: The delimiter that the user has chosen or the file itself names; None to detect it.
        vocabulary: The known headings.
    """
    heads = []
    for delimiter in (wanted,) if wanted else DELIMITERS:
        head = _read_with(delimiter, lines, vocabulary)
        heads.append(head)
        if head.known >= _SURE and head.agreement[0] == 1:
            break
    return max(heads, key=lambda h: (h.known if h.known > 1 else 0, h.agreement, not h.rows.spaced))


def _read_with(delimiter: Delimiter, lines: Sequence[str], vocabulary: Vocabulary) -> Head:
    """Read the first lines with one delimiter.

    Most lines may be parts of cells of several lines. Rows are then as wide as the first line that is cut at all.
    """
    grammar = grammar_of(delimiter)
    closed = [
        cut_strictly(line, grammar)
        for line in lines
        if ending(line, grammar) is Ending.CLOSED and not has_stray_quote(line, grammar)
    ]
    filled = [cells for cells in closed if not is_blank_row(cells)]
    widths = [len(cells) for cells in filled if len(cells) > 1]
    usual, _ = commonest(widths)
    if usual == 1:
        usual, _ = commonest([len(cut_literally(line, grammar)) for line in lines])
    if usual > _WIDEST:
        refuse_many_columns(usual)
    cut_lines = [line for line in lines if delimiter.character in line]
    padded = sum(
        line.count(delimiter.character) == line.count(f"{delimiter.character} ") for line in cut_lines
    )
    heads = []
    for width in dict.fromkeys([usual, *widths[:1]]):
        spaced = sum(
            any(cell.startswith(" ") for cell in cells[1:]) for cells in filled if len(cells) == width
        )
        rows = RowShape(
            grammar, width, spaced=spaced * 2 > len(filled), padded=padded > _MOST * len(cut_lines)
        )
        head = tuple(records(lines, rows))
        heads.append(Head(rows, head, max((vocabulary.known_in(r.cells) for r in head), default=0)))
    return max(heads, key=lambda head: head.agreement[0])
