"""What drafts have about people who are looked for, and drafts without it.

A draft has a copy of the school's file and everything that was typed into it. The rows about someone become blank, so that all other
rows keep their numbers and what was done to them. A draft that can't be read without these rows is removed as a whole.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from filelock import FileLock

from backdrop_tui.care.traces.data_subject import FIRST, LAST, DataSubject, fold
from backdrop_tui.care.traces.searching import can_be_redacted, has_line_about, may_be_about, redacted
from backdrop_tui.care.traces.table_rows import (
    TableCleaner,
    cells_by_heading,
    has_identifier,
    rows_about,
)
from backdrop_tui.errors import BackdropError, UnusableFileError
from backdrop_tui.intake.draft import draft_lock
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_facts import DAMAGE, FACTS, FACTS_COPY, DraftFacts
from backdrop_tui.intake.draft.draft_folder import discard_folder, draft_folders
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.edits_file import EDITS, Step, edits_as_bytes
from backdrop_tui.intake.draft.sources import checksum_of, source_path
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.records.schema.row_names import ROWS_PER_FILE
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.folder import DataFolder

_OWN_FILES = frozenset({"lock", "owner", FACTS, FACTS_COPY, EDITS})


@dataclass(frozen=True)
class DraftRow:
    """One row of a draft that is about someone."""

    row: int
    """The row that a spreadsheet shows; of several files that are read as one, see `ROWS_PER_FILE`."""
    cells: dict[str, str]
    """The cells of the file, by the names of their columns."""
    typed: tuple[tuple[str, str], ...]
    """What the user has typed into the row: the names of fields, and texts."""


@dataclass(frozen=True)
class DraftTrace:
    """What a draft has about the people, and what has to be written so that it hasn't."""

    folder: Path
    """Where the draft is."""
    file: str
    """The name of its file; empty if that isn't known, or people are typed in by hand."""
    rows: tuple[DraftRow, ...] = ()
    """The rows that are about them."""
    facts: DraftFacts | None = None
    """The draft's facts without them; None to remove the whole draft."""
    contents: tuple[tuple[Path, bytes], ...] = ()
    """The files to write, with their contents."""
    unneeded: tuple[Path, ...] = ()
    """Files to remove: kept copies of older and damaged files, and unsaved input."""

    @property
    def is_removed(self) -> bool:
        """Whether the whole draft has to be removed."""
        return self.facts is None

    def scrub(self) -> None:
        """Remove the people from the draft, which must be locked. Typed again after a kill, it finishes.

        Raises:
            DataFolderError: It can't be done.
        """
        if self.facts is None:
            discard_folder(self.folder)
            return
        # First the checksums of the new files: the old file must not be fetched again from where it was picked.
        self.facts.save(self.folder)
        for path, content in self.contents:
            atomic_write(path, content)
        with translating_os_errors(self.folder):
            for path in self.unneeded:
                path.unlink(missing_ok=True)
            for path in self.folder.glob(f"{FACTS}.*"):  # an older format was kept just now
                path.unlink()


def draft_traces(data: DataFolder, subjects: Sequence[DataSubject]) -> Iterator[DraftTrace]:
    """What all drafts have about people. Nothing is changed.

    Raises:
        NewerFormatError: A newer version saved a draft.
        DataFolderError: A draft can't be read.
    """
    for folder in draft_folders(data):
        trace = _trace(folder, subjects)
        if trace is not None:
            yield trace


def lock_of(trace: DraftTrace) -> FileLock:
    """Take the lock on a draft. Raises `DraftInUseError` if someone else has it."""
    return draft_lock.acquire(trace.folder)


def _trace(folder: Path, subjects: Sequence[DataSubject]) -> DraftTrace | None:
    try:
        draft = Draft.look_into(folder)
        return _readable_trace(draft, subjects)
    except NewerFormatError:
        raise
    except (BackdropError, *DAMAGE):
        # The reason could quote what is in it.
        return DraftTrace(folder, "") if _is_mentioned_in(folder, subjects) else None


def _readable_trace(draft: Draft, subjects: Sequence[DataSubject]) -> DraftTrace | None:
    """What a draft has about people if it can be read."""
    folder, facts = draft.folder, draft.facts
    of_kind = [subject for subject in subjects if subject.kind is draft.kind]
    others = _rows_of_others(draft, subjects)
    rows = _rows(draft, of_kind) - others
    cleaner = TableCleaner(subjects, draft.kind, draft.matching.texts(draft.sheet), others)
    passing = set(_passing_names(draft, rows, of_kind))
    steps = [_without(step, rows, passing, subjects) for step in draft.steps]
    options = ReadOptions.from_json(facts.read)
    contents: list[tuple[Path, bytes]] = []
    try:
        for place in range(len(facts.files)):
            path = source_path(folder, place)
            own_rows = {row - place * ROWS_PER_FILE for row in rows if row // ROWS_PER_FILE == place}
            data = path.read_bytes()
            if own_rows or can_be_redacted(data, subjects):
                after = cleaner.without(data, options, own_rows, place * ROWS_PER_FILE)
                if after != data:
                    contents.append((path, after))
    except UnusableFileError:
        return (
            DraftTrace(folder, facts.file, _details(draft, rows))
            if rows or _is_mentioned_in(folder, subjects)
            else None
        )
    if steps != [*draft.steps]:
        contents.append((folder / EDITS, edits_as_bytes(steps)))
    unneeded = _unneeded(folder, facts, subjects, has_rows=bool(rows))
    new_facts = _facts_without(folder, facts, dict(contents), subjects)
    if not contents and not unneeded and new_facts == facts:
        return None
    is_empty = not draft.sheet.cells.filter(~draft.sheet.cells["row"].is_in(list(rows))).height
    if rows and is_empty and not any(row not in rows for row in draft.edits.added):
        return DraftTrace(folder, facts.file, _details(draft, rows))
    return DraftTrace(folder, facts.file, _details(draft, rows), new_facts, tuple(contents), unneeded)


def _rows(draft: Draft, subjects: Sequence[DataSubject]) -> set[int]:
    """The rows of a draft about people, also if they were only for a while."""
    ids = {subject.id for subject in subjects}
    rows = {row for change in _changes(draft.steps) for row, person in change.same if person in ids}
    return rows | rows_about(subjects, draft.matching.texts(draft.sheet), _typed(draft))


def _rows_of_others(draft: Draft, subjects: Sequence[DataSubject]) -> set[int]:
    """The rows of which the user has said that they are about other people: someone else stored, or new without a UPN of theirs."""
    ids = {subject.id for subject in subjects}
    answers = draft.edits.answers
    texts = draft.matching.texts(draft.sheet)
    identified = set(texts.filter(has_identifier(subjects, texts))["row"])
    return {row for row, person in answers.same.items() if person not in ids} | (answers.new - identified)


def _typed(draft: Draft) -> dict[int, dict[str, set[str]]]:
    """All texts that have been typed into a draft, by row and by the field's key, undone ones among them."""
    typed: dict[int, dict[str, set[str]]] = {}
    for change in _changes(draft.steps):
        for row, key, text in change.cells:
            typed.setdefault(row, {}).setdefault(key, set()).add(text)
    return typed


def _passing_names(
    draft: Draft, rows: Collection[int], subjects: Sequence[DataSubject]
) -> Iterator[tuple[int, str, str]]:
    """Names of the people that were typed into rows about others and don't stand there any more: row, field's key, text."""
    typed = {
        row: texts for row, texts in _typed(draft).items() if row not in rows and texts.keys() & {FIRST, LAST}
    }
    people = {name for subject in subjects for name in subject.names}
    of_file = draft.matching.texts(draft.sheet)
    written = {row["row"]: row for row in of_file.filter(of_file["row"].is_in(list(typed))).to_dicts()}
    for row, texts in typed.items():
        in_file = {key: str(written.get(row, {}).get(key) or "") for key in (FIRST, LAST)}
        standing = {key: draft.edits.cells.get((row, key), in_file[key]) for key in (FIRST, LAST)}
        firsts, lasts = (texts.get(key, set()) | {in_file[key]} for key in (FIRST, LAST))
        for first, last in product(firsts, lasts):
            if (fold(first), fold(last)) in people:
                names = {FIRST: first, LAST: last}
                yield from ((row, key, text) for key, text in names.items() if text != standing[key])


def _changes(steps: Sequence[Step]) -> list[Change]:
    return [step for step in steps if isinstance(step, Change)]


def _without(
    step: Step,
    rows: Collection[int],
    passing: Collection[tuple[int, str, str]],
    subjects: Sequence[DataSubject],
) -> Step:
    """A step without what it does to some rows, and without passing names. It stays a step, so that each undo still finds its own."""
    if not isinstance(step, Change):
        return step
    ids = {subject.id for subject in subjects}

    def kept(numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(row for row in numbers if row not in rows)

    return replace(
        step,
        title=redacted(step.title, subjects, ""),
        cells=tuple(
            (row, key, "" if (row, key, text) in passing else redacted(text, subjects, "", "value"))
            for row, key, text in step.cells
            if row not in rows
        ),
        left_out=kept(step.left_out),
        taken_back=kept(step.taken_back),
        accepted=tuple(problem for problem in step.accepted if problem[0] not in rows),
        added=kept(step.added),
        same=tuple((row, person) for row, person in step.same if row not in rows and person not in ids),
        new=kept(step.new),
        rejected=tuple(pair for pair in step.rejected if pair[0] not in rows and pair[1] not in ids),
    )


def _facts_without(
    folder: Path, facts: DraftFacts, contents: dict[Path, bytes], subjects: Sequence[DataSubject]
) -> DraftFacts:
    """The facts of a draft whose files have other contents, and which names nobody."""
    checksums = tuple(
        checksum_of(contents[path]) if (path := source_path(folder, place)) in contents else checksum
        for place, checksum in enumerate(facts.checksums)
    )
    files = tuple(redacted(name, subjects, "", "file-name") or f"{facts.kind}.csv" for name in facts.files)
    is_renamed = files != facts.files or any(
        redacted(path, subjects, kind="file-name") != path for path in facts.paths
    )
    return replace(
        facts,
        checksums=checksums,
        files=files,
        file=redacted(facts.file, subjects, "", "file-name") or (f"{facts.kind}.csv" if facts.file else ""),
        paths=() if is_renamed else facts.paths,
    )


def _unneeded(
    folder: Path, facts: DraftFacts, subjects: Sequence[DataSubject], *, has_rows: bool
) -> tuple[Path, ...]:
    """Files of a draft besides those that it is read from, if they may be about the people."""
    sources = {source_path(folder, place).name for place in range(len(facts.files))}
    others = [path for path in folder.iterdir() if path.is_file() and path.name not in _OWN_FILES | sources]
    return tuple(path for path in sorted(others) if has_rows or may_be_about(path.read_bytes(), subjects))


def _details(draft: Draft, rows: Collection[int]) -> tuple[DraftRow, ...]:
    """What a draft has in some rows."""
    typed: dict[int, list[tuple[str, str]]] = {}
    for change in _changes(draft.steps):
        for row, key, text in change.cells:
            typed.setdefault(row, []).append((draft.kind.label(key), text))
    return tuple(
        DraftRow(row, cells_by_heading(draft.sheet, row), tuple(typed.get(row, ()))) for row in sorted(rows)
    )


def _is_mentioned_in(folder: Path, subjects: Sequence[DataSubject]) -> bool:
    """Whether any file in the folder of a draft has a line about one of the people."""
    with translating_os_errors(folder):
        contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return any(has_line_about(data, subjects) for data in contents)
