"""After an erasure: the files in the data folder that aren't this program's own and still have something about someone."""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from backdrop_tui.care.traces.data_subject import DataSubject
from backdrop_tui.care.traces.known_versions import kept_copies
from backdrop_tui.care.traces.mentions import any_reading, compact
from backdrop_tui.care.traces.searching import can_be_redacted, has_line_about
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.folder import DataFolder

_STORED = ("students.json", "staff.json", "setup.json", "journal", "log", "mail-password")
"""Files that have the data of everyone else, and are written by the store. An identifier of someone erased is not in them."""
_FOLDERS = ("drafts", "imports", "outbox", "unsaved")


def files_left(folder: DataFolder, subjects: Sequence[DataSubject]) -> Iterator[str]:
    """The paths, in the data folder, of files that still have something about people. Those that were cleaned aren't examined.

    Raises:
        DataFolderError: A file can't be read.
    """
    examined = {*kept_copies(folder.path), *folder.path.glob("*.csv")}
    for path in sorted({*folder.path.rglob("*")} - examined):
        name = path.relative_to(folder.path)
        with translating_os_errors(path):
            if not stat.S_ISREG(path.lstat().st_mode) or name.suffix in {".lock", ".owner"}:
                continue
            data = path.read_bytes()
        is_own = name.parts[0] in _FOLDERS or str(name) in _STORED
        if _is_identified(data, subjects, path) if is_own else _is_about(data, subjects):
            yield str(name)


def _is_about(data: bytes, subjects: Sequence[DataSubject]) -> bool:
    """Whether a file that isn't this program's own has something about one of the people."""
    return has_line_about(data, subjects) or can_be_redacted(data, subjects)


def _is_identified(data: bytes, subjects: Sequence[DataSubject], path: Path) -> bool:
    """Whether an identifier of one of the people is in a file; the account's own e-mail address may be in set-up, the log and letters."""
    if path.name in {"setup.json", "journal", "log"} or path.suffix == ".eml":
        subjects = [subject for subject in subjects if subject.kind.name != "staff"]

    def holds(text: str) -> bool:
        compact_text = compact(text)
        possible = (each for each in subjects if each.mentions.may_be_identified_in(compact_text))
        return any(each.mentions.identified_in(text) for each in possible)

    return any_reading(data, holds)
