"""The lock files: every package that CI installs, with the hashes of its files. `python -m tests.supply_chain.lock` renews them.

They are for every supported version of Python. The first has what the project needs for its users, its tests, its
developers and its build; the other has the oldest supported versions of what its users need, to test with those.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = ROOT / ".ci" / "requirements.txt"
"""The lock file."""
OLDEST = ROOT / ".ci" / "oldest.txt"
"""The lock file with the oldest supported versions of the project's dependencies."""
_COMMAND = "python -m tests.supply_chain.lock"
_LONGER = re.compile(r"\\\n\s*")
_PROJECT = "backdrop-tui (pyproject.toml)"
"""How uv names the project among those who ask for a package."""


@dataclass(frozen=True)
class Pin:
    """A package in the lock file."""

    requirement: Requirement
    """Its name, its version and its markers: `colorama==0.4.6; sys_platform == 'win32'`."""
    hashes: tuple[str, ...]
    """The hashes of its files, as `sha256:…`."""
    asked_for_by: tuple[str, ...]
    """Who needs it: packages by their names, or the project; nobody if it is for the project's build."""

    @cached_property
    def name(self) -> str:
        """Its name in lower case, with hyphens."""
        return canonicalize_name(self.requirement.name)

    @cached_property
    def version(self) -> str:
        """Its only version."""
        (specifier,) = self.requirement.specifier
        return specifier.version

    @property
    def is_direct(self) -> bool:
        """Whether the project itself asks for it."""
        return not self.asked_for_by or _PROJECT in self.asked_for_by


def pins_of(lock: str) -> list[Pin]:
    """The packages in the text of a lock file."""
    return list(_pins(_LONGER.sub("", lock).splitlines()))


def _pins(lines: list[str]) -> Iterator[Pin]:
    for number, line in enumerate(lines):
        if line and not line.startswith((" ", "#")):
            requirement, *hashes = re.split(r"\s*--hash=", line)
            comments = []
            for comment in lines[number + 1 :]:
                if not comment.startswith(" "):
                    break
                comments.append(comment.strip().removeprefix("#").strip().removeprefix("via").strip())
            yield Pin(Requirement(requirement), tuple(hashes), tuple(filter(None, comments)))


def wanted() -> list[Requirement]:
    """What the project itself asks for in `pyproject.toml`, to be used, tested, developed and built."""
    settings = _settings()
    project = settings["project"]
    texts = [*project["dependencies"], *settings["build-system"]["requires"]]
    for extra in project["optional-dependencies"].values():
        texts += extra
    requirements = map(Requirement, texts)
    return [requirement for requirement in requirements if requirement.name != project["name"]]


def oldest_python() -> str:
    """The oldest supported version of Python, as in `3.11`."""
    return str(_settings()["project"]["requires-python"]).removeprefix(">=")


def oldest() -> list[Requirement]:
    """The project's dependencies in their oldest supported versions."""
    requirements = map(Requirement, _settings()["project"]["dependencies"])
    return [Requirement(f"{each.name}=={_lower_bound(each)}") for each in requirements]


def _lower_bound(requirement: Requirement) -> str:
    (version,) = (each.version for each in requirement.specifier if each.operator == ">=")
    return version


def differences(pins: list[Pin]) -> list[str]:
    """What is out of step between the lock file and `pyproject.toml`, a sentence each; none if nothing is."""
    by_name = {pin.name: pin for pin in pins}
    asked_for = {canonicalize_name(requirement.name): requirement for requirement in wanted()}
    found = []
    for name, requirement in asked_for.items():
        pin = by_name.get(name)
        if pin is None:
            found.append(f"{name} isn't in the lock file.")
        elif not requirement.specifier.contains(pin.version):
            found.append(f"{name} is {pin.version} in the lock file; {requirement} is wanted.")
    for pin in pins:
        if pin.is_direct and pin.name not in asked_for:
            found.append(f"{pin.name} is in the lock file; nothing in pyproject.toml asks for it.")
        elif not pin.is_direct and not by_name.keys() & set(pin.asked_for_by):
            found.append(f"{pin.name} is in the lock file; no other package there needs it.")
    return found


def _settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def _renew(lock: Path, extras: Sequence[str], *more: object) -> int:
    """Renew a lock file with the newest versions that fit. Returns the exit status.

    Args:
        lock: The lock file.
        extras: Arguments that name the project's extras to lock.
        more: Requirements besides those of the project.
    """
    command = [
        *("uv", "pip", "compile", "pyproject.toml", "-", *extras, "--universal", "--generate-hashes"),
        *("--python-version", oldest_python(), "--upgrade", "--quiet", "--no-config", "--no-emit-index-url"),
        *("--custom-compile-command", _COMMAND, "--output-file", str(lock.relative_to(ROOT))),
    ]
    requirements = "\n".join(map(str, more))
    return subprocess.run(command, input=requirements, text=True, cwd=ROOT, check=False).returncode


def main() -> int:
    """Renew both lock files. Returns the exit status."""
    build = _settings()["build-system"]["requires"]
    try:
        return _renew(LOCK, ["--all-extras"], *build) or _renew(OLDEST, ["--extra=test"], *build, *oldest())
    except FileNotFoundError:
        sys.stderr.write("This needs uv. Install it, for example with pipx, and try again.\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
