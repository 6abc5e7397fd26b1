"""Columns whose heading is known: the field that each goes to, or why it is passed over."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.matching.full_name import FULL_NAME, FULL_NAME_HEADINGS, LEGAL_NAME
from backdrop_tui.intake.matching.value_shapes import ENOUGH_VALUES, values_contradict
from backdrop_tui.intake.reading.headings import is_errors_heading
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cleaned, fold_heading

LOOKED_AT = 500
"""How many rows are looked at to see what kind of values a column has."""

_PREFERRED = 3
_NAMES = frozenset({"first_name", "surname"})


@dataclass(frozen=True)
class Found:
    """What a column's heading says."""

    target: str | None = None
    """Where the column goes."""
    note: str = ""
    """Why it goes nowhere although its heading is known."""


def targets_by_heading(kind: RecordKind, sheet: Sheet, values: Sequence[Sequence[str]]) -> list[Found]:
    """What the heading of each column says.

    Args:
        kind: What the rows are.
        sheet: The file.
        values: Some values of each column.
    """
    folded = ["" if is_errors_heading(heading) else fold_heading(heading) for heading in sheet.headings]
    found = [Found()] * len(folded)
    for field in kind.fields:
        places, doubtful = [], []
        for n, name in enumerate(folded):
            if _tier(field, name) is None:
                continue
            contradiction = values_contradict(field, values[n])
            found[n] = Found(None, contradiction)
            if not contradiction:
                places.append(n)
            elif len(values[n]) < ENOUGH_VALUES:
                doubtful.append(n)
        places = places or doubtful
        taken = _best(field, places, folded, sheet, values)
        for n in places:
            instead = f"{field.label} is taken from “{sheet.headings[taken[0]]}”."
            found[n] = Found(field.key) if n in taken else Found(None, instead)
    return _with_full_name(kind, sheet, values, folded, found)


def _tier(field: Field, folded: str) -> int | None:
    """How surely a heading is a field's: the lower the surer; None where it isn't known."""
    if folded in field.lesser_headings:
        return _PREFERRED
    if folded in field.headings or folded == fold_heading(field.label):
        return 0 if folded.startswith("legal") else 1
    return None


def _best(
    field: Field, places: list[int], folded: list[str], sheet: Sheet, values: Sequence[Sequence[str]]
) -> list[int]:
    """Of the columns that could be a field's, the ones of the surest heading; without empty ones, and copies."""
    filled = [n for n in places if values[n]] or places
    tiers = {n: _tier(field, folded[n]) for n in filled}
    best = [n for n in filled if tiers[n] == min(tier for tier in tiers.values() if tier is not None)]
    same = all(sheet.cells[sheet.columns[n]].equals(sheet.cells[sheet.columns[best[0]]]) for n in best[1:])
    return best[:1] if same else best


def _with_full_name(
    kind: RecordKind,
    sheet: Sheet,
    values: Sequence[Sequence[str]],
    folded: list[str],
    found: list[Found],
) -> list[Found]:
    """The same, with a column of whole names where first names or surnames have none of their own, or a lesser one."""
    names = {f.target: n for n, f in enumerate(found) if f.target and f.target in _NAMES}
    whole = [
        n
        for n, name in enumerate(folded)
        if name in FULL_NAME_HEADINGS and not found[n].target and not values_contradict(None, values[n])
    ]
    whole.sort(key=lambda n: (folded[n] != LEGAL_NAME, not values[n]))
    if not whole:
        return found
    place = whole[0]
    if not names.keys() >= _NAMES:
        there = next(iter(names), None)
        missing = next(iter(_NAMES - names.keys()))
        alone = there is not None and not _holds(sheet, place, names[there])
        found[place] = Found(missing if alone else FULL_NAME)
    elif folded[place] == LEGAL_NAME and values[place] and _all_preferred(kind, folded, names):
        for n in names.values():
            found[n] = Found(None, f"Names are taken from “{sheet.headings[place]}”.")
        found[place] = Found(FULL_NAME)
    return found


def _all_preferred(kind: RecordKind, folded: list[str], names: dict[str, int]) -> bool:
    """Whether the columns of names have but preferred names."""
    return all(_tier(kind.by_key[key], folded[n]) == _PREFERRED for key, n in names.items())


def _holds(sheet: Sheet, whole: int, part: int) -> bool:
    """Whether most cells of one column hold what the other column says in the same row."""
    first = sheet.cells.lazy().head(LOOKED_AT)
    texts = first.select(
        whole=cleaned(pl.col(sheet.columns[whole])).str.to_lowercase(),
        part=cleaned(pl.col(sheet.columns[part])).str.to_lowercase(),
    ).filter(pl.col("whole") != "", pl.col("part") != "")
    share = texts.select(pl.col("whole").str.contains(pl.col("part"), literal=True).mean()).collect().item()
    return share is None or share >= 0.5
