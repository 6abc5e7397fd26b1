"""What can be saved of a damaged draft, and what its user has to know."""

from datetime import datetime
from pathlib import Path

from backdrop_tui.errors import BackdropError, DataFolderError
from backdrop_tui.intake.draft.draft_facts import DraftFacts
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.edits_file import EditsFile
from backdrop_tui.intake.draft.sources import checksum_of, kept_sources
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.sheet_reading import read_files
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.wording import counted, listed

RECOVERED = "recovered.csv"
"""The name of a file whose own name is lost."""
_ID_FORMAT, _ID_LENGTH = "%Y%m%d-%H%M%S", len("20260302-093000")


def started_by_name(folder: Path) -> datetime:
    """When a draft was started, by the name of its folder; when the folder was changed last if the name doesn't say it."""
    try:
        return datetime.strptime(folder.name[:_ID_LENGTH], _ID_FORMAT)  # noqa: DTZ007 - as in the facts
    except ValueError:
        with translating_os_errors(folder):
            return datetime.fromtimestamp(folder.stat().st_mtime)  # noqa: DTZ006 - as in the facts


def rebuilt_facts(folder: Path) -> DraftFacts:
    """Work out the facts of a draft. Its columns are then matched anew.

    Raises:
        DataFolderError: Nothing that could be worked on is left of it, or it can't be read.
    """
    changes = [step for step in EditsFile.read(folder).steps if isinstance(step, Change)]
    with translating_os_errors(folder):
        sources = [path.read_bytes() for path in kept_sources(folder)]
    if not sources and not any(change.added for change in changes):
        left = (
            f"Only your {counted(len(changes), 'change')} to it {'is' if len(changes) == 1 else 'are'} left. "
        )
        raise DataFolderError(
            f"The file and the description of this draft are lost. {left if changes else ''}It is kept in {folder}. "
            "Choose the file again to start over."
        )
    names = tuple(Path(RECOVERED).stem + f"-{n + 1}" * bool(n) + ".csv" for n in range(len(sources)))
    return DraftFacts(
        id=folder.name,
        kind=_likeliest_kind(changes, list(zip(names, sources, strict=True))).name,
        file=listed(names),
        started=started_by_name(folder).isoformat(timespec="seconds"),
        files=names,
        checksums=tuple(map(checksum_of, sources)),
        stage="match" if sources else "fix",
    )


def what_facts_are_lost(facts: DraftFacts) -> str:
    """Say what is lost of a draft whose facts had to be worked out."""
    if facts.by_hand:
        return f"This draft is damaged. It looks like {facts.kind} typed in by hand."
    return (
        f"This draft is damaged: the name of its file and how its columns were matched are lost. It looks like a file of {facts.kind}, "
        f"and is called {facts.file} from now on. Check how its columns are matched."
    )


def what_edits_are_lost(file: EditsFile, facts: DraftFacts, kept: int, *, is_old: bool) -> str:
    """Say which edits of a draft can't be read any more; empty if all can.

    Args:
        file: The edits as they were read.
        facts: What is known about the draft.
        kept: The number of changes that could be read.
        is_old: Whether an older version saved the draft, which had no file of edits before the first one.
    """
    if file.is_missing:
        what = "Anyone you typed in is" if facts.by_hand else "Any changes that you made are"
        never_had_any = is_old and not facts.steps
        return (
            ""
            if never_had_any
            else f"{what} missing from this draft, because a file on the disk is lost or damaged."
        )
    lost = max(file.damaged_lines, facts.steps - len(file.steps))
    if lost <= 0:
        return ""
    if file.has_gaps:
        return (
            f"{counted(lost, 'change')} of yours can no longer be read, because the draft is damaged on the disk. "
            f"{counted(kept, 'other change')} {'is' if kept == 1 else 'are'} kept. Check the rows that you changed."
        )
    changes = "your last change" if lost == 1 else f"your last {counted(lost, 'change')}"
    return (
        f"The end of this draft is damaged on the disk, so {changes} may be missing. "
        "Check the rows that you changed last."
    )


def _likeliest_kind(changes: list[Change], files: list[tuple[str, bytes]]) -> RecordKind:
    """The kind of people that most of the changed fields and of the files' columns belong to."""
    keys = {key for change in changes for _, key, _ in change.cells}
    return max(
        KINDS.values(), key=lambda kind: len(keys & kind.by_key.keys()) + _matched_columns(kind, files)
    )


def _matched_columns(kind: RecordKind, files: list[tuple[str, bytes]]) -> int:
    """The number of columns that go to a field of a kind; 0 if the files can't be read."""
    try:
        matching = match_columns(read_files(kind, files), kind) if files else None
    except BackdropError:
        return 0
    return sum(column.target is not None for column in matching.columns) if matching else 0
