"""People stored who were not in the last file of the whole school: they may have left."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.formats import read_json, write_json

ABSENT = "absent"
"""The kind of these files in `migrations.STEPS`."""


@dataclass(frozen=True)
class AbsentPeople:
    """People stored who were not in the last file of the whole school."""

    file: str
    """The name of that file."""
    ids: frozenset[str]
    """Their ids. People who have been removed since are not among them."""


def note_absent(school: School, kind: RecordKind, import_id: str, absent: pl.Series, *, whole: bool) -> None:
    """Save who is stored and not in a file that is being imported.

    A file of the whole school replaces what was saved before. Any other file only shows that the people in it have not left.

    Args:
        school: The school.
        kind: Whether they are students or staff.
        import_id: The import of the file.
        absent: The ids of the people who are not in the file (String).
        whole: Whether it is a file of the whole school.

    Raises:
        NewerFormatError: A newer version saved what was there before.
        DataFolderError: It can't be saved.
    """
    path = school.folder.absent(kind.name)
    if whole:
        _write(path, import_id, absent)
    elif (before := _read(path)) is not None:
        before_id, before_ids = before
        _write(path, before_id, absent.filter(absent.is_in(before_ids)))


def absent_people(school: School, kind: RecordKind) -> AbsentPeople | None:
    """The people who may have left; None if no file of the whole school was imported, or its import was undone.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    saved = _read(school.folder.absent(kind.name))
    if saved is None:
        return None
    import_id, ids = saved
    record = next((record for record in import_records(school) if record.id == import_id), None)
    if record is None or record.state != "succeeded":
        return None
    stored = school.stored(kind)["id"]
    return AbsentPeople(record.file, frozenset(stored.filter(stored.is_in(ids)).to_list()))


def _write(path: Path, import_id: str, ids: pl.Series) -> None:
    # polars joins all ids to one text four times as fast as it makes a list of them.
    write_json(path, ABSENT, {"import": import_id, "ids": ids.str.join(" ").item() or ""})


def _read(path: Path) -> tuple[str, list[str]] | None:
    """The id of the import and the ids of the absent people. None if there is no file, or a damaged one: the next import replaces it."""
    try:
        content = read_json(path, ABSENT)
        return None if content is None else (str(content["import"]), content["ids"].split())
    except (KeyError, ValueError, AttributeError):
        return None
