"""User groups: the seven standard ones, and the rights that each has until somebody changes them."""

from collections.abc import Mapping
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
    Right("manage-groups", "Manage user groups", _CHILD_PROTECTION),
    Right("manage-allegations", "Manage allegations against staff", frozenset()),
)
"""All rights, in the order in which they are listed. The last is for the head alone, so no group starts with it."""

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


def default_rights(group: str) -> frozenset[str]:
    """The keys of the rights that a group of that name starts with."""
    like = group if group in STANDARD_GROUPS else PATTERN_GROUP
    return frozenset(right.key for right in RIGHTS if like in right.groups)
