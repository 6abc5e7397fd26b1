"""User groups with their numbers of members, and what to check before they are confirmed as reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass

from backdrop_tui.records.rights.user_groups import (
    ALERTS,
    DSLS,
    HEAD_ONLY_RIGHT,
    MANAGE_GROUPS,
    RIGHTS,
    RIGHTS_BY_KEY,
    Right,
    UserGroup,
)
from backdrop_tui.school import text_input
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.locks import require_unlocked

_HEAD_ONLY = RIGHTS_BY_KEY[HEAD_ONLY_RIGHT].title
HEAD_ONLY_NOTE = f"“{_HEAD_ONLY}” is for the head alone, so nobody has it until someone ticks it."
"""The reminder that one of the rights is for the head alone."""


@dataclass(frozen=True)
class GroupSummary:
    """A user group and the number of its members."""

    group: UserGroup
    """The group with its rights."""
    members: int
    """The number of staff in the group."""

    @property
    def name(self) -> str:
        """The group's name."""
        return self.group.name

    @property
    def rights(self) -> tuple[Right, ...]:
        """The group's rights, in the order of `RIGHTS`."""
        return tuple(right for right in RIGHTS if right.key in self.group.rights)

    @property
    def added(self) -> tuple[Right, ...]:
        """Rights that the group has but wouldn't have by default."""
        return tuple(right for right in RIGHTS if right.key in self.group.rights - self.group.defaults)

    @property
    def removed(self) -> tuple[Right, ...]:
        """Rights that the group doesn't have but would have by default."""
        return tuple(right for right in RIGHTS if right.key in self.group.defaults - self.group.rights)

    @property
    def is_default(self) -> bool:
        """Whether the group has exactly its default rights."""
        return self.group.rights == self.group.defaults


def group_summaries(school: School) -> tuple[GroupSummary, ...]:
    """All user groups of a school with their numbers of members, in order.

    Raises:
        LockedError: Nobody has signed up yet.
        DataFolderError: The stored data can't be read.
    """
    require_unlocked(school, REVIEW_GROUPS)
    counted = member_counts(school)
    return tuple(GroupSummary(group, counted.get(group.name, 0)) for group in school.user_groups())


def member_counts(school: School) -> dict[str, int]:
    """The number of members by group name. Groups without members are left out."""
    return dict(school.staff_groups().value_counts().iter_rows())


def review_notes(groups: Sequence[GroupSummary]) -> tuple[str, ...]:
    """Points to check before the groups are confirmed as reviewed, one sentence each. None of them prevents that."""
    notes = []
    dsls = next((summary for summary in groups if summary.group.standard == DSLS), None)
    if dsls is None or not dsls.members:
        notes.append(f"Nobody is in {text_input.quoted(dsls.name if dsls else DSLS)} yet.")
    for key, sentence in (
        (ALERTS, "Nobody would receive child-protection alerts."),
        (MANAGE_GROUPS, "Nobody is in a group that can manage user groups."),
    ):
        if not _members_with(groups, key):
            notes.append(sentence)
    heads = _members_with(groups, HEAD_ONLY_RIGHT)
    if heads > 1:
        notes.append(f"“{_HEAD_ONLY}” is for the head alone, but {heads:,} people have it.")
    return tuple(notes)


def _members_with(groups: Sequence[GroupSummary], right: str) -> int:
    """The number of people in groups that have a right."""
    return sum(summary.members for summary in groups if right in summary.group.rights)
