"""A file being fixed, stored on disk from the moment it is picked until Complete.

A draft is a folder of its own: `source` (the file as it was picked, byte for byte; `source-2` and so on if there are
several), `draft.json` (how it is read and matched, and where the user is; `draft-copy.json` says the same), and `edits` (a
line for each change). A method that changes something returns once that is on the disk. Of a damaged draft, whatever
can be read is opened, and what can't be read is kept beside it.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
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
    DAMAGE,
    DraftFacts,
    are_outdated,
    read_facts,
    set_damaged_facts_aside,
)
from backdrop_tui.intake.draft.draft_folder import discard_folder, is_name_of_draft, new_folder, remove_new
from backdrop_tui.intake.draft.draft_listing import has_content
from backdrop_tui.intake.draft.edited_texts import with_file_texts
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.edits_file import EditsFile, Step
from backdrop_tui.intake.draft.inputs import Intake
from backdrop_tui.intake.draft.salvage import rebuilt_facts, what_edits_are_lost, what_facts_are_lost
from backdrop_tui.intake.draft.sources import (
    SourceFile,
    are_where_picked,
    checksum_of,
    put_back,
    read_sources,
    source_path,
)
from backdrop_tui.intake.matching.fills import fills_from_json, fills_to_json
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.sheet_reading import read_files
from backdrop_tui.intake.reading.encoding.encodings import Encoding
from backdrop_tui.intake.reading.encoding.samples import sample_names
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet, nothing_read
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.folder import DataFolder


class Draft:
    """A file being fixed, or people being added by hand. Only one process has a draft open at a time.

    Made by `create` and `open`, not by calling the class.
    """

    def __init__(self, folder: Path, facts: DraftFacts, lock: FileLock) -> None:
        self.folder = folder
        """Where it is."""
        self._lock = lock
        self._edits_file = EditsFile.read(folder)
        self._matching: Matching | None = None
        self._steps = 0
        self.facts = facts
        """How its file is read and matched, and where the user is."""
        self.edits = Edits()
        """The user's changes so far."""
        self.warning = ""
        """Sentences for the user about what is damaged, and what of it could be saved; empty if nothing is."""

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
            saved=now.isoformat(timespec="seconds"),
            checksums=tuple(file.checksum for file in files),
            stage="match" if files else "fix",
        )
        with draft_lock.drafts_lock(data.subfolder(data.drafts)):
            with new_folder(data, facts.id) as folder:
                for place, file in enumerate(files):
                    atomic_write(source_path(folder, place), file.data)
                EditsFile.create(folder)
                facts.save(folder)
            folder = data.drafts / facts.id
            with rollback_on_error(lambda: remove_new(folder)):
                draft = cls(folder, facts, draft_lock.acquire_and_sign(folder))
        if sheet is not None:
            draft.__dict__["sheet"] = sheet
        return draft

    @classmethod
    def open(cls, data: DataFolder, draft_id: str, files: Sequence[SourceFile] = ()) -> Self:
        """Open a draft to go on with it, and bring an older one up to date.

        Of a damaged one, it has what could be saved, and `warning` says what is lost.

        Args:
            data: The data folder.
            draft_id: The draft's id.
            files: Files that were picked again, because the draft has lost them.

        Raises:
            NewerFormatError: A newer version saved it.
            DraftInUseError: It is open elsewhere.
            UnusableFileError: None of `files` is the draft's.
            DataFolderError: It no longer exists, nothing that could be opened is left of it, or the data folder can't be written.
        """
        folder = data.drafts / draft_id
        with draft_lock.drafts_lock(data.subfolder(data.drafts)):
            if not is_name_of_draft(draft_id) or not folder.is_dir() or not has_content(folder):
                raise DataFolderError("This draft no longer exists. Choose the file again.")
            lock = draft_lock.acquire(folder)
        with rollback_on_error(lock.release):
            try:
                return cls._opened(folder, lock, files)
            except DAMAGE:
                # The exception could quote what the user has typed.
                raise DataFolderError(
                    f"The draft in {folder} is damaged. Choose the file again; the damaged draft is kept as it is."
                ) from None

    @classmethod
    def look_into(cls, folder: Path) -> Self:
        """Read a draft without taking it from whoever has it, and without mending it. It must not be changed or closed.

        Raises:
            NewerFormatError: A newer version saved it.
            UnusableFileError: Its file can't be read.
            DataFolderError: It can't be read.
            KeyError, TypeError, ValueError, AttributeError: It is damaged.
        """
        draft = cls(folder, read_facts(folder), draft_lock.unlocked(folder))
        draft._read_edits()
        sources = [source_path(folder, place) for place in range(len(draft.facts.files))]
        with translating_os_errors(folder):
            files = [(name, path.read_bytes()) for name, path in zip(draft.facts.files, sources, strict=True)]
        if files:
            options = ReadOptions.from_json(draft.facts.read)
            draft.__dict__["sheet"] = read_files(draft.kind, files, options)
        return draft

    @property
    def steps(self) -> Sequence[Step]:
        """Everything that the user did in it, the oldest first, as it was read: changes, and undoing and redoing them."""
        return self._edits_file.steps

    @classmethod
    def _opened(cls, folder: Path, lock: FileLock, files: Sequence[SourceFile]) -> Self:
        """Read a draft as far as it can be read, and put it in order."""
        warning = ""
        try:
            facts = read_facts(folder)
        except NewerFormatError:
            raise
        except (DataFolderError, *DAMAGE):
            facts = rebuilt_facts(folder)
            warning = what_facts_are_lost(facts)
        draft = cls(folder, facts, lock)
        draft._read_edits()
        lost_edits = what_edits_are_lost(
            draft._edits_file, facts, len(draft.edits.done), is_old=are_outdated(folder)
        )
        draft.warning = " ".join(filter(None, [warning, lost_edits]))
        if files:
            put_back(folder, facts, files)
        draft_lock.sign(folder)
        draft._put_in_order()
        return draft

    def _put_in_order(self) -> None:
        """Bring files in an older format up to date, and repair damaged ones; what can't be read is kept beside them."""
        self._edits_file.put_in_order(self.edits)
        self._steps = len(self._edits_file.steps)
        if set_damaged_facts_aside(self.folder) or self.facts.steps > self._steps:
            self.save_facts()
        if self.facts.files and not self.facts.checksums:
            with suppress(DataFolderError):  # a file that is lost is told about when it is read
                self.save_facts(checksums=tuple(checksum_of(data) for _, data in self._sources()))

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
        """The name and the bytes of each file. Raises `LostSourceError` if one is lost."""
        return read_sources(self.folder, self.facts, len(self.edits.done))

    @property
    def can_be_replaced(self) -> bool:
        """Whether nothing would be lost with the draft: the user has done nothing in it, and its files are where they were."""
        was_matched = self.matching.fills or any(column.how == "chosen" for column in self.matching.columns)
        is_untouched = not (self.edits.done or self.edits.undone or self.facts.read or was_matched)
        return is_untouched and are_where_picked(self.facts)

    def save_facts(self, **changed: Any) -> None:  # noqa: ANN401 - the fields of DraftFacts
        """Change facts, such as `stage` or `row`. Raises `DataFolderError` if that can't be written; nothing has changed then."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        facts = replace(self.facts, **{"saved": now, **changed}, steps=self._steps)
        facts.save(self.folder)
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

    def _forget_texts(self) -> None:
        self.__dict__.pop("_rows", None)

    def close(self) -> None:
        """Release the draft for other processes. It stays on the disk."""
        self._lock.release()

    def discard(self) -> None:
        """Remove the draft from the disk. Raises `DataFolderError` if it can't be removed as a whole."""
        try:
            discard_folder(self.folder)
        finally:
            self._lock.release()

    def discard_if_possible(self) -> None:
        """Remove the draft from the disk, and ignore errors. What is left is removed later."""
        with suppress(DataFolderError):
            self.discard()

    def _read_edits(self) -> None:
        """Work out the edits, and which row the user was on.

        After a kill, that is the row that was changed last, if the change came after the facts were last saved.
        """
        for step in self._edits_file.steps:
            match step:
                case "undo":
                    self.edits.undo()
                case "redo":
                    self.edits.redo()
                case _:
                    self.edits.do(step)
        self.edits.remove_empty()
        self._steps = len(self._edits_file.steps)
        if self._steps > self.facts.steps and self.edits.done and (cells := self.edits.done[-1].cells):
            self.facts = replace(self.facts, row=cells[-1][0])
