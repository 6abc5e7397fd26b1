"""What single cells are: a date, a number, a value of a closed field, or text."""

import re
from collections.abc import Callable
from enum import Enum

from backdrop_tui.intake.reading.header.vocabulary import LONGEST_HEADING, Vocabulary
from backdrop_tui.intake.reading.quoting import is_blank


class CellKind(Enum):
    """A kind of cell that needs no field to be recognised."""

    DATE = "a date"
    EMAIL = "an e-mail address"
    NUMBER = "a number, or a telephone number"
    WITH_DIGITS = "text with digits in it"
    TEXT = "text without digits"
    LONG = "text that is too long for a heading"


Kind = CellKind | int
"""A kind of cell; an int is the place of the field's pattern in `Vocabulary.value_patterns`."""

_NO_VALUE = re.compile(
    r"(?i)\s*(?:n/?a|none|nil|null|tbc|tba|pending|unknown|not (?:known|specified)|[-?.]+|#[A-Z/0]+[!?]?)\s*"
)
"""What stands in a cell that has no value; it says nothing about its column."""
_PATTERNS = (
    (CellKind.DATE, re.compile(r"(?i)\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}\b.*|\d{1,2}(?:st|nd|rd|th)?[ \-][a-z]{3,9}[ \-]\d{2,4}")),
    (CellKind.EMAIL, re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    (CellKind.NUMBER, re.compile(r"\+?[\d.,/%: ()\-]*\d[\d.,/%: ()\-]*")),
    (CellKind.WITH_DIGITS, re.compile(r".*\d.*", re.DOTALL)),
)  # fmt: skip


def kinds_by(vocabulary: Vocabulary) -> Callable[[str], Kind | None]:
    """A function that tells the kind of a cell; None if it is blank or says that there is no value.

    It remembers each text that it has seen.

    Args:
        vocabulary: Which fields' values to recognise.
    """
    kinds: dict[str, Kind | None] = {}

    def kind(cell: str) -> Kind | None:
        if cell not in kinds:
            kinds[cell] = _kind(cell, vocabulary)
        return kinds[cell]

    return kind


def _kind(cell: str, vocabulary: Vocabulary) -> Kind | None:
    if is_blank(cell) or _NO_VALUE.fullmatch(cell):
        return None
    text = cell.strip()
    if len(text) > LONGEST_HEADING:
        return CellKind.LONG
    of_field = next((n for n, pattern in enumerate(vocabulary.values) if pattern.match(text)), None)
    if of_field is not None:
        return of_field
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(text)), CellKind.TEXT)


def is_value(kind: Kind | None) -> bool:
    """Whether a cell of this kind is surely a value and no heading."""
    return kind is not None and kind not in {CellKind.WITH_DIGITS, CellKind.TEXT, CellKind.LONG}
