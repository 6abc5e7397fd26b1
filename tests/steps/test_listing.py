"""The declarations of the steps agree with the program."""

import inspect
from pkgutil import resolve_name

import click
import pytest
from textual.screen import Screen

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.steps.listing import STEPS
from backdrop_tui.steps.step import Step

steps = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)


@steps
def test_a_step_has_a_screen(step: Step) -> None:
    assert issubclass(resolve_name(step.screen), Screen)


@steps
def test_a_step_has_a_command_that_is_typed_as_declared(step: Step) -> None:
    command = resolve_name(step.command)
    assert isinstance(command, click.Command)
    name, *arguments = step.usage.split()
    assert command.name == name
    options = {option for parameter in command.params for option in parameter.opts}
    assert {argument for argument in arguments if argument.startswith("--")} <= options


@steps
def test_a_step_is_known_to_be_done_by_a_function_of_the_school(step: Step) -> None:
    if step.done_when:
        assert list(inspect.signature(resolve_name(step.done_when)).parameters) == ["school"]


@steps
def test_a_step_is_blocked_only_by_steps_before_it(step: Step) -> None:
    assert set(step.blocked_by) <= set(STEPS[: STEPS.index(step)])


def test_keys_and_titles_are_unique() -> None:
    assert len({step.key for step in STEPS}) == len({step.title for step in STEPS}) == len(STEPS)


def test_each_kind_of_people_is_added_in_one_step() -> None:
    assert sorted(step.kind for step in STEPS if step.kind) == sorted(KINDS)
