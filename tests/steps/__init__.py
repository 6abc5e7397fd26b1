"""Tests of the steps of set-up."""

from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.steps.step import StepState


def states(school: School) -> dict[str, StepState]:
    """The state of each step, by key."""
    return {status.step.key: status.state for status in set_up_progress(school).steps}
