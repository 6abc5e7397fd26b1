"""Near misses: headings that are almost known, and columns whose values look like a field's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backdrop_tui.intake.matching.by_heading import FileColumns
from backdrop_tui.intake.matching.heading_words import Heading
from backdrop_tui.intake.matching.value_shapes import ENOUGH_VALUES, MOST, ColumnValues
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import fold_heading

_SAFE = 92
"""Similarity in per cent from which a near miss of a heading is used without asking."""
_WORTH_SHOWING = 75
_SHORTEST = 6
"""Characters of the shortest heading that is compared; shorter ones are similar to too many others."""
_SMALL_NUMBER = r"^\d{1,2}$"
"""Pattern of values that could count anything; without a heading, they aren't year groups."""
_A_FEW = 0.2
"""The share of values that must be a field's for a heading with one of its words to be worth a question."""
_SOME = 0.5
"""The share of values that must be a field's for a heading that is only similar to one of that field's."""


@dataclass(frozen=True)
class NearMiss:
    """A field that a column could go to."""

    target: str
    """The key of the field."""
    similarity: int
    """How similar the heading is, or how many of the values look like the field's, in per cent."""
    by: Literal["heading", "values"]
    """What is similar."""

    @property
    def is_safe(self) -> bool:
        """Whether it can be used without asking."""
        return self.by == "heading" and self.similarity >= _SAFE


def near_misses(
    columns: FileColumns, fields: Sequence[Field], free: Sequence[int]
) -> tuple[dict[int, NearMiss], dict[int, NearMiss]]:
    """The near misses that can be used, and those that can only be suggested, by the index of their column.

    Args:
        columns: The columns of the file.
        fields: The fields that no column goes to yet.
        free: The indices of the columns that go nowhere yet.
    """
    free = [n for n in free if not columns.is_about_others(n)]
    by_heading = {n: near for n in free if (near := _by_heading(columns, fields, n))}
    used: dict[int, NearMiss] = {}
    for field in fields:
        safe = {n: near for n, near in by_heading.items() if near.is_safe and near.target == field.key}
        nearest = max((near.similarity for near in safe.values()), default=0)
        best = [n for n, near in safe.items() if near.similarity == nearest]
        if len(best) == 1:
            used[best[0]] = safe[best[0]]
    taken = {near.target for near in used.values()}
    others = [field for field in fields if field.key not in taken]
    suggested = {n: near for n in free if n not in used and (near := _suggestion(columns, others, n))}
    return used, suggested


def _by_heading(columns: FileColumns, fields: Sequence[Field], column: int) -> NearMiss | None:
    """The field with the known heading that is most similar to a column's; None if none is similar enough."""
    heading, values = columns.headings[column], columns.values[column]
    if len(heading.folded) < _SHORTEST:
        return None
    alike = ((field, _similarity(columns, field, heading)) for field in fields)
    near = [
        NearMiss(field.key, similarity, "heading")
        for field, similarity in alike
        if similarity >= _WORTH_SHOWING and _can_be(field, heading, values)
    ]
    return max(near, key=lambda miss: miss.similarity, default=None)


def _similarity(columns: FileColumns, field: Field, heading: Heading) -> int:
    """How similar a heading is to the most similar of a field's known headings, in per cent."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - in most files every heading is known

    known = {*field.known_headings, fold_heading(field.label)}
    forms = heading.forms(columns.kind.owner_words | field.owner_words)
    nearest = (process.extractOne(form, known, scorer=fuzz.ratio) for form in forms if len(form) >= _SHORTEST)
    return max((int(near[1]) for near in nearest), default=0)


def _can_be(field: Field, heading: Heading, values: ColumnValues) -> bool:
    """Whether nothing speaks against a column's being a field's: neither another word of its heading nor its values."""
    if not field.unrelated_words.isdisjoint(heading.words) or values.contradiction(field):
        return False
    says_something = field.recognised_by_values and values.filled >= ENOUGH_VALUES
    return not says_something or field.value_pattern is None or values.share(field.value_pattern) >= _SOME


def _suggestion(columns: FileColumns, fields: Sequence[Field], column: int) -> NearMiss | None:
    """The field that a column could go to, by its heading or by its values; None if there is none."""
    return (
        _by_heading(columns, fields, column)
        or _by_word(columns, fields, column)
        or _by_values(columns, fields, column)
    )


def _by_word(columns: FileColumns, fields: Sequence[Field], column: int) -> NearMiss | None:
    """The field whose word is in a column's heading, if at least some of the values are its own; None if there is none."""
    heading, values = columns.headings[column], columns.values[column]
    for field in fields:
        share = values.share(field.value_pattern)
        if share >= _A_FEW and heading.contains(field.heading_words, field.unrelated_words):
            return NearMiss(field.key, int(share * 100), "values")
    return None


def _by_values(columns: FileColumns, fields: Sequence[Field], column: int) -> NearMiss | None:
    """The field that most of a column's values look like; None if there is none."""
    heading, values = columns.headings[column], columns.values[column]
    if len(values.texts) < ENOUGH_VALUES or values.share(_SMALL_NUMBER) >= MOST:
        return None
    telling = [
        field
        for field in fields
        if field.recognised_by_values and field.unrelated_words.isdisjoint(heading.words)
    ]
    best = max(telling, key=lambda field: values.share(field.value_pattern), default=None)
    if best is None or not values.fit(best):
        return None
    return NearMiss(best.key, int(values.share(best.value_pattern) * 100), "values")
