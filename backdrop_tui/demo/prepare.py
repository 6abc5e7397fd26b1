"""Prepare `backdrop demo`: an empty data folder, and the made-up school's files beside it."""

from datetime import date
from pathlib import Path

from backdrop_tui.demo.made_up_staff import made_up_staff
from backdrop_tui.demo.made_up_students import made_up_students
from backdrop_tui.store.files import make_private_folder
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.private_file import write_private


def prepare_demo(folder: DataFolder, picked_from: Path, today: date | None = None) -> None:
    """Create a data folder, and the made-up school's files in a folder beside it, ready to pick.

    Args:
        folder: The data folder to create.
        picked_from: The folder for the files; created if it doesn't exist.
        today: The day that ages are worked out from; the current date if None.
    """
    folder.create()
    make_private_folder(picked_from)
    day = today or date.today()  # noqa: DTZ011 - the school's own day
    write_private(picked_from / "Willowmere pupils.csv", made_up_students(day).data)
    write_private(picked_from / "Willowmere staff.csv", made_up_staff().data)
