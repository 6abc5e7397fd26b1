"""The seven standard user groups, all rights, and the rights that each group has by default."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

DSLS = "DSLs"
BUSINESS = "School Business Manager"
ADMIN = "Admin Team"
SLTS = "SLTs"
TEACHERS = "Teachers"
TAS = "TAs"
GOVERNORS = "Governors"

STANDARD_GROUPS: tuple[str, ...] = (DSLS, BUSINESS, ADMIN, SLTS, TEACHERS, TAS, GOVERNORS)
"""The groups that every school starts with, in the order in which they are listed."""
PATTERN_GROUP = TEACHERS
"""The group whose rights every group outside the standard list starts with."""


@dataclass(frozen=True)
class Right:
    """Something that the members of a user group are allowed to do."""

    key: str
    """The right's name in the store and on the command line."""
    title: str
    """The right's name on screen."""
    groups: frozenset[str]
    """The standard groups that have the right by default."""
    in_letter: str = ""
    """What it allows, as the end of a sentence that begins with “you can”, if that isn't the title."""

    @property
    def ability(self) -> str:
        """What it allows, as the end of a sentence that begins with “you can”."""
        return self.in_letter or f"{self.title[:1].lower()}{self.title[1:]}"


_ALL_STAFF = frozenset(STANDARD_GROUPS) - {GOVERNORS}
_OFFICE = frozenset({DSLS, BUSINESS, ADMIN})
_LEADERS = frozenset({DSLS, BUSINESS, SLTS})
_CHILD_PROTECTION = frozenset({DSLS, BUSINESS})

MANAGE_GROUPS = "manage-groups"
"""The key of the right that at least one group always keeps."""
HEAD_ONLY_RIGHT = "manage-allegations"
"""The key of the right that is for the head alone."""
ALERTS = "receive-child-protection-alerts"
"""The key of the right to be told about a child in danger."""
CHILD_PROTECTION_RIGHTS = frozenset({"view-child-protection", ALERTS})
"""The keys of the rights with which someone sees what concerns a child's protection."""

RIGHTS: tuple[Right, ...] = (
    Right("add-concerns", "Add concerns", _ALL_STAFF),
    Right("view-own-concerns", "View own concerns", _ALL_STAFF, "view your own concerns"),
    Right("view-all-concerns", "View all concerns", _LEADERS),
    Right(
        "view-child-protection", "View child protection", _CHILD_PROTECTION, "view child-protection records"
    ),
    Right(ALERTS, "Receive child-protection alerts", _CHILD_PROTECTION),
    Right("receive-digests", "Receive digest e-mails", _LEADERS),
    Right("run-reports", "Run reports", _LEADERS | {GOVERNORS}),
    Right("manage-students", "Manage students", _OFFICE, "manage student records"),
    Right("manage-staff", "Manage staff and invitations", _OFFICE, "manage staff records and invitations"),
    Right("manage-settings", "Manage settings", _CHILD_PROTECTION, "manage the settings"),
    Right(MANAGE_GROUPS, "Manage user groups", _CHILD_PROTECTION),
    Right(HEAD_ONLY_RIGHT, "Manage allegations against staff", frozenset()),
)
"""All rights, in the order in which they are listed. `HEAD_ONLY_RIGHT` is for the head alone, so no group has it by default.

A right added here reaches every school: a group saved before the right existed has it if its defaults say so.
"""

RIGHTS_BY_KEY: Mapping[str, Right] = {right.key: right for right in RIGHTS}
"""All rights by their keys."""

FIRST_RIGHTS = frozenset({
    "add-concerns", "view-own-concerns", "view-all-concerns", "view-child-protection", "receive-child-protection-alerts",
    "receive-digests", "run-reports", "manage-students", "manage-staff", "manage-settings", "manage-groups",
    "manage-allegations",
})  # fmt: skip
"""The rights that existed when groups were still saved without a note of the rights known at the time. Never add to it."""

LONG_FORMS: Mapping[str, tuple[str, ...]] = {
    DSLS: ("designated safeguarding lead", "lead dsl", "dsl lead", "dsl team"),
    BUSINESS: ("sbm",),
    ADMIN: ("admin", "admin staff", "administrator", "administration", "administration team", "administrative team"),
    SLTS: ("senior leadership team",),
    TEACHERS: ("teaching staff",),
    TAS: ("teaching assistant",),
    GOVERNORS: ("school governor", "governing body", "governing board", "board of governors"),
}  # fmt: skip
"""Other names that mean a standard group and are accepted without asking, lower-case and in the singular."""

LOOSE_FORMS: Mapping[str, tuple[str, ...]] = {
    DSLS: (
        "ddsl", "deputy dsl", "deputy designated safeguarding lead", "dsp", "dso", "designated safeguarding person",
        "designated safeguarding officer", "safeguarding lead", "safeguarding team", "safeguarding officer", "safeguarding",
        "child protection", "child protection team", "child protection officer", "child protection lead", "cp team", "cpo",
    ),
    BUSINESS: ("business manager", "school business leader", "bursar"),
    SLTS: ("smt", "senior management team", "leadership team", "leadership", "senior leader", "headteacher"),
}  # fmt: skip
"""Names that probably mean a group with many rights, so someone has to confirm it."""

LONGEST = 100
"""The most characters that a group's name can have."""


def default_rights(group: str) -> frozenset[str]:
    """The keys of the rights that a group of this name starts with."""
    like = group if group in STANDARD_GROUPS else PATTERN_GROUP
    return frozenset(right.key for right in RIGHTS if like in right.groups)


def rights_of_saved_group(
    granted: Collection[str], known: Collection[str], standard: str | None
) -> frozenset[str]:
    """The keys of the rights that a saved group has today.

    Args:
        granted: The keys of the rights that it was saved with.
        known: The keys of all rights that existed when it was saved. A right among them that the group doesn't have was
            taken away from it, and stays away.
        standard: The standard group that it is; None for one of the school's own.
    """
    defaults = default_rights(standard or PATTERN_GROUP)
    return frozenset(
        right.key for right in RIGHTS if right.key in (granted if right.key in known else defaults)
    )


@dataclass(frozen=True)
class UserGroup:
    """A school's user group with its current name and rights."""

    name: str
    """The group's name, which is also stored with each of its members."""
    rights: frozenset[str]
    """The keys of the group's rights."""
    standard: str | None = None
    """The standard group that this is, even after renaming; None for a group that the school added."""
    formerly: tuple[str, ...] = ()
    """Earlier names of the group, oldest first."""

    @property
    def defaults(self) -> frozenset[str]:
        """The keys of the rights that the group has by default."""
        return default_rights(self.standard or PATTERN_GROUP)

    @property
    def former_names(self) -> tuple[str, ...]:
        """Every other name that still means this group."""
        names = (*((self.standard,) if self.standard else ()), *self.formerly)
        return tuple(name for name in dict.fromkeys(names) if name != self.name)


def someone_manages_groups(groups: Iterable[UserGroup]) -> bool:
    """Whether at least one of the groups has the right to manage user groups."""
    return any(MANAGE_GROUPS in group.rights for group in groups)


def all_groups(stored: Sequence[UserGroup], in_use: Iterable[str]) -> tuple[UserGroup, ...]:
    """Every user group of a school.

    Args:
        stored: The stored groups in order; empty if nobody has changed any group yet.
        in_use: The names of all groups that have members.

    Returns:
        The stored groups, or else the standard ones; then any other group that has members, with the rights of Teachers.
        So nobody is ever in a group that isn't listed.
    """
    groups = list(stored) or [UserGroup(name, default_rights(name), name) for name in STANDARD_GROUPS]
    for name in in_use:
        if all(group.name != name for group in groups):
            groups.append(new_group(name, groups))
    return tuple(groups)


def new_group(name: str, others: Sequence[UserGroup]) -> UserGroup:
    """A new group, with the rights that Teachers have in this school at present."""
    teachers = next((group.rights for group in others if group.standard == PATTERN_GROUP), None)
    rights = default_rights(PATTERN_GROUP) if teachers is None else teachers
    taken = {group.standard for group in others}
    return UserGroup(name, rights, name if name in STANDARD_GROUPS and name not in taken else None)


def former_group_names(groups: Sequence[UserGroup]) -> tuple[tuple[str, str], ...]:
    """Pairs of a former name and the current name of that group. Names that a group has at present are left out."""
    current = {group.name for group in groups}
    return tuple((old, group.name) for group in groups for old in group.former_names if old not in current)
