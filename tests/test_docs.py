"""The documentation says what the program does."""

import re
import tomllib
from pathlib import Path

import click

from backdrop_tui import __version__
from backdrop_tui.cli.main import backdrop
from backdrop_tui.records.describe import page

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def commands() -> dict[str, click.Command]:
    context = click.Context(backdrop)
    found = {name: backdrop.get_command(context, name) for name in backdrop.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_the_page_of_fields_is_what_the_program_writes() -> None:
    assert (ROOT / "docs" / "fields.md").read_text() == page()


def test_every_command_is_in_the_readme_and_has_help() -> None:
    for name, command in commands().items():
        assert f"`backdrop {name}" in README
        assert command.help


def test_every_path_that_the_map_of_the_house_names_is_there() -> None:
    working = (ROOT / "docs" / "working-on-it.md").read_text()
    named = re.findall(
        r"`((?:records|store|intake|school|mail|imports|people|demo|tui|cli)/[a-z_/.]*)`", working
    )
    places = (ROOT / "backdrop_tui" / name for name in named)
    missing = [str(place) for place in places if not (place.exists() or place.with_suffix(".py").exists())]
    assert missing == []


def test_the_version_is_the_same_in_the_program_the_package_and_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert f"\n## {__version__} " in (ROOT / "CHANGELOG.md").read_text()


def test_every_option_of_check_and_import_is_in_the_readme() -> None:
    for name in ("check", "import"):
        for parameter in commands()[name].params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert option in README, option


def test_ci_runs_the_command_that_the_readme_names_for_tests() -> None:
    command = next(line for line in README.splitlines() if line.endswith("-m pytest"))
    assert command in (ROOT / ".ci" / "run").read_text()
