"""Random keys in the app; and that the search finds an app that breaks."""

import asyncio

import pytest
import time_machine

from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from tests.fuzz.keys import a_round
from tests.fuzz.promises import BrokenPromiseError
from tests.support.made_up import NOW


@pytest.mark.parametrize("seed", [1, 4])
def test_whatever_is_pressed_the_app_goes_on(seed: int) -> None:
    with time_machine.travel(NOW.astimezone(), tick=True):
        asyncio.run(a_round(seed, 60))


def test_an_app_that_breaks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HelpScreen, "of", lambda _screen: None)
    with (
        time_machine.travel(NOW.astimezone(), tick=True),
        pytest.raises(BrokenPromiseError, match=r"f1.*: TypeError"),
    ):
        asyncio.run(a_round(1, 200))
