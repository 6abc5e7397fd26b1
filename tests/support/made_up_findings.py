"""Made-up findings, for tests of what can be done about any finding."""

import polars as pl
import pytest

from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.findings import Finding, FindingLevel, FindingRule, FindingType, Remedy
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.students import STUDENTS

CODE = "year-too-low"
"""The code of the finding that `rule` makes: everyone of Year 7 is said to be of Year 8."""


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


def finding(
    code: str, level: FindingLevel, rows: list[int], *remedies: Remedy, message: str = "Look at this."
) -> Finding:
    """A finding about some rows."""
    title = code.replace("-", " ").capitalize()
    return Finding(
        FindingType(code, title, level), message, pl.Series("row", rows, dtype=pl.UInt32), remedies=remedies
    )


def remedy(title: str, *cells: tuple[int, str, str], name: str = "") -> Remedy:
    """A remedy that changes some cells: row, key and new text of each."""
    schema = {"row": pl.UInt32, "field": pl.String, "text": pl.String}
    return Remedy(title, name, cells=pl.DataFrame(list(cells), schema=schema, orient="row"))


def always_find(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    """Report these findings in every file of students."""
    always = FindingRule(tuple(made.type for made in findings), lambda _people, _stored, _context: findings)
    put_on_students(monkeypatch, always)
