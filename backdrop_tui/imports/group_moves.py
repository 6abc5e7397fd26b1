"""Moving all members of a user group to another one, together with a change to the list of groups."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.undo_record import UndoRecord
from backdrop_tui.records.leaving import current_people
from backdrop_tui.records.rights.user_groups import UserGroup
from backdrop_tui.school.import_history import ImportRecord, import_records, put_record
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import save_groups

_KEY = "user_group"


def move_members(school: School, old: str, new: str, groups: Sequence[UserGroup]) -> int:
    """Move all members of one group to another and save the new list of groups: all of it, or nothing.

    Args:
        school: The school.
        old: The group that the members are in.
        new: The group that they are moved to.
        groups: The new list of groups.

    Returns:
        The number of people moved.

    Raises:
        DataFolderError: It can't be stored.
    """
    with school.store.transaction():
        renamed_to = None if new in school.group_names() else new
        for record in import_records(school):
            if old in record.groups:
                put_record(school, _with_group_renamed(record, old, renamed_to))
        save_groups(school, groups)
        return _move(school, old, new)


def finish_former_moves(school: School) -> None:
    """Finish the moves that an earlier version had to leave half done. Only inside a transaction.

    Raises:
        DataFolderError: What is stored can't be read or written.
    """
    table = school.store.table("group_moves")
    for move in table.all():
        _move(school, move["key"], str(move.get("to") or move["key"]))
        table.remove(move["key"])


def _move(school: School, old: str, new: str) -> int:
    """Store all members of one group in another, which doesn't count as an edit.

    Those who have left keep the name of their group up to date too, but don't count among the people moved.
    """
    staff = school.store.people("staff")
    members = staff.frame().filter(pl.col(_KEY) == old)
    staff.apply(changed=members.with_columns(pl.lit(new).alias(_KEY)))
    people = staff.frame()
    for record in import_records(school):
        if record.kind == "staff" and record.can_be_undone:
            try:
                undo_record = UndoRecord.find(school, record.id)
            except DataFolderError:
                continue  # undoing that import will say why it can't be read
            if undo_record is not None:
                undo_record.after_move(people, _KEY, old, new).put(school, record.id)
    return current_people(members).height


def _with_group_renamed(record: ImportRecord, old: str, new: str | None) -> ImportRecord:
    """The record of an import after a group that it created has been renamed, or removed if `new` is None."""
    groups = (new if group == old else group for group in record.groups)
    return replace(record, groups=tuple(filter(None, groups)))
