"""Add, rename and remove user groups, and change their rights. Every change takes effect at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.group_moves import move_members
from backdrop_tui.people.group_input import group_named, new_name
from backdrop_tui.people.group_summary import member_counts
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.group_names import fold
from backdrop_tui.records.rights.user_groups import (
    MANAGE_GROUPS,
    RIGHTS,
    RIGHTS_BY_KEY,
    UserGroup,
    new_group,
    someone_manages_groups,
)
from backdrop_tui.school import text_input
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import save_groups
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.locks import require_unlocked

_STAFF = KINDS["staff"]

Changes = Mapping[str, Mapping[str, bool]]
"""By group name and right key: whether the group is to have the right."""


class GroupInUseError(UnusableChoiceError):
    """A group can't be removed because it has members; nothing was changed."""

    title = "This group has members"

    def __init__(self, name: str, members: int) -> None:
        verb = "is" if members == 1 else "are"
        super().__init__(
            f"{_STAFF.counted(members).capitalize()} {verb} in {text_input.quoted(name)}. Choose a group to move them to."
        )
        self.members = members
        """The number of members."""


def add_group(school: School, name: str, *, anyway: bool = False) -> str:
    """Add a group, with the rights that Teachers have at present.

    Args:
        school: The school.
        name: The name as it was typed.
        anyway: Add the group even if its name resembles that of another. A name that looks the same is always refused.

    Returns:
        The name as stored.

    Raises:
        SimilarNameError: The name resembles that of another group.
        UnusableChoiceError: The name can't be used.
        LockedError: Nobody has signed up yet.
        DataFolderError: The group can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_GROUPS)
    with school.store.transaction():
        groups = school.user_groups()
        name = new_name(name, groups, anyway=anyway)
        log_event(school, Event.GROUP_ADDED)
        save_groups(school, [*_without_former_name(groups, name), new_group(name, groups)])
    return name


def rename_group(school: School, name: str, new: str, *, anyway: bool = False) -> tuple[str, int]:
    """Rename a group together with all its members, or change nothing. Its old name still means this group.

    Args:
        school: The school.
        name: The group.
        new: The new name as it was typed.
        anyway: Rename the group even if the new name resembles that of another, as for `add_group`.

    Returns:
        The new name as stored, and the number of members.

    Raises:
        SimilarNameError: The new name resembles that of another group.
        UnusableChoiceError: There is no such group, or the new name can't be used.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_GROUPS)
    with school.store.transaction():
        old = group_named(school, name)
        groups = school.user_groups()
        others = [group for group in groups if group.name != old]
        is_same = fold(text_input.one_line(new, what="The name of a group")) == fold(old)
        new = new_name(new, others, anyway=anyway or is_same)
        if new == old:
            return new, member_counts(school).get(old, 0)

        def renamed(group: UserGroup) -> UserGroup:
            formerly = tuple(name for name in (*group.formerly, old) if name not in {new, group.standard})
            return replace(group, name=new, formerly=tuple(dict.fromkeys(formerly)))

        after = [
            renamed(group) if group.name == old else group
            for group in _without_former_name(groups, new, but=old)
        ]
        log_event(school, Event.GROUP_RENAMED)
        return new, move_members(school, old, new, after)


def remove_group(school: School, name: str, move_to: str | None = None) -> tuple[str, int]:
    """Remove a group after moving its members to another one.

    Args:
        school: The school.
        name: The group.
        move_to: The group to move the members to; None for a group without members.

    Returns:
        The group's name, and the number of people moved.

    Raises:
        GroupInUseError: The group has members, and `move_to` is None.
        UnusableChoiceError: There is no such group, or it is the last one that can manage user groups.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_GROUPS)
    with school.store.transaction():
        old = group_named(school, name)
        target = group_named(school, move_to) if move_to is not None else None
        if target == old:
            raise UnusableChoiceError(
                f"{text_input.quoted(old)} is the group to be removed. Choose another group for its members."
            )
        groups = school.user_groups()
        remaining = [group for group in groups if group.name != old]
        _require_a_manager(groups, remaining)
        members = member_counts(school).get(old, 0)
        if members and target is None:
            raise GroupInUseError(old, members)
        log_event(school, Event.GROUP_REMOVED, people=members)
        if target is None:
            save_groups(school, remaining)
            return old, 0
        return old, move_members(school, old, target, remaining)


def change_rights(school: School, changes: Changes) -> None:
    """Give rights to groups and take rights away, all together or not at all.

    Args:
        school: The school.
        changes: The changes; any right that isn't mentioned stays as it is.

    Raises:
        UnusableChoiceError: A group no longer exists, or no group could manage user groups any more.
        LockedError: Nobody has signed up yet.
        DataFolderError: The changes can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_GROUPS)
    with school.store.transaction():
        groups = school.user_groups()
        if missing := changes.keys() - {group.name for group in groups}:
            raise UnusableChoiceError(
                f"The user group {text_input.quoted(min(missing))} no longer exists. Check the list and try again."
            )
        after = [_with_changes(group, changes.get(group.name, {})) for group in groups]
        _require_a_manager(groups, after)
        _log_rights(school, groups, after)
        save_groups(school, after)


def reset_rights(school: School, names: Collection[str] = ()) -> None:
    """Reset the named groups, or all groups if none is named, to their default rights.

    Raises:
        UnusableChoiceError: A group no longer exists, or no group could manage user groups any more.
        LockedError: Nobody has signed up yet.
        DataFolderError: The rights can't be stored; nothing was changed.
    """
    defaults = {group.name: _defaults(group) for group in school.user_groups()}
    change_rights(school, {name: defaults.get(name, {}) for name in names or defaults})


def _defaults(group: UserGroup) -> dict[str, bool]:
    """By right key: whether a group has the right by default."""
    return {right.key: right.key in group.defaults for right in RIGHTS}


def _without_former_name(groups: Sequence[UserGroup], name: str, but: str | None = None) -> list[UserGroup]:
    """The groups after removing a name, which is about to be used again, from all former names but those of one group."""
    return [
        group
        if group.name == but
        else replace(group, formerly=tuple(old for old in group.formerly if fold(old) != fold(name)))
        for group in groups
    ]


def _with_changes(group: UserGroup, changes: Mapping[str, bool]) -> UserGroup:
    granted = {key for key, has in changes.items() if has}
    return replace(group, rights=(group.rights | granted) - (changes.keys() - granted))


def _require_a_manager(before: Sequence[UserGroup], after: Sequence[UserGroup]) -> None:
    """Refuse a change after which no group could manage user groups."""
    if someone_manages_groups(after) or not someone_manages_groups(before):
        return
    raise UnusableChoiceError(
        f"At least one user group must have “{RIGHTS_BY_KEY[MANAGE_GROUPS].title}”, or everyone would be locked out. "
        "Give another group this right first."
    )


def _log_rights(school: School, before: Sequence[UserGroup], after: Sequence[UserGroup]) -> None:
    """Log each right that was given or taken away, with the number of groups."""
    for right in RIGHTS:
        had = {group.name for group in before if right.key in group.rights}
        has = {group.name for group in after if right.key in group.rights}
        for event, groups in ((Event.RIGHT_GRANTED, has - had), (Event.RIGHT_REVOKED, had - has)):
            if groups:
                log_event(school, event, about=right.key, groups=len(groups))
