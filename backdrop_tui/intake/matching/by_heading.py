"""Columns whose heading is known: the field that each goes to, or why it isn't used."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.matching.full_name import FULL_NAME, FULL_NAME_HEADINGS, LEGAL_NAME
from backdrop_tui.intake.matching.value_shapes import ENOUGH_VALUES, contradiction
from backdrop_tui.intake.reading.headings import is_errors_heading
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cleaned, fold_heading

SAMPLE_ROWS = 500
"""Rows that are enough to see what kind of values a column has."""

_PREFERRED = 3
_NAMES = frozenset({"first_name", "surname"})


@dataclass(frozen=True)
class HeadingMatch:
    """What a column's heading says about where it goes."""

    target: str | None = None
    """Where the column goes; None if it isn't used."""
    note: str = ""
    """Why it isn't used although its heading is known."""
    is_contradicted: bool = False
    """Whether that is because of its values, which may point to another field."""


def match_headings(kind: RecordKind, sheet: Sheet, values: Sequence[Sequence[str]]) -> list[HeadingMatch]:
    """What the heading of each column says about where it goes.

    Args:
        kind: What the rows are.
        sheet: The file.
        values: Some different values of each column.
    """
    folded = ["" if is_errors_heading(heading) else fold_heading(heading) for heading in sheet.headings]
    matches = [HeadingMatch()] * len(folded)
    for field in kind.fields:
        candidates, doubtful = [], []
        for n, name in enumerate(folded):
            if _tier(field, name) is None:
                continue
            content = contradiction(field, values[n])
            matches[n] = _contradicted(content) if content else HeadingMatch()
            if not content:
                candidates.append(n)
            elif len(values[n]) < ENOUGH_VALUES:
                doubtful.append(n)
        candidates = candidates or doubtful
        best = _best(field, candidates, folded, sheet, values)
        for n in candidates:
            better = _not_used(f"“{sheet.headings[best[0]]}” has the {_in_sentence(field.label)}")
            matches[n] = HeadingMatch(note=better)
        for n in best:
            matches[n] = HeadingMatch(field.key)
    return _with_full_name(kind, sheet, values, folded, matches)


def _contradicted(content: str) -> HeadingMatch:
    return HeadingMatch(note=_not_used(f"its values look like {content}"), is_contradicted=True)


def _not_used(reason: str) -> str:
    return f"Not used ({reason})"


def _in_sentence(label: str) -> str:
    """A field's label inside a sentence: `first name`, `UPN`."""
    return label if label.isupper() else label.lower()


def _tier(field: Field, folded: str) -> int | None:
    """How surely a heading is a field's: the lower, the surer; None if it isn't known.

    Args:
        field: The field.
        folded: The heading, folded.
    """
    if folded in field.lesser_headings:
        return _PREFERRED
    if folded in field.headings or folded == fold_heading(field.label):
        return 0 if folded.startswith("legal") else 1
    return None


def _best(
    field: Field, candidates: list[int], folded: list[str], sheet: Sheet, values: Sequence[Sequence[str]]
) -> list[int]:
    """Of the columns that could be a field's, those with the surest heading, without empty ones and copies."""
    filled = [n for n in candidates if values[n]] or candidates
    tiers = {n: _tier(field, folded[n]) for n in filled}
    best = [n for n in filled if tiers[n] == min(tier for tier in tiers.values() if tier is not None)]
    copies = all(sheet.cells[sheet.columns[n]].equals(sheet.cells[sheet.columns[best[0]]]) for n in best[1:])
    return best[:1] if copies else best


def _with_full_name(
    kind: RecordKind,
    sheet: Sheet,
    values: Sequence[Sequence[str]],
    folded: list[str],
    matches: list[HeadingMatch],
) -> list[HeadingMatch]:
    """The matches, with a column of full names if first names or surnames have no column, or only preferred names."""
    names = {match.target: n for n, match in enumerate(matches) if match.target and match.target in _NAMES}
    full_names = [
        n
        for n, name in enumerate(folded)
        if name in FULL_NAME_HEADINGS and not matches[n].target and not contradiction(None, values[n])
    ]
    if not full_names:
        return matches
    full_name = min(full_names, key=lambda n: (folded[n] != LEGAL_NAME, not values[n]))
    if not names.keys() >= _NAMES:
        other = next(iter(names.values()), None)
        missing = next(iter(_NAMES - names.keys()))
        is_missing_name = other is not None and not _contains(sheet, full_name, other)
        matches[full_name] = HeadingMatch(missing if is_missing_name else FULL_NAME)
    elif folded[full_name] == LEGAL_NAME and values[full_name] and _all_preferred(kind, folded, names):
        for n in names.values():
            matches[n] = HeadingMatch(note=_not_used(f"“{sheet.headings[full_name]}” has the names"))
        matches[full_name] = HeadingMatch(FULL_NAME)
    return matches


def _all_preferred(kind: RecordKind, folded: list[str], names: dict[str, int]) -> bool:
    """Whether all columns of names have preferred names only."""
    return all(_tier(kind.by_key[key], folded[n]) == _PREFERRED for key, n in names.items())


def _contains(sheet: Sheet, full_name: int, name: int) -> bool:
    """Whether most cells of one column contain what another column has in the same row.

    Args:
        sheet: The file.
        full_name: The index of the column that may contain the other.
        name: The index of the other.
    """
    texts = (
        sheet.cells.lazy().head(SAMPLE_ROWS)
        .select(
            whole=cleaned(pl.col(sheet.columns[full_name])).str.to_lowercase(),
            part=cleaned(pl.col(sheet.columns[name])).str.to_lowercase(),
        )
        .filter(pl.col("whole") != "", pl.col("part") != "")
    )  # fmt: skip
    share = texts.select(pl.col("whole").str.contains(pl.col("part"), literal=True).mean()).collect().item()
    return share is None or share >= 0.5
