"""Questions that are alike, and can be answered all at once after someone has looked at their list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.linkage_problems import PERSON_NEAR
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS

_REASONS: Mapping[str, Mapping[int, str]] = {
    STUDENTS.name: {
        13: "first name",
        14: "first name",
        16: "surname",
        17: "first name and surname",
        18: "date of birth",
    },
    STAFF.name: {4: "first name", 5: "e-mail address"},
}
"""What is different, by the lines of the decision tables whose questions can be answered together.

Line 15 for students isn't among them: with another first name, a twin is as likely. Nor are the lines about a UPN or an address that
is stored for someone else.
"""


@dataclass(frozen=True)
class Group:
    """Rows that each differ in the same way from the only person stored whom they could be about."""

    difference: str
    """What is different, in a sentence: `surname`."""
    pairs: pl.DataFrame
    """`row` (UInt32, ascending) and `id` (String)."""


def groups_of(review: Review) -> Sequence[Group]:
    """The groups of open questions that can be answered together.

    A row that could be about several people isn't in any, nor is one whose person another row could be about, or is.
    """
    offered, links = review.linkage.offered, review.linkage.links
    is_single = (pl.len().over("row") == 1) & (pl.len().over("id") == 1)
    near = offered.filter(is_single).filter(
        pl.col("code") == PERSON_NEAR.code, ~pl.col("id").is_in(links["id"].implode())
    )
    differences = _REASONS[review.kind.name]
    return [
        Group(difference, pairs)
        for difference in dict.fromkeys(differences.values())
        if (
            pairs := near.filter(pl.col("line").is_in(_lines(differences, difference))).select("row", "id")
        ).height
    ]


def group_with(review: Review, row: int) -> Group | None:
    """The group that a row is in; None if it isn't in any, or alone."""
    for group in groups_of(review):
        if (group.pairs["row"] == row).any():
            return group if group.pairs.height > 1 else None
    return None


def _lines(differences: Mapping[int, str], difference: str) -> list[int]:
    return [line for line, name in differences.items() if name == difference]
