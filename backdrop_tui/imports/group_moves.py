"""Keeping the list of user groups, and moving all people of a group to another one.

The list is in one file and the people are in another. So a move is noted together with the list as it shall be, before
anybody is touched: a kill in between is made good at the next look, and what can't be done is put back as a whole.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import polars as pl

from backdrop_tui.errors import BackdropError, DataFolderError
from backdrop_tui.imports.undo_record import UndoRecord, undo_record_file
from backdrop_tui.records.rights.user_groups import UserGroup
from backdrop_tui.school.import_history import ImportRecord, import_records, put_record
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import save_groups
from backdrop_tui.store.errors import PeopleChangedError

_MOVES, _KEY = "group_moves", "user_group"
_TRIES = 3


def move_all(school: School, old: str, new: str, groups: Sequence[UserGroup]) -> int:
    """Put everybody who is in one group in another, and keep the list of groups as it shall be: all of that, or nothing.

    To be called while no import is being done (`recovery.alone`).

    Args:
        school: Whose.
        old: The group that they are in.
        new: The group that they come into.
        groups: The list as it shall be.

    Returns:
        How many were moved.

    Raises:
        DataFolderError: It can't be done; nothing was changed.
        PeopleChangedError: Somebody else kept changing the same people; nothing was changed.
    """
    before = school.user_groups()
    records = [record for record in import_records(school) if old in record.groups]
    called = None if any(group.name == new for group in before) else new
    with school.setup.transaction():
        save_groups(school, groups)
        for record in records:
            put_record(school, _renamed(record, old, called))
        school.setup.table(_MOVES).put(old, {"to": new})
    try:
        moved = _move_people(school, old, new)
    except BackdropError:
        with suppress(DataFolderError), school.setup.transaction():
            save_groups(school, before)
            for record in records:
                put_record(school, record)
            school.setup.table(_MOVES).remove(old)
        raise
    with suppress(DataFolderError):  # else the next look does it
        _settle(school, old, new)
    return moved


def is_moving(school: School) -> bool:
    """Tell whether people were being moved as the program was cut off; it may be that another process does it just now."""
    return bool(school.setup.table(_MOVES).all())


def finish_moves(school: School) -> None:
    """Bring moves that were cut off to their end. Only while no import is being done.

    Raises:
        DataFolderError: What is stored can't be read or written. The next look tries again.
    """
    for move in school.setup.table(_MOVES).all():
        old, new = move["key"], str(move.get("to") or move["key"])
        _move_people(school, old, new)
        _settle(school, old, new)


def _move_people(school: School, old: str, new: str) -> int:
    for turn in range(_TRIES):
        version = school.people.version("staff")
        theirs = school.people.frame("staff").filter(pl.col(_KEY) == old)
        if not theirs.height:
            return 0
        try:
            school.people.apply(
                "staff", changed=theirs.with_columns(pl.lit(new).alias(_KEY)), based_on=version
            )
        except PeopleChangedError:
            if turn == _TRIES - 1:
                raise
        else:
            return theirs.height
    return 0


def _settle(school: School, old: str, new: str) -> None:
    """Note in what is kept of imports that being moved is no edit, then that the move is done."""
    people = school.people.frame("staff")
    for record in import_records(school):
        if record.kind != "staff" or not record.can_be_undone:
            continue
        path = undo_record_file(school.folder, record.id)
        try:
            trace = UndoRecord.read(path)
        except DataFolderError:
            continue  # undoing that import will say why it can't be read
        if trace is not None:
            trace.moved(people, _KEY, old, new).write(path)
    school.setup.table(_MOVES).remove(old)


def _renamed(record: ImportRecord, old: str, new: str | None) -> ImportRecord:
    """What is kept of an import once a group that it made is called otherwise, or is gone."""
    groups = (new if group == old else group for group in record.groups)
    return replace(record, groups=tuple(filter(None, groups)))
