"""Save a school's user groups with their rights, and add or remove groups as imports come and go."""

from collections.abc import Collection, Sequence

from backdrop_tui.records.rights.user_groups import UserGroup, new_group, someone_manages_groups
from backdrop_tui.school.group_documents import group_document
from backdrop_tui.school.school import School

_TABLE = "groups"


def save_groups(school: School, groups: Sequence[UserGroup]) -> None:
    """Replace the stored user groups, in this order.

    Raises:
        DataFolderError: They can't be stored; nothing was changed.
    """
    names = {group.name for group in groups}
    with school.store.transaction():
        table = school.store.table(_TABLE)
        stored = {document["key"]: document for document in table.all()}
        for name in stored.keys() - names:
            table.remove(name)
        for order, group in enumerate(groups):
            document = group_document(group, order)
            if stored.get(group.name) != document | {"key": group.name}:
                table.put(group.name, document)


def add_missing_groups(school: School, names: Collection[str]) -> None:
    """Store the groups that an import creates, with the rights that Teachers have at present. Stored groups don't change.

    Raises:
        DataFolderError: They can't be stored; nothing was changed.
    """
    if not names:
        return
    with school.store.transaction():
        table = school.store.table(_TABLE)
        if all(table.get(name) for name in names):
            return
        groups = list(school.user_groups())
        existing = {group.name for group in groups}
        groups += [new_group(name, groups) for name in names if name not in existing]
        save_groups(school, groups)


def remove_unused_groups(school: School, names: Collection[str]) -> tuple[str, ...]:
    """Remove those of the named groups that have no members, but never the last one that can manage user groups.

    Returns:
        The names that no group has any more.

    Raises:
        DataFolderError: The groups can't be stored; nothing was changed.
    """
    if not names:
        return ()
    with school.store.transaction():
        groups, in_use = school.user_groups(), set(school.staff_groups())
        unused = {group.name for group in groups if group.name in names and group.name not in in_use}
        remaining = [group for group in groups if group.name not in unused]
        if not someone_manages_groups(remaining):
            return ()
        if unused:
            save_groups(school, remaining)
        remaining_names = {group.name for group in remaining}
        return tuple(name for name in names if name not in remaining_names)
