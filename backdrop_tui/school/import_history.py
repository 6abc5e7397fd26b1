"""What was imported: who, when, from which file, how many, and how it ended. Nothing about any person."""

import os
import secrets
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal, get_args

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import damaged_file

State = Literal["running", "succeeded", "failed", "taken back", "undoing", "undone"]
"""How an import stands. `taken back` was cut off before anything was stored; `undone` was undone by somebody."""

_TABLE = "imports"


@dataclass(frozen=True)
class ImportRecord:
    """One import, as it is remembered."""

    id: str
    """Its name; later imports sort behind earlier ones of another second."""
    kind: str
    """`students` or `staff`."""
    file: str
    """The file's name; empty where people were typed in by hand."""
    started: str
    """When it began: ISO date and time, with the offset."""
    user: str
    """Who did it: the name of the user of this computer."""
    account: str
    """The account's e-mail address at that time; empty where there was none."""
    state: State = "running"
    """How it stands."""
    added: int = 0
    """People who are new. While it is running: who will be; so are the counts that follow."""
    updated: int = 0
    """Rows that changed somebody stored."""
    unchanged: int = 0
    """Rows whose person was stored already and stayed as it was."""
    left_out: int = 0
    """Rows that were not imported."""
    errors_file: str = ""
    """The name of the file that those rows are kept in; empty where there is none."""
    groups: tuple[str, ...] = ()
    """User groups that it made."""
    draft: str = ""
    """The draft that it came from, as long as that may still be there."""
    finished: str = ""
    """When it ended, well or not."""
    message: str = ""
    """What is to be said of how it ended; empty where all went as it should."""
    undone: str = ""
    """When it was undone; empty where it was not."""
    undone_by: str = ""
    """Who did that: the name of the user of this computer."""

    @property
    def by(self) -> str:
        """Who did it, for people."""
        return f"{self.user} ({self.account})" if self.account else self.user

    @property
    def what(self) -> str:
        """What it was, for people: its file, or what was typed in."""
        return self.file or f"the {KINDS[self.kind].many} typed in by hand"

    @property
    def in_words(self) -> str:
        """All that is to be said of it, for people."""
        start = f"{self.what}, {moment(self.started)}, by {self.by}"
        counts = (
            f"{self.added:,} added, {self.updated:,} updated, "
            f"{self.unchanged:,} unchanged, {self.left_out:,} left out."
        )
        ended = {
            "succeeded": counts,
            "undone": f"{counts} Undone.",
            "running": "running.",
            "undoing": "being undone.",
        }
        said = ended.get(self.state, f"{self.state}.")
        return f"{start}: {said} {self.message}".rstrip()

    @property
    def can_be_undone(self) -> bool:
        """Whether it changed something and still stands."""
        return self.state == "succeeded" and bool(self.added or self.updated)

    @property
    def is_open(self) -> bool:
        """Whether it is being done or undone just now, or was cut off in the middle of that."""
        return self.state in {"running", "undoing"}


_FIELDS = {field.name for field in fields(ImportRecord)} - {"id"}
_COUNTS = {"added", "updated", "unchanged", "left_out"}
_TEXTS = _FIELDS - _COUNTS - {"groups"}
_NEEDED = {"kind", "file", "started", "user", "account"}


def imports(school: School) -> list[ImportRecord]:
    """All imports, the newest first.

    Raises:
        DataFolderError: They can't be read, or one of them is damaged.
    """
    documents = school.setup.table(_TABLE).all()
    if not all(map(_is_whole, documents)):
        raise damaged_file(school.folder.setup)
    return [_record(document) for document in reversed(documents)]


def put_record(school: School, record: ImportRecord) -> None:
    """Keep how an import stands.

    Raises:
        DataFolderError: It can't be stored.
    """
    document = asdict(record)
    school.setup.table(_TABLE).put(document.pop("id"), document)


def new_id() -> str:
    """A name for an import that begins."""
    return f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def now() -> str:
    """The moment, by this computer's own clock: ISO date and time, with the offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def moment(iso: str) -> str:
    """A moment in words: `3 March 2026 at 14:05`."""
    when = datetime.fromisoformat(iso)
    return f"{when.day} {when:%B %Y} at {when:%H:%M}"


def note_in_log(school: School, record: ImportRecord, event: Event) -> None:
    """Add an import, or its undoing, to the audit log.

    Raises:
        DataFolderError: It can't be written.
    """
    counts = {"added": record.added, "updated": record.updated, "left_out": record.left_out}
    if record.groups:
        counts["groups"] = len(record.groups)
    audit_log.note(school.folder, email_of(school), event, about=record.kind, **counts)


def _is_whole(document: dict[str, Any]) -> bool:
    """Whether a stored import has all that it needs, each of its own kind."""
    groups = document.get("groups", [])
    moments = [document.get("started"), *filter(None, map(document.get, ("finished", "undone")))]
    return (
        all(isinstance(document.get(name, ""), str) for name in _TEXTS)
        and all(isinstance(document.get(name, 0), int) for name in _COUNTS)
        and isinstance(groups, list)
        and all(isinstance(name, str) for name in groups)
        and document.keys() >= _NEEDED
        and document["kind"] in KINDS
        and document.get("state", "running") in get_args(State)
        and all(map(_is_moment, moments))
    )


def _is_moment(iso: object) -> bool:
    try:
        datetime.fromisoformat(str(iso))
    except ValueError:
        return False
    return True


def _record(document: dict[str, Any]) -> ImportRecord:
    known = {name: value for name, value in document.items() if name in _FIELDS}
    return ImportRecord(**(known | {"id": document["key"], "groups": tuple(document.get("groups", ()))}))


def file_name(name: str) -> str:
    """A file's name as it can be stored: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(name).decode(errors="replace")
