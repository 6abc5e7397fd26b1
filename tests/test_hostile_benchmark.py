"""The benchmark of files that were made to take long."""

import pytest

from tests.benchmarks.bench_hostile import Growth
from tests.benchmarks.hostile_files import KINDS, hostile_file


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_as_long_as_asked_and_twice_as_long_when_twice_as_much_is_asked(kind: str) -> None:
    for size in (20_000, 40_000):
        assert len(hostile_file(kind, size)) == pytest.approx(size, rel=0.35)


def growth(*seconds: float, output: float = 1, broke: bool = False) -> Growth:
    """What a command took for three sizes."""
    return Growth("check", "quotes", seconds, output, broke=broke)


def test_time_may_double_when_the_size_does() -> None:
    assert growth(1, 2, 4).ok
    assert growth(0.01, 0.04, 0.2).ok  # so short that it may be chance
    assert growth(1, 2, 5.1).growth == pytest.approx(2.55)


@pytest.mark.parametrize(
    "missed", [growth(1, 2, 5.1), growth(1, 2.6, 3), growth(1, 1, 1, output=442), growth(1, 1, 1, broke=True)]
)
def test_what_grows_faster_prints_too_much_or_breaks_is_missed(missed: Growth) -> None:
    assert not missed.ok
    assert str(missed).endswith(("MISSED", "BROKE"))
