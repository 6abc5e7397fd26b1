"""The one place that chooses what keeps the people."""

from collections.abc import Mapping, Sequence

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import People
from backdrop_tui.store.tinydb.people import TinyPeople


def open_people(folder: DataFolder, keys: Mapping[str, Sequence[str]], *, read_only: bool = False) -> People:
    """Open the people of a data folder, and first put in order what a kill has left.

    Args:
        folder: Where they are. It need not exist as long as nothing is stored.
        keys: What is stored of a person, by kind, in order; `id` goes without saying.
        read_only: Leave every file as it is, even what a kill has left. Storing raises `DataFolderError`.
    """
    return TinyPeople(folder, keys, read_only=read_only)
