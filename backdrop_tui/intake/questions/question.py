"""What has to be asked about a single row: whether it is about someone stored, or about the same person as another row."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.draft.fixes import can_be_blank
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.records.linkage_problems import DUPLICATE_PERSON, PERSON_CHANGED, QUESTIONS
from backdrop_tui.records.staff import EMAIL_DUPLICATE
from backdrop_tui.records.students import ADMISSION_DUPLICATE, UPN_DUPLICATE

SHARED_IDENTIFIERS = frozenset({UPN_DUPLICATE.code, ADMISSION_DUPLICATE.code, EMAIL_DUPLICATE.code})
"""The codes of the problems that several rows have together because they share an identifier."""
OF_SEVERAL_ROWS = SHARED_IDENTIFIERS | {DUPLICATE_PERSON.code}
"""The codes of the problems that ask whether several rows are one person."""
ASKING = QUESTIONS | OF_SEVERAL_ROWS
"""The codes of all problems that are answered by comparing a row with someone stored, or with other rows."""
COMPARED = ASKING | {PERSON_CHANGED.code}
"""These, and that of the warning about someone recognised whose name or birth date differs: the row may be about someone else."""


def is_left_blank(review: Review, kind: ProblemKind) -> bool:
    """Tell whether leaving the cells of a kind blank is a way of fixing them."""
    return kind.level == "error" and kind.code not in ASKING and can_be_blank(review, kind)


@dataclass(frozen=True)
class Question:
    """A question about one row of a file."""

    row: int
    """The row."""
    code: str
    """The code of the problem that asks it."""
    key: str | None
    """The key of the problem's field; None for the whole row."""
    message: str
    """The problem in a sentence."""
    people: tuple[str, ...] = ()
    """The ids of the people stored whom the row could be about, the likeliest first. If other rows seem to be the same person:
    the id of that person, if stored."""
    others: tuple[int, ...] = ()
    """Other rows that seem to be the same person, ascending; empty if the question is about people stored."""
    is_error: bool = True
    """Whether the row can't be imported until the question is answered."""


def question_about(review: Review, row: int) -> Question | None:
    """The question that is open about a row; None if there is none."""
    return next(iter(questions_about(review, [row])), None)


def questions_about(review: Review, rows: list[int]) -> list[Question]:
    """The questions that are open about some rows, at most one for each, in the order of the rows of the file."""
    problems = review.problems_in(rows).filter(pl.col("code").is_in(COMPARED)).sort("row", "level")
    asked = problems.unique("row", keep="first", maintain_order=True)
    questions = [
        Question(
            row=problem["row"],
            code=problem["code"],
            key=problem["field"],
            message=problem["message"],
            people=tuple(_people(review, problem["row"])),
            others=tuple(_others(review, problem)),
            is_error=problem["level"] == "error",
        )
        for problem in asked.iter_rows(named=True)
    ]
    # Whoever accepts a row that may be the same person as another leaves nothing to compare the other one with.
    return [question for question in questions if question.others or question.code not in OF_SEVERAL_ROWS]


def rows_with_questions(review: Review) -> pl.Series:
    """The rows about which a question is open that keeps them from being imported (UInt32, ascending)."""
    is_question = pl.col("code").is_in(ASKING) & (pl.col("level") == "error")
    return review.problems.filter(is_question)["row"].unique().sort()


def _people(review: Review, row: int) -> list[str]:
    """The ids of the people whom a row could be about."""
    linked = review.linkage.links.filter(pl.col("row") == row)["id"].to_list()
    return review.linkage.people_offered(row) or linked


def _others(review: Review, problem: dict[str, str | int | None]) -> list[int]:
    """The other rows with a problem that several rows have together: it has the same message in each of them."""
    if problem["code"] not in OF_SEVERAL_ROWS:
        return []
    same = [pl.col(column).eq_missing(problem[column]) for column in ("field", "code", "message")]
    return review.problems.filter(*same, pl.col("row") != problem["row"])["row"].unique().sort().to_list()
