"""Adding a right to `RIGHTS` is enough: every command and every saved school follows."""

import json
import subprocess
import sys
from pathlib import Path

from backdrop_tui.people.group_management import add_group, change_rights
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import sign_up

WITH_ONE_MORE_RIGHT = """
import sys
from backdrop_tui.records.rights import user_groups
from backdrop_tui.records.rights.user_groups import DSLS, TEACHERS, Right
user_groups.RIGHTS += (Right("export-data", "Export data", frozenset({DSLS, TEACHERS})),)
from backdrop_tui.cli import run
sys.exit(run(sys.argv[1:]))
"""


def backdrop(*arguments: str) -> str:
    """Run a command of a program that has one more right, in a process of its own; return its output."""
    ran = subprocess.run(
        [sys.executable, "-c", WITH_ONE_MORE_RIGHT, *arguments], capture_output=True, text=True, check=True
    )
    return ran.stdout


def groups_with_the_right() -> set[str]:
    groups = json.loads(backdrop("groups", "--format", "json"))["groups"]
    return {group["name"] for group in groups if "export-data" in group["rights"]}


def test_an_added_right_reaches_a_school_that_saved_its_groups_before(data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        sign_up(school)
        add_group(school, "Mentors")
        change_rights(school, {"Teachers": {"run-reports": True}})
    assert groups_with_the_right() == {"DSLs", "Teachers", "Mentors"}
    assert "export-data" in backdrop("groups", "grant", "--help")
    assert "export-data" in backdrop("groups", "grant", "TAs", "export data")
    assert "export-data" not in backdrop("groups", "revoke", "Mentors", "export-data")
    assert groups_with_the_right() == {"DSLs", "Teachers", "TAs"}
    log = Path(data.log).read_text()
    assert '"export-data"' in log
