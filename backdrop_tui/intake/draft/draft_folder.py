"""The folder of a draft, which is made and removed as a whole.

While it is being filled or removed it has a name of its own. So whatever lacks a file under the name of a draft is a
damaged draft, and is never taken for the remains of one.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.intake.draft import draft_lock
from backdrop_tui.store.errors import unknown_outcome
from backdrop_tui.store.files import sync_folder, translating_os_errors
from backdrop_tui.store.folder import DataFolder

_UNFINISHED, _DISCARDED = ".new-", ".discarded-"


@contextmanager
def new_folder(data: DataFolder, draft_id: str) -> Iterator[Path]:
    """Create a draft's folder, which has its own name once the block has filled it. Nothing is left if that fails.

    Call it while holding the lock on all drafts.

    Raises:
        UnknownOutcomeError: It can't be created, and what there is of it can't be removed.
        DataFolderError: It can't be created.
    """
    unfinished = data.subfolder(data.drafts / f"{_UNFINISHED}{draft_id}")
    folder = data.drafts / draft_id

    with rollback_on_error(lambda: remove_new(folder, unfinished)):
        yield unfinished
        with translating_os_errors(folder):
            unfinished.rename(folder)
            for parent in (data.drafts, data.path):
                sync_folder(parent)


def remove_new(folder: Path, *others: Path) -> None:
    """Remove the folder of a draft that could not be created. Raises `UnknownOutcomeError` if it would still be offered."""
    for path in (folder, *others):
        shutil.rmtree(path, ignore_errors=True)
    if folder.exists():
        raise unknown_outcome()


def discard_folder(folder: Path) -> None:
    """Remove a draft's folder. What a kill or an error leaves of it is no draft any more, and is removed by `remove_remains`.

    Raises `DataFolderError` if it can't be removed.
    """
    discarded = folder.with_name(f"{_DISCARDED}{folder.name}")
    with draft_lock.drafts_lock(folder.parent), translating_os_errors(folder):
        folder.rename(discarded)
        with suppress(OSError):
            sync_folder(folder.parent)
        shutil.rmtree(discarded, ignore_errors=True)


def discard_draft(data: DataFolder, draft_id: str) -> None:
    """Remove a draft that need not be readable. Does nothing if there is no such draft.

    Raises:
        DraftInUseError: It is open elsewhere.
        DataFolderError: It can't be removed as a whole.
    """
    folder = data.drafts / draft_id
    if not is_name_of_draft(draft_id) or not folder.is_dir():
        return
    with draft_lock.drafts_lock(data.drafts):
        lock = draft_lock.acquire(folder)
    try:
        discard_folder(folder)
    finally:
        lock.release()


def draft_folders(data: DataFolder) -> list[Path]:
    """The folders of all drafts, damaged ones too. Raises `DataFolderError` if they can't be listed."""
    with translating_os_errors(data.drafts):
        if not data.drafts.is_dir():
            return []
        return sorted(path for path in data.drafts.iterdir() if path.is_dir() and is_name_of_draft(path.name))


def is_name_of_draft(name: str) -> bool:
    """Whether a folder of this name can be a draft, and not one that is being filled or removed."""
    return bool(name) and not name.startswith(".") and Path(name).name == name


def remove_remains(data: DataFolder) -> None:
    """Remove what a kill has left of drafts that were being created or removed. What can't be removed is left."""
    if not any(_remains(data)):
        return
    with suppress(DataFolderError), draft_lock.drafts_lock(data.drafts):
        for folder in _remains(data):
            shutil.rmtree(folder, ignore_errors=True)


def _remains(data: DataFolder) -> list[Path]:
    return [*data.drafts.glob(f"{_UNFINISHED}*"), *data.drafts.glob(f"{_DISCARDED}*")]
