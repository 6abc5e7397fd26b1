"""A file being fixed, stored on disk from the moment it is picked until Complete.

A draft is a folder of its own: `source` (the file as it was picked, byte for byte; `source-2` and so on if there are
several), `draft.json` (how it is read and
matched, and where the user is), and `edits` (a line for each change). A method that changes something returns once that is on
the disk.
"""

import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import polars as pl
from filelock import FileLock

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.intake.checking.repeated_rows import without_repeats
from backdrop_tui.intake.draft import draft_lock
from backdrop_tui.intake.draft.draft_facts import (
    FACTS,
    DraftFacts,
    bring_facts_up_to_date,
    list_facts,
    read_facts,
)
from backdrop_tui.intake.draft.edited_texts import with_file_texts
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.edits_file import DAMAGE, EditsFile
from backdrop_tui.intake.draft.review import Intake
from backdrop_tui.intake.matching.fills import fills_from_json, fills_to_json
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.sheet_reading import read_files
from backdrop_tui.intake.reading.encoding.encodings import Encoding
from backdrop_tui.intake.reading.encoding.samples import sample_names
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet, nothing_read
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.wording import counted

_SOURCE, _EDITS = "source", "edits"


@dataclass(frozen=True)
class SourceFile:
    """A file that was picked, or cells that were pasted."""

    name: str
    """Its name, without its folder."""
    data: bytes
    """Its bytes."""
    path: Path | None
    """Where it is; None for cells that were pasted."""

    @classmethod
    def at(cls, path: Path, data: bytes) -> Self:
        """A file that was picked, given its path and its bytes."""
        return cls(path.name, data, path)


class Draft:
    """A file being fixed, or people being added by hand. Only one process has a draft open at a time.

    Made by `create` and `open`, not by calling the class.
    """

    def __init__(self, folder: Path, facts: DraftFacts, lock: FileLock) -> None:
        self._folder = folder
        self._lock = lock
        self._edits_file = EditsFile(folder / _EDITS)
        self._matching: Matching | None = None
        self._steps = 0
        self.facts = facts
        """How its file is read and matched, and where the user is."""
        self.edits = Edits()
        """The user's changes so far."""

    @classmethod
    def create(cls, data: DataFolder, kind: RecordKind, files: Sequence[SourceFile], now: datetime) -> Self:
        """Start a draft.

        Args:
            data: The data folder.
            kind: What its rows are.
            files: The files that were picked; none to add people by hand.
            now: The current date and time.

        Raises:
            UnusableFileError: A file can't be read, or the files can't be read as one; there is no draft then.
            DataFolderError: The data folder can't be written; there is no draft then.
        """
        sheet = read_files(kind, [(file.name, file.data) for file in files]) if files else None
        facts = DraftFacts(
            id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
            kind=kind.name,
            file=sheet.file if sheet else "",
            files=tuple(file.name for file in files),
            paths=tuple(str(file.path.absolute()) for file in files if file.path),
            started=now.isoformat(timespec="seconds"),
            stage="match" if files else "fix",
        )
        with draft_lock.drafts_lock(data.subfolder(data.drafts)):
            folder = data.subfolder(data.drafts / facts.id)
            with rollback_on_error(lambda: shutil.rmtree(folder, ignore_errors=True)):
                draft = cls(folder, facts, draft_lock.acquire_and_sign(folder))
        with rollback_on_error(draft.discard_if_possible):
            if sheet is not None:
                draft.__dict__["sheet"] = sheet
                for place, file in enumerate(files):
                    atomic_write(draft._source(place), file.data)
            draft.save_facts()
        return draft

    @classmethod
    def open(cls, data: DataFolder, draft_id: str) -> Self:
        """Open a draft to go on with it, and bring an older one up to date.

        If some of its edits are damaged, it has those before the damage, and `warning` says so.

        Raises:
            NewerFormatError: A newer version saved it.
            DraftInUseError: It is open elsewhere.
            DataFolderError: It no longer exists, its file or facts are damaged, or the data folder can't be written.
        """
        folder = data.drafts / draft_id
        with draft_lock.drafts_lock(data.subfolder(data.drafts)):
            if not (folder / FACTS).exists():
                raise DataFolderError("This draft no longer exists. Choose the file again.")
            lock = draft_lock.acquire(folder)
        with rollback_on_error(lock.release):
            try:
                draft = cls(folder, read_facts(folder), lock)
                draft._read_edits()
            except DAMAGE:
                # The exception could quote what the user has typed.
                raise DataFolderError(
                    f"The draft in {folder} is damaged. Choose the file again; the damaged draft is kept as it is."
                ) from None
            draft_lock.sign(folder)
            draft._edits_file.put_in_order()
            bring_facts_up_to_date(folder)
        return draft

    @property
    def kind(self) -> RecordKind:
        """What its rows are."""
        return KINDS[self.facts.kind]

    @cached_property
    def sheet(self) -> Sheet:
        """The file as it was read."""
        return self.read_as(ReadOptions.from_json(self.facts.read))

    @property
    def matching(self) -> Matching:
        """The field for each of the file's columns."""
        if self._matching is None:
            matching, targets = match_columns(self.sheet, self.kind), self.facts.targets
            fits = len(targets) == len(matching.columns)
            if fits:
                matching = matching.with_chosen(targets)
            fills, offered = (
                fills_from_json(self.kind, stored) for stored in (self.facts.fills, self.facts.offered)
            )
            self._matching = matching.with_fills(fills, offered)
        return self._matching

    def save_matching(self, matching: Matching) -> None:
        """Replace the matching. Raises `DataFolderError` if that can't be written; nothing has changed then."""
        self.save_facts(
            targets=matching.targets,
            fills=fills_to_json(matching.fills),
            offered=fills_to_json(matching.offered),
        )
        self._matching = matching
        self._forget_texts()

    def reread(self, options: ReadOptions, sheet: Sheet) -> Change | None:
        """Replace the file's rows by those of another reading. Its columns are matched again unless the headings are the same.

        Edits stay with their row numbers. But a cell whose text in the file is another one now gets that text, because what was
        made of the old one may be as wrong; that is a change like any other.

        Args:
            options: How the file is read.
            sheet: What `read_as` returned for these options.

        Returns:
            The change that gave edited cells the file's text again; None if there are none.

        Raises:
            DataFolderError: The options can't be written, and nothing has changed; or that change can't.
        """
        before = self.texts if self.edits.cells else None
        targets = self.facts.targets if sheet.headings == self.sheet.headings else ()
        self.save_facts(read=options.as_json(), targets=targets)
        self._matching = None
        self._forget_texts()
        self.__dict__["sheet"] = sheet
        change = None if before is None else with_file_texts(before, self.texts, self.edits.cells)
        if change is not None:
            self.do(change)
        return change

    def read_as(self, options: ReadOptions) -> Sheet:
        """Read the file with other options, without keeping them.

        Raises:
            UnusableFileError: It can't be read with these options.
        """
        if self.facts.by_hand:
            return nothing_read([field.label for field in self.kind.template_fields])
        return read_files(self.kind, self._sources(), options)

    def sample_names(self) -> dict[Encoding, tuple[str, ...]]:
        """A few names of the files with accents, as each encoding reads them; none if they have no such names.

        Raises:
            DataFolderError: A file can't be read.
        """
        return sample_names(b"\n".join(data for _, data in self._sources()), self.sheet.encoding)

    def _sources(self) -> list[tuple[str, bytes]]:
        """The name and the bytes of each file."""
        files = []
        for place, name in enumerate(self.facts.files):
            path = self._source(place)
            with translating_os_errors(path):
                files.append((name, path.read_bytes()))
        return files

    def _source(self, place: int) -> Path:
        """Where one of its files is kept, by the file's place from 0: `source`, `source-2` and so on."""
        return self._folder / (f"{_SOURCE}-{place + 1}" if place else _SOURCE)

    def save_facts(self, **changed: Any) -> None:  # noqa: ANN401 - the fields of DraftFacts
        """Change facts, such as `stage` or `row`. Raises `DataFolderError` if that can't be written; nothing has changed then."""
        facts = replace(self.facts, **changed, steps=self._steps)
        facts.save(self._folder)
        self.facts = facts

    def do(self, change: Change) -> None:
        """Make a change. Raises `DataFolderError` if it can't be written; nothing has changed then."""
        self._edits_file.append(change)
        self.edits.do(change)
        self._steps += 1

    def undo(self) -> Change | None:
        """Undo the last change and return it; None if there is none. Raises `DataFolderError` as `do` does."""
        if not self.edits.done:
            return None
        self._edits_file.append("undo")
        self._steps += 1
        return self.edits.undo()

    def redo(self) -> Change | None:
        """Redo the change that was undone last and return it; None if there is none. Raises `DataFolderError` as `do` does."""
        if not self.edits.undone:
            return None
        self._edits_file.append("redo")
        self._steps += 1
        return self.edits.redo()

    @property
    def texts(self) -> pl.DataFrame:
        """The file's rows by our fields, without edits: `row` (UInt32) and raw text (String) for each field's key.

        Rows that repeat another are not among them.
        """
        return self._rows[0]

    @cached_property
    def _rows(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The file's rows by our fields, without edits, and the rows that repeat another (see `without_repeats`)."""
        return without_repeats(self.kind, self.matching.texts(self.sheet))

    def intake(self, edits: Edits | None = None) -> Intake:
        """The draft as it stands, ready to be checked.

        Args:
            edits: The edits as they were at one moment, if the draft's own go on changing meanwhile.
        """
        return Intake(
            path=Path(self.facts.paths[0]) if self.facts.paths else None,
            sheet=self.sheet,
            matching=self.matching,
            texts=self.texts,
            repeated=self._rows[1],
            edits=self.edits.copy() if edits is None else edits,
        )

    @property
    def warning(self) -> str:
        """A sentence for the user about damage to the edits; empty if all of them could be read."""
        lost = self._edits_file.damaged_lines
        if not lost:
            return ""
        changes = "your last change" if lost == 1 else f"your last {counted(lost, 'change')}"
        return (
            f"The end of this draft is damaged on the disk, so {changes} may be missing. "
            "Check the rows that you changed last."
        )

    def _forget_texts(self) -> None:
        self.__dict__.pop("_rows", None)

    def close(self) -> None:
        """Release the draft for other processes. It stays on the disk."""
        self._lock.release()

    def discard(self) -> None:
        """Remove the draft from the disk. Raises `DataFolderError` if it can't be removed as a whole."""
        try:
            with draft_lock.drafts_lock(self._folder.parent), translating_os_errors(self._folder):
                # The facts go first: a folder without them isn't a draft, and `open_drafts` removes it.
                (self._folder / FACTS).unlink(missing_ok=True)
                shutil.rmtree(self._folder)
        finally:
            self._lock.release()

    def discard_if_possible(self) -> None:
        """Remove the draft from the disk, and ignore errors. What is left is removed later."""
        with suppress(DataFolderError):
            self.discard()

    def _read_edits(self) -> None:
        """Read the edits, and work out which row the user was on.

        After a kill, that is the row that was changed last, if the change came after the facts were last saved.
        """
        self._edits_file = EditsFile.read(self._folder / _EDITS)
        for step in self._edits_file.steps:
            match step:
                case "undo":
                    self.edits.undo()
                case "redo":
                    self.edits.redo()
                case _:
                    self.edits.do(step)
        self._steps = len(self._edits_file.steps)
        if self._steps > self.facts.steps and self.edits.done and (cells := self.edits.done[-1].cells):
            self.facts = replace(self.facts, row=cells[-1][0])


def open_drafts(data: DataFolder) -> list[DraftFacts]:
    """The drafts there are, the newest first. Those that a newer version saved are among them, but can't be opened.

    Removes what a kill has left of discarded drafts.

    Raises:
        DataFolderError: The data folder can't be read.
    """
    drafts: list[DraftFacts] = []
    with translating_os_errors(data.drafts):
        folders = sorted(data.drafts.iterdir(), reverse=True) if data.drafts.is_dir() else []
    for folder in folders:
        if not folder.is_dir():
            continue
        if not (folder / FACTS).exists():
            _remove_remains(folder)
            continue
        with suppress(*DAMAGE):
            drafts.append(list_facts(folder))
    return drafts


def _remove_remains(folder: Path) -> None:
    """Remove what is left of a draft, unless another process is just creating it."""
    with suppress(DataFolderError), draft_lock.drafts_lock(folder.parent):
        lock = draft_lock.acquire(folder)
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()
