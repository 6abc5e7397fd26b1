"""Answers about who single rows are, as `--same`, `--new` and `--same-all` give them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.questions.answers import new_person, same_people, same_person
from backdrop_tui.intake.questions.groups import Group, groups_of
from backdrop_tui.intake.questions.question import ASKING, Question, question_about
from backdrop_tui.records.linkage_problems import PERSON_NEAR
from backdrop_tui.wording import listed


@dataclass(frozen=True)
class RowAnswers:
    """What the user has said about who rows are. Rows are given by their names: `12`, or `7A.csv:12`."""

    same: tuple[tuple[str, str], ...] = ()
    """Rows that are about someone stored, each with that person's id."""
    new: tuple[str, ...] = ()
    """Rows that are about someone else than anyone stored, or than another row."""
    same_all: tuple[str, ...] = ()
    """Codes of questions: each row with one is about the only person whom it could be about."""

    def __bool__(self) -> bool:
        """Whether anything has been said."""
        return bool(self.same or self.new or self.same_all)


NO_ROW_ANSWERS = RowAnswers()
"""No answers about rows."""


def answer_rows(seen: Review, answers: RowAnswers) -> tuple[Review, list[str]]:
    """Answer the questions about rows; the rows are checked again until no answer has a question left.

    Args:
        seen: The rows, checked.
        answers: The answers.

    Returns:
        The rows, checked again, and a sentence for each answer that the file has no use for.

    Raises:
        UnusableChoiceError: A row can't be about the person given, or saying that it is about someone else isn't enough.
    """
    pending = [*((row, person) for row, person in answers.same), *((row, "") for row in answers.new)]
    while pending:
        # An answer can raise or settle the question about another row: both may be about one person.
        asked = {given: question for given in pending if (question := _question(seen, given[0]))}
        if not asked:
            break
        first = [given for given in asked if not given[1]] or list(asked)
        seen = with_changes(seen, [_change(seen, asked[given], given) for given in first])
        pending = [given for given in pending if given not in first]
    skipped = [
        f"{_option(*given)} was skipped: {_why_skipped(seen, given[0])}."
        for given in pending
        if not _is_so(seen, given)
    ]
    for code in answers.same_all:
        seen, sentences = _answer_all(seen, code)
        skipped += sentences
    return seen, skipped


def with_changes(seen: Review, changes: Iterable[Change]) -> Review:
    """Make changes, and check the rows again."""
    edits = seen.intake.edits.copy()
    for change in changes:
        edits.do(change)
    return review(replace(seen.intake, edits=edits), seen.basis)


def row_options(row: str, people: Sequence[str]) -> str:
    """The options that answer a question about a row: `--same 12=bd-1 or --new 12`."""
    return listed([*(_option(row, person) for person in people), _option(row, "")], conjunction="or")


def _option(row: str, person: str) -> str:
    """An answer as it is given on the command line."""
    return f"--same {row}={person}" if person else f"--new {row}"


def _question(seen: Review, name: str) -> Question | None:
    """The question about a row with a name."""
    row = seen.context.row_names.row_named(name)
    return None if row is None else question_about(seen, row)


def _change(seen: Review, question: Question, given: tuple[str, str]) -> Change:
    """The change that an answer makes."""
    row, person = given
    if person and person not in question.people:
        raise UnusableChoiceError(
            f"{_option(*given)} can't be used. Use {row_options(row, question.people)}."
        )
    change = same_person(seen, question, person) if person else new_person(seen, question)
    if change is None:
        raise UnusableChoiceError(f"{_option(*given)} can't be used. {question.message}")
    return change


def _is_so(seen: Review, given: tuple[str, str]) -> bool:
    """Whether a row is about the person given, without anyone having to be asked."""
    row, person = given
    is_row = pl.col("row") == (seen.context.row_names.row_named(row) or 0)
    return not seen.linkage.links.filter(is_row, pl.col("id") == person).is_empty()


def _why_skipped(seen: Review, name: str) -> str:
    """Why there is nothing to answer about a row."""
    row = seen.context.row_names.row_named(name)
    if row is None or not (seen.texts["row"] == row).any():
        return "the file has no such row"
    if any(finding.type.comes_first for finding in seen.unanswered):
        return "what the file as a whole says has to be answered first"
    return "there is no question about this row"


def _answer_all(seen: Review, code: str) -> tuple[Review, list[str]]:
    """Answer every question with a code that can be answered together with others."""
    if code not in ASKING:
        return seen, [f"--same-all {code} was skipped: no question has this code."]
    asked = seen.problems.filter(pl.col("code") == code)["row"].unique().sort()
    if not len(asked):
        return seen, [f"--same-all {code} was skipped: there is no such question in this file."]
    if code != PERSON_NEAR.code:
        raise UnusableChoiceError(
            f"--same-all {code} can't be used: these questions have to be answered row by row, with --same and --new."
        )
    groups = groups_of(seen)
    pairs = pl.concat([group.pairs for group in groups]).sort("row") if groups else None
    left = asked if pairs is None else asked.filter(~asked.is_in(pairs["row"].implode()))
    sentences = []
    if len(left):
        rows = listed((seen.context.row_names.name(row) for row in left), at_most=20)
        noun = "row" if len(left) == 1 else "rows"
        sentences.append(f"--same-all {code} doesn't answer {noun} {rows}: answer each with --same or --new.")
    if pairs is None:
        return seen, sentences
    return with_changes(seen, [same_people(seen, Group("", pairs))]), sentences
