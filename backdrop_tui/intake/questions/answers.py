"""The changes that answer questions about who rows are. They name nobody, and each can be undone."""

import polars as pl

from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.groups import Group
from backdrop_tui.intake.questions.question import SHARED_IDENTIFIERS, Question
from backdrop_tui.records.linkage_problems import DUPLICATE_PERSON
from backdrop_tui.wording import counted


def same_person(review: Review, question: Question, person: str) -> Change:
    """Say that a row is about someone stored, given by their id; other rows that seem to be that person are left out."""
    if question.others:
        return keep_row(review, question, question.row)
    name = review.context.row_names.name(question.row)
    return Change(f"Row {name}: the same {review.kind.singular}", same=((question.row, person),))


def new_person(review: Review, question: Question) -> Change | None:
    """Say that a row is about someone else than the people stored or the other rows; None if saying so isn't enough.

    Of two people who share an identifier, at least one has to get another one.
    """
    if question.code in SHARED_IDENTIFIERS:
        return None
    name = review.context.row_names.name(question.row)
    if question.is_error or not question.others:
        compared = review.linkage.compared.filter(pl.col("row") == question.row)
        return Change(f"Row {name}: someone else", new=(question.row,), rejected=tuple(compared.iter_rows()))
    rows = (question.row, *question.others)
    return Change(
        f"{counted(len(rows), 'row')}: different people",
        accepted=tuple((row, question.key, question.code) for row in rows),
    )


def keep_row(review: Review, question: Question, kept: int) -> Change:
    """Keep one of the rows that seem to be one person, and leave the others out."""
    others = sorted({question.row, *question.others} - {kept})
    title = f"Row {review.context.row_names.name(kept)} kept, {counted(len(others), 'other row')} left out"
    linked = review.linkage.links.filter(pl.col("row") == kept)
    asks_about_person = question.code == DUPLICATE_PERSON.code and question.is_error
    return Change(title, same=tuple(linked.iter_rows()) if asks_about_person else (), left_out=tuple(others))


def same_people(review: Review, group: Group) -> Change:
    """Say of each row of a group that it is about the person stored whom it could be about."""
    title = f"{counted(group.pairs.height, 'row')}: the same {review.kind.plural}"
    return Change(title, same=tuple(group.pairs.iter_rows()))
