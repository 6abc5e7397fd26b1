"""Eight processes change one school at once and are killed at any moment: all that was confirmed is there, and nothing is half done."""

from pathlib import Path

import pytest

from tests.reliability.soaking import soaking
from tests.support.soak import Told, check, prepare


@pytest.mark.slow
@pytest.mark.timeout(300)  # many processes; on a busy computer that takes its time
def test_nothing_confirmed_is_lost(tmp_path: Path) -> None:
    figures = soaking(tmp_path, 0)
    assert figures.failures == []
    assert figures.numbers["processes killed with kill -9"] >= 6


def test_the_check_of_a_soak_notices_what_is_missing(tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    check(tmp_path / "data", Told(begun={"Lee": 1}))
    with pytest.raises(AssertionError):
        check(tmp_path / "data", Told(confirmed={"Lee": 1}))
