"""Every command on a data folder that an older version saved, or a newer one."""

from pathlib import Path

import orjson
import pytest

from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.migrations import current_format
from tests.cli import Run
from tests.store import contents, stock
from tests.support.made_up import student, table
from tests.support.old_folders import copy_of

LAST_STUDENTS, LAST_STAFF = "imports/20260302-093001-21469a.json", "imports/20260302-093001-bf040d.json"
DRAFT = "drafts/20260302-093001-003f1b/draft.json"
COMMANDS = {
    "check": ("check", "pupils.csv"),
    "import": ("import", "pupils.csv"),
    "import staff": ("import", "staff.csv", "--kind", "staff"),
    "export": ("export", "students"),
    "export staff": ("export", "staff"),
    "undo": ("undo", "--force"),
    "settings": ("settings",),
    "set": ("settings", "phase", "primary"),
    "groups": ("groups",),
    "rename": ("groups", "rename", "Library", "Librarians"),
    "invite": ("invite", "--all"),
    "status": ("status",),
    "sign-up": ("sign-up", "--organisation", "Hill Top", "--name", "Jo", "--email", "jo@example.org"),
    "verify": ("verify", "123456"),
}
REFUSED = {
    "setup.json": COMMANDS.keys() - {"export", "export staff"},
    "students.json": COMMANDS.keys() - {"export staff", "groups", "settings", "status", "verify"},
    "staff.json": COMMANDS.keys() - {"export", "settings", "status", "verify"},
    "absent-students.json": set[str](),
    LAST_STAFF: {"undo"},
    LAST_STUDENTS: set[str](),
    DRAFT: set[str](),
}
"""The commands that need a file, by file."""
TINYDB_FILES = ("setup.json", "students.json", "staff.json")
RUNS = [
    (file, command)
    for file in REFUSED
    for command in (COMMANDS if file in TINYDB_FILES else ("import", "undo", "status"))
]
"""Files that a newer version saved, each with a command that is run."""


@pytest.fixture
def files(tmp_path: Path) -> None:
    """Files to import."""
    (tmp_path / "pupils.csv").write_bytes(table(student(n) for n in range(40, 43)))
    staff = "First Name,Surname,Job Role,User Group,Email\nAnn,Lee,Teacher,Teachers,a.lee@example.org\n"
    (tmp_path / "staff.csv").write_text(staff)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("command", ["check", "status", "settings", "groups"])
def test_commands_that_only_read_leave_an_older_folder_as_it_is(
    backdrop: Run, data: DataFolder, command: str
) -> None:
    copy_of("format-1", data.path)
    before = contents(data.path)
    assert backdrop(*COMMANDS[command]).status == 0
    assert contents(data.path) == before


@pytest.mark.usefixtures("files")
def test_what_an_older_version_stored_is_imported_into_and_undone(backdrop: Run, data: DataFolder) -> None:
    copy_of("format-1", data.path)
    before = contents(data.path)
    assert backdrop("import", "pupils.csv").status == 0
    assert len(stock(data.students, "students")) == 10
    undo_data = {path.name: path.read_bytes() for path in data.imports.glob("*.format-1")}
    assert undo_data == {
        f"{Path(file).name}.format-1": content
        for file, content in before.items()
        if file.startswith("imports")
    }
    assert (data.path / "absent-staff.json.format-1").read_bytes() == before["absent-staff.json"]
    assert not list(data.path.glob("absent-*.json"))
    for path in data.imports.glob("*.json"):
        assert orjson.loads(path.read_bytes())["format"] == current_format("undo")
    for _ in range(4):
        assert backdrop("undo").status == 0
    assert backdrop("undo").status == 2
    assert stock(data.students, "students") == stock(data.staff, "staff") == []


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("file", "command"), RUNS)
def test_no_command_touches_what_a_newer_version_saved(
    backdrop: Run, data: DataFolder, file: str, command: str
) -> None:
    copy_of("format-1", data.path)
    path = data.path / file
    content = orjson.loads(path.read_bytes())
    newer = {"meta": {"1": {"format": 99}}} if file in TINYDB_FILES else {"format": 99}
    path.write_bytes(saved := orjson.dumps(newer | content))
    drafts = open_drafts(data)
    ran = backdrop(*COMMANDS[command])
    assert path.read_bytes() == saved
    assert open_drafts(data) == drafts
    if command in REFUSED[file]:
        assert ran.status == 4
        assert ran.error_line == (
            f"{path} was saved by a newer version of Back:drop, and this version can't read it. "
            "Install the newer version, then try again."
        )
    else:
        assert ran.status in {0, 2}
