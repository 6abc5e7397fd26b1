"""Findings as `check` and `import` print them, with the options that answer them."""

from collections.abc import Sequence

from backdrop_tui.imports.answers import remedy_codes
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.wording import listed

_LABELS = {"error": "Decide first", "warning": "Warning", "note": "Note"}


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """Two or three lines for each finding: what it says, and the options that answer it."""
    return [line for finding in findings for line in (_sentence(finding), *_options(finding))]


def _sentence(finding: Finding) -> str:
    return f"{_LABELS[finding.type.level]}: {finding.message}"


def _options(finding: Finding) -> list[str]:
    """A line for each remedy, and one for dismissing a finding that stops the import."""
    lines = [
        f"    --apply {code}: {remedy.title}"
        for code, remedy in zip(remedy_codes(finding), finding.remedies, strict=True)
    ]
    if finding.is_error:
        meaning = finding.type.dismissing or "Go on without changing anything"
        lines.append(f"    --dismiss {finding.code}: {meaning}")
    return lines


def answers_needed(findings: Sequence[Finding]) -> str:
    """How to go on with an import that findings have stopped."""
    options = listed(
        (f"--apply {remedy_codes(finding)[0]}" if finding.remedies else f"--dismiss {finding.code}")
        for finding in findings
    )
    return f"To go on, answer what the whole file says, for example with {options}."
