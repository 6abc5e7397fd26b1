"""People of whom files have at least the ids: drafts, kept copies, and whatever else is in the data folder.

Someone who was removed by hand, and whose undo data has gone, is only known from these.
"""

import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from backdrop_tui.care.traces.mentions import readings
from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_facts import DAMAGE
from backdrop_tui.intake.draft.draft_folder import draft_folders
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.records.fields.other_identifiers import BACKDROP_ID
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.store.checked_lines import read_checked_lines
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.folder import DataFolder

_IN_STORE = ("students.json", "staff.json", "journal", "log")
"""Files of the store that are examined as what is stored, and not as files."""


def versions_in_copy(path: Path, ids: Collection[str]) -> Iterator[tuple[RecordKind, Mapping[str, Any]]]:
    """The records of some people in a kept copy, with their kinds; none if it can't be read.

    Args:
        path: The copy: of a file of people, of undo data, or of a journal.
        ids: The people's ids.
    """
    try:
        data = path.read_bytes()
        content = orjson.loads(data)
    except OSError:
        return
    except ValueError:
        content = read_checked_lines(data).contents
    for record in _records(content, set(ids)):
        kinds = (kind for kind in KINDS.values() if record.keys() - {"id"} <= {*kind.stored_keys})
        kind = next((kind for kind in KINDS.values() if path.name.startswith(f"{kind.name}.json")), None)
        yield kind or next(kinds, STUDENTS), record


def _records(content: Any, ids: set[str]) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any JSON
    """The records of people with these ids in any JSON, in columns too."""
    match content:
        case {"id": str(person), "surname": _}:
            if person in ids:
                yield content
        case {"id": [*people], "surname": [*_]}:
            for place in (place for place, person in enumerate(people) if person in ids):
                yield {key: column[place] for key, column in content.items() if len(column) == len(people)}
        case dict():
            for value in content.values():
                yield from _records(value, ids)
        case list() | tuple():
            for value in content:
                yield from _records(value, ids)


def versions_in_drafts(
    data: DataFolder, ids: Collection[str]
) -> Iterator[tuple[RecordKind, Mapping[str, Any]]]:
    """What rows of drafts have of some people, with their kinds: rows with their ids, and those that the user has said are theirs.

    Args:
        data: The data folder.
        ids: The people's ids.

    Raises:
        NewerFormatError: A newer version saved a draft.
        DataFolderError: A draft can't be read.
    """
    for folder in draft_folders(data):
        try:
            draft = Draft.look_into(folder)
            texts = draft.matching.texts(draft.sheet)
        except NewerFormatError:
            raise
        except (BackdropError, *DAMAGE):
            continue
        people = {
            row: person
            for step in draft.steps
            if isinstance(step, Change)
            for row, person in step.same
            if person in ids
        }
        is_theirs = pl.col("row").is_in(list(people))
        if BACKDROP_ID.key in texts.columns:
            is_theirs |= BACKDROP_ID.col.str.strip_chars().is_in(list(ids))
        for values in texts.filter(is_theirs).iter_rows(named=True):
            person = people.get(values.pop("row")) or values[BACKDROP_ID.key].strip()
            yield draft.kind, values | {"id": person}


def ids_in_files(data: DataFolder, ids: Collection[str]) -> Iterator[str]:
    """Those of some ids that are anywhere in the data folder, apart from the people stored.

    Args:
        data: The data folder.
        ids: The ids.

    Raises:
        DataFolderError: A file can't be read.
    """
    missing = set(ids)
    for path in sorted(data.path.rglob("*")):
        if not missing or str(path.relative_to(data.path)) in _IN_STORE:
            continue
        with translating_os_errors(path), suppress(FileNotFoundError):
            content = path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b""
            texts = [*readings(content)]
            found = {each for each in missing if any(each in text for text in texts)}
            yield from found
            missing -= found
