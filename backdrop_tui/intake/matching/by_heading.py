"""Columns that their heading assigns to a field, with their values as a second opinion."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.matching.heading_words import Heading
from backdrop_tui.intake.matching.known_headings import KNOWN, full_name_tier, other_owner_words, tier
from backdrop_tui.intake.matching.value_shapes import ENOUGH_VALUES, ColumnValues
from backdrop_tui.intake.reading.headings import is_errors_heading
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cleaned

_SPARSE = 0.5
"""A column with less than this share of the values of another that could be the same field is left for that one."""


@dataclass(frozen=True)
class HeadingMatch:
    """What a column's heading says about where it goes."""

    target: str | None = None
    """Where the column goes; None if it isn't used."""
    note: str = ""
    """Why it isn't used although its heading is known."""
    could_be: str = ""
    """Where it could go, going by its values, if that isn't sure enough to be used without asking."""
    is_contradicted: bool = False
    """Whether that is because of its values, which may point to another field."""


@dataclass(frozen=True)
class FileColumns:
    """The columns of a file, as matching looks at them."""

    kind: RecordKind
    """What the rows of the file are."""
    sheet: Sheet
    """The file."""
    headings: tuple[Heading, ...]
    """The heading of each column, taken apart; that of an errors column counts as blank."""
    values: tuple[ColumnValues, ...]
    """Some values of each column."""

    @classmethod
    def of(cls, kind: RecordKind, sheet: Sheet, values: Sequence[ColumnValues]) -> "FileColumns":
        """Take the headings of a file apart."""
        headings = (Heading("" if is_errors_heading(heading) else heading) for heading in sheet.headings)
        return cls(kind, sheet, tuple(headings), tuple(values))

    def are_copies(self, field: Field, columns: Sequence[int]) -> bool:
        """Whether columns, given by index, say the same about a field in every row: `Year 10` is the same as `10`."""
        names = [self.sheet.columns[n] for n in columns]
        first, *others = (self.sheet.cells[name] for name in names)
        if all(other.equals(first) for other in others):
            return True
        if not field.recognised_by_values:
            return False
        folded = self.sheet.cells.lazy().select(_folded(field, name).alias(name) for name in names).collect()
        return all(folded[name].equals(folded[names[0]]) for name in names[1:])

    def is_about_others(self, column: int) -> bool:
        """Whether a column, given by index, is about other people than those in the rows."""
        return self.headings[column].is_about_others(other_owner_words(self.kind))

    def could_be(self, field: Field, column: int) -> bool:
        """Whether a column's heading has a field's word in it and its values are the field's."""
        return (
            self.headings[column].contains(field.heading_words, field.unrelated_words)
            and full_name_tier(self.kind, self.headings[column]) is None
            and not self.is_about_others(column)
            and self.values[column].fit(field)
        )


def match_headings(columns: FileColumns) -> list[HeadingMatch]:
    """What the heading of each column says about where it goes."""
    matches = [HeadingMatch()] * len(columns.headings)
    for field in columns.kind.file_fields:
        _match_known(field, columns, matches)
    for field in columns.kind.file_fields:
        if not any(match.target == field.key for match in matches):
            _match_contained(field, columns, matches)
    return matches


def not_used(columns: FileColumns, better: int, content: str) -> HeadingMatch:
    """A column isn't used because another one, given by index, has the same content."""
    return HeadingMatch(note=f"Not used (“{columns.sheet.headings[better]}” has the {content})")


def _match_known(field: Field, columns: FileColumns, matches: list[HeadingMatch]) -> None:
    """Assign the columns whose heading is known to be a field's, except those whose values contradict that."""
    tiers: dict[int, int] = {}
    doubtful: dict[int, int] = {}
    for n, heading in enumerate(columns.headings):
        sureness = tier(field, columns.kind, heading)
        if sureness is None or matches[n].target:
            continue
        if content := columns.values[n].contradiction(field):
            note = f"Not used (its values look like {content})"
            matches[n] = HeadingMatch(note=note, is_contradicted=True)
            if columns.values[n].filled < ENOUGH_VALUES:
                doubtful[n] = sureness
        else:
            tiers[n] = sureness
    _assign(field, columns, tiers or doubtful, matches)


def _match_contained(field: Field, columns: FileColumns, matches: list[HeadingMatch]) -> None:
    """Assign the columns whose heading has a field's word in it, if their values are the field's."""
    free = (n for n, match in enumerate(matches) if not match.target and not match.note)
    _assign(field, columns, dict.fromkeys((n for n in free if columns.could_be(field, n)), KNOWN), matches)


def _assign(field: Field, columns: FileColumns, tiers: dict[int, int], matches: list[HeadingMatch]) -> None:
    """Assign the best of the columns that could be a field's; there are several if nothing decides between them."""
    if not tiers:
        return
    best = _best(field, columns, tiers)
    for n in tiers:
        matches[n] = (
            HeadingMatch(field.key) if n in best else not_used(columns, min(best), _in_sentence(field.label))
        )


def _best(field: Field, columns: FileColumns, tiers: dict[int, int]) -> frozenset[int]:
    """The columns with the most fitting values and the surest heading, without empty ones and copies.

    Args:
        field: The field.
        columns: The columns of the file.
        tiers: How surely each column is the field's by its heading.
    """
    values = columns.values
    most = max(values[n].filled for n in tiers)
    candidates = [n for n in tiers if values[n].filled >= most * _SPARSE]
    candidates = [n for n in candidates if values[n].fit(field)] or candidates
    surest = min(tiers[n] for n in candidates)
    best = [n for n in candidates if tiers[n] == surest]
    return frozenset(best[:1] if columns.are_copies(field, best) else best)


def _folded(field: Field, column: str) -> pl.Expr:
    """The cells of a column (String) in lower case, with only their letters and digits, and without a field's own words."""
    bare = cleaned(pl.col(column)).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    own_words = "|".join(sorted(field.heading_words, key=len, reverse=True))
    return bare.str.replace(f"^(?:{own_words})", "").str.replace(r"^0+(\p{N})", "$1") if own_words else bare


def _in_sentence(label: str) -> str:
    """A field's label inside a sentence: `first name`, `UPN`."""
    return label if label.isupper() else label.lower()
