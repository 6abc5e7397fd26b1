"""Bring undo records and lists of absent people up to date if an older version of the program saved them."""

from pathlib import Path

from backdrop_tui.imports.absent_people import ABSENT
from backdrop_tui.imports.undo_record import UNDO
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.formats import bring_up_to_date, is_outdated


def older_files(folder: DataFolder) -> list[tuple[Path, str]]:
    """The files in an older format, each with its kind in `migrations.STEPS`.

    Raises:
        DataFolderError: They can't be read.
    """
    with translating_os_errors(folder.imports):
        undo_records = sorted(folder.imports.glob("*.json")) if folder.imports.is_dir() else []
    files = [(path, UNDO) for path in undo_records]
    files += [(folder.absent(kind), ABSENT) for kind in KINDS]
    return [(path, kind) for path, kind in files if is_outdated(path, kind)]


def bring_older_files_up_to_date(folder: DataFolder) -> None:
    """Rewrite the older files in the current format, and keep a copy of each. Call it only inside `recovery.exclusive_import`.

    Raises:
        DataFolderError: A file can't be rewritten. It can still be read, and the next start tries again.
    """
    for path, kind in older_files(folder):
        bring_up_to_date(path, kind)
