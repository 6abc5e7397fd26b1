"""The power is cut before every call of every command and of a draft's life, and every disk that this may leave is opened."""

import random
import shutil
from pathlib import Path

import pytest
import time_machine

from tests.reliability.figures import Figures
from tests.support.changing_commands import COMMANDS
from tests.support.cut_off_work import CutOffWork, cut_off_command, cut_off_draft
from tests.support.made_up import NOW

_THROWS = 20
"""The number of disks after each cut in which it is left to chance what was on the disk."""


def power_cuts(template: Path, folder: Path) -> Figures:
    """Cut the power before each call.

    Args:
        template: What `make_school` has made.
        folder: An empty folder to work in.
    """
    figures = Figures()
    with time_machine.travel(NOW.astimezone(), tick=True), pytest.MonkeyPatch.context() as patch:
        for number, name in enumerate(COMMANDS):
            work = cut_off_command(template, folder / str(number), name, patch)
            _cut(work, folder / f"{number}-cuts", figures, name)
        _cut(cut_off_draft(template, folder / "draft", patch), folder / "draft-cuts", figures, "a draft")
    return figures


def _cut(work: CutOffWork, place: Path, figures: Figures, name: str) -> None:
    figures.numbers["calls before and after which the power was cut"] += len(work.log.ops)
    dice = random.Random(0)  # noqa: S311 - which calls have reached the disk
    place.mkdir()
    for number, cut in enumerate(work.log.after_cuts(dice=dice, throws=_THROWS)):
        figures.numbers["different disks that were opened"] += 1
        cut.disk.build(place / str(number))
        try:
            work.check(place / str(number), cut)
        except Exception as error:  # noqa: BLE001 - whatever it is, it has to be counted
            figures.failures.append(f"{name}, disk {number}: {error!r}"[:400])
        shutil.rmtree(place / str(number))
