"""Looking for cases that break a promise, and making them as small as they get."""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb
from warnings import catch_warnings, simplefilter

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisWarning

from backdrop_tui.records.kinds import KINDS
from tests.fuzz.cases import Case, corpus
from tests.fuzz.damage import DAMAGES
from tests.fuzz.files import KIND_NAMES, sound_files
from tests.fuzz.walk import read, walk

_LARGEST = 400_000
"""Bytes that a damaged file has at most."""
_SHRINKING = 20.0
"""Seconds to spend on making a failing case smaller."""


@dataclass
class Search:
    """A search, and what it has found."""

    outcomes: Counter[str] = field(default_factory=Counter)
    """How far the cases came, and how many of them."""
    failures: dict[str, tuple[Case, Exception]] = field(default_factory=dict)
    """The smallest case of each failure, by where it failed, and what was raised."""

    def run(self, first_seed: int, examples: int, *, only_read: bool = False) -> None:
        """Try some cases, or only read them. If one fails, the smallest that fails in the same way is noted."""
        way = read if only_read else walk
        found: list[tuple[Case, Exception]] = []
        first_failure = float("inf")

        @seed(first_seed)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
        )
        @given(cases())
        def attempt(case: Case) -> None:
            nonlocal first_failure
            if time.monotonic() - first_failure > _SHRINKING:
                return
            try:
                self.outcomes[way(case)] += 1
            except Exception as error:
                if where(error) in self.failures:
                    self.outcomes["failed as before"] += 1
                    return
                first_failure = min(first_failure, time.monotonic())
                found.append((case, error))
                raise

        # What hypothesis raises in the end is what its smallest example raised, which comes last.
        with suppress(Exception), catch_warnings():
            simplefilter("ignore", HypothesisWarning)  # that the description of a case is long
            attempt()
        if found:
            case, error = found[-1]
            self.failures[where(error)] = case, error

    def replay(self, paths: Sequence[Path]) -> None:
        """Try cases of the corpus."""
        for path in paths:
            case = Case.at(path)
            try:
                self.outcomes[walk(case)] += 1
            except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
                self.failures.setdefault(where(error), (case, error))


def where(error: Exception) -> str:
    """What tells a failure from others: its type, and where it was raised in the program or in a check."""
    frames = [
        f"{frame.name} ({Path(frame.filename).name}, line {frame.lineno})"
        for frame in extract_tb(error.__traceback__)
        if "site-packages" not in frame.filename and frame.filename != __file__ and frame.name != "hold"
    ]
    return f"{type(error).__name__} in {frames[-1]}"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A sound file or one of the corpus, damaged in up to four ways, and a user."""
    paths = corpus()
    if paths and draw(st.integers(0, 3)) == 3:
        case = Case.at(draw(st.sampled_from(paths)))
        kind, data = case.kind, case.data
    else:
        name = draw(KIND_NAMES)
        kind, data = KINDS[name], draw(sound_files(name))
    for damage in draw(st.lists(DAMAGES, max_size=4)):
        data = damage(data)[:_LARGEST]
    return Case(kind, draw(st.integers(0, 999)), data)
