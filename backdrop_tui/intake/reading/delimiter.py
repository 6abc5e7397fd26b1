"""What stands between two cells, found from the first lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backdrop_tui.intake.reading.careful import Record, Shape, records
from backdrop_tui.intake.reading.cells import Ending, by_the_book, ending, grammar, is_blank, literal
from backdrop_tui.intake.reading.header import best_known, commonest
from backdrop_tui.intake.reading.sheet import DELIMITERS, Delimiter

_SURE = 4
"""Known headings from which a delimiter is the right one, if all rows agree; the others need not be tried."""
_SEP_LINE = re.compile(rb'"?sep=([,;|\t])"?(?:\r\n|\n|\r|\Z)', re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The first lines, read with one delimiter."""

    shape: Shape
    records: tuple[Record, ...]
    known: int
    """How many known headings the best row has."""

    @property
    def agreement(self) -> tuple[float, int]:
        """Which part of the rows has the commonest number of cells, if that is more than one, and that number."""
        widths = [len(r.cells) for r in self.records if not all(map(is_blank, r.cells))]
        width, count = commonest(widths)
        return (count / len(widths), width) if width > 1 else (0.0, width)


def take_sep_line(data: bytes) -> tuple[bytes, Delimiter | None]:
    """The file without a first line `sep=;` (Excel's own, which no spreadsheet shows), and what that line says."""
    found = _SEP_LINE.match(data[:16])
    if not found:
        return data, None
    said = found[1].decode()
    return data[found.end() :], next(d for d in DELIMITERS if d == said)


def find_delimiter(lines: Sequence[str], wanted: Delimiter | None, known: frozenset[str]) -> Head:
    """The first lines read with the delimiter that suits them best.

    Known headings decide; where there are none, the delimiter that gives most rows the same number of cells.

    Args:
        lines: The first physical lines of the file.
        wanted: The delimiter that the user or the file itself names; None to find it out.
        known: Folded headings that a school's export may have.
    """
    heads = []
    for delimiter in (wanted,) if wanted else DELIMITERS:
        heads.append(read_head(lines, delimiter, known))
        if heads[-1].known >= _SURE and heads[-1].agreement[0] == 1:
            break
    return max(heads, key=lambda head: (head.known if head.known > 1 else 0, head.agreement))


def read_head(lines: Sequence[str], delimiter: Delimiter, known: frozenset[str]) -> Head:
    """The first lines as records, read with one delimiter."""
    rules = grammar(delimiter)
    singles = [by_the_book(line, rules) for line in lines if ending(line, rules) is Ending.WHOLE]
    plain = [cells for cells in singles if any(not is_blank(cell) for cell in cells)]
    width, _ = commonest([len(cells) for cells in plain if len(cells) > 1])
    if width == 1:
        width, _ = commonest([len(literal(line, rules)) for line in lines])
    spaced = sum(any(c.startswith(" ") for c in cells[1:]) for cells in plain if len(cells) == width)
    shape = Shape(rules, width, spaced=spaced * 2 > len(plain))
    found = tuple(records(lines, shape))
    return Head(shape, found, max((best_known(r.cells, known) for r in found), default=0))
