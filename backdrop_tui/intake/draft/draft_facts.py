"""What is stored about a draft in `draft.json`: how its file is read and matched, and where the user is."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from backdrop_tui.intake.linking.plan import EXISTING, Existing
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.formats import bring_up_to_date, load_json, read_json, write_json

FACTS = "draft.json"
"""The name of the file. A folder without it isn't a draft."""
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

    @property
    def by_hand(self) -> bool:
        """Whether people are being added by hand."""
        return not self.file

    def save(self, folder: Path) -> None:
        """Write the facts into a draft's folder. Raises `DataFolderError` if they can't be written."""
        write_json(folder / FACTS, _KIND, asdict(self))


def read_facts(folder: Path) -> DraftFacts:
    """Read the facts in a draft's folder.

    Raises:
        NewerFormatError: A newer version saved them.
        DataFolderError: They can't be read.
        KeyError, TypeError, ValueError, AttributeError: They are damaged, or not there.
    """
    content = read_json(folder / FACTS, _KIND)
    if content is None:
        raise ValueError(FACTS)
    facts = DraftFacts(**(content | {name: tuple(content[name]) for name in ("targets", "files", "paths")}))
    ReadOptions.from_json(facts.read)
    _ = KINDS[facts.kind]
    if facts.existing not in {None, *EXISTING}:
        raise ValueError(facts.existing)
    return facts


def list_facts(folder: Path) -> DraftFacts:
    """Read the facts in a draft's folder, to list the draft. If a newer version saved them, read only those that it needs for that.

    Raises the same as `read_facts`, apart from `NewerFormatError`.
    """
    try:
        return read_facts(folder)
    except NewerFormatError:
        content = load_json(folder / FACTS) or {}
        known: dict[str, Any] = {name: str(content[name]) for name in ("kind", "file", "started")}
        _ = KINDS[known["kind"]]
        datetime.fromisoformat(known["started"])
        return DraftFacts(id=folder.name, **known)


def bring_facts_up_to_date(folder: Path) -> None:
    """Rewrite facts in an older format, once a copy has been kept. Raises `DataFolderError` if they can't be written."""
    bring_up_to_date(folder / FACTS, _KIND)
