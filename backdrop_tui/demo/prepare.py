"""Setting up `backdrop demo`: a data folder, and a made-up school's files beside it."""

from datetime import date
from pathlib import Path

from backdrop_tui.demo.made_up_staff import made_up_staff
from backdrop_tui.demo.made_up_students import made_up_students
from backdrop_tui.store.files import PRIVATE_FOLDER
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.private_file import write_private


def prepare_demo(folder: DataFolder, picked_from: Path, today: date | None = None) -> None:
    """Make a data folder, and beside it the made-up school's files, ready to pick.

    Args:
        folder: Where the school's data will be.
        picked_from: Where the files go; made if need be.
        today: The day; today's date where it is not given.
    """
    folder.create()
    picked_from.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    day = today or date.today()  # noqa: DTZ011 - the school's own day
    write_private(picked_from / "Willowmere pupils.csv", made_up_students(day).data)
    write_private(picked_from / "Willowmere staff.csv", made_up_staff().data)
