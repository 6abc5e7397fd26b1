"""Comparing the files of a data folder with what the journal says about them, and taking what is there as it is."""

from dataclasses import replace

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store import files
from backdrop_tui.store.errors import NewerFormatError, damaged_file, newer_format
from backdrop_tui.store.formats import format_in, keep_copy, set_aside
from backdrop_tui.store.migrations import current_format
from backdrop_tui.store.port import Fault, FaultState
from backdrop_tui.store.tinydb.journal import Doubt, FileRecord, Fingerprint, Snapshot
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.log_file import LOG, chain_log, log_faults, name_log
from backdrop_tui.store.tinydb.meta import START_LENGTH, TINYDB_FILES, format_at_start, kind_of
from backdrop_tui.store.tinydb.people import TinyPeople
from backdrop_tui.store.tinydb.rescue import is_readable, rescued
from backdrop_tui.wording import counted

_RESTORE = "Restore it from a backup."
_ACCEPT = "If that is how it should be, run “backdrop verify-data --accept”."
_ACCEPT_OR_RESTORE = f"{_ACCEPT} If not, restore a backup."


def faults_of(folder: JournaledFolder, *, thorough: bool) -> list[Fault]:
    """What is not as it was stored.

    Args:
        folder: The data folder.
        thorough: Read every file, not only those whose size is another one or that have been read already.
    """
    with folder.reading(), files.translating_os_errors(folder.folder.path):
        damage = folder.journal.damage
        faults = [Fault("journal", damage.message, state=_state_of(folder, damage))] if damage else []
        for name in dict.fromkeys([*folder.journal.contents.files, *TINYDB_FILES]):
            fault = _readable_fault(folder, name, thorough=thorough)
            if fault is not None:
                faults.append(fault)
        if thorough and (fault := _fault_of_log(folder)) is not None:
            faults.append(fault)
    return faults


def _fault_of_log(folder: JournaledFolder) -> Fault | None:
    """What is wrong with the audit log; None if it is as it was written."""
    try:
        broken = log_faults(folder.folder.path, folder.journal.contents)
    except DataFolderError as error:
        return Fault(LOG, error.message)
    if not broken:
        return None
    more = " “backdrop log” shows what else is wrong with it." if len(broken) > 1 else ""
    state: FaultState = "damaged" if folder.folder.log.exists() else "missing"
    return Fault(LOG, f"{broken[0]}{more} {_ACCEPT}", is_readable=True, state=state)


def _state_of(folder: JournaledFolder, damage: DataFolderError) -> FaultState:
    """What is wrong with the journal, in a word."""
    if isinstance(damage, NewerFormatError):
        return "newer"
    return "damaged" if folder.journal.exists else "missing"


def accept(folder: JournaledFolder) -> None:
    """Take what is there as what was stored: whole lines of a file that was cut short, and nothing for one that is missing.

    Copies of the files as they are now are kept.

    Raises:
        DataFolderError: It can't be done.
    """
    with folder.locked(), files.translating_os_errors(folder.folder.path):
        faults = faults_of(folder, thorough=True)
        contents = folder.journal.contents
        for record in contents.files.values():
            record.snapshot = record.snapshot and replace(record.snapshot, doubt=None)
        for fault in filter(None, (_looked_at_again(folder, fault) for fault in faults)):
            path = folder.folder.path / fault.what
            if path.is_dir():
                set_aside(path)
            if fault.what == LOG:
                log_state = name_log(folder.folder.path, contents.log_state)
                contents.log_state = chain_log(folder.folder.path, log_state, contents.log)
                contents.log = []
                continue
            if path.exists():
                keep_copy(path, "altered")
            if fault.what == "journal":
                continue
            data = folder.snapshots.content(fault.what, folder.record(fault.what).snapshot)
            folder.snapshots.altered.pop(fault.what, None)
            keys = _keys(folder, fault.what)
            whole_lines = None if fault.is_readable or not data else rescued(fault.what, data, keys)
            contents.files.pop(fault.what, None)
            if whole_lines is not None:
                contents.files[fault.what] = FileRecord(folder.snapshots.stage(fault.what, *whole_lines))
            elif fault.is_readable:
                stated = format_in(path) or current_format(kind_of(fault.what))
                contents.files[fault.what] = FileRecord(Snapshot(None, 0, stated))
            else:
                files.discard(path)
        if faults:
            folder.journal.damage = None
            folder.checkpoint.make()


def _looked_at_again(folder: JournaledFolder, fault: Fault) -> Fault | None:
    """A fault as it is now; None if nothing is wrong any more, because the disk had only failed for a moment."""
    if fault.what in {LOG, "journal"}:
        return fault
    return _readable_fault(folder, fault.what, thorough=True)


def _readable_fault(folder: JournaledFolder, name: str, *, thorough: bool) -> Fault | None:
    """What is wrong with one file, even if the system can't read it; None if it is as it was stored."""
    try:
        with files.translating_os_errors(folder.folder.path / name):
            return _fault(folder, name, thorough=thorough)
    except DataFolderError as error:
        return Fault(name, error.message)


def _fault(folder: JournaledFolder, name: str, *, thorough: bool) -> Fault | None:
    """What is wrong with one file; None if it is as it was stored."""
    record = folder.record(name)
    if record.snapshot is None:
        is_known = record.is_removed or record.changes or not folder.journal.exists
        return None if is_known or not folder.snapshots.size(name, None) else _altered(folder, name, None)
    if record.snapshot.fingerprint is None:
        return None
    difference = _difference(folder, name, record.snapshot, record.snapshot.fingerprint, thorough=thorough)
    return difference or _doubt(folder, name, record.snapshot.doubt)


def _doubt(folder: JournaledFolder, name: str, doubt: Doubt | None) -> Fault | None:
    """The fault of a file that is as it was written, but wasn't before that; None if nobody doubts it."""
    if doubt is None:
        return None
    path = folder.folder.path / name
    copy = path.with_name(doubt.copy)
    kept = f" What was there is kept as {copy}." if copy.exists() else ""
    happened = (
        "an older one had taken its place" if doubt.state == "older" else "another program had changed it"
    )
    message = f"Before {path} was last written, {happened}.{kept} {_ACCEPT_OR_RESTORE}"
    return Fault(name, message, is_readable=True, state=doubt.state)


def _difference(
    folder: JournaledFolder, name: str, snapshot: Snapshot, state: Fingerprint, *, thorough: bool
) -> Fault | None:
    """What differs between a file and the content that the journal names; None if nothing does."""
    path, size = folder.folder.path / name, folder.snapshots.size(name, snapshot)
    if size is None:
        return Fault(name, f"{path} is missing. {_RESTORE} {_ACCEPT}", state="missing")
    if size == state.size and name not in folder.snapshots.altered and not thorough:
        return None
    data = folder.snapshots.content(name, snapshot) or b""
    if Fingerprint.of(data) == state:
        return None
    if snapshot.compared(data) == "older":
        message = f"{path} is an older one, not the one that was stored last. {_ACCEPT_OR_RESTORE}"
        return Fault(name, message, is_readable=True, state="older")
    return _altered(folder, name, data)


def _altered(folder: JournaledFolder, name: str, data: bytes | None) -> Fault:
    """The fault of a file that another program, or a damaged disk, has changed."""
    path = folder.folder.path / name
    if data is None:
        data = folder.snapshots.content(name, None) or b""
    if not data:
        return Fault(name, f"{path} is empty. {_RESTORE} {_ACCEPT}")
    if (format_at_start(data[:START_LENGTH]) or 0) > current_format(kind_of(name)):
        return Fault(name, newer_format(path).message, state="newer")
    keys = _keys(folder, name)
    if is_readable(name, data, keys):
        return Fault(
            name, f"{path} has been changed by another program. {_ACCEPT_OR_RESTORE}", is_readable=True
        )
    whole_lines = rescued(name, data, keys)
    if whole_lines is None or not whole_lines[1]:
        return Fault(name, damaged_file(path).message)
    count = whole_lines[1]
    kept = (
        f"{counted(count, 'entry', 'entries')} of set-up that"
        if name == "setup.json"
        else f"{counted(count, 'person', 'people')} who"
    )
    return Fault(
        name,
        f"{path} is damaged. {_RESTORE} Or run “backdrop verify-data --accept” to keep the {kept} can still be read.",
    )


def _keys(folder: JournaledFolder, name: str) -> tuple[str, ...] | None:
    """What is stored of a person in a file; None for a file without people."""
    file = folder.files.get(name)
    return file.keys if isinstance(file, TinyPeople) else None
