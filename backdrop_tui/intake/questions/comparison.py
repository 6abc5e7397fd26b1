"""The people that a question compares, field by field: a row of a file, someone stored or another row, and what would be stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.groups import Group
from backdrop_tui.intake.questions.outcome import Outcome, Values
from backdrop_tui.intake.questions.question import Question
from backdrop_tui.intake.questions.row_texts import shown_texts
from backdrop_tui.records.leaving import LEFT, LEFT_ON, STATUS
from backdrop_tui.records.students import STUDENTS


@dataclass(frozen=True)
class Column:
    """One person of a comparison."""

    heading: str
    """The person: `Row 12`, `Stored`."""
    texts: Mapping[str, str]
    """What to show, by the fields' keys; blank where there is nothing."""


def row_column(review: Review, row: int) -> Column:
    """A row of the file, as it will be stored, or as it is written where something is wrong."""
    texts = shown_texts(review, [row]).get(row, {})
    return Column(f"Row {review.context.row_names.name(row)}", texts)


def stored_column(review: Review, person: str) -> Column:
    """Someone stored, given by their id."""
    stored = review.basis.stored
    values = next(stored.filter(stored["id"] == person).iter_rows(named=True), {})
    heading = "Stored, has left" if values.get(STATUS) == LEFT else "Stored"
    if heading != "Stored" and (day := values.get(LEFT_ON)):
        heading = f"Stored, left {day}"
    return _of_values(review, heading, values)


def outcome_column(review: Review, outcome: Outcome) -> Column:
    """What would be stored for a row."""
    return _of_values(review, "Would be stored", outcome.after)


def _of_values(review: Review, heading: str, values: Values) -> Column:
    fields = review.kind.fields
    return Column(heading, {field.key: field.to_show(values.get(field.key) or "") for field in fields})


def noun_for(review: Review) -> str:
    """What one of the people is called in the question."""
    return "child" if review.kind is STUDENTS else "person"


def title_of(review: Review, question: Question) -> str:
    """The question in a few words."""
    noun = noun_for(review)
    if question.others:
        return f"Are these the same {noun}?"
    return f"Is this the same {noun}?" if len(question.people) == 1 else f"Which {noun} is this?"


def differences(review: Review, group: Group) -> Iterator[str]:
    """A line for each row of a group: the name, and what is different, as stored and as in the file."""
    identity = [field.key for field in (*review.kind.identity, review.kind.identifier)]
    for row, person in group.pairs.iter_rows():
        ours, theirs = row_column(review, row).texts, stored_column(review, person).texts
        keys = [key for key in review.kind.keys if ours.get(key) and theirs[key] and ours[key] != theirs[key]]
        names = [f"{texts.get('first_name', '')} {texts.get('surname', '')}" for texts in (ours, theirs)]
        changes = [
            f"{theirs[key]} → {ours[key]}"
            for key in keys
            if key in identity and key not in {"first_name", "surname"}
        ]
        name = names[1] if names[0] == names[1] else f"{names[1]} → {names[0]}"
        yield f"Row {review.context.row_names.name(row)}: {', '.join([name, *changes])}"
