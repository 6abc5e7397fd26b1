"""The findings and the kinds of problems of a file, in the order in which to go through them."""

from collections.abc import Sequence

from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.recipe import SAME_AS_LAST_TIME
from backdrop_tui.intake.draft.review import ProblemKind
from backdrop_tui.records.schema.findings import Finding

Entry = Finding | ProblemKind
"""What there is to put right, and what a table can be filtered by."""

FIRST, ERRORS, QUESTIONS, WARNINGS, INFORMATION = range(5)
"""The parts of the work: findings, errors, notes that ask for something, warnings, and notes to read."""


def is_for_information(finding: Finding) -> bool:
    """Tell whether there is nothing to do about a finding but to read it."""
    return finding.type.level == "note" and not finding.remedies and not asks_about_encoding(finding)


def part_of(entry: Entry) -> int:
    """The part of the work that a finding or a kind of problems belongs to.

    Notes wait until no error is left, but for the one that fixes in one step what was fixed last time. Those that ask for something
    come before the warnings, which they may explain: letters that were read in the wrong encoding look odd in every name.
    """
    if isinstance(entry, ProblemKind):
        return ERRORS if entry.level == "error" else WARNINGS
    if entry.type.level != "note" or entry.code == SAME_AS_LAST_TIME.code:
        return FIRST
    return INFORMATION if is_for_information(entry) else QUESTIONS


def in_order(findings: Sequence[Finding], kinds: Sequence[ProblemKind]) -> tuple[Entry, ...]:
    """Findings and kinds of problems in the order in which to go through them; those of one part stay in their order."""
    return tuple(sorted((*findings, *kinds), key=part_of))


def is_same(first: Entry | None, second: Entry | None) -> bool:
    """Tell whether two entries, perhaps of different checks, are about the same finding or kind of problem."""
    if isinstance(first, ProblemKind) and isinstance(second, ProblemKind):
        return (first.field, first.code) == (second.field, second.code)
    if isinstance(first, Finding) and isinstance(second, Finding):
        return first.code == second.code
    return first is second


def entry_after(gone: Entry | None, before: Sequence[Entry], after: Sequence[Entry]) -> Entry | None:
    """The entry to go on to when one has gone from the list; None if none is left.

    What belongs to the same part of the work, or to an earlier one, comes first: as long as there are errors, no warning follows one.

    Args:
        gone: The entry that has gone.
        before: The entries when it was still there.
        after: The entries now.
    """
    place = next((place for place, entry in enumerate(before) if is_same(entry, gone)), 0)
    following = [*after[place:], *after[:place]]
    due = [entry for entry in following if gone is not None and part_of(entry) <= part_of(gone)]
    return next(iter(due or following), None)
