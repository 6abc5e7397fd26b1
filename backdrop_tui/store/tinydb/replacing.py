"""Everything that is stored, given out and replaced as a whole."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.store import files
from backdrop_tui.store.audit_chain import LogEnd, chained
from backdrop_tui.store.errors import NewerFormatError, newer_format, unknown_outcome
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.port import StoredItem
from backdrop_tui.store.stored_items import checked_items
from backdrop_tui.store.tinydb.checkpoint import journal_lines
from backdrop_tui.store.tinydb.document_tables import document_bytes
from backdrop_tui.store.tinydb.former.folder import newer_file
from backdrop_tui.store.tinydb.journal import FileRecord, LogState, Snapshot
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.log_file import LOG, all_entries, log_faults, stage_log
from backdrop_tui.store.tinydb.people_text import documents_frame, to_text
from backdrop_tui.store.tinydb.tiny_file import Document, Tables, tables_to_text

_KEPT = ("journal", LOG, "*.json", "*.json.journal", ".*.staged", "imports/*.json", "imports/.*.staged")
"""The files that are kept of what is replaced."""


def new_files(
    items: Iterable[StoredItem], keys: Mapping[str, Sequence[str]], big: Mapping[str, str]
) -> tuple[dict[str, tuple[bytes, int]], list[dict[str, Any]]]:
    """What a folder is to hold.

    Args:
        items: Everything that is to be stored.
        keys: The keys of people, by kind.
        big: The tables whose documents have files of their own, with the path of such a file.

    Returns:
        The content of each file with the number of documents in it, by its name, and the entries of the audit log.

    Raises:
        ValueError: See `Store.replace_all`.
    """
    people: dict[str, list[Document]] = {kind: [] for kind in keys}
    tables: Tables = {}
    content: dict[str, tuple[bytes, int]] = {}
    log: list[dict[str, Any]] = []
    for item in checked_items(items, keys):
        if item.part == "people":
            people[item.name].append(dict(item.content))
        elif item.part == "log":
            log.append(dict(item.content))
        elif item.name in big:
            name = big[item.name].format(item.content["key"])
            content[name] = document_bytes(item.name, item.content), 1
        else:
            table = tables.setdefault(item.name, {})
            table[str(len(table) + 1)] = dict(item.content)
    for kind, of_kind in people.items():
        frame = documents_frame(dict(enumerate(of_kind, 1)), keys[kind])
        content[f"{kind}.json"] = to_text(kind, frame), frame.height
    content["setup.json"] = tables_to_text("setup", tables)
    return content, log


def replace_all(
    folder: JournaledFolder,
    content: Mapping[str, tuple[bytes, int]],
    log: Sequence[Mapping[str, Any]],
    entry: Mapping[str, Any],
    keep_as: str,
) -> None:
    """Replace everything that a folder holds: once the new journal has its name, and not before.

    Args:
        folder: The folder.
        content: What `new_files` has made.
        log: The audit log that goes with it.
        entry: See `Store.replace_all`.
        keep_as: See `Store.replace_all`.

    Raises:
        UnknownOutcomeError: It isn't known whether everything was replaced.
        DataFolderError: It can't be done; nothing was changed.
    """
    path = folder.folder.path
    with folder.locked(), files.translating_os_errors(path):
        _refuse_newer(folder)
        staged: dict[str, Snapshot] = {}
        log_state, pending = _sound_log(folder, log)
        with rollback_on_error(lambda: folder.snapshots.discard(staged.values())) as undoing:
            kept = _keep(folder.folder, keep_as)
            undoing.callback(shutil.rmtree, kept, ignore_errors=True)
            for name, (data, count) in content.items():
                staged[name] = replace(folder.snapshots.stage(name, data, count), doubt=None)
            folder.snapshots.sync_folders(staged)
            if log_state is None:
                log_state = stage_log(path, log if all(map(LogEnd.of, log)) else chained(log, LogEnd()))
                undoing.callback(files.discard, path / log_state.staged)
            end = LogEnd.of(pending[-1]) if pending else log_state.end
            pending += chained([entry], end or LogEnd())
            removed = {name: FileRecord(is_removed=True) for name in _others(folder, content)}
            lines = journal_lines(staged, removed, log_state, pending)
            # If this is cut off, the journal may be there, and then needs what was staged.
            undo_all = undoing.pop_all()
        try:
            folder.journal.replace(lines)
        except files.NotCutBackError:
            raise unknown_outcome() from None
        except OSError:
            undo_all.close()
            raise
    folder.settle()


def _refuse_newer(folder: JournaledFolder) -> None:
    """Raise `NewerFormatError` if a newer version has saved what a folder holds."""
    newer = newer_file(folder.journal.contents)
    if newer is not None:
        raise newer_format(folder.folder.path / newer)
    if isinstance(folder.journal.damage, NewerFormatError):
        raise folder.journal.damage


def _others(folder: JournaledFolder, content: Mapping[str, object]) -> Iterator[str]:
    """The files of a folder that are not among its new ones."""
    path = folder.folder.path
    there = [*path.glob("absent-*.json"), *path.glob("imports/*.json")]
    names = [*folder.journal.contents.files, *(str(each.relative_to(path)) for each in there)]
    yield from (name for name in dict.fromkeys(names) if name not in content)


def _sound_log(
    folder: JournaledFolder, log: Sequence[Mapping[str, Any]]
) -> tuple[LogState | None, list[Any]]:
    """The folder's own log, with the entries that are yet to be written into it; None unless it is sound and continues another one.

    Args:
        folder: The folder.
        log: The other log.
    """
    contents, path = folder.journal.contents, folder.folder.path
    try:
        is_sound = not (folder.journal.damage or log_faults(path, contents))
        entries = all_entries(path, contents)
    except DataFolderError:
        return None, []
    continues = not log or LogEnd.of(log[-1]) in map(LogEnd.of, entries)
    if is_sound and continues and contents.log_end is not None:
        return contents.log_state, list(contents.log)
    return None, []


def _keep(folder: DataFolder, name: str) -> Path:
    """Copy what a folder holds into a folder of its own. Returns that. Raises `OSError`, and then leaves no such folder."""
    place = folder.subfolder(folder.replaced)
    _remove_partial(place)
    partial = place / f".{name}.partial"
    with rollback_on_error(lambda: _remove_partial(place)):
        for path in (path for pattern in _KEPT for path in folder.path.glob(pattern) if path.is_file()):
            copy = partial / path.relative_to(folder.path)
            files.make_private_folder(copy.parent)
            files.write_new(copy, path.read_bytes())
        for written in filter(Path.exists, (partial / "imports", partial)):
            files.sync_folder(written)
        if partial.exists():
            partial.rename(place / name)
        files.sync_folder(place)
    return place / name


def _remove_partial(place: Path) -> None:
    """Remove copies that a kill or a full disk has cut off."""
    for partial in place.glob(".*.partial"):
        shutil.rmtree(partial, ignore_errors=True)
