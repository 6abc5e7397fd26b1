"""Data folders as the versions of the program that wrote format 1 left them."""

import shutil
from pathlib import Path

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.store.files import PRIVATE_FOLDER
from backdrop_tui.store.folder import DataFolder

PLACE = Path(__file__).parents[1] / "store" / "data"
STORED_KEYS = {kind.name: kind.stored_keys for kind in KINDS.values()}
"""What is stored of people now, by kind."""
FIRST_NAMES = {
    "format-1": {
        "students": ["Amira", "Ben", "Chloë", "Dev", "Ewa", "Finn", "Grace"],
        "staff": ["Ben", "Zoë"],
    },
    "format-1-killed": {"students": ["Zoë", "Zoë", "Zoë"], "staff": ["Jo"]},
}
"""Who is stored in each of the folders in format 1, by kind."""


def copy_of(name: str, path: Path) -> DataFolder:
    """A copy of one of the folders.

    `format-1` was closed in good order: people imported twice, a draft, groups and settings. `format-1-killed` was not: students and
    set-up have a journal beside the snapshot, and staff have only a journal. `format-2-killed` was stopped in the middle of an import,
    when everything in it was stored and only its record was not finished, and of moving the members of a user group.
    """
    shutil.copytree(PLACE / name, path)
    path.chmod(PRIVATE_FOLDER)  # with some umasks, a clone can be written by its group
    return DataFolder(path)
