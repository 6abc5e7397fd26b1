"""Keeping the list of user groups with their rights."""

from collections.abc import Collection, Sequence

from backdrop_tui.records.rights.user_groups import UserGroup, can_be_managed, new_group
from backdrop_tui.school.group_documents import group_document
from backdrop_tui.school.school import School

_GROUPS = "groups"


def put_groups(school: School, groups: Sequence[UserGroup]) -> None:
    """Keep a whole list of groups, in its order.

    Raises:
        DataFolderError: It can't be stored; it is as it was.
    """
    names = {group.name for group in groups}
    with school.setup.transaction():
        table = school.setup.table(_GROUPS)
        stored = {document["key"]: document for document in table.all()}
        for name in stored.keys() - names:
            table.remove(name)
        for order, group in enumerate(groups):
            document = group_document(group, order)
            if stored.get(group.name) != document | {"key": group.name}:
                table.put(group.name, document)


def keep_groups(school: School, names: Collection[str]) -> None:
    """Keep groups that an import has made, with the rights that Teachers have now. Those that are kept stay as they are.

    Raises:
        DataFolderError: They can't be stored; nothing was.
    """
    if not names:
        return
    with school.setup.transaction():
        table = school.setup.table(_GROUPS)
        if all(table.get(name) for name in names):
            return
        groups = list(school.user_groups())
        there = {group.name for group in groups}
        groups += [new_group(name, groups) for name in names if name not in there]
        put_groups(school, groups)


def drop_unused(school: School, names: Collection[str]) -> tuple[str, ...]:
    """Remove those of some groups that nobody is in, but never the last that may manage user groups.

    Returns:
        Those of the names that are no group any more.

    Raises:
        DataFolderError: The list can't be stored; it is as it was.
    """
    if not names:
        return ()
    with school.setup.transaction():
        groups, in_use = school.user_groups(), set(school.in_groups())
        gone = {group.name for group in groups if group.name in names and group.name not in in_use}
        left = [group for group in groups if group.name not in gone]
        if not can_be_managed(left):
            return ()
        if gone:
            put_groups(school, left)
        still = {group.name for group in left}
        return tuple(name for name in names if name not in still)
