"""How a user group is written in the set-up file."""

import sys
from typing import Any

from backdrop_tui.records.rights.user_groups import FIRST_RIGHTS, RIGHTS, UserGroup, rights_of_saved_group


def group_document(group: UserGroup, order: int) -> dict[str, Any]:
    """The document to store for a group, under its name.

    Args:
        group: The group.
        order: Its place in the list of groups, from 0.
    """
    return {
        "rights": sorted(group.rights),
        "known_rights": sorted(right.key for right in RIGHTS),
        "order": order,
        "standard": group.standard,
        "formerly": list(group.formerly),
    }


def order_of(document: dict[str, Any]) -> int:
    """The place of a stored group in the list; last of all if the file doesn't say."""
    order = document.get("order")
    return order if isinstance(order, int) else sys.maxsize


def group_of(document: dict[str, Any]) -> UserGroup:
    """The group that a stored document describes. Impossible values, after someone has edited the file, are ignored."""
    standard = document.get("standard")
    standard = standard if isinstance(standard, str) else None
    known = _texts(document.get("known_rights")) or FIRST_RIGHTS
    return UserGroup(
        name=document["key"],
        rights=rights_of_saved_group(_texts(document.get("rights")), known, standard),
        standard=standard,
        formerly=tuple(filter(None, _texts(document.get("formerly")))),
    )


def _texts(value: object) -> tuple[str, ...]:
    """The items of a stored list as texts; none if it isn't a list."""
    return tuple(map(str, value)) if isinstance(value, list) else ()
