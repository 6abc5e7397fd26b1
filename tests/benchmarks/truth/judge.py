"""What became of each cell: right or wrong, silent or not, before and after the user's answers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from backdrop_tui.intake.draft.review import Review
from tests.benchmarks.truth.date_damage import swapped
from tests.benchmarks.truth.product import Conversation
from tests.benchmarks.truth.right import fits, groups_by_spelling, is_right, without_case
from tests.benchmarks.truth.rows import FIRST_ROW, HEADINGS, Row
from tests.benchmarks.truth.scenario import MadeUpFile
from tests.benchmarks.truth.school import ACADEMIC_YEAR, Pupil, number_of, year_number

KEYS = tuple(HEADINGS)
"""The keys of the fields that are judged."""

_NAMES = frozenset({"first_name", "surname"})
_DATE_AND_YEAR = frozenset({"date_of_birth", "year_group"})
_ABOUT: Mapping[str, frozenset[str]] = {
    "dates-1904": frozenset({"date_of_birth"}),
    "stored-dates-swapped": frozenset({"date_of_birth"}),
    "year-groups-doubtful": _DATE_AND_YEAR,
    "text-garbled": _NAMES,
    "encoding-guessed": _NAMES,
    "capitals": _NAMES,
    "year-age": _DATE_AND_YEAR,
    "date-swapped": _DATE_AND_YEAR,
    "person-changed": _NAMES | {"date_of_birth"},
}
"""The fields that a finding or a problem puts in doubt, besides the cell that it is reported for, by code."""


@dataclass
class Outcome:
    """The numbers of one file. Counters are by the fields' keys unless they say otherwise."""

    rows: int = 0
    """The rows of the file."""
    damaged: int = 0
    """The cells that were damaged."""
    silent: Counter[str] = field(default_factory=Counter)
    """Wrong values that would be stored without a word, although something could tell."""
    undecidable: int = 0
    """Wrong dates that would be stored without a word, where both or neither reading fits the year group."""
    contradicted: int = 0
    """Wrong dates that would be stored without a word, where only the wrong reading fits the year group."""
    spelling: int = 0
    """Names that would be stored without a word, with capitals or small letters in the wrong places."""
    before: Counter[str] = field(default_factory=Counter)
    """Wrong values before any answer."""
    after: Counter[str] = field(default_factory=Counter)
    """Wrong values after all answers."""
    changed: int = 0
    """The values that the answers changed."""
    made_wrong: Counter[str] = field(default_factory=Counter)
    """Of those, the ones that were right before and are wrong or missing now."""
    lost: int = 0
    """Pupils' rows left out by an answer."""
    false_warnings: Counter[str] = field(default_factory=Counter)
    """Problems of right cells, by code."""
    date_warnings: int = 0
    """Warnings about right dates, other than that they are day numbers."""
    store_wrong: Counter[str] = field(default_factory=Counter)
    """Wrong values of the pupils in the store, if somebody was stored before and the file was then imported."""
    store_doubled: int = 0
    """How many more pupils are stored then than there are."""
    questions: Counter[str] = field(default_factory=Counter)
    """The findings and kinds of problems that the user was asked about, by code."""

    def __add__(self, other: "Outcome") -> "Outcome":
        """The sums of both."""
        return Outcome(**{name: value + getattr(other, name) for name, value in vars(self).items()})


def judge(made: MadeUpFile, conversation: Conversation) -> Outcome:
    """Count what became of a file's cells."""
    judged = _Judgement(made, conversation)
    outcome = Outcome(rows=len(made.rows), damaged=made.number)
    outcome.questions.update(conversation.questions)
    judged.count_values(outcome)
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
        self.groups = groups_by_spelling(made.pupils)

    def count_values(self, outcome: Outcome) -> None:
        """Count right and wrong values."""
        before, after = _people(self.first), _people(self.last)
        ready = set(self.first.ready["row"])
        for number, row in enumerate(self.made.rows, FIRST_ROW):
            if number not in after:
                outcome.lost += 1
            for key in KEYS:
                old, new = before[number][key], after.get(number, before[number])[key]
                was_right, is_right_now = self.right(key, old, row), self.right(key, new, row)
                outcome.before[key] += old is not None and not was_right
                outcome.after[key] += new is not None and not is_right_now
                outcome.changed += old != new
                outcome.made_wrong[key] += old != new and was_right and not is_right_now
                if number in ready and old is not None and not was_right:
                    self._count_silent(outcome, number, key, row, old)

    def right(self, key: str, value: str | None, row: Row) -> bool:
        """Whether a value is the true one."""
        return is_right(key, value, row.pupil, self.groups)

    def _count_silent(self, outcome: Outcome, number: int, key: str, row: Row, value: str) -> None:
        """Count a wrong value unless something was said about it."""
        if (number, key) in self.doubted:
            return
        if key in _NAMES and without_case(value) == without_case(row.pupil.stored[key] or ""):
            outcome.spelling += 1
        elif key == "date_of_birth" and swapped(row.pupil.born) == date.fromisoformat(value):
            self._count_silent_swap(outcome, row)
        else:
            outcome.silent[key] += 1

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

    @cached_property
    def doubted(self) -> set[tuple[int, str]]:
        """The cells that a problem or an open finding puts in doubt, or that a finding's remedy would change: row and key."""
        cells = {
            (row, key) for row, code, field in _reports(self.first) for key in _keys_in_doubt(code, field)
        }
        remedies = [remedy.cells for finding in self.first.findings for remedy in finding.remedies]
        return cells.union(
            *(frame.select("row", "field").iter_rows() for frame in remedies if frame is not None)
        )

    def count_warnings(self, outcome: Outcome) -> None:
        """Count problems of cells that have nothing wrong."""
        before = _people(self.first)
        for number, key, code in self.first.problems.select("row", "field", "code").iter_rows():
            keys = _DATE_AND_YEAR if code == "year-age" else {key}
            row = self.made.rows[number - FIRST_ROW]
            if key is not None and all(_is_sound(key, before[number], row) for key in keys):
                outcome.false_warnings[code] += 1
                outcome.date_warnings += key == "date_of_birth" and code != "date-serial"


def _is_sound(key: str, values: Mapping[str, str | None], row: Row) -> bool:
    """Whether a cell has nothing wrong: its value is right, or it couldn't be read although it wasn't damaged."""
    if key == "year_group" and number_of(row.pupil.year_group) != year_number(row.pupil.born, ACADEMIC_YEAR):
        return False
    value = values[key]
    return value == row.pupil.stored[key] or (value is None and key not in row.damaged)


def _keys_in_doubt(code: str, field: str | None) -> frozenset[str]:
    """The fields that a problem or a finding (which has no field) puts in doubt."""
    if field is None:
        return _ABOUT.get(code, frozenset(KEYS))
    return _ABOUT.get(code, frozenset()) | {field}


def _reports(seen: Review) -> Iterator[tuple[int, str, str | None]]:
    """What is open: row, code, and the field of a problem. The code of a finding that stops the import is left blank."""
    of_cells = seen.problems.filter(pl.col("field").is_not_null() | (pl.col("code") == "person-changed"))
    yield from of_cells.select("row", "code", "field").iter_rows()
    for finding in seen.findings:
        # Nothing of a row is stored before a finding that stops the import is answered.
        code = "" if finding.is_error else finding.code
        for row in finding.rows:
            yield row, code, None


def _people(seen: Review) -> dict[int, dict[str, str | None]]:
    """The stored forms by row and key, null where a cell is blank or has an error."""
    return {row.pop("row"): row for row in seen.checked.people.select("row", *KEYS).iter_rows(named=True)}
