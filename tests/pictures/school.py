"""The made-up school of the pictures."""

from datetime import timedelta
from pathlib import Path

from backdrop_tui.cli.main import run
from backdrop_tui.demo.prepare import prepare_demo
from backdrop_tui.people.leaver_changes import FileAnswer, answer_about_files, mark_as_left
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.leaving import RECEIVED
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_GROUPS, REVIEW_SETTINGS
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.store.folder import DataFolder
from tests.support.made_up import TODAY

ORGANISATION = "Willowmere School"
_REMEDIES = {"students": ("dates-swapped", "not-people"), "staff": ()}
_LEAVERS = {"students": 6, "staff": 3}


def new_school(place: Path) -> tuple[DataFolder, Path]:
    """A school that has signed up and stored nobody yet: its data folder, and the folder with its files."""
    folder, files = DataFolder(place / "data"), place / "files"
    prepare_demo(folder, files, TODAY)
    with School(folder) as school:
        account = {"name": "Robin", "email": "robin@example.org", "signed_up": 1.0, "verified": 2.0}
        school.store.table("account").put("account", account)
        school.settings.put("organisation", ORGANISATION)
    return folder, files


def full_school(place: Path) -> tuple[DataFolder, Path]:
    """A school that has stored its students and staff, some of whom have left."""
    folder, files = new_school(place)
    for kind in KINDS:
        (file,) = files.glob("*pupils.csv" if kind == "students" else "*staff.csv")
        applied = [part for code in _REMEDIES[kind] for part in ("--apply", code)]
        run(["--data", str(folder.path), "import", str(file), "--kind", kind, "--skip-errors", *applied])
    with School(folder) as school:
        mark_reviewed(school, REVIEW_SETTINGS)
        mark_reviewed(school, REVIEW_GROUPS)
        for kind, number in _LEAVERS.items():
            people = school.current(KINDS[kind])
            left = people["id"].gather_every(max(people.height // number, 1)).head(number).to_list()
            mark_as_left(school, KINDS[kind], left, TODAY - timedelta(days=20))
            if kind == "students":
                _make_due(school, left[:2])
    return folder, files


def _make_due(school: School, ids: list[str]) -> None:
    """Make students who left long ago due for removal: their new school has had their files for over a year."""
    mark_as_left(school, STUDENTS, ids, TODAY - timedelta(days=500))
    answer_about_files(school, ids, FileAnswer(RECEIVED, TODAY - timedelta(days=450)))
