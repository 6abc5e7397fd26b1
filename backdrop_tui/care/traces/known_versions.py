"""Everything that a person is or was called, in what is stored: now, before changes, before imports, and in copies of older files."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from backdrop_tui.care.traces.data_subject import FIRST, LAST, DataSubject, Values
from backdrop_tui.care.traces.ids_in_files import ids_in_files, versions_in_copy, versions_in_drafts
from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.imports.undo_record import UndoRecord
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.folded_names import folded
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school import text_input
from backdrop_tui.school.former_values import former_values
from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.new_ids import ANY_ID


class UnknownPersonError(UnusableChoiceError):
    """Nothing is stored about anyone with an id."""

    def __init__(self, person_id: str) -> None:
        super().__init__(
            f"Nobody has the id {text_input.quoted(person_id)}, and nothing else here names it: “backdrop list students”, "
            "“backdrop list staff” and “backdrop list leavers” show all ids."
        )


def data_subject(school: School, person_id: str) -> DataSubject:
    """The person with an id, who may have been removed from the people stored, and still be in undo data.

    Raises:
        UnknownPersonError: Nothing is stored about anyone with this id.
        DataFolderError: What is stored can't be read.
    """
    subjects = data_subjects(school, [person_id])
    if not subjects:
        raise UnknownPersonError(person_id)
    return subjects[0]


def data_subjects(school: School, ids: Collection[str]) -> list[DataSubject]:
    """The people with these ids about whom anything is stored.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    if school.is_new or not school.folder.path.exists():
        return []
    versions: dict[str, list[Values]] = {person_id: [] for person_id in ids}
    kinds: dict[str, RecordKind] = dict(_kinds_in_undo_data(school, ids))

    def add(found: Iterator[tuple[RecordKind, Values]]) -> None:
        for kind, values in found:
            kinds.setdefault(values["id"], kind)
            if values not in versions[values["id"]]:
                versions[values["id"]].append(values)

    add(_versions(school, ids))
    # Nothing but an id is looked for in files: a word that is taken for one would be erased everywhere.
    if unknown := {each for each in ids if not versions[each] and ANY_ID.fullmatch(each.encode())}:
        add(versions_in_drafts(school.folder, unknown))
        for person_id in ids_in_files(school.folder, unknown - kinds.keys()):
            kinds[person_id] = STUDENTS  # that can't be told, and makes no difference
    others = [*_others(school, ids)]
    shared = _names_of(name for _, other in others for name in (other[FIRST], other[LAST]))
    shared |= _names_of(
        name
        for version in former_values(school)
        if version["id"] not in versions
        for name in (version[FIRST], version[LAST])
    )
    subjects = []
    for person_id, kind in kinds.items():
        subject = DataSubject(kind, person_id, tuple(versions[person_id]))
        similar = tuple(other for name, other in others if subject.is_similar(name, other))
        subjects.append(replace(subject, similar=similar, shared=shared))
    return subjects


def undo_records(school: School) -> Iterator[tuple[ImportRecord, UndoRecord | None]]:
    """Every import that has undo data, the newest first; None in place of undo data that is damaged.

    Raises:
        NewerFormatError: A newer version saved it.
        DataFolderError: The disk has failed while it was read.
    """
    for record in import_records(school):
        try:
            undo_record = UndoRecord.find(school, record.id)
        except NewerFormatError:
            raise
        except DataFolderError as error:
            if isinstance(error.__cause__, OSError):
                raise
            yield record, None
        else:
            if undo_record is not None:
                yield record, undo_record


def kept_copies(folder: Path) -> Iterator[Path]:
    """Copies of the files of people, of undo data and of journals that were kept: older formats, altered and damaged files.

    What restoring a backup has replaced, and lists of absent people, which earlier versions kept, are among them.
    """
    for pattern in ("*.json.*", "imports/*.json.*", "journal.*", "absent-*.json", "replaced/**/*"):
        yield from (
            path
            for path in sorted(folder.glob(pattern))
            if path.is_file() and path.name != "log" and path.suffix not in {".lock", ".owner"}
        )


def _versions(school: School, ids: Collection[str]) -> Iterator[tuple[RecordKind, Values]]:
    """What is or was stored of the people with these ids, the latest first, with their kinds."""
    former = [version for version in former_values(school) if version["id"] in ids]
    for kind in KINDS.values():
        people = school.stored(kind)
        stored = set(people["id"])
        yield from ((kind, row) for row in people.filter(people["id"].is_in(list(ids))).iter_rows(named=True))
        yield from ((kind, version) for version in former if version["id"] in stored)
        befores = (
            undo_record.before
            for record, undo_record in undo_records(school)
            if undo_record is not None and record.kind == kind.name
        )
        for frame in befores:
            yield from (
                (kind, row) for row in frame.filter(frame["id"].is_in(list(ids))).iter_rows(named=True)
            )
    for path in kept_copies(school.folder.path):
        yield from versions_in_copy(path, ids)


def _kinds_in_undo_data(school: School, ids: Collection[str]) -> Iterator[tuple[str, RecordKind]]:
    """The people of whom undo data has at least the ids, each with the kind."""
    for record, undo_record in undo_records(school):
        if undo_record is not None:
            yield from ((each, KINDS[record.kind]) for each in undo_record.ids & set(ids))


def _others(school: School, ids: Collection[str]) -> Iterator[tuple[tuple[str, str], Values]]:
    """Everyone else who is stored, each with first name and surname, folded."""
    for kind in KINDS.values():
        people = school.stored(kind)
        people = people.filter(~people["id"].is_in(list(ids)))
        # Folded together: one by one, it would take a hundred times as long.
        names = zip(*(folded(people[key].fill_null("")) for key in (FIRST, LAST)), strict=True)
        yield from zip(names, people.iter_rows(named=True), strict=True)


def _names_of(names: Iterable[str | None]) -> frozenset[str]:
    """Names, folded, and each word in them: Smith-Jones, Smith and Jones."""
    written = pl.Series(names, dtype=pl.String).drop_nulls().unique()
    words = written.str.extract_all(r"[\p{L}\p{M}]+").explode().drop_nulls()
    return frozenset(folded(pl.concat([written, words]).unique()))
