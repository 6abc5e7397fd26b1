"""Findings as `check` and `import` print them."""

from collections.abc import Sequence

from backdrop_tui.imports.answers import remedy_codes
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.wording import listed

_LABELS = {"error": "Decide first", "warning": "Warning", "note": "Note"}


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """A line for each finding."""
    return [f"{_LABELS[finding.type.level]}: {finding.message}" for finding in findings]


def answers_needed(findings: Sequence[Finding]) -> str:
    """How to go on with an import that findings have stopped."""
    options = listed(
        (f"--apply {remedy_codes(finding)[0]}" if finding.remedies else f"--dismiss {finding.code}")
        for finding in findings
    )
    return f"To go on, answer what the whole file says, for example with {options}."
