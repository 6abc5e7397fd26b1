"""A column of full names, used if first names or surnames have no column, or only preferred names."""

import polars as pl

from backdrop_tui.intake.matching.by_heading import FileColumns, HeadingMatch, not_used
from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.matching.known_headings import FALLBACK, SUREST, full_name_tier, tier
from backdrop_tui.intake.matching.value_shapes import MOST, SAMPLE_ROWS
from backdrop_tui.records.schema.text import cell_text

_FIRST_NAME, _SURNAME = "first_name", "surname"
_WITH_COMMA = r"^[^,]*[^\W\d_][^,]*,[^,]*[^\W\d_]"
_NAMES = frozenset({_FIRST_NAME, _SURNAME})


def with_full_name(columns: FileColumns, matches: list[HeadingMatch]) -> list[HeadingMatch]:
    """The matches, with a column of full names if there is one and it is needed.

    Args:
        columns: The columns of the file.
        matches: Where their headings say that they go.
    """
    matches = list(matches)
    names = {match.target: n for n, match in enumerate(matches) if match.target and match.target in _NAMES}
    tiers = {
        n: sureness
        for n, match in enumerate(matches)
        if not match.target and (sureness := _tier(columns, n)) is not None
    }
    if not tiers:
        return _with_names_in_one(columns, matches, names)
    full_name = min(tiers, key=lambda n: (not columns.values[n].filled, tiers[n]))
    if not names.keys() >= _NAMES:
        matches[full_name] = HeadingMatch(_target(columns, full_name, tiers[full_name], names))
    elif tiers[full_name] == SUREST and columns.values[full_name].filled and _all_preferred(columns, names):
        for n in names.values():
            matches[n] = not_used(columns, full_name, "names")
        matches[full_name] = HeadingMatch(FULL_NAME)
    return matches


def _tier(columns: FileColumns, column: int) -> int | None:
    """How surely a column, given by index, has full names; None if it hasn't."""
    heading, values = columns.headings[column], columns.values[column]
    if values.contradiction(None):
        return None
    sureness = full_name_tier(columns.kind, heading)
    if sureness is None and heading.is_only(columns.kind.owner_words) and values.are_full_names:
        return FALLBACK
    return sureness


def _target(columns: FileColumns, full_name: int, sureness: int, names: dict[str, int]) -> str:
    """Where a column of names goes: as a full name, or as the first name or surname that has no column."""
    if names:
        missing = next(iter(_NAMES - names.keys()))
        return FULL_NAME if _contains(columns, full_name, next(iter(names.values()))) else missing
    is_first_name = sureness == FALLBACK and not columns.values[full_name].are_full_names
    return _FIRST_NAME if is_first_name else FULL_NAME


def _with_names_in_one(
    columns: FileColumns, matches: list[HeadingMatch], names: dict[str, int]
) -> list[HeadingMatch]:
    """The matches, with the only column of names split if it has full names, or perhaps to be split."""
    if len(names) != 1:
        return matches
    ((key, column),) = names.items()
    if not columns.values[column].are_full_names:
        return matches
    is_preferred = key == _FIRST_NAME and _all_preferred(columns, names)
    if is_preferred or columns.values[column].share(_WITH_COMMA) >= MOST:
        matches[column] = HeadingMatch(FULL_NAME)
    else:  # Perhaps everybody has two first names.
        matches[column] = HeadingMatch(could_be=FULL_NAME)
    return matches


def _all_preferred(columns: FileColumns, names: dict[str, int]) -> bool:
    """Whether all columns of names have preferred names only."""
    return all(
        tier(columns.kind.by_key[key], columns.kind, columns.headings[n]) == FALLBACK
        for key, n in names.items()
    )


def _contains(columns: FileColumns, full_name: int, name: int) -> bool:
    """Whether most cells of one column contain what another column has in the same row.

    Args:
        columns: The columns of the file.
        full_name: The index of the column that may contain the other.
        name: The index of the other.
    """
    sheet = columns.sheet
    texts = (
        sheet.cells.lazy().head(SAMPLE_ROWS)
        .select(
            whole=cell_text(pl.col(sheet.columns[full_name])).str.to_lowercase(),
            part=cell_text(pl.col(sheet.columns[name])).str.to_lowercase(),
        )
        .filter(pl.col("whole") != "", pl.col("part") != "")
    )  # fmt: skip
    share = texts.select(pl.col("whole").str.contains(pl.col("part"), literal=True).mean()).collect().item()
    return share is None or share >= 0.5
