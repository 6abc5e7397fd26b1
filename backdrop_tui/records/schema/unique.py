"""The rule that no two rows of a file share a value."""

import polars as pl

from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.hashing import folded_key_of, is_repeated, key_of
from backdrop_tui.records.schema.kind import AcrossRule, breaches
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import row_list, sentence


def unique_in_file(
    field: Field, problem: ProblemType, advice: str, *, ignore_case: bool = False
) -> AcrossRule:
    """The rule that no two rows of a file have the same value in a field; blank cells don't count.

    Args:
        field: The field.
        problem: What is reported for each row that shares its value with another.
        advice: The second sentence of the message: what to do.
        ignore_case: Whether values that differ only in case are the same.
    """
    keys = folded_key_of(field) if ignore_case else key_of(field)
    value = field.col.str.to_lowercase() if ignore_case else field.col
    message = sentence(f"{field.label} {{}} appears in rows {{}}. {advice}", field.col, pl.col("rows"))

    def find(people: FilePeople, _stored: pl.DataFrame, context: Context) -> pl.DataFrame:
        likely = people.frame(field, where=is_repeated(people.values(keys))).drop_nulls()
        shared = likely.with_columns(value=value).filter(pl.col("value").is_duplicated())
        rows = shared.group_by("value").agg(rows=pl.col("row").sort())
        in_words = rows.with_columns(row_list(pl.col("rows"), context.row_names))
        return breaches(shared.join(in_words, on="value"), message)

    return AcrossRule(problem, field, find)
