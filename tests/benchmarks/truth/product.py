"""The product at work on a made-up file: checked, its findings answered, every sure suggestion taken, stored."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import whatever_is_ready
from backdrop_tui.imports.pipeline import basis_of, from_file, match
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.fixes import apply_remedy, dismiss, take_suggestions
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import sign_up

_FILE = Path("pupils.csv")
_MOST_ROUNDS = 40


@dataclass
class Conversation:
    """What the product said about a file, and what became of it once everything was answered."""

    first: Review
    """The check of the file as it was."""
    last: Review
    """The check after every answer."""
    findings: list[Finding] = field(default_factory=list)
    """The findings that were answered."""
    taken: list[tuple[str | None, str]] = field(default_factory=list)
    """The kinds of problems whose sure suggestions were taken: field and code."""

    @property
    def questions(self) -> list[str]:
        """The codes of the findings and of the kinds of problems that the user was shown."""
        kinds = {
            f"{kind.field}:{kind.code}" for seen in (self.first, self.last) for kind in seen.problem_kinds
        }
        return sorted({finding.code for finding in self.findings} | kinds)


@contextmanager
def empty_school() -> Iterator[School]:
    """A verified school that has nobody in it yet."""
    with TemporaryDirectory(prefix="truth-") as place:
        folder = DataFolder(Path(place))
        folder.create()
        with School(folder) as school:
            sign_up(school)
            yield school


def check_file(school: School, data: bytes, today: date, kind: RecordKind = STUDENTS) -> Review:
    """Read, match and check a file, as `backdrop check` does."""
    sheet = read_sheet(kind, data, _FILE.name)
    matching = match(school, kind, sheet)
    if obstacles := matching.obstacles():
        raise RuntimeError(f"The made-up file can't be matched: {obstacles}")
    return review(from_file(_FILE, sheet, matching), basis_of(school, kind, today))


def converse(first: Review, answers: Mapping[str, str]) -> Conversation:
    """Answer every finding with its remedy, or dismiss it if it has none; then take every sure suggestion.

    Args:
        first: The check of the file.
        answers: The names of the remedies to take, by the finding's code, if not the first.

    Raises:
        RuntimeError: It never ends.
    """
    conversation = Conversation(first, first)
    for _ in range(_MOST_ROUNDS):
        change = _answer(conversation, answers) or _take_all(conversation)
        if change is None:
            return conversation
        conversation.last = after(conversation.last, change)
    raise RuntimeError(f"The product never stops asking: {conversation.questions}")


def after(seen: Review, *changes: Change) -> Review:
    """Check the rows again after changes."""
    edits = seen.intake.edits.copy()
    for change in changes:
        edits.do(change)
    return review(replace(seen.intake, edits=edits), seen.basis)


def _answer(conversation: Conversation, answers: Mapping[str, str]) -> Change | None:
    """The answer to the first open finding; None if there is none."""
    answered = {finding.code for finding in conversation.findings}
    for finding in conversation.last.findings:
        if finding.code in answered:
            raise RuntimeError(f"{finding.code} was answered and is asked again")
        conversation.findings.append(finding)
        if not finding.remedies:
            return dismiss(finding)
        wanted = answers.get(finding.code)
        remedies = [remedy for remedy in finding.remedies if wanted in {None, remedy.name}]
        return apply_remedy(finding, remedies[0])
    return None


def _take_all(conversation: Conversation) -> Change | None:
    """The sure suggestions of the first kind of problem that has some and wasn't taken before."""
    for kind in conversation.last.problem_kinds:
        if kind.sure and (kind.field, kind.code) not in conversation.taken:
            conversation.taken.append((kind.field, kind.code))
            return take_suggestions(conversation.last, kind)
    return None


def store(school: School, seen: Review, today: date) -> None:
    """Dismiss what is still open and store every row that is ready, as `backdrop import --skip-errors` does."""
    settled = after(seen, *map(dismiss, seen.findings)) if seen.findings else seen
    complete(
        school, settled, Terms(whatever_is_ready, "update", school.folder.path / "rest.csv"), today=today
    )


def stored_people(school: School) -> pl.DataFrame:
    """The students stored: `id` and the fields' keys (String)."""
    return school.stored(STUDENTS)
