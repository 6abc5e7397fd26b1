"""The cells of a file that the product has said something about."""

from collections.abc import Iterator, Mapping

import polars as pl

from backdrop_tui.intake.draft.review import Review
from tests.benchmarks.truth.rows import HEADINGS

KEYS = tuple(HEADINGS)
"""The keys of the fields that are judged."""
NAMES = frozenset({"first_name", "surname"})
"""The keys of the names."""
DATE_AND_YEAR = frozenset({"date_of_birth", "year_group"})
"""The keys of the fields that are compared with each other."""

_ABOUT: Mapping[str, frozenset[str]] = {
    "dates-1904": frozenset({"date_of_birth"}),
    "stored-dates-swapped": frozenset({"date_of_birth"}),
    "year-groups-doubtful": DATE_AND_YEAR,
    "text-garbled": NAMES,
    "encoding-guessed": NAMES,
    "capitals": NAMES,
    "year-age": DATE_AND_YEAR | {"registration_group"},
    "date-swapped": DATE_AND_YEAR,
    "person-changed": NAMES | {"date_of_birth"},
}
"""The fields that a finding or a problem puts in doubt, besides the cell that it is reported for, by code."""


def cells_in_doubt(seen: Review) -> set[tuple[int, str]]:
    """The cells that a problem or an open finding puts in doubt, or that a finding's remedy would change: row and key."""
    cells = {(row, key) for row, code, field in _reports(seen) for key in _keys_in_doubt(code, field)}
    remedies = [remedy.cells for finding in seen.findings for remedy in finding.remedies]
    return cells.union(*(frame.select("row", "field").iter_rows() for frame in remedies if frame is not None))


def _keys_in_doubt(code: str, field: str | None) -> frozenset[str]:
    """The fields that a problem or a finding (which has no field) puts in doubt."""
    if field is None:
        return _ABOUT.get(code, frozenset(KEYS))
    return _ABOUT.get(code, frozenset()) | {field}


def _reports(seen: Review) -> Iterator[tuple[int, str, str | None]]:
    """What is open: row, code, and the field of a problem. The code of a finding that stops the import is left blank."""
    of_cells = seen.problems.filter(pl.col("field").is_not_null() | (pl.col("code") == "person-changed"))
    yield from of_cells.select("row", "code", "field").iter_rows()
    for finding in seen.findings:
        # Nothing of a row is stored before a finding that stops the import is answered.
        code = "" if finding.is_error else finding.code
        for row in finding.rows:
            yield row, code, None
