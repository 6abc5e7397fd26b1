"""The documentation says what the program does."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import backdrop_tui
from backdrop_tui import __version__
from backdrop_tui.cli.main import backdrop
from backdrop_tui.intake import describe as files
from backdrop_tui.records.describe import page
from tests.support import examples

ROOT = Path(__file__).parent.parent
PACKAGE = Path(backdrop_tui.__file__).parent
README, CONTRIBUTING, COMMANDS = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md", "docs/commands.md")
)
PAGES = {"README.md": README, "CONTRIBUTING.md": CONTRIBUTING, "docs/commands.md": COMMANDS}


def commands(group: click.Group = backdrop, before: str = "backdrop") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, subcommands such as `backdrop groups add` too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")


def options(command: click.Command) -> list[str]:
    """The long options of a command."""
    return [option for parameter in command.params for option in parameter.opts if option.startswith("--")]


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


ALL_COMMANDS = dict(commands())


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_every_command_and_each_of_its_options_is_documented(name: str) -> None:
    command = ALL_COMMANDS[name]
    assert command.help
    assert re.search(rf"`{name}[` ]", COMMANDS)
    for option in options(command):
        assert re.search(rf"(`|\| |\[| ){option}[` ,]", COMMANDS), option


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_the_help_of_every_command_explains_its_options_and_has_an_example_that_it_accepts(name: str) -> None:
    command = ALL_COMMANDS[name]
    assert [
        option.name for option in command.params if isinstance(option, click.Option) and not option.help
    ] == []
    example = re.match(r"Example: (.*)", command.epilog or "")
    assert example
    words, path = shlex.split(example[1]), name.split()
    assert words[: len(path)] == path
    # Below the program's own context, because a command keeps the names of its option for help.
    program = click.Context(backdrop, **backdrop.context_settings)
    command.make_context(name, words[len(path) :], parent=program)


@pytest.mark.parametrize("name", ["backdrop check", "backdrop import"])
def test_each_option_of_check_and_import_is_explained_in_a_table(name: str) -> None:
    rows = [line for line in COMMANDS.splitlines() if line.startswith("| `")]
    for option in options(ALL_COMMANDS[name]):
        assert any(f"`{option}" in row for row in rows), option


def test_the_examples_have_the_output_that_the_commands_print() -> None:
    """If the program is right and the page is out of date, run `python -m tests.support.examples`."""
    assert examples.renewed(COMMANDS) == COMMANDS


def test_the_page_of_fields_is_what_the_program_writes() -> None:
    assert (ROOT / "docs" / "fields.md").read_text(encoding="utf-8") == page()


def test_the_page_of_files_is_what_the_program_writes() -> None:
    assert (ROOT / "docs" / "files.md").read_text(encoding="utf-8") == files.page()


def test_every_path_that_the_contributing_guide_names_exists() -> None:
    names = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|md))?|[a-z_]+\.py)`", CONTRIBUTING)
    assert len(names) > 50
    assert [name for name in names if not ((PACKAGE / name).exists() or (ROOT / name).exists())] == []


def test_every_package_is_in_the_picture_of_the_house() -> None:
    picture = next(block for block in CONTRIBUTING.split("```") if "┌" in block)
    packages = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")}
    drawn = {name.removesuffix("/") for name in re.findall(r"[a-z_]+/(?:[a-z_]+/)*", picture)}
    assert packages - {"."} - {"tui/screens"} == drawn


@pytest.mark.parametrize("page_name", PAGES)
def test_every_link_leads_to_a_file_or_heading_that_exists(page_name: str) -> None:
    text = PAGES[page_name]
    anchors = {anchor(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target.removeprefix("#") in anchors
        elif not target.startswith("http"):
            assert ((ROOT / page_name).parent / target).exists(), target


def test_ci_runs_the_command_that_the_readme_and_the_contributing_guide_give_for_the_tests() -> None:
    (command,) = {
        line for line in README.splitlines() if line.startswith("python3") and line.endswith("pytest")
    }
    assert command in CONTRIBUTING
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_version_is_the_same_in_the_program_the_package_and_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert f"\n## {__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
