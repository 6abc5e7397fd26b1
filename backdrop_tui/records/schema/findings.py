"""Findings: what a whole file or column says that no single cell can, with its evidence and its remedies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context, DateOrder
from backdrop_tui.records.schema.problems import ProblemType

FindingLevel = Literal["error", "warning", "note"]
"""An error stops the import until it is answered; a warning is worth a look; a note is for information."""
FINDING_LEVELS: tuple[FindingLevel, ...] = ("error", "warning", "note")
"""The levels, in the order in which findings are listed."""


@dataclass(frozen=True)
class FindingType:
    """A type of finding, declared once and referred to by the rule that reports it."""

    code: str
    """Its name in JSON, and for `--apply` and `--dismiss`: `dates-swapped`."""
    title: str
    """Its heading in a list of findings and problems."""
    level: FindingLevel
    """Whether it stops the import."""
    explains: frozenset[ProblemType] = frozenset()
    """Warnings that are not reported in the finding's rows while it is open, because it explains them."""
    comes_first: bool = False
    """Whether it is answered before anyone is asked who single rows are about, because it may explain what is odd about them."""
    is_remembered: bool = True
    """Whether its remedy is remembered for the next file with the same headings."""
    dismissing: str = ""
    """What saying that it doesn't apply means, as the label of a key; empty if that changes nothing."""


@dataclass(frozen=True)
class Remedy:
    """What would put right everything that a finding reports, as one undoable change."""

    title: str
    """What it does, as the label of a key: `Swap day and month in 422 dates`. It names nobody."""
    name: str = ""
    """The name that tells it from the finding's other remedies on the command line, as in
    `--apply academic-year:move-up`; empty if there is only one."""
    cells: pl.DataFrame | None = None
    """Cells to change: `row` (UInt32), `field` (String: the key) and `text` (String: as a person would type it)."""
    left_out: pl.Series | None = None
    """Rows to leave out (UInt32)."""
    date_order: DateOrder | None = None
    """The order in which to read all dates."""
    academic_year: int | None = None
    """The year in which the school's academic year starts, to be stored in the settings with the import."""
    accepted: tuple[tuple[int, str, str], ...] = ()
    """What it says is right: row, field's key and code of each."""
    also_applies: tuple[str, ...] = ()
    """The codes of other findings whose remedies are part of this one."""


@dataclass(frozen=True)
class Finding:
    """Something that the whole file or a column says."""

    type: FindingType
    """What it is."""
    message: str
    """What was found, with the evidence in numbers, and what to do."""
    rows: pl.Series
    """The rows that it is about (UInt32, ascending)."""
    evidence_for: int = 0
    """The number of rows that prove it."""
    evidence_against: int = 0
    """The number of rows that speak against it."""
    remedies: tuple[Remedy, ...] = ()
    """What can be done about it in one step; empty if it can only be looked into."""

    @property
    def code(self) -> str:
        """The code of its type."""
        return self.type.code

    @property
    def is_error(self) -> bool:
        """Whether it stops the import until it is answered."""
        return self.type.level == "error"


@dataclass(frozen=True)
class FindingRule:
    """A rule that looks at the whole file."""

    types: tuple[FindingType, ...]
    """What it can report."""
    find: Callable[[FilePeople, pl.DataFrame, Context], Sequence[Finding]]
    """Reports what it finds, given the file's people, the people stored (`id` and the fields' keys, String) and the context."""


def by_level(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings with errors first, then warnings, then notes."""
    return tuple(sorted(findings, key=lambda finding: FINDING_LEVELS.index(finding.type.level)))
