"""Marks in the data folder that somebody is still to be told of an undo.

A mark is there before the undo is stored, and it is removed by the last thing that a command does. So an undo that was cut off is told
the next time, wherever that happened, and never taken for one that its user has seen.
"""

from collections.abc import Iterator
from pathlib import Path

from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.files import atomic_write, discard

_PREFIX, _SUFFIX = "undo-", ".untold"


def mark_untold(school: School, record: ImportRecord) -> None:
    """Note that somebody is still to be told that an import is undone, before that is stored.

    Raises:
        DataFolderError: It can't be noted.
    """
    atomic_write(_mark(school, record.id), b"")


def note_undo_told(school: School, record: ImportRecord) -> None:
    """Note that the user has been told that an import is undone, even after the school was closed.

    If that can't be noted, they are told again.
    """
    discard(_mark(school, record.id))


def untold_undo(school: School, only: str | None) -> ImportRecord | None:
    """The import that has been undone without the user being told: any, or the one with the id `only`."""
    records = _undone(school)
    untold = (records.get(_import_id(path)) for path in _marks(school))
    return next((record for record in untold if record is not None and only in {None, record.id}), None)


def discard_stale_marks(school: School) -> None:
    """Remove the marks of undos that came to nothing. Call it only while holding the lease."""
    records = _undone(school)
    for path in _marks(school):
        if _import_id(path) not in records:
            discard(path)


def _undone(school: School) -> dict[str, ImportRecord]:
    """The imports that have been undone, by id."""
    return {record.id: record for record in import_records(school) if record.state == "undone"}


def _import_id(mark: Path) -> str:
    return mark.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)


def _mark(school: School, import_id: str) -> Path:
    return school.folder.path / f"{_PREFIX}{import_id}{_SUFFIX}"


def _marks(school: School) -> Iterator[Path]:
    yield from sorted(school.folder.path.glob(f"{_PREFIX}*{_SUFFIX}"))
