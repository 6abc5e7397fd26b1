"""A made-up finding for tests: everyone of Year 7 is said to be of Year 8."""

import polars as pl
import pytest

from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.findings import Finding, FindingLevel, FindingRule, FindingType, Remedy
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.students import STUDENTS

CODE = "year-too-low"


def rule(
    level: FindingLevel = "error",
    remedies: tuple[Remedy, ...] | None = None,
    explains: frozenset[ProblemType] = frozenset(),
) -> FindingRule:
    """A rule that finds everyone in Year 7.

    Args:
        level: The level of its finding.
        remedies: Its remedies; None for one that moves everyone found up to Year 8.
        explains: The types of problem that it explains.
    """
    finding_type = FindingType(CODE, "Year Group is too low", level, explains)

    def find(people: FilePeople, _stored: pl.DataFrame, _context: Context) -> list[Finding]:
        rows = people.frame(YEAR_GROUP).filter(YEAR_GROUP.col == "7")["row"]
        if not len(rows):
            return []
        cells = pl.DataFrame({"row": rows}).with_columns(field=pl.lit("year_group"), text=pl.lit("8"))
        chosen = (Remedy("Move them up", cells=cells),) if remedies is None else remedies
        return [Finding(finding_type, f"{len(rows)} are in Year 7.", rows, len(rows), 1, chosen)]

    return FindingRule((finding_type,), find)


def put_on_students(monkeypatch: pytest.MonkeyPatch, *rules: FindingRule) -> None:
    """Give students these rules about the whole file, and no others, for the length of a test."""
    monkeypatch.setitem(vars(STUDENTS), "findings", rules)
