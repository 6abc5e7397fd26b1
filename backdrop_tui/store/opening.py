"""Opening what is stored: the one place that chooses the engine."""

from collections.abc import Mapping, Sequence

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import People
from backdrop_tui.store.setup_documents import SetupDocuments
from backdrop_tui.store.tinydb.people import TinyPeople
from backdrop_tui.store.tinydb.setup_documents import TinySetup


def open_people(folder: DataFolder, keys: Mapping[str, Sequence[str]], *, read_only: bool = False) -> People:
    """Open the people of a data folder; bring older files up to date, and put in order what a kill has left.

    Args:
        folder: The data folder. It need not exist as long as nothing is stored.
        keys: What is stored of a person, by kind, in order; `id` is stored in any case.
        read_only: Leave every file as it is, even an older one or what a kill has left. Storing raises `DataFolderError`.
    """
    return TinyPeople(folder, keys, read_only=read_only)


def open_setup(folder: DataFolder, *, read_only: bool = False) -> SetupDocuments:
    """Open the documents of set-up of a data folder, in the way of `open_people`."""
    return TinySetup(folder, read_only=read_only)
