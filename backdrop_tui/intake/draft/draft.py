"""A file being put right, kept on disk from the moment it is picked until Complete.

A draft is a folder of its own: `source` (the file as it was picked, byte for byte), `draft.json` (how it is read and
matched, and where the user is), and `edits` (a line for each change). Every method that changes something returns when the
disk has it.
"""

import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import polars as pl
from filelock import FileLock

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.intake.draft import draft_lock
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.edits_file import DAMAGE, EditsFile
from backdrop_tui.intake.draft.review import Intake, has_month_first_date
from backdrop_tui.intake.linking.plan import EXISTING, Existing
from backdrop_tui.intake.matching.match import match_columns, read_sheet
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet, nothing_read
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.formats import bring_up_to_date, load_json, read_json, write_json
from backdrop_tui.wording import counted

_SOURCE, _FACTS, _EDITS = "source", "draft.json", "edits"
KIND = "draft"
"""The kind of `draft.json` in `migrations.STEPS`."""


@dataclass(frozen=True)
class DraftFacts:
    """What is known of a draft without opening it."""

    id: str
    """The name of its folder."""
    kind: str
    """`students` or `staff`."""
    file: str
    """The name of the file that was picked; empty where people are typed in by hand."""
    path: str
    """Where that file is."""
    started: str
    """When it was picked: ISO date and time."""
    stage: str = "match"
    """Where the user is: `match`, `fix` or `preview`."""
    read: dict[str, Any] = field(default_factory=dict)
    """How the file is read; see `ReadOptions.as_json`."""
    targets: tuple[str | None, ...] = ()
    """Where its columns go; empty where that is to be found out."""
    existing: Existing | None = None
    """What the user wants done with people who are stored already; None for what the settings say."""
    row: int = 0
    """The row on which the user was when that was kept last."""
    steps: int = 0
    """How many changes, undos and redos had been made then."""

    @property
    def by_hand(self) -> bool:
        """Whether people are typed in by hand."""
        return not self.file


class Draft:
    """A file being put right, or people being typed in. Made by `create` and `open`; only one process has it at a time."""

    def __init__(self, folder: Path, facts: DraftFacts, lock: FileLock) -> None:
        self._folder = folder
        self._lock = lock
        self._edits_file = EditsFile(folder / _EDITS)
        self._matching: Matching | None = None
        self._steps = 0
        self.facts = facts
        """What is known of it."""
        self.edits = Edits()
        """What the user has changed so far."""

    @classmethod
    def create(
        cls, data: DataFolder, kind: RecordKind, path: Path | None, source: bytes, now: datetime
    ) -> Self:
        """Start a draft from a file's bytes; or, without a path, from nothing.

        Raises:
            UnusableFileError: The bytes are no file that can be read; no draft is made then.
            DataFolderError: The data folder can't be written.
        """
        facts = DraftFacts(
            id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
            kind=kind.name,
            file=path.name if path else "",
            path=str(path.absolute()) if path else "",
            started=now.isoformat(timespec="seconds"),
            stage="match" if path else "fix",
        )
        sheet = read_sheet(kind, source, facts.file) if path else None
        with draft_lock.drafts_lock(data.subfolder(data.drafts)):
            folder = data.subfolder(data.drafts / facts.id)
            with rollback_on_error(lambda: shutil.rmtree(folder, ignore_errors=True)):
                draft = cls(folder, facts, draft_lock.acquire_and_sign(folder))
        with rollback_on_error(draft.discard_if_possible):
            if sheet is not None:
                draft.__dict__["sheet"] = sheet
                atomic_write(folder / _SOURCE, source)
            draft.note()
        return draft

    @classmethod
    def open(cls, data: DataFolder, draft_id: str) -> Self:
        """Go on with a draft.

        Raises:
            NewerFormatError: A newer version saved it.
            DataFolderError: It is open elsewhere, it is no longer there, or it is damaged as a whole.
        """
        folder = data.drafts / draft_id
        with draft_lock.drafts_lock(data.subfolder(data.drafts)):
            if not (folder / _FACTS).exists():
                raise DataFolderError("This draft is no longer there. Pick the file again.")
            lock = draft_lock.acquire(folder)
        with rollback_on_error(lock.release):
            try:
                draft = cls(folder, _facts(folder), lock)
                draft._read_edits()
            except DAMAGE:
                # The reason would quote what was typed.
                raise DataFolderError(
                    f"The draft in {folder} is damaged. Pick the file again; that draft is left as it is."
                ) from None
            draft_lock.sign(folder)
            draft._edits_file.put_in_order()
            bring_up_to_date(folder / _FACTS, KIND)
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
        """Where the file's columns go."""
        if self._matching is None:
            found, targets = match_columns(self.sheet, self.kind), self.facts.targets
            self._matching = found.with_chosen(targets) if len(targets) == len(found.columns) else found
        return self._matching

    def match(self, matching: Matching) -> None:
        """Keep where the columns go."""
        self.note(targets=matching.targets)
        self._matching = matching
        self._forget_texts()

    def read_again(self, options: ReadOptions, sheet: Sheet) -> None:
        """Take the file as it was read in another way; columns are matched anew. Edits of rows that are still there stay.

        Args:
            options: The way.
            sheet: What `read_as` has given for it.
        """
        self.note(read=options.as_json(), targets=())
        self._matching = None
        self._forget_texts()
        self.__dict__["sheet"] = sheet

    def read_as(self, options: ReadOptions) -> Sheet:
        """The file as it would be read in another way; nothing is kept.

        Raises:
            UnusableFileError: It can't be read that way.
        """
        if self.facts.by_hand:
            return nothing_read([field.label for field in self.kind.template_fields])
        path = self._folder / _SOURCE
        with translating_os_errors(path):
            source = path.read_bytes()
        return read_sheet(self.kind, source, self.facts.file, options)

    def note(self, **changed: Any) -> None:  # noqa: ANN401 - the fields of DraftFacts
        """Keep facts: the stage, the row that the user is on, how dates are read."""
        facts = replace(self.facts, **changed, steps=self._steps)
        write_json(self._folder / _FACTS, KIND, asdict(facts))
        self.facts = facts

    def do(self, change: Change) -> None:
        """Make a change and keep it."""
        self._edits_file.append(change)
        self.edits.do(change)
        self._steps += 1

    def undo(self) -> Change | None:
        """Take the last change back; None where there is none."""
        if not self.edits.done:
            return None
        self._edits_file.append("undo")
        self._steps += 1
        return self.edits.undo()

    def redo(self) -> Change | None:
        """Make the change again that was taken back last; None where there is none."""
        if not self.edits.undone:
            return None
        self._edits_file.append("redo")
        self._steps += 1
        return self.edits.redo()

    @cached_property
    def texts(self) -> pl.DataFrame:
        """The file's rows under our names, without edits: `row` (UInt32) and raw text (String) by key."""
        return self.matching.texts(self.sheet)

    @cached_property
    def month_first_seen(self) -> bool:
        """Whether the file itself has a date that can only be month-first."""
        return has_month_first_date(self.kind, self.texts)

    def intake(self, edits: Edits | None = None) -> Intake:
        """The draft as it stands, ready to be checked.

        Args:
            edits: The edits as they were at one moment, where the draft's own go on changing meanwhile.
        """
        return Intake(
            path=Path(self.facts.path) if self.facts.path else None,
            sheet=self.sheet,
            matching=self.matching,
            texts=self.texts,
            edits=self.edits.copy() if edits is None else edits,
            month_first_seen=self.month_first_seen,
        )

    @property
    def warning(self) -> str:
        """What the user has to know of damage to the edits; empty if all of them could be read."""
        lost = self._edits_file.damaged_lines
        if not lost:
            return ""
        changes = "your last change" if lost == 1 else f"your last {counted(lost, 'change')}"
        return (
            f"Part of what was kept of this file is damaged, so {changes} may be missing. "
            "Check the rows that you changed last."
        )

    def _forget_texts(self) -> None:
        for name in ("texts", "month_first_seen"):
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Let go of the draft; it stays on disk."""
        self._lock.release()

    def discard(self) -> None:
        """Remove the draft with all that is in it."""
        try:
            with draft_lock.drafts_lock(self._folder.parent), translating_os_errors(self._folder):
                # The facts go first: a folder without them is no draft, and is swept away at the next look.
                (self._folder / _FACTS).unlink(missing_ok=True)
                shutil.rmtree(self._folder)
        finally:
            self._lock.release()

    def discard_if_possible(self) -> None:
        """The same, where nobody is to be told that it can't be done."""
        with suppress(DataFolderError):
            self.discard()

    def _read_edits(self) -> None:
        """Carry out all steps that were kept, and go to where the user was.

        After a kill, that is the row that was changed last, if the change came after what was kept of the place.
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
    """The drafts there are, the newest first. What a kill has left of discarded ones is removed.

    A draft that a newer version saved is among them; opening it says so.

    Raises:
        DataFolderError: The data folder can't be read.
    """
    drafts: list[DraftFacts] = []
    with translating_os_errors(data.drafts):
        folders = sorted(data.drafts.iterdir(), reverse=True) if data.drafts.is_dir() else []
    for folder in folders:
        if not folder.is_dir():
            continue
        if not (folder / _FACTS).exists():
            _sweep(folder)
            continue
        with suppress(*DAMAGE):
            try:
                drafts.append(_facts(folder))
            except NewerFormatError:
                drafts.append(_facts_of_newer(folder))
    return drafts


def _facts(folder: Path) -> DraftFacts:
    """What is known of the draft in a folder. Raises `NewerFormatError`, or one of `DAMAGE`."""
    content = read_json(folder / _FACTS, KIND)
    if content is None:
        raise ValueError(_FACTS)
    facts = DraftFacts(**(content | {"targets": tuple(content["targets"])}))
    ReadOptions.from_json(facts.read)
    _ = KINDS[facts.kind]
    if facts.existing not in {None, *EXISTING}:
        raise ValueError
    return facts


def _facts_of_newer(folder: Path) -> DraftFacts:
    """What this version understands of a draft that a newer one saved. Raises one of `DAMAGE` if it can't even be named."""
    content = load_json(folder / _FACTS) or {}
    known: dict[str, Any] = {name: str(content[name]) for name in ("kind", "file", "path", "started")}
    _ = KINDS[known["kind"]]
    datetime.fromisoformat(known["started"])
    return DraftFacts(id=folder.name, **known)


def _sweep(folder: Path) -> None:
    """Remove what is left of a draft, unless someone is just making it."""
    with suppress(DataFolderError), draft_lock.drafts_lock(folder.parent):
        lock = draft_lock.acquire(folder)
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()
