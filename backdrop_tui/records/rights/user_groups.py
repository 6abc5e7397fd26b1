"""User groups: the seven standard ones, and the rights that each has until somebody changes them."""

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
"""The group whose rights any group outside the standard list starts with."""


@dataclass(frozen=True)
class Right:
    """One thing that the members of a group may do."""

    key: str
    """Its name in the store and on the command line."""
    title: str
    """What it is called on screen."""
    groups: frozenset[str]
    """The standard groups that have it until somebody changes that."""


_ALL_STAFF = frozenset(STANDARD_GROUPS) - {GOVERNORS}
_OFFICE = frozenset({DSLS, BUSINESS, ADMIN})
_LEADERS = frozenset({DSLS, BUSINESS, SLTS})
_CHILD_PROTECTION = frozenset({DSLS, BUSINESS})

MANAGE_GROUPS = "manage-groups"
"""The key of the right that at least one group keeps."""

RIGHTS: tuple[Right, ...] = (
    Right("add-concerns", "Add concerns", _ALL_STAFF),
    Right("view-own-concerns", "View own concerns", _ALL_STAFF),
    Right("view-all-concerns", "View all concerns", _LEADERS),
    Right("view-child-protection", "View child protection", _CHILD_PROTECTION),
    Right("receive-child-protection-alerts", "Receive child-protection alerts", _CHILD_PROTECTION),
    Right("receive-digests", "Receive digest e-mails", _LEADERS),
    Right("run-reports", "Run reports", _LEADERS | {GOVERNORS}),
    Right("manage-students", "Manage students", _OFFICE),
    Right("manage-staff", "Manage staff and invitations", _OFFICE),
    Right("manage-settings", "Manage settings", _CHILD_PROTECTION),
    Right(MANAGE_GROUPS, "Manage user groups", _CHILD_PROTECTION),
    Right("manage-allegations", "Manage allegations against staff", frozenset()),
)
"""All rights, in the order in which they are listed. The last is for the head alone, so no group starts with it.

A right added here reaches every school: a group that was saved before the right existed has it by default.
"""

FIRST_RIGHTS = frozenset({
    "add-concerns", "view-own-concerns", "view-all-concerns", "view-child-protection", "receive-child-protection-alerts",
    "receive-digests", "run-reports", "manage-students", "manage-staff", "manage-settings", "manage-groups",
    "manage-allegations",
})  # fmt: skip
"""The rights that existed when groups were still saved without a note of the rights known at the time. Never add to it."""

LONG_FORMS: Mapping[str, tuple[str, ...]] = {
    DSLS: ("designated safeguarding lead",),
    BUSINESS: ("sbm",),
    ADMIN: ("admin", "admin staff", "administrator", "administration", "administration team", "administrative team"),
    SLTS: ("senior leadership team",),
    TEACHERS: ("teaching staff",),
    TAS: ("teaching assistant",),
    GOVERNORS: ("school governor", "governing body", "governing board", "board of governors"),
}  # fmt: skip
"""Other names of the standard groups that are taken as they stand, in the singular and in small letters."""

LOOSE_FORMS: Mapping[str, tuple[str, ...]] = {
    DSLS: (
        "ddsl", "deputy dsl", "deputy designated safeguarding lead", "dsp", "dso", "designated safeguarding person",
        "designated safeguarding officer", "safeguarding lead", "safeguarding team", "safeguarding", "child protection",
    ),
    BUSINESS: ("business manager", "school business leader", "bursar"),
    SLTS: ("smt", "senior management team", "leadership team", "leadership", "senior leader", "headteacher"),
}  # fmt: skip
"""Names that may well mean a group with many rights, so that a person has to say so."""


LONGEST = 100
"""Characters that a group's name has room for."""


def default_rights(group: str) -> frozenset[str]:
    """The keys of the rights that a group of that name starts with."""
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
    """One user group of a school, as it is now."""

    name: str
    """What it is called, and what is stored of the people in it."""
    rights: frozenset[str]
    """The keys of its rights."""
    standard: str | None = None
    """The standard group that it is, whatever it is called now; None for a group of the school's own."""
    formerly: tuple[str, ...] = ()
    """What it was called before, the oldest first."""

    @property
    def defaults(self) -> frozenset[str]:
        """The keys of the rights that such a group has until somebody changes them."""
        return default_rights(self.standard or PATTERN_GROUP)

    @property
    def former_names(self) -> tuple[str, ...]:
        """All names that still lead to it."""
        names = (*((self.standard,) if self.standard else ()), *self.formerly)
        return tuple(name for name in dict.fromkeys(names) if name != self.name)


def can_be_managed(groups: Iterable[UserGroup]) -> bool:
    """Whether one of some groups may manage user groups."""
    return any(MANAGE_GROUPS in group.rights for group in groups)


def all_groups(stored: Sequence[UserGroup], in_use: Iterable[str]) -> tuple[UserGroup, ...]:
    """Every user group that there is.

    Args:
        stored: Those that are stored, in order; none where nobody has changed anything.
        in_use: The names of all groups that people are in.

    Returns:
        Those stored, or the standard ones; then any others that people are in, with the rights of Teachers. So nobody
        is ever in a group that is not listed.
    """
    groups = list(stored) or [UserGroup(name, default_rights(name), name) for name in STANDARD_GROUPS]
    for name in in_use:
        if all(group.name != name for group in groups):
            groups.append(new_group(name, groups))
    return tuple(groups)


def new_group(name: str, others: Sequence[UserGroup]) -> UserGroup:
    """A group that is made now: it has the rights that Teachers have at this time."""
    teachers = next((group.rights for group in others if group.standard == PATTERN_GROUP), None)
    rights = default_rights(PATTERN_GROUP) if teachers is None else teachers
    taken = {group.standard for group in others}
    return UserGroup(name, rights, name if name in STANDARD_GROUPS and name not in taken else None)


def leading_to(groups: Sequence[UserGroup]) -> tuple[tuple[str, str], ...]:
    """Former names, each with the group that it leads to. A name that a group has now leads nowhere else."""
    now = {group.name for group in groups}
    return tuple((old, group.name) for group in groups for old in group.former_names if old not in now)
