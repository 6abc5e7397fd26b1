"""What became of each cell: right or wrong, silent or not, before and after the user's answers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from backdrop_tui.intake.draft.review import Review
from tests.benchmarks.truth.date_damage import swapped
from tests.benchmarks.truth.doubts import DATE_AND_YEAR, KEYS, NAMES, cells_in_doubt
from tests.benchmarks.truth.outcome import Outcome
from tests.benchmarks.truth.product import Conversation
from tests.benchmarks.truth.right import fits, groups_by_spelling, is_right, without_case
from tests.benchmarks.truth.rows import FIRST_ROW, Row
from tests.benchmarks.truth.scenario import MadeUpFile
from tests.benchmarks.truth.school import ACADEMIC_YEAR, Pupil, number_of, year_number


def judge(made: MadeUpFile, conversation: Conversation) -> Outcome:
    """Count what became of a file's cells."""
    judged = _Judgement(made, conversation)
    outcome = Outcome(rows=len(made.rows), damaged=made.number)
    outcome.questions.update(conversation.questions)
    judged.count_values(outcome)
    judged.count_silent(outcome)
    judged.count_warnings(outcome)
    return outcome


def judge_store(outcome: Outcome, pupils: Sequence[Pupil], people: pl.DataFrame) -> None:
    """Count the wrong values of the people stored, who are told apart by their UPNs.

    Args:
        outcome: Where to count them.
        pupils: All pupils of the school.
        people: The people stored: `id` and the fields' keys (String).
    """
    groups = groups_by_spelling(pupils)
    by_upn = {pupil.upn: pupil for pupil in pupils if pupil.upn}
    outcome.store_doubled += max(0, people.height - len(pupils))
    for person in people.iter_rows(named=True):
        pupil = by_upn.get(person["upn"])
        for key in KEYS if pupil else ():
            wrong = (
                person[key] is not None
                and pupil is not None
                and not is_right(key, person[key], pupil, groups)
            )
            outcome.store_wrong[key] += wrong


class _Judgement:
    """A file's cells with all that was said about them."""

    def __init__(self, made: MadeUpFile, conversation: Conversation) -> None:
        self.made = made
        self.first, self.last = conversation.first, conversation.last
        self.before, self.after = _people(self.first), _people(self.last)
        self.groups = groups_by_spelling(made.pupils)

    def count_values(self, outcome: Outcome) -> None:
        """Count right and wrong values."""
        for number, row in enumerate(self.made.rows, FIRST_ROW):
            outcome.lost += number not in self.after
            for key in KEYS:
                old, new = self.before[number][key], self.after.get(number, self.before[number])[key]
                was_right, is_right_now = self.right(key, old, row), self.right(key, new, row)
                outcome.before[key] += old is not None and not was_right
                outcome.after[key] += new is not None and not is_right_now
                outcome.changed += old != new
                outcome.made_wrong[key] += old != new and was_right and not is_right_now

    def count_silent(self, outcome: Outcome) -> None:
        """Count wrong values about which nothing was said."""
        for key, row, value in self._silent(self.first, self.before):
            if _is_spelling(key, value, row):
                outcome.spelling += 1
            elif key == "date_of_birth" and swapped(row.pupil.born) == date.fromisoformat(value):
                self._count_silent_swap(outcome, row)
            elif key == "year_group" and fits(row.born, value, self.made.scenario.list_year):
                outcome.undecidable += 1
            else:
                outcome.silent[key] += 1
        left = self._silent(self.last, self.after)
        outcome.left_silent.update(key for key, row, value in left if not _is_spelling(key, value, row))

    def _silent(
        self, seen: Review, people: Mapping[int, Mapping[str, str | None]]
    ) -> Iterator[tuple[str, Row, str]]:
        """The wrong values of rows that are ready, as far as nothing is said about them: key, row, value."""
        doubted = cells_in_doubt(seen)
        for number in seen.ready["row"]:
            row = self.made.rows[number - FIRST_ROW]
            for key, value in people[number].items():
                if value is not None and (number, key) not in doubted and not self.right(key, value, row):
                    yield key, row, value

    def right(self, key: str, value: str | None, row: Row) -> bool:
        """Whether a value is the true one."""
        return is_right(key, value, row.pupil, self.groups)

    def _count_silent_swap(self, outcome: Outcome, row: Row) -> None:
        """Count a date whose day and month were swapped without a word."""
        true, other = (
            fits(born, row.cells["year_group"], self.made.scenario.list_year)
            for born in (row.pupil.born, swapped(row.pupil.born))
        )
        if true == other:
            outcome.undecidable += 1
        elif other:
            outcome.contradicted += 1
        else:
            outcome.silent["date_of_birth"] += 1

    def count_warnings(self, outcome: Outcome) -> None:
        """Count problems of cells that have nothing wrong."""
        for number, key, code in self.first.problems.select("row", "field", "code").iter_rows():
            keys = DATE_AND_YEAR if code == "year-age" else {key}
            row = self.made.rows[number - FIRST_ROW]
            if key is not None and all(_is_sound(key, self.before[number], row) for key in keys):
                outcome.false_warnings[code] += 1
                outcome.date_warnings += key == "date_of_birth" and code != "date-serial"


def _is_spelling(key: str, value: str, row: Row) -> bool:
    """Whether a name is wrong only in its capitals."""
    return key in NAMES and without_case(value) == without_case(row.pupil.stored[key] or "")


def _is_sound(key: str, values: Mapping[str, str | None], row: Row) -> bool:
    """Whether a cell has nothing wrong: its value is right, or it couldn't be read although it wasn't damaged."""
    if key == "year_group" and number_of(row.pupil.year_group) != year_number(row.pupil.born, ACADEMIC_YEAR):
        return False
    value = values[key]
    return value == row.pupil.stored[key] or (value is None and key not in row.damaged)


def _people(seen: Review) -> dict[int, dict[str, str | None]]:
    """The stored forms by row and key, null where a cell is blank or has an error."""
    return {row.pop("row"): row for row in seen.checked.people.select("row", *KEYS).iter_rows(named=True)}
