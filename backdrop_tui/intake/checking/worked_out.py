"""Fields without a column: the value for every row is checked, or worked out from the row's other fields."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.intake.matching.fills import WORKED_OUT, Fill, is_possible
from backdrop_tui.records.rights.user_groups import RIGHTS, UserGroup
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cell_text, clean
from backdrop_tui.wording import counted, listed

_MOST_ROLES = 2
_SEEING = ("view-", "run-reports")
"""How the keys of rights begin by which someone sees data about children."""


@dataclass(frozen=True)
class WorkedOutValue:
    """What is worked out from one text of another field."""

    text: str
    """The text in the file, as a person reads it."""
    value: str
    """The value worked out from it; empty if there is none."""
    count: int
    """The number of rows."""


def fill_for(kind: RecordKind, field: Field, text: str, context: Context) -> Fill:
    """What every row gets if a user asks for a value or a way of working it out.

    Args:
        kind: What the rows are.
        field: The field.
        text: The value as typed, or `by-age` and the like.
        context: What the field's rules need to know.

    Raises:
        UnusableChoiceError: The field can't have the same value in every row, or can't have this value.
    """
    text = clean(text)
    if field.worked_out_as and text == field.worked_out_as:
        return WORKED_OUT
    ways = {other.worked_out_as for other in kind.fields} - {""}
    if text in ways or not is_possible(field, Fill(text or "?")):
        raise UnusableChoiceError(_why_not(kind, field, text))
    if not text:
        raise UnusableChoiceError(f"Give the {field.label} that every row should get. {field.instruction}")
    problems = examine(field, pl.Series([text]), context).problems.filter(pl.col("level") == "error")
    if problems.height:
        raise UnusableChoiceError(problems["message"][0])
    return Fill(text)


def _why_not(kind: RecordKind, field: Field, text: str) -> str:
    possible = listed((f.label for f in kind.fields if f.can_be_uniform), conjunction="or")
    if field.can_be_uniform:
        return f"{field.label} can't be set to “{text}”. {field.instruction}"
    return f"{field.label} can't be the same in every row. You can set {possible}."


def with_worked_out(kind: RecordKind, texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows with the blank cells of `Context.worked_out` filled in from the other fields of their row.

    Args:
        kind: What the rows are.
        texts: `row` (UInt32) and raw text (String) by the fields' keys; the fields to work out are among them.
        context: What the rules need to know besides the cells.
    """
    for field in kind.fields:
        if field.key not in context.worked_out or field.suggested is None:
            continue
        keys = field.sources(context)
        if not set(keys).issubset(texts.columns):
            continue
        sources = {key: examine(kind.by_key[key], texts[key], context).stored for key in keys}
        values = pl.DataFrame(sources).select(field.suggested(context).fill_null("")).to_series()
        is_blank = cell_text(pl.col(field.key)) == ""
        texts = texts.with_columns(
            pl.when(is_blank).then(values).otherwise(pl.col(field.key)).alias(field.key)
        )
    return texts


def worked_out_values(
    field: Field, source: Field, texts: pl.Series, context: Context
) -> tuple[WorkedOutValue, ...]:
    """What is worked out for a field from the texts of one other field, the most frequent first.

    Args:
        field: The field that is worked out.
        source: The field that it is worked out from.
        texts: The raw texts of that field (String), one for each row.
        context: What the rules need to know besides.
    """
    if field.suggested is None:
        return ()
    counts = (
        texts.to_frame("text")
        .select(cell_text(pl.col("text")))
        .group_by("text")
        .len()
        .sort("len", "text", descending=[True, False])
    )
    stored = examine(source, counts["text"], context).stored.alias(source.key)
    values = stored.to_frame().select(field.suggested(context).fill_null("")).to_series()
    return tuple(map(WorkedOutValue, counts["text"], values, counts["len"]))


def values_of_column(
    field: Field, kind: RecordKind, texts: pl.DataFrame, context: Context
) -> tuple[WorkedOutValue, ...]:
    """What is worked out for a field from the column of a file that it is worked out from, the most frequent first.

    Args:
        field: The field that is worked out.
        kind: What the rows are.
        texts: `row` (UInt32) and raw text (String) by the fields' keys.
        context: What the rules need to know besides.
    """
    source = kind.by_key[field.sources(context)[0]]
    column = texts[source.key] if source.key in texts.columns else pl.Series([], dtype=pl.String)
    return worked_out_values(field, source, column, context)


def groups_in_words(values: Sequence[WorkedOutValue], groups: Sequence[UserGroup]) -> list[str]:
    """For each user group that job roles stand for, a line with its people, their roles, and what it can see about children.

    Args:
        values: Job roles, each with its group and its number of people.
        groups: The school's user groups.
    """
    lines = []
    for group in groups:
        of_group = [value for value in values if value.value == group.name]
        if of_group:
            people = counted(sum(value.count for value in of_group), "person", "people")
            roles = listed((value.text for value in of_group), at_most=_MOST_ROLES)
            lines.append(f"{group.name}: {people} ({roles}) {_sees(group)}")
    open_count = sum(value.count for value in values if not value.value)
    if open_count:
        lines.append(
            f"No suggestion for {counted(open_count, 'person', 'people')}: you will be asked in their rows."
        )
    return lines


def _sees(group: UserGroup) -> str:
    """What the members of a group can see about children."""
    seeing = [
        right.title.lower() for right in RIGHTS if right.key in group.rights and right.key.startswith(_SEEING)
    ]
    return f"can {listed(seeing)}." if seeing else "can see nothing about children."
