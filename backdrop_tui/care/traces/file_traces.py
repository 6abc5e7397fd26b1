"""What files beside the store and the drafts have about people who are looked for, and the files without it.

These are errors files, messages in the outbox, what was typed and not saved, and kept copies of older or damaged files.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path
from typing import Any, Literal

import orjson

from backdrop_tui.care.traces.data_subject import DataSubject
from backdrop_tui.care.traces.known_versions import kept_copies
from backdrop_tui.care.traces.searching import (
    JsonWithout,
    is_hinted_at,
    may_be_about,
    redacted,
    without_lines,
)
from backdrop_tui.care.traces.table_rows import TableCleaner, cells_by_heading, rows_about
from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.intake.matching.wrong_file import wrong_file
from backdrop_tui.intake.output.errors_file import errors_file_path
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.mail.outbox import CANT_PARSE
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.checked_lines import checked_lines, read_checked_lines
from backdrop_tui.store.files import atomic_write, sync_folder, translating_os_errors
from backdrop_tui.store.folder import DataFolder

Place = Literal["errors-file", "outbox", "unsaved", "copy", "temporary"]
"""What a file is: `copy` is a kept copy of an older or damaged file, `temporary` what a kill has left."""
Excerpt = dict[str, Any]
"""Something that a file has about someone, as JSON can have it."""


@dataclass(frozen=True)
class FileTrace:
    """What one file has about the people, and the file without it."""

    place: Place
    """What the file is."""
    path: Path
    """Where it is."""
    excerpts: tuple[Excerpt, ...]
    """What it has about them."""
    after: bytes | None
    """Its content without them; None to remove it."""
    new_name: str = ""
    """The name that it gets, because its own names one of them; empty if it keeps that."""

    def scrub(self) -> None:
        """Write the file without them, or remove it. Raises `DataFolderError` if that can't be done."""
        if self.after is not None:
            atomic_write(self.path.with_name(self.new_name or self.path.name), self.after)
            if not self.new_name:
                return
        with translating_os_errors(self.path):
            self.path.unlink(missing_ok=True)
            sync_folder(self.path.parent)


def file_traces(folder: DataFolder, subjects: Sequence[DataSubject]) -> Iterator[FileTrace]:
    """What the files beside the store and the drafts have about people. Nothing is changed.

    Kept copies come last: they may be the only ones that know a former name.

    Raises:
        DataFolderError: A file can't be read.
    """
    places: list[tuple[Iterator[Path], Callable[[Path, bytes, Sequence[DataSubject]], FileTrace | None]]] = [
        (folder.path.glob("*.csv"), _in_table),
        (folder.unsaved.glob("*"), _in_unsaved),
        (folder.outbox.glob("*.eml"), _in_message),
        (_temporaries(folder.path), _in_temporary),
        (kept_copies(folder.path), _in_copy),
    ]
    for paths, examine in places:
        for path in sorted(paths):
            with translating_os_errors(path):
                data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            trace = examine(path, data, subjects) if data else None
            if trace is not None:
                yield trace


def _temporaries(folder: Path) -> Iterator[Path]:
    """What a kill can have left of files that were being written: the new content, or the old one under another name."""
    yield from folder.glob("**/.*.tmp")


def _in_table(path: Path, data: bytes, subjects: Sequence[DataSubject]) -> FileTrace | None:
    """What an errors file has about people. One that can't be read as a table loses the lines about them."""
    excerpts: list[Excerpt] = []
    after = data
    try:
        for kind in KINDS.values():
            of_kind = [subject for subject in subjects if subject.kind is kind]
            if of_kind:
                sheet = read_sheet(kind, after, path.name)
                matching = _matching(sheet, kind)
                texts = matching.texts(sheet)
                rows = rows_about(of_kind, texts) if matching.kind is kind else set()
                excerpts += [{"row": row, "cells": cells_by_heading(sheet, row)} for row in sorted(rows)]
                if rows.issuperset(sheet.cells["row"]):
                    return FileTrace("errors-file", path, tuple(excerpts), None)
                after = TableCleaner(subjects, matching.kind, texts).without(after, ReadOptions(), rows)
    except UnusableFileError:
        after = without_lines(data, subjects)
        excerpts = excerpts or ([{}] if after != data else [])
    name = redacted(path.name, subjects, "erased", "file-name")
    if not excerpts and after == data and name == path.name:
        return None
    if name != path.name:
        name = errors_file_path(path.with_name(name)).name
    new_name = "" if name == path.name else name
    return FileTrace("errors-file", path, tuple(excerpts), after if after.strip() else None, new_name)


def _matching(sheet: Sheet, kind: RecordKind) -> Matching:
    """Where the columns of a file go: those of the other kind if that is what it lists."""
    matching = match_columns(sheet, kind)
    wrong = wrong_file(sheet, matching)
    return match_columns(sheet, wrong.kind) if wrong and wrong.kind else matching


def _in_unsaved(path: Path, data: bytes, subjects: Sequence[DataSubject]) -> FileTrace | None:
    """What was typed about people and not saved. It is a text or a form at most, so it goes as a whole."""
    if not is_hinted_at(data, subjects):
        return None
    try:
        typed = orjson.loads(data.partition(b"\n")[0])
    except ValueError:
        typed = data.decode(errors="replace")
    return FileTrace("unsaved", path, ({"typed": typed},), None)


def _in_message(path: Path, data: bytes, subjects: Sequence[DataSubject]) -> FileTrace | None:
    """A message to one of the people, or one that names a student."""
    message = message_from_bytes(data, policy=policy.default)
    try:
        headers = {name: str(message[name] or "") for name in ("To", "Cc", "Subject", "Date")}
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body else ""
    except CANT_PARSE:
        headers, text = {}, data.decode(errors="replace")
    recipients = {
        address.casefold() for _, address in getaddresses([headers.get("To", ""), headers.get("Cc", "")])
    }
    whole = "\n".join([*headers.values(), text])
    for subject in subjects:
        is_named = subject.mentions.identified_in(whole) or (
            subject.is_only_one_of_name and subject.mentions.named_in(text)
        )
        is_to = bool(recipients & subject.identifiers)
        if is_to or (subject.kind is KINDS["students"] and is_named):
            return FileTrace(
                "outbox",
                path,
                ({**{name.lower(): value for name, value in headers.items() if value}, "text": text},),
                None,
            )
    return None


def _in_temporary(path: Path, data: bytes, subjects: Sequence[DataSubject]) -> FileTrace | None:
    """What a kill has left, if it may be about people."""
    return FileTrace("temporary", path, (), None) if may_be_about(data, subjects) else None


def _in_copy(path: Path, data: bytes, subjects: Sequence[DataSubject]) -> FileTrace | None:
    """A kept copy without the records of people. One that can't be understood loses the lines about them."""
    cleaner = JsonWithout(subjects)
    try:
        content = orjson.loads(data)
        cleaned = cleaner.clean(content)
        after = data if cleaned == content else orjson.dumps(cleaned)
    except ValueError:
        lines = read_checked_lines(data)
        if lines.contents and not lines.rest:
            cleaned = list(map(cleaner.clean, lines.contents))
            after = data if cleaned == lines.contents else checked_lines(cleaned)[0]
        else:
            after = without_lines(data, subjects)
    if after == data:
        return None
    records = tuple(dict(record) for record in cleaner.removed)
    return FileTrace("copy", path, records, after if after.strip() else None)
