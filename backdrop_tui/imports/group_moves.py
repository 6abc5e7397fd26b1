"""Moving all members of a user group to another one, together with a change to the list of groups.

The list and the people are in two files. So the move is recorded together with the new list before any member is moved:
if a kill interrupts it, the next start finishes it, and if it can't be done, everything is put back.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

import polars as pl

from backdrop_tui.errors import BackdropError, DataFolderError
from backdrop_tui.imports.undo_record import UndoRecord, undo_record_path
from backdrop_tui.records.rights.user_groups import UserGroup
from backdrop_tui.school.import_history import ImportRecord, import_records, put_record
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import save_groups
from backdrop_tui.store.people import retrying

_MOVES, _KEY = "group_moves", "user_group"


def move_members(school: School, old: str, new: str, groups: Sequence[UserGroup]) -> int:
    """Move all members of one group to another and save the new list of groups: all of it, or nothing.

    Call it only inside `recovery.exclusive_import`.

    Args:
        school: The school.
        old: The group that the members are in.
        new: The group that they are moved to.
        groups: The new list of groups.

    Returns:
        The number of people moved.

    Raises:
        DataFolderError: It can't be done; nothing was changed.
        PeopleChangedError: Someone else kept changing the same people; nothing was changed.
    """
    before = school.user_groups()
    records = [record for record in import_records(school) if old in record.groups]
    renamed_to = None if any(group.name == new for group in before) else new
    with school.setup.transaction():
        save_groups(school, groups)
        for record in records:
            put_record(school, _with_group_renamed(record, old, renamed_to))
        school.setup.table(_MOVES).put(old, {"to": new})
    try:
        moved = retrying(partial(_move, school, old, new))
    except BackdropError:
        with suppress(DataFolderError), school.setup.transaction():
            save_groups(school, before)
            for record in records:
                put_record(school, record)
            school.setup.table(_MOVES).remove(old)
        raise
    with suppress(DataFolderError):  # otherwise the next start does it
        _finish(school, old, new)
    return moved


def has_unfinished_moves(school: School) -> bool:
    """Tell whether a move was interrupted, or is being made by another process just now."""
    return bool(school.setup.table(_MOVES).all())


def finish_moves(school: School) -> None:
    """Finish the moves that were interrupted. Call it only inside `recovery.exclusive_import`.

    Raises:
        DataFolderError: What is stored can't be read or written. The next start tries again.
        PeopleChangedError: Someone else kept changing the same people. The next start tries again.
    """
    for move in school.setup.table(_MOVES).all():
        old, new = move["key"], str(move.get("to") or move["key"])
        retrying(partial(_move, school, old, new))
        _finish(school, old, new)


def _move(school: School, old: str, new: str) -> int:
    """Store all members of one group in another. Returns how many they are."""
    version = school.people.version("staff")
    members = school.people.frame("staff").filter(pl.col(_KEY) == old)
    if members.height:
        moved = members.with_columns(pl.lit(new).alias(_KEY))
        school.people.apply("staff", changed=moved, based_on=version)
    return members.height


def _finish(school: School, old: str, new: str) -> None:
    """Note in the undo records that the move is not an edit, then that it is finished."""
    people = school.people.frame("staff")
    for record in import_records(school):
        if record.kind != "staff" or not record.can_be_undone:
            continue
        path = undo_record_path(school.folder, record.id)
        try:
            undo_record = UndoRecord.read(path)
        except DataFolderError:
            continue  # undoing that import will say why it can't be read
        if undo_record is not None:
            undo_record.after_move(people, _KEY, old, new).write(path)
    school.setup.table(_MOVES).remove(old)


def _with_group_renamed(record: ImportRecord, old: str, new: str | None) -> ImportRecord:
    """The record of an import after a group that it created has been renamed, or removed if `new` is None."""
    groups = (new if group == old else group for group in record.groups)
    return replace(record, groups=tuple(filter(None, groups)))
