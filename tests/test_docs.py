"""The documentation says what the program does."""

import importlib
import pkgutil
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from textual.dom import DOMNode

import backdrop_tui
from backdrop_tui import __version__
from backdrop_tui.cli.main import backdrop
from backdrop_tui.intake import describe as files
from backdrop_tui.records.describe import page
from backdrop_tui.tui import describe as keys
from tests.pictures.__main__ import GUIDE_STOPS
from tests.support import examples

ROOT = Path(__file__).parent.parent
PACKAGE = Path(backdrop_tui.__file__).parent
PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "docs/commands.md",
        "docs/data-protection.md",
        "docs/guide.md",
        "docs/keys.md",
    )
}
README, CONTRIBUTING, COMMANDS = PAGES["README.md"], PAGES["CONTRIBUTING.md"], PAGES["docs/commands.md"]
FOR_USERS = ("README.md", "docs/data-protection.md", "docs/guide.md")
KEYS = re.compile(r"`((?:Ctrl\+)?[A-Za-z]|F\d|[/#])`")


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


def test_the_help_names_every_command_with_a_whole_sentence_and_says_where_the_guide_is() -> None:
    text = CliRunner().invoke(backdrop, ["--help"], terminal_width=80).output
    listing = text.split("Commands:")[1]
    assert "..." not in listing
    assert [name for name in ALL_COMMANDS if not re.search(rf"\n  {name.split()[1]} ", listing)] == []
    assert [path for path in re.findall(r"docs/\w+\.md", text) if (ROOT / path).exists()] == ["docs/guide.md"]


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


def test_the_page_of_keys_is_what_the_program_writes() -> None:
    """If the program is right and the page is out of date, run `python -m backdrop_tui.tui.describe > docs/keys.md`."""
    assert PAGES["docs/keys.md"] == keys.page()


def test_the_page_of_keys_has_every_screen_and_widget_that_declares_keys() -> None:
    package = importlib.import_module("backdrop_tui.tui")
    for module in pkgutil.walk_packages(package.__path__, "backdrop_tui.tui."):
        importlib.import_module(module.name)
    listed = {
        base
        for classes in (keys.EVERYWHERE, *keys.SECTIONS.values())
        for listed in classes
        for base in listed.__mro__
    }
    declaring = {kind for kind in _subclasses(DOMNode) if kind.__dict__.get("BINDINGS")}
    assert [kind for kind in declaring if kind.__module__.startswith("backdrop_tui.")]
    assert [kind for kind in declaring - listed if kind.__module__.startswith("backdrop_tui.")] == []


def _subclasses(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for subclass in kind.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


@pytest.mark.parametrize("page_name", ["README.md", "docs/guide.md"])
def test_every_key_that_is_named_is_a_key_of_the_app(page_name: str) -> None:
    named = set(KEYS.findall(PAGES[page_name]))
    assert len(named) > 10
    assert named - set(KEYS.findall(PAGES["docs/keys.md"])) == set()


@pytest.mark.parametrize("page_name", FOR_USERS)
def test_every_command_that_is_named_is_one_with_these_options(page_name: str) -> None:
    lines = re.findall(r"`(backdrop [^`]+)`|^(backdrop .+?)(?:  #.*)?$", PAGES[page_name], re.MULTILINE)
    named = [shlex.split(quoted or line) for quoted, line in lines]
    assert len(named) > 2
    for words in named:
        name = f"backdrop {words[1]}"
        if not words[1].startswith("-"):
            inside = {
                option
                for path in ALL_COMMANDS
                if path.startswith(name)
                for option in options(ALL_COMMANDS[path])
            }
            assert name in ALL_COMMANDS
            assert {word for word in words if word.startswith("--")} <= inside | {"--data", "--help"}


def test_the_pictures_of_the_guide_are_those_that_the_command_draws() -> None:
    """If one is missing, run `python -m tests.pictures docs --guide`."""
    drawn = {path.stem for path in (ROOT / "docs" / "guide").glob("*.svg")}
    assert drawn == set(GUIDE_STOPS) == set(re.findall(r"\]\(guide/(.+)\.svg\)", PAGES["docs/guide.md"]))


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
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target.removeprefix("#") in _anchors(text)
        elif not target.startswith("http"):
            path, _, heading = target.partition("#")
            linked = (ROOT / page_name).parent / path
            assert linked.exists(), target
            assert not heading or heading in _anchors(linked.read_text(encoding="utf-8")), target


def _anchors(text: str) -> set[str]:
    """The anchors of a page's headings."""
    return {anchor(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


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
