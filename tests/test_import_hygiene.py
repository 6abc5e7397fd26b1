"""What a command loads, and who may know of TinyDB."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import backdrop_tui
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import sign_up
from tests.support.made_up import student, table

PACKAGE = Path(backdrop_tui.__file__).parent
LOADED = """
import json, sys
from backdrop_tui.cli import run
status = run(sys.argv[1:])
print(json.dumps([status, sorted({name.split(".")[0] for name in sys.modules})]))
"""


def loaded_by(*arguments: str, folder: Path) -> set[str]:
    """The top-level modules that are loaded once a command is done."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True, cwd=folder
    )
    status, modules = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0
    return set(modules)


@pytest.mark.parametrize("command", ["check", "import"])
def test_checking_and_importing_load_no_screens(tmp_path: Path, data: DataFolder, command: str) -> None:
    data.create()
    with School(data) as school:
        sign_up(school)
    (tmp_path / "p.csv").write_bytes(table([student(0)]))
    modules = loaded_by(command, "p.csv", "--data", "data", folder=tmp_path)
    assert "polars" in modules
    assert not modules & {"textual", "rich", "textual_fspicker", "email_validator"}


def test_checking_loads_nothing_that_stores_where_nothing_is_stored(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(table([student(0)]))
    modules = loaded_by("check", "p.csv", "--data", "missing", folder=tmp_path)
    assert not modules & {"tinydb", "filelock"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["import", "--help"],
        ["demo", "--help"],
        ["groups", "grant", "--help"],
        ["invite", "--help"],
    ],
)
def test_help_loads_nothing_big(tmp_path: Path, arguments: list[str]) -> None:
    modules = loaded_by(*arguments, folder=tmp_path)
    assert not modules & {
        "polars",
        "textual",
        "rich",
        "tinydb",
        "rapidfuzz",
        "email_validator",
        "orjson",
        "filelock",
    }


def test_the_app_starts_without_polars() -> None:
    code = "import json, sys, backdrop_tui.tui.app; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"polars", "tinydb", "rapidfuzz", "email_validator"} & set(json.loads(ran.stdout))


def test_only_one_package_of_the_store_knows_of_tinydb() -> None:
    elsewhere = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "tinydb"]
    assert elsewhere
    assert [str(path.relative_to(PACKAGE)) for path in elsewhere if "tinydb" in imported_by(path)] == []


def test_threads_that_compare_texts_at_the_same_time_can_all_import_what_they_need() -> None:
    """Two threads that import two parts of rapidfuzz first meet a part that isn't complete; the whole package waits."""
    parts = [path.name for path in PACKAGE.rglob("*.py") if "from rapidfuzz." in path.read_text()]
    assert parts == []


def imported_by(path: Path) -> set[str]:
    """The top-level modules that a file imports, anywhere in it."""
    tree = ast.parse(path.read_text())
    plain_imports = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return plain_imports | {
        node.module.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
    }
