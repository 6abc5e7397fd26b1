"""Near misses: headings that are almost known, and columns whose values look like a field's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from backdrop_tui.intake.matching.value_shapes import ENOUGH_VALUES, MOST, contradiction, share_matching
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import fold_heading

_SAFE = 92
"""Similarity in per cent from which a near miss of a heading is used without asking."""
_WORTH_SHOWING = 75
_SHORTEST = 6
"""Characters of the shortest heading that is compared; shorter ones are similar to too many others."""
_OF_SOMETHING_ELSE = (
    "former", "previous", "parent", "carer", "guardian", "contact", "sibling", "emergency", "mother", "father",
    "principal", "admission", "doctor", "tutorname", "teacher", "old",
)  # fmt: skip
"""Words that show that a column is about someone or something else, however similar its heading."""


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
    fields: Sequence[Field], headings: Mapping[int, str], values: Sequence[Sequence[str]]
) -> tuple[dict[int, NearMiss], dict[int, NearMiss]]:
    """The near misses that can be used, and those that can only be suggested, by the index of their column.

    Args:
        fields: The fields that no column goes to yet.
        headings: The headings of the columns that go nowhere yet, by index.
        values: Some values of every column of the file.
    """
    by_heading = {n: near for n, heading in headings.items() if (near := _by_heading(fields, heading))}
    used: dict[int, NearMiss] = {}
    for field in fields:
        safe = [
            (near.similarity, n)
            for n, near in by_heading.items()
            if near.is_safe and near.target == field.key and not contradiction(field, values[n])
        ]
        best = [n for similarity, n in safe if similarity == max(safe)[0]]
        if len(best) == 1:
            used[best[0]] = by_heading[best[0]]
    taken = {near.target for near in used.values()}
    free = [field for field in fields if field.key not in taken]
    suggested = {
        n: near
        for n, heading in headings.items()
        if n not in used and (near := _suggestion(free, heading, values[n]))
    }
    return used, suggested


def _suggestion(fields: Sequence[Field], heading: str, values: Sequence[str]) -> NearMiss | None:
    """The field that a column could go to, by its heading or else by its values; None if there is none."""
    near = _by_heading(fields, heading)
    if near and not contradiction(next(field for field in fields if field.key == near.target), values):
        return near
    return None if _is_of_something_else(heading) else _by_values(fields, values)


def _by_heading(fields: Sequence[Field], heading: str) -> NearMiss | None:
    """The field with the known heading that is most similar to this one; None if none is similar enough."""
    folded = fold_heading(heading)
    if len(folded) < _SHORTEST or _is_of_something_else(heading):
        return None
    from rapidfuzz import fuzz  # noqa: PLC0415 - in most files every heading is known

    best = max(
        (
            NearMiss(field.key, int(fuzz.ratio(folded, known)), "heading")
            for field in fields
            for known in {*field.known_headings, fold_heading(field.label)}
        ),
        key=lambda near: near.similarity,
        default=None,
    )
    return best if best and best.similarity >= _WORTH_SHOWING else None


def _by_values(fields: Sequence[Field], values: Sequence[str]) -> NearMiss | None:
    """The field that most of these values look like; None if there is none."""
    if len(values) < ENOUGH_VALUES:
        return None
    shares = {field.key: share_matching(field.looks_like, values) for field in fields}
    best = max(shares, key=lambda key: shares[key], default=None)
    return NearMiss(best, int(shares[best] * 100), "values") if best and shares[best] >= MOST else None


def _is_of_something_else(heading: str) -> bool:
    folded = fold_heading(heading)
    return any(word in folded for word in _OF_SOMETHING_ELSE)
