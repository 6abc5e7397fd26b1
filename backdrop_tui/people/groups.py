"""User groups and their rights: who is in which, and changing them, with effect at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.group_moves import move_all
from backdrop_tui.imports.recovery import alone, recover
from backdrop_tui.people.group_input import group_named, new_name
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.group_names import fold
from backdrop_tui.records.rights.user_groups import (
    DSLS,
    MANAGE_GROUPS,
    RIGHTS,
    Right,
    UserGroup,
    can_be_managed,
    new_group,
)
from backdrop_tui.school import audit_log, text_input
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.group_list import put_groups
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.locks import require_unlocked

FOR_THE_HEAD = "manage-allegations"
"""The right that is for the head alone."""
ALERTS = "receive-child-protection-alerts"
"""The right without which nobody hears of a child in danger."""
ABOUT_THE_HEAD = (
    "“Manage allegations against staff” is for the head alone, so nobody has it until somebody ticks it."
)
"""What a review says of that right."""
_RIGHT = {right.key: right for right in RIGHTS}
_STAFF = KINDS["staff"]

Changes = Mapping[str, Mapping[str, bool]]
"""By group, by the key of a right: whether the group shall have it."""


@dataclass(frozen=True)
class GroupNow:
    """A user group, and how many are in it."""

    group: UserGroup
    """The group."""
    members: int
    """How many members of staff are in it."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.group.name

    @property
    def rights(self) -> tuple[Right, ...]:
        """Its rights, in order."""
        return tuple(right for right in RIGHTS if right.key in self.group.rights)

    @property
    def added(self) -> tuple[Right, ...]:
        """Rights that it has and by default has not."""
        return tuple(right for right in RIGHTS if right.key in self.group.rights - self.group.defaults)

    @property
    def taken(self) -> tuple[Right, ...]:
        """Rights that it has not and by default has."""
        return tuple(right for right in RIGHTS if right.key in self.group.defaults - self.group.rights)

    @property
    def is_default(self) -> bool:
        """Whether its rights are the default ones."""
        return self.group.rights == self.group.defaults


class GroupInUseError(UnusableChoiceError):
    """There are people in a group that was to be removed; nothing was changed."""

    title = "People are in this group"

    def __init__(self, name: str, members: int) -> None:
        are = "is" if members == 1 else "are"
        super().__init__(
            f"{_STAFF.counted(members).capitalize()} {are} in {text_input.quoted(name)}. Say which group to move them to."
        )
        self.members = members
        """How many."""


def groups_now(school: School) -> tuple[GroupNow, ...]:
    """All user groups, in order.

    Raises:
        LockedError: Nobody has signed up yet.
        DataFolderError: They can't be read.
    """
    require_unlocked(school, REVIEW_GROUPS)
    counted = _members(school)
    return tuple(GroupNow(group, counted.get(group.name, 0)) for group in school.user_groups())


def add_group(school: School, name: str, *, anyway: bool = False) -> str:
    """Add a group, with the rights that Teachers have.

    Args:
        school: Whose.
        name: Its name.
        anyway: Add it even though its name resembles another one's. One that the eye can't tell from another is refused.

    Returns:
        Its name as it is kept.

    Raises:
        LikeAnotherError: The name resembles that of another group.
        UnusableChoiceError: It can't be that name.
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was.
    """
    require_unlocked(school, REVIEW_GROUPS)
    recover(school)
    with school.setup.transaction():
        groups = school.user_groups()
        name = new_name(name, groups, anyway=anyway)
        _note(school, Event.GROUP_ADDED)
        put_groups(school, [*_forgetting(groups, name), new_group(name, groups)])
    return name


def rename_group(school: School, name: str, new: str, *, anyway: bool = False) -> tuple[str, int]:
    """Call a group otherwise. Everybody in it moves along, or nothing is changed; its old name still leads to it.

    Args:
        school: Whose.
        name: The group.
        new: What it shall be called.
        anyway: As for `add_group`.

    Returns:
        Its new name as it is kept, and how many people are in it.

    Raises:
        LikeAnotherError: The new name resembles that of another group.
        UnusableChoiceError: There is no such group, or it can't have that name.
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was changed.
        PeopleChangedError: Somebody else kept changing the same people; nothing was changed.
    """
    require_unlocked(school, REVIEW_GROUPS)
    with alone(school):
        old = group_named(school, name)
        groups = school.user_groups()
        others = [group for group in groups if group.name != old]
        is_same = fold(text_input.one_line(new, what="The name of a group")) == fold(old)
        new = new_name(new, others, anyway=anyway or is_same)
        if new == old:
            return new, _members(school).get(old, 0)

        def called(group: UserGroup) -> UserGroup:
            formerly = tuple(name for name in (*group.formerly, old) if name not in {new, group.standard})
            return replace(group, name=new, formerly=tuple(dict.fromkeys(formerly)))

        after = [called(group) if group.name == old else group for group in _forgetting(groups, new, but=old)]
        _note(school, Event.GROUP_RENAMED)
        return new, move_all(school, old, new, after)


def remove_group(school: School, name: str, move_to: str | None = None) -> tuple[str, int]:
    """Remove a group; people who are in it move to another one first.

    Args:
        school: Whose.
        name: The group.
        move_to: The group that its people come into.

    Returns:
        Its name, and how many people were moved.

    Raises:
        GroupInUseError: People are in it, and it was not said where they go.
        UnusableChoiceError: There is no such group, or it is the last that may manage user groups.
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was changed.
        PeopleChangedError: Somebody else kept changing the same people; nothing was changed.
    """
    require_unlocked(school, REVIEW_GROUPS)
    with alone(school):
        old = group_named(school, name)
        to = group_named(school, move_to) if move_to is not None else None
        if to == old:
            raise UnusableChoiceError(
                f"{text_input.quoted(old)} is to be removed. Choose another group for its people."
            )
        groups = school.user_groups()
        left = [group for group in groups if group.name != old]
        _keep_a_manager(groups, left)
        members = _members(school).get(old, 0)
        if members and to is None:
            raise GroupInUseError(old, members)
        _note(school, Event.GROUP_REMOVED, people=members)
        if to is None:
            put_groups(school, left)
            return old, 0
        return old, move_all(school, old, to, left)


def change_rights(school: School, changes: Changes) -> None:
    """Give rights to groups, and take others away: all of it, or nothing.

    Args:
        school: Whose.
        changes: What shall be; rights that are not named stay as they are.

    Raises:
        UnusableChoiceError: A group is gone, or none would be left that may manage user groups.
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was.
    """
    require_unlocked(school, REVIEW_GROUPS)
    with school.setup.transaction():
        groups = school.user_groups()
        if gone := changes.keys() - {group.name for group in groups}:
            raise UnusableChoiceError(
                f"The user group {text_input.quoted(min(gone))} is gone in the meantime. Look again."
            )
        after = [_changed(group, changes.get(group.name, {})) for group in groups]
        _keep_a_manager(groups, after)
        _note_rights(school, groups, after)
        put_groups(school, after)


def reset_rights(school: School, names: Collection[str] = ()) -> None:
    """Give groups their default rights again: some, or all where none is named.

    Raises:
        UnusableChoiceError: A group is gone, or none would be left that may manage user groups.
        LockedError: Nobody has signed up yet.
        DataFolderError: It can't be stored; nothing was.
    """
    defaults = {group.name: _defaults(group) for group in school.user_groups()}
    change_rights(school, {name: defaults.get(name, {}) for name in names or defaults})


def _defaults(group: UserGroup) -> dict[str, bool]:
    """By the key of each right: whether a group has it by default."""
    return {right.key: right.key in group.defaults for right in RIGHTS}


def to_look_at(groups: Sequence[GroupNow]) -> tuple[str, ...]:
    """What somebody should know before groups are confirmed as reviewed, each in a sentence. Nothing of it stops that."""
    said = []
    dsls = next((now for now in groups if now.group.standard == DSLS), None)
    if dsls is None or not dsls.members:
        said.append(f"Nobody is in {text_input.quoted(dsls.name if dsls else DSLS)} yet.")
    for key, sentence in (
        (ALERTS, "Nobody would receive child-protection alerts."),
        (MANAGE_GROUPS, "Nobody is in a group that may manage user groups."),
    ):
        if not any(now.members for now in groups if key in now.group.rights):
            said.append(sentence)
    heads = sum(now.members for now in groups if FOR_THE_HEAD in now.group.rights)
    if heads > 1:
        said.append(f"“{_RIGHT[FOR_THE_HEAD].title}” is for the head alone, but {heads:,} people have it.")
    return tuple(said)


def _members(school: School) -> dict[str, int]:
    """How many people are in each group, by name; groups that nobody is in are left out."""
    return dict(school.in_groups().value_counts().iter_rows())


def _forgetting(groups: Sequence[UserGroup], name: str, but: str | None = None) -> list[UserGroup]:
    """Groups, of which no other leads from a name that is given anew."""
    return [
        group
        if group.name == but
        else replace(group, formerly=tuple(old for old in group.formerly if fold(old) != fold(name)))
        for group in groups
    ]


def _changed(group: UserGroup, wanted: Mapping[str, bool]) -> UserGroup:
    granted = {key for key, has in wanted.items() if has}
    return replace(group, rights=(group.rights | granted) - (wanted.keys() - granted))


def _keep_a_manager(before: Sequence[UserGroup], after: Sequence[UserGroup]) -> None:
    """Refuse what would leave nobody who may manage user groups."""
    if can_be_managed(after) or not can_be_managed(before):
        return
    raise UnusableChoiceError(
        f"At least one user group keeps “{_RIGHT[MANAGE_GROUPS].title}”, so that nobody is locked out. "
        "Give that right to another group first."
    )


def _note(school: School, event: Event, about: str | None = None, **numbers: int) -> None:
    audit_log.note(school.folder, email_of(school), event, about=about, **numbers)


def _note_rights(school: School, before: Sequence[UserGroup], after: Sequence[UserGroup]) -> None:
    """Note each right that was given or taken, and by how many groups."""
    for right in RIGHTS:
        had = {group.name for group in before if right.key in group.rights}
        has = {group.name for group in after if right.key in group.rights}
        for event, groups in ((Event.RIGHT_GRANTED, has - had), (Event.RIGHT_REVOKED, had - has)):
            if groups:
                _note(school, event, right.key, groups=len(groups))
