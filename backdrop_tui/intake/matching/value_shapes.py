"""What the values of a column look like: a second opinion on its heading."""

import re
from dataclasses import dataclass, field

import polars as pl

from backdrop_tui.intake.matching.wrapping import unwrapped
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import cell_text

SAMPLE_ROWS = 500
"""Rows that are enough to see what kind of values a column has."""
ENOUGH_VALUES = 2
"""Values from which a column's values say something; a single one may be a mistake."""
MOST = 0.8
"""The share of values that is enough to say what a column holds."""
_HARDLY_ANY = 0.1
_LONGEST_SAMPLE = 60
_MOST_SAMPLES = 150
_DATES = "dates"
_UNMISTAKABLE = {
    "e-mail addresses": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "UPNs": r"(?i)^[a-z][0-9]{11}[0-9a-z]$",
    _DATES: r"^(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)",
    "academic years": r"^20\d\d ?[/\-–] ?(20)?\d\d$",
}
"""Patterns of values that can't be anything else, whatever the heading says, by what they are."""
_YEARS = r"^(19|20)\d\d$"
"""Pattern of years; a number of any other kind can look like one."""
FULL_NAME_PATTERN = r"^[^\W\d_][^\d@/]*[^\W\d_.](, ?| )[^\W\d_]"
"""Pattern of a name of at least two words."""


@dataclass(frozen=True)
class ColumnValues:
    """Some of a column's values."""

    texts: tuple[str, ...]
    """Up to 150 different ones, cleaned and cut short, in the order in which they appear."""
    filled: int
    """The number of cells that aren't blank."""
    _shares: dict[str, float] = field(default_factory=dict, repr=False, compare=False)
    """The shares that have been asked for, by pattern: the same few are asked for again and again."""

    def share(self, pattern: str | None) -> float:
        """The share of different values, from 0 to 1, that match a pattern; 0 without a pattern or without values."""
        if pattern is None or not self.texts:
            return 0.0
        if pattern not in self._shares:
            matches = re.compile(pattern).match
            self._shares[pattern] = sum(matches(text) is not None for text in self.texts) / len(self.texts)
        return self._shares[pattern]

    @property
    def are_full_names(self) -> bool:
        """Whether most of them are names of at least two words."""
        return self.share(FULL_NAME_PATTERN) >= MOST

    def contradiction(self, of_field: Field | None) -> str:
        """What they are instead of a field's values, although the heading says so; empty if the two agree.

        Args:
            of_field: The field; None for people's names.
        """
        if not self.texts or self.share(of_field.value_pattern if of_field else None) > _HARDLY_ANY:
            return ""
        is_date = of_field is not None and of_field.is_date
        for content, pattern in _UNMISTAKABLE.items():
            # A date in another notation than ours is still a date.
            if not (is_date and content == _DATES) and self.share(pattern) >= MOST:
                return content
        is_closed = of_field is not None and of_field.recognised_by_values and of_field.value_pattern
        return "years" if is_closed and self.share(_YEARS) >= MOST else ""

    def fit(self, of_field: Field) -> bool:
        """Whether most of them are a field's values."""
        return self.share(of_field.value_pattern) >= MOST


def sample_values(sheet: Sheet) -> list[ColumnValues]:
    """Values from the first rows of each column."""
    cells = sheet.cells.head(SAMPLE_ROWS)
    rows = cells.select(cell_text(unwrapped(cells, name)).alias(name) for name in sheet.columns)
    return [_values(column) for column in rows]


def _values(column: pl.Series) -> ColumnValues:
    return ColumnValues(
        tuple(
            text[:_LONGEST_SAMPLE] for text in column.unique(maintain_order=True).head(_MOST_SAMPLES) if text
        ),
        int((column != "").sum()),
    )
