"""Opening what is stored: the one place that chooses the engine."""

from collections.abc import Mapping, Sequence

from backdrop_tui.store.access import require_own_folder
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.port import Store
from backdrop_tui.store.tinydb.store import TinyStore


def open_store(folder: DataFolder, keys: Mapping[str, Sequence[str]], *, read_only: bool = False) -> Store:
    """Open what a data folder holds; bring older files up to date, and put in order what a kill has left.

    Args:
        folder: The data folder. It need not exist as long as nothing is stored.
        keys: What is stored of a person, by kind, in order; `id` is stored in any case.
        read_only: Leave every file as it is, even an older one or what a kill has left. Storing raises `DataFolderError`.

    Raises:
        DataFolderError: It belongs to another user, others can write to it, or it can't be read.
    """
    with translating_os_errors(folder.path):
        require_own_folder(folder.path)
    return TinyStore(folder, keys, read_only=read_only)
