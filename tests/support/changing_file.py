"""A file that is checked, changed and checked again."""

from collections.abc import Sequence
from dataclasses import replace

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.inputs import Basis, Intake
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.schema.context import Context, DateOrder
from backdrop_tui.records.students import STUDENTS
from tests.support.birth_dates import Row
from tests.support.cells import SCHOOL, stored_people
from tests.support.made_up import read, table


class ChangingFile:
    """A file that is checked, changed and checked again."""

    def __init__(
        self, rows: Sequence[Row], stored: Sequence[dict[str, str | None]] = (), context: Context = SCHOOL
    ) -> None:
        """Check the file.

        Args:
            rows: The students' texts by key.
            stored: The students stored, by key.
            context: What the rules need to know about the school.
        """
        sheet = read(table([{STUDENTS.label(key): text for key, text in row.items()} for row in rows]))
        matching = match_columns(sheet, STUDENTS)
        texts = matching.texts(sheet)
        self.edits = Edits()
        self._intake = Intake(None, sheet, matching, texts, self.edits)
        self._basis = Basis(context, stored_people(STUDENTS, stored))

    @property
    def review(self) -> Review:
        """The file as it is now, checked."""
        return review(replace(self._intake, edits=self.edits.copy()), self._basis)

    @property
    def findings(self) -> list[str]:
        """The codes of the open findings."""
        return [finding.code for finding in self.review.findings]

    def rows_with(self, code: str) -> list[int]:
        """The rows that have an open problem with a code."""
        problems = self.review.problems
        return problems.filter(problems["code"] == code)["row"].to_list()

    def apply(self, code: str, remedy: str = "") -> Review:
        """Apply a remedy of the finding with a code; the file checked again."""
        (finding,) = [finding for finding in self.review.findings if finding.code == code]
        (chosen,) = [choice for choice in finding.remedies if choice.name == remedy]
        self.edits.do(fixes.apply_remedy(finding, chosen))
        return self.review

    def dismiss(self, code: str) -> Review:
        """Dismiss the finding with a code; the file checked again."""
        (finding,) = [finding for finding in self.review.findings if finding.code == code]
        self.edits.do(fixes.dismiss(finding))
        return self.review

    def take_suggestions(self, code: str) -> Review:
        """Take all sure suggestions for a code, as often as there is one; the file checked again."""
        seen = self.review
        for kind in seen.problem_kinds:
            change = fixes.take_suggestions(seen, kind) if kind.code == code else None
            if change:
                self.edits.do(change)
        return self.review

    def read_dates(self, order: DateOrder) -> Review:
        """Read all dates in an order; the file checked again."""
        self.edits.do(fixes.read_dates(order))
        return self.review

    def type_dates(self, dates: dict[int, str]) -> Review:
        """Type dates of birth into rows; the file checked again."""
        self.edits.do(Change("x", cells=tuple((row, "date_of_birth", text) for row, text in dates.items())))
        return self.review
