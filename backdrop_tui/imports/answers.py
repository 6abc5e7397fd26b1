"""Answers to what checking a file has found, as the options of a command give them: by code, or for single rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.row_answers import NO_ROW_ANSWERS, RowAnswers, answer_rows, with_changes
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.file_findings import FILE_FINDINGS
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.finding_types import LINKAGE_FINDINGS, RIGHTS_RAISED
from backdrop_tui.intake.linking.findings.rights_raised import NO_GROUP
from backdrop_tui.intake.linking.plan import Existing
from backdrop_tui.records.schema.findings import Finding, Remedy
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.wording import listed


@dataclass(frozen=True)
class Answered:
    """A file after the user's answers."""

    review: Review
    """The rows, checked again."""
    skipped: tuple[str, ...]
    """A sentence for each answer that the file has no use for."""


def answer(
    seen: Review,
    *,
    apply: Iterable[str] = (),
    dismiss: Iterable[str] = (),
    rows: RowAnswers = NO_ROW_ANSWERS,
) -> Answered:
    """Answer what the whole file says, then questions about single rows, then what has come up because of that.

    The rows are checked again after each code, and after the answers about rows.

    Args:
        seen: The rows, checked.
        apply: Codes of findings, whose remedies are applied (`CODE:REMEDY` where there are several), and of problems,
            whose sure suggestions are taken.
        dismiss: Codes of findings that don't apply to the file.
        rows: Who rows are about.

    Raises:
        UnusableChoiceError: A finding has no remedy, or several and none is named; or a row can't be about the person given.
    """
    codes = [*(("dismiss", code) for code in dismiss), *(("apply", code) for code in apply)]
    seen, unused = _answer_codes(seen, codes)
    seen, skipped = answer_rows(seen, rows)
    if rows:
        seen, unused = _answer_codes(seen, unused)
    why = [f"--{option} {code} was skipped: {_why_skipped(seen.kind, code)}." for option, code in unused]
    return Answered(seen, (*why, *skipped))


def without_needless_questions(seen: Review, existing: Existing, *, brings_back: bool) -> Review:
    """Dismiss the finding that staff would get more rights if that can't happen, as they are left as they are.

    Args:
        seen: The rows, checked.
        existing: What to do with people already stored.
        brings_back: Whether those who had left come back, whatever `existing` says.
    """
    is_back = seen.linkage.raised["from"] == NO_GROUP
    matters = existing == "update" or ((existing == "fill" or brings_back) and is_back.any())
    return seen if matters else with_changes(seen, _dismissals(seen, RIGHTS_RAISED.code))


def _answer_codes(seen: Review, codes: Iterable[tuple[str, str]]) -> tuple[Review, list[tuple[str, str]]]:
    """Apply or dismiss codes.

    Args:
        seen: The rows, checked.
        codes: `apply` or `dismiss`, and a code.

    Returns:
        The rows, checked again, and the codes that the file doesn't have.
    """
    unused = []
    for option, code in codes:
        changes = _dismissals(seen, code) if option == "dismiss" else _applications(seen, code)
        if not changes:
            unused.append((option, code))
        else:
            seen = with_changes(seen, changes)
    return seen, unused


def remedy_codes(finding: Finding) -> list[str]:
    """What to write after `--apply` for each remedy of a finding: its code, with the remedy's name if it has one."""
    return [f"{finding.code}:{remedy.name}" if remedy.name else finding.code for remedy in finding.remedies]


def _why_skipped(kind: RecordKind, code: str) -> str:
    """Why there is nothing to do for a code."""
    name = code.partition(":")[0]
    if (
        name in kind.problem_types
        or name in kind.finding_types
        or name in FILE_FINDINGS
        or name in LINKAGE_FINDINGS
    ):
        return "there is nothing of that kind in this file"
    return "there is no such code. backdrop check --format json shows the codes of a file's findings and problems"


def _dismissals(seen: Review, code: str) -> list[Change]:
    return [fixes.dismiss(finding) for finding in seen.findings if finding.code == code]


def _applications(seen: Review, code: str) -> list[Change]:
    """The changes that apply a code: a finding's remedy, or else the suggestions of a code's problems."""
    for finding in seen.findings:
        if finding.code == code.partition(":")[0]:
            return [fixes.apply_remedy(finding, _remedy(finding, code))]
    changes = []
    for kind in seen.problem_kinds:
        if kind.code == code:
            possible_too = seen.kind.problem_types[code].applies_possible
            changes.append(fixes.take_suggestions(seen, kind, possible_too=possible_too))
    return [change for change in changes if change is not None]


def _remedy(finding: Finding, code: str) -> Remedy:
    """The remedy that a code names."""
    codes = remedy_codes(finding)
    if asks_about_encoding(finding):
        raise UnusableChoiceError(
            f"--apply {code} can't be used. Use --encoding to choose another encoding, or --dismiss {code} if the names are right."
        )
    if not codes:
        raise UnusableChoiceError(
            f"There is nothing to apply for {finding.code}. Look at its rows, or use --dismiss {finding.code} to go on."
        )
    if code not in codes:
        choices = listed((f"--apply {choice}" for choice in codes), conjunction="or")
        raise UnusableChoiceError(f"--apply {code} can't be used. Use {choices}.")
    return finding.remedies[codes.index(code)]
