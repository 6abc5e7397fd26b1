"""What is stored about a draft in `draft.json`: how its file is read and matched, and where the user is."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.linking.plan import EXISTING, Existing
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.formats import is_outdated, load_json, read_json, set_aside, write_json

FACTS = "draft.json"
"""The name of the file."""
FACTS_COPY = "draft-copy.json"
"""The name of a file with the same content, which is read if the other one is missing or damaged."""
DAMAGE = (KeyError, TypeError, ValueError, AttributeError)
"""The exceptions that reading a damaged file raises; orjson's own error is a ValueError."""
_KIND = "draft"


@dataclass(frozen=True)
class DraftFacts:
    """What is known about a draft without opening it."""

    id: str
    """The name of its folder."""
    kind: str
    """`students` or `staff`."""
    file: str
    """The name of the file that was picked, or the names of several in a list; empty if people are being added by hand."""
    started: str
    """When the draft was started: ISO date and time."""
    files: tuple[str, ...] = ()
    """The name of each file that was picked, in order."""
    paths: tuple[str, ...] = ()
    """The full path of each file; empty if cells were pasted."""
    checksums: tuple[str, ...] = ()
    """The SHA-256 of each file, in order; empty if an older version saved the draft."""
    stage: str = "match"
    """The user's screen: `match`, `fix` or `preview`."""
    read: dict[str, Any] = field(default_factory=dict)
    """How the file is read; see `ReadOptions.as_json`."""
    targets: tuple[str | None, ...] = ()
    """The field's key for each column, None for an unused one; empty if the columns are still to be matched."""
    fills: dict[str, str | None] = field(default_factory=dict)
    """What every row gets in fields without a column, by the field's key; see `fills_to_json`."""
    offered: dict[str, str | None] = field(default_factory=dict)
    """What every row got the last time in such fields, to be confirmed."""
    existing: Existing | None = None
    """What to do with people already stored; None to do what the settings say."""
    row: int = 0
    """The row that the user was on when the facts were last saved."""
    steps: int = 0
    """The number of changes, undos and redos made by then."""
    saved: str = ""
    """When the facts were last saved: ISO date and time; empty in a draft that is listed and was saved by a newer version."""

    @property
    def by_hand(self) -> bool:
        """Whether people are being added by hand."""
        return not self.file

    def checksum(self, place: int) -> str:
        """The checksum of a file, by its place from 0; empty if it isn't known."""
        return self.checksums[place] if self.checksums else ""

    def path(self, place: int) -> Path | None:
        """Where a file was picked, by its place from 0; None for cells that were pasted."""
        return Path(self.paths[place]) if self.paths else None

    def save(self, folder: Path) -> None:
        """Write the facts into a draft's folder, twice. Raises `DataFolderError` if they can't be written."""
        # The copy comes first: if the second one can't be written, the facts are as they were.
        for name in (FACTS_COPY, FACTS):
            write_json(folder / name, _KIND, asdict(self))


def read_facts(folder: Path) -> DraftFacts:
    """Read the facts in a draft's folder, or their copy if they can't be read.

    Raises:
        NewerFormatError: A newer version saved them.
        DataFolderError: Neither can be read.
        KeyError, TypeError, ValueError, AttributeError: Both are damaged, or not there.
    """
    try:
        return _facts_in(folder / FACTS)
    except NewerFormatError:
        raise
    except (DataFolderError, *DAMAGE) as error:
        try:
            return _facts_in(folder / FACTS_COPY)
        except (DataFolderError, *DAMAGE):
            raise error from None


def _facts_in(path: Path) -> DraftFacts:
    """Read the facts in a file. Raises the same as `read_facts`."""
    content = read_json(path, _KIND)
    if content is None:
        raise ValueError(FACTS)
    lists = ("targets", "files", "paths", "checksums")
    facts = DraftFacts(**(content | {name: tuple(content[name]) for name in lists}))
    ReadOptions.from_json(facts.read)
    _ = KINDS[facts.kind]
    if facts.existing not in {None, *EXISTING}:
        raise ValueError(facts.existing)
    if any(len(places) not in {0, len(facts.files)} for places in (facts.paths, facts.checksums)):
        raise ValueError(facts.files)
    return facts


def list_facts(folder: Path) -> DraftFacts:
    """Read the facts in a draft's folder, to list the draft. If a newer version saved them, read only those that it needs for that.

    Raises the same as `read_facts`, apart from `NewerFormatError`.
    """
    try:
        return read_facts(folder)
    except NewerFormatError:
        content = load_json(folder / FACTS) or load_json(folder / FACTS_COPY) or {}
        known: dict[str, Any] = {name: str(content[name]) for name in ("kind", "file", "started")}
        _ = KINDS[known["kind"]]
        datetime.fromisoformat(known["started"])
        return DraftFacts(id=folder.name, **known)


def set_damaged_facts_aside(folder: Path) -> bool:
    """Set aside what can't be read of a draft's facts, so that they can be saved again.

    Returns whether they have to be: some were set aside or are missing, or they are in an older format.

    Raises:
        DataFolderError: A file can't be renamed.
    """
    are_whole = True
    for path in (folder / FACTS, folder / FACTS_COPY):
        try:
            _facts_in(path)
        except (DataFolderError, *DAMAGE):
            set_aside(path)
            are_whole = False
    return not are_whole or is_outdated(folder / FACTS, _KIND)


def are_outdated(folder: Path) -> bool:
    """Whether an older version saved the facts in a draft's folder. Raises `DataFolderError` if that can't be read."""
    return (folder / FACTS).is_file() and is_outdated(folder / FACTS, _KIND)
