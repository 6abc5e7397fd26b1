"""People stored who were not in the last file of the whole school: they may have left."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import NewerFormatError

_TABLE = "absent"


@dataclass(frozen=True)
class AbsentPeople:
    """People stored who were not in the last file of the whole school."""

    file: str
    """The name of that file."""
    ids: frozenset[str]
    """Their ids. People who have been removed, or marked as left, since then are not among them."""


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
    if whole:
        _put(school, kind, import_id, absent)
    elif (before := _saved(school, kind)) is not None:
        before_id, before_ids = before
        _put(school, kind, before_id, absent.filter(absent.is_in(before_ids)))


def absent_people(school: School, kind: RecordKind) -> AbsentPeople | None:
    """The people who may have left; None if no file of the whole school was imported, or its import was undone.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    saved = _saved(school, kind)
    if saved is None:
        return None
    import_id, ids = saved
    record = next((record for record in import_records(school) if record.id == import_id), None)
    if record is None or record.state != "succeeded":
        return None
    current = school.current(kind)["id"]
    return AbsentPeople(record.file, frozenset(current.filter(current.is_in(ids)).to_list()))


def _put(school: School, kind: RecordKind, import_id: str, ids: pl.Series) -> None:
    # polars joins all ids to one text four times as fast as it makes a list of them.
    school.store.table(_TABLE).put(kind.name, {"import": import_id, "ids": ids.str.join(" ").item() or ""})


def _saved(school: School, kind: RecordKind) -> tuple[str, list[str]] | None:
    """The id of the import and the ids of the absent people. None if there is no list, or a damaged one: the next import replaces it."""
    try:
        document = school.store.table(_TABLE).get(kind.name)
        return None if document is None else (str(document["import"]), document["ids"].split())
    except NewerFormatError:
        raise
    except (KeyError, AttributeError, DataFolderError):
        return None
