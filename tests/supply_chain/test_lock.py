from dataclasses import replace
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.supply_chain.lock import LOCK, OLDEST, Pin, differences, oldest, pins_of, wanted

PINS = pins_of(LOCK.read_text())
RENEW = "Renew the lock files: python -m tests.supply_chain.lock"


def without(name: str) -> list[Pin]:
    return [pin for pin in PINS if pin.name != name]


def pin(requirement: str, *asked_for_by: str) -> Pin:
    return Pin(Requirement(requirement), ("sha256:0",), asked_for_by)


def test_the_lock_file_has_what_the_project_asks_for() -> None:
    assert not differences(PINS), RENEW


def test_the_other_lock_file_has_the_oldest_supported_dependencies() -> None:
    versions = {pin.name: pin.version for pin in pins_of(OLDEST.read_text())}
    for requirement in oldest():
        assert requirement.specifier.contains(versions.get(requirement.name, "0")), f"{requirement}. {RENEW}"


@pytest.mark.parametrize("lock", [LOCK, OLDEST], ids=lambda lock: lock.name)
def test_every_package_in_a_lock_file_has_one_version_and_its_hashes(lock: Path) -> None:
    pins = pins_of(lock.read_text())
    assert len({pin.name for pin in pins}) == len(pins) > 20
    for locked in pins:
        assert [each.operator for each in locked.requirement.specifier] == ["=="], locked
        assert locked.hashes, locked
        assert all(each.startswith("sha256:") and len(each) == 71 for each in locked.hashes), locked
    assert "://" not in lock.read_text(), "It names a package index."


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_no_package_that_the_project_asks_for_is_left_out_on_a_supported_system(
    python: str, system: str
) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    names = {requirement.name.lower() for requirement in wanted()}
    needed = [pin for pin in PINS if pin.name in names]
    assert len(needed) == len(names)
    assert all(
        each.requirement.marker is None or each.requirement.marker.evaluate(environment) for each in needed
    )


def test_every_dependency_has_an_upper_bound() -> None:
    for requirement in wanted():
        assert {"<", "=="} & {each.operator for each in requirement.specifier}, requirement


def test_a_dependency_that_is_missing_from_the_lock_file_is_reported() -> None:
    assert differences(without("polars")) == [
        "polars isn't in the lock file.",
        "polars-runtime-32 is in the lock file; no other package there needs it.",
    ]


def test_a_version_that_no_longer_fits_is_reported() -> None:
    old = [*without("click"), pin("click==7.0", "backdrop-tui (pyproject.toml)")]
    assert differences(old) == ["click is 7.0 in the lock file; click<9,>=8.2 is wanted."]


def test_a_package_that_nothing_asks_for_any_more_is_reported() -> None:
    extra = pin("left-pad==1.0", "backdrop-tui (pyproject.toml)")
    assert differences([*PINS, extra]) == [
        "left-pad is in the lock file; nothing in pyproject.toml asks for it."
    ]
    assert differences([*PINS, replace(extra, asked_for_by=("gone",))]) == [
        "left-pad is in the lock file; no other package there needs it."
    ]


def test_a_pin_is_read_with_its_markers_hashes_and_who_needs_it() -> None:
    lock = "# a note\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:ab \\\n    --hash=sha256:cd\n    # via\n    #   click\n    #   pytest\nB==1\n"
    first, second = pins_of(lock)
    assert (first.name, first.version, first.hashes) == ("colorama", "0.4.6", ("sha256:ab", "sha256:cd"))
    assert str(first.requirement.marker) == 'sys_platform == "win32"'
    assert first.asked_for_by == ("click", "pytest")
    assert (second.name, second.version, second.hashes, second.asked_for_by) == ("b", "1", (), ())
