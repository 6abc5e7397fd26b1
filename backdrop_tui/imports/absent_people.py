"""Who may have left: those stored of whom the last whole file of the school said nothing."""

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
class Leavers:
    """Those who may have left."""

    file: str
    """The name of the file in which they were not."""
    ids: frozenset[str]
    """They; all of them are stored."""


def note_absent(school: School, kind: RecordKind, import_id: str, absent: pl.Series, *, whole: bool) -> None:
    """Keep who was stored and not in a file.

    A file of a part of the school tells of nobody that they may have left, but those who are in it have not.

    Args:
        school: Whose.
        kind: What they are.
        import_id: The import of that file.
        absent: Ids (String).
        whole: Whether it was a file of the whole school.

    Raises:
        NewerFormatError: A newer version saved what was kept before.
        DataFolderError: It can't be kept.
    """
    path = school.folder.absent(kind.name)
    if whole:
        _write(path, import_id, absent)
    elif (before := _read(path)) is not None:
        _write(path, before[0], absent.filter(absent.is_in(before[1])))


def leavers(school: School, kind: RecordKind) -> Leavers | None:
    """Who may have left; None where no whole file was imported, or that import was undone.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    told = _read(school.folder.absent(kind.name))
    if told is None:
        return None
    import_id, ids = told
    record = next((record for record in import_records(school) if record.id == import_id), None)
    if record is None or record.state != "succeeded":
        return None
    stored = school.stored(kind)["id"]
    return Leavers(record.file, frozenset(stored.filter(stored.is_in(ids)).to_list()))


def _write(path: Path, import_id: str, ids: pl.Series) -> None:
    # One text of all ids: joined by polars, it is four times as quick as a list of them.
    write_json(path, ABSENT, {"import": import_id, "ids": ids.str.join(" ").item() or ""})


def _read(path: Path) -> tuple[str, list[str]] | None:
    """Which import told of whom; None where none did, or the file is damaged: the next import makes it anew."""
    try:
        content = read_json(path, ABSENT)
        return None if content is None else (str(content["import"]), content["ids"].split())
    except (KeyError, ValueError, AttributeError):
        return None
