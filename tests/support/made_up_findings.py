"""Made-up findings, for tests of what can be done about any finding."""

from dataclasses import replace

import polars as pl
import pytest

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.findings import Finding, FindingLevel, FindingRule, FindingType, Remedy
from backdrop_tui.records.students import STUDENTS


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
    rule = FindingRule(tuple(made.type for made in findings), lambda _people, _stored, _context: findings)
    monkeypatch.setitem(KINDS, STUDENTS.name, replace(STUDENTS, findings=(rule,)))
