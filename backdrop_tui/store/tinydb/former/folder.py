"""Data folders without a journal: those of earlier versions, new ones, and those that have lost theirs."""

from collections.abc import Mapping
from pathlib import Path

from backdrop_tui.store.formats import format_in
from backdrop_tui.store.migrations import current_format
from backdrop_tui.store.tinydb.former.journals import former_journal, former_record
from backdrop_tui.store.tinydb.journal import Contents, DamagedError, FileRecord, LogState, Snapshot
from backdrop_tui.store.tinydb.meta import TINYDB_FILES, kind_of

_FIRST_WITH_JOURNAL: Mapping[str, int] = {"students": 3, "staff": 3, "setup": 5}
"""The first format in which there is always a journal for the whole folder, by kind."""


def former_contents(folder: Path) -> Contents:
    """What is stored in a folder that has no journal.

    Raises:
        OSError: It can't be read.
        DamagedError: The journal of one of the files is damaged; its argument is the name of that journal.
    """
    contents = Contents()
    for name in TINYDB_FILES:
        try:
            record = former_record(folder / name, kind_of(name))
        except DamagedError:
            raise DamagedError(former_journal(folder / name).name) from None
        if record is not None:
            contents.files[name] = record
    others = [*folder.glob("absent-*.json"), *(folder / "imports").glob("*.json")]
    for path in sorted(others):
        name = str(path.relative_to(folder))
        stated = format_in(path) or current_format(kind_of(name))
        contents.files[name] = FileRecord(Snapshot(None, 1, stated))
    log = folder / "log"
    if log.is_file() and (size := log.stat().st_size):
        contents.log_state = LogState(size, None)
    return contents


def newer_file(contents: Contents) -> str | None:
    """A TinyDB file that a newer version has saved; None if there is none."""
    for name in TINYDB_FILES:
        record = contents.files.get(name)
        if record and record.snapshot and record.snapshot.format > current_format(kind_of(name)):
            return name
    return None


def journal_is_lost(contents: Contents) -> bool:
    """Whether something is missing that must have been there: the journal, going by the formats of the files, or set-up.

    Every version has stored set-up before it wrote a log or what is needed to undo an import.
    """
    traces = contents.log_state.size or any(name not in TINYDB_FILES for name in contents.files)
    if traces and "setup.json" not in contents.files:
        return True
    return any(
        record.snapshot is not None and record.snapshot.format >= _FIRST_WITH_JOURNAL[kind]
        for kind in _FIRST_WITH_JOURNAL
        if (record := contents.files.get(f"{kind}.json"))
    )
