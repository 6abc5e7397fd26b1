"""Import history: what was imported, when, by whom, from which file, and how it ended. No personal data about anyone imported."""

import os
import re
import secrets
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal, get_args

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School

State = Literal["running", "succeeded", "failed", "interrupted", "undoing", "undone"]
"""How far an import has got. `interrupted` means that a kill stopped it before anything was stored."""

_TABLE = "imports"
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_FORMER_STATES = {"taken back": "interrupted"}
"""States as earlier versions stored them, and what they are called now."""


@dataclass(frozen=True)
class ImportRecord:
    """What is remembered about one import."""

    id: str
    """Its id, which starts with the time and so sorts by it."""
    kind: str
    """`students` or `staff`."""
    file: str
    """The file's name; empty if people were typed in by hand."""
    started: str
    """When it started: ISO date and time, with the offset."""
    user: str
    """Who started it: their user name on this computer."""
    account: str
    """The account's e-mail address at that time; empty if there was none."""
    state: State = "running"
    """How far it has got."""
    added: int = 0
    """People added. While the import is running, this and the other counts are what it intends to do."""
    updated: int = 0
    """Rows that changed someone already stored."""
    unchanged: int = 0
    """Rows about someone already stored who stayed the same."""
    left_out: int = 0
    """Rows that were not imported."""
    errors_file: str = ""
    """The name of the file that those rows were saved in; empty if there is none."""
    errors_folder: str = ""
    """The folder of that file; empty if there is none."""
    left_out_for: tuple[tuple[str, int], ...] = ()
    """Why rows were not imported, in the program's own words, each with the number of rows that it is true of first."""
    groups: tuple[str, ...] = ()
    """The user groups that it created."""
    is_turn: bool = False
    """Whether it was a move to a new school year."""
    returned: int = 0
    """In a turn, the people who had left and came back; they count as updated, too."""
    left: int = 0
    """In a turn, the people who left."""
    unclear: int = 0
    """In a turn, the people who may be behind rows that were not imported, and stay as they are."""
    academic_year: int = 0
    """The year in which the school's academic year starts since then; 0 if it didn't change that setting."""
    draft: str = ""
    """The id of the draft that it came from, which is removed once the import is stored; empty if there was none."""
    finished: str = ""
    """When it ended, well or not; empty while it is running."""
    message: str = ""
    """What the user should know about how it ended; empty if all went well."""
    undone: str = ""
    """When it was undone; empty if it was not."""
    undone_by: str = ""
    """Who undid it: their user name on this computer."""
    undo_removed: str = ""
    """When its undo data was removed, so that it can't be undone any more; empty if it was not."""

    @property
    def done_by(self) -> str:
        """Who started it, as shown to people: `jo (jo@school.org)`."""
        return f"{self.user} ({self.account})" if self.account else self.user

    @property
    def source(self) -> str:
        """What was imported: the file's name, or `the students typed in by hand`."""
        if self.is_turn and not self.file:
            return "moving up, no file"
        return self.file or f"the {KINDS[self.kind].plural} typed in by hand"

    @property
    def in_words(self) -> str:
        """What it was, in a sentence: `the import of pupils.csv`, `the move to a new school year with pupils.csv`."""
        if not self.is_turn:
            return f"the import of {self.source}"
        return (
            f"the move to a new school year with {self.file}"
            if self.file
            else "the move to a new school year without a file"
        )

    @property
    def summary(self) -> str:
        """The whole record in a sentence or two: source, time, user, counts and message."""
        counts = (
            f"{self.added:,} added, {self.updated:,} updated, "
            f"{self.unchanged:,} unchanged, {self.left_out:,} left out."
        )
        if self.is_turn:
            counts = f"{counts[:-1]}; {self.left:,} left the school, {self.returned:,} came back, {self.unclear:,} unclear."
        endings = {"succeeded": counts, "undone": f"{counts} Undone.", "undoing": "being undone."}
        ending = endings.get(self.state, f"{self.state}.")
        start = f"{self._title}, {date_time_in_words(self.started)}, by {self.done_by}"
        return f"{start}: {ending} {self.message}".rstrip()

    @property
    def _title(self) -> str:
        """The source, after the word for a turn."""
        return f"New school year: {self.source}" if self.is_turn else self.source

    @property
    def can_be_undone(self) -> bool:
        """Whether it changed something, has not been undone, and has its undo data."""
        return self.changed_something and not self.undo_removed

    @property
    def changed_something(self) -> bool:
        """Whether it changed something and has not been undone."""
        changes = self.added or self.updated or self.left or self.academic_year
        return self.state == "succeeded" and bool(changes)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is running or being undone, or was interrupted while it was."""
        return self.state in {"running", "undoing"}


_FIELDS = {field.name for field in fields(ImportRecord)} - {"id"}
_COUNTS = {"added", "updated", "unchanged", "left_out", "returned", "left", "unclear", "academic_year"}
_TEXTS = _FIELDS - _COUNTS - {"groups", "left_out_for", "is_turn"}
_NEEDED = {"kind", "file", "started", "user", "account"}


def import_records(school: School) -> list[ImportRecord]:
    """All imports, the newest first.

    Raises:
        DataFolderError: They can't be read, or one of them is damaged.
    """
    table = school.store.table(_TABLE)
    documents = [_up_to_date(document) for document in table.all()]
    if not all(map(_is_valid, documents)):
        raise table.damaged()
    return [_from_document(document) for document in reversed(documents)]


def put_record(school: School, record: ImportRecord) -> None:
    """Store the record of an import, in place of what is stored about it.

    Raises:
        DataFolderError: It can't be stored.
    """
    document = asdict(record)
    school.store.table(_TABLE).put(document.pop("id"), document)


def new_import_id() -> str:
    """An id for an import that is about to start."""
    return f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def is_import_id(text: str) -> bool:
    """Whether a text has the form of an import's id."""
    return _ID.fullmatch(text) is not None


def timestamp() -> str:
    """The time now, by this computer's clock: ISO date and time, with the offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def date_time_in_words(when: datetime | str) -> str:
    """A date and time, which may be an ISO text, as shown to people: `3 March 2026 at 14:05`."""
    when = datetime.fromisoformat(when) if isinstance(when, str) else when
    return f"{when.day} {when:%B %Y} at {when:%H:%M}"


def log_import(school: School, record: ImportRecord, event: Event) -> None:
    """Add an import, or the undoing of one, to the audit log.

    Raises:
        DataFolderError: It can't be written.
    """
    counts = {"added": record.added, "updated": record.updated, "left_out": record.left_out}
    if record.groups:
        counts["groups"] = len(record.groups)
    if record.is_turn:
        counts |= {"returned": record.returned, "left": record.left, "unclear": record.unclear}
    log_event(school, event, about=record.kind, **counts)


def _up_to_date(document: dict[str, Any]) -> dict[str, Any]:
    """A stored record with its state as this version calls it."""
    state = document.get("state")
    return document | {"state": _FORMER_STATES[state]} if state in _FORMER_STATES else document


def _is_valid(document: dict[str, Any]) -> bool:
    """Whether a stored record has everything it needs, with values of the right types."""
    groups = document.get("groups", [])
    times = [
        document.get("started"),
        *filter(None, map(document.get, ("finished", "undone", "undo_removed"))),
    ]
    return (
        all(isinstance(document.get(name, ""), str) for name in _TEXTS)
        and all(isinstance(document.get(name, 0), int) for name in _COUNTS)
        and isinstance(groups, list)
        and all(isinstance(name, str) for name in groups)
        and _are_reasons(document.get("left_out_for", []))
        and document.keys() >= _NEEDED
        and document["kind"] in KINDS
        and document.get("state", "running") in get_args(State)
        and all(map(_is_date_time, times))
    )


def _are_reasons(stored: object) -> bool:
    """Whether a stored value is a list of reasons, each with the number of rows."""
    match stored:
        case list():
            return all(isinstance(pair, list) and list(map(type, pair)) == [str, int] for pair in stored)
    return False


def _is_date_time(iso: object) -> bool:
    try:
        datetime.fromisoformat(str(iso))
    except ValueError:
        return False
    return True


def _from_document(document: dict[str, Any]) -> ImportRecord:
    known = {name: value for name, value in document.items() if name in _FIELDS}
    lists = {
        "groups": tuple(document.get("groups", ())),
        "left_out_for": tuple(map(tuple, document.get("left_out_for", ()))),
    }
    return ImportRecord(**(known | {"id": document["key"]} | lists))


def storable_name(name: str) -> str:
    """A file's name as it can be stored: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(name).decode(errors="replace")
