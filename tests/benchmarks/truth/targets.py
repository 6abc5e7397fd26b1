"""What the product must reach, checked on the outcome of each scenario."""

from dataclasses import dataclass

from tests.benchmarks.targets import Target
from tests.benchmarks.truth.doubts import KEYS
from tests.benchmarks.truth.outcome import Outcome
from tests.benchmarks.truth.scenario import Scenario


@dataclass(frozen=True)
class Case:
    """The outcomes of a scenario at one rate and one size, added up over all seeds."""

    scenario: Scenario
    """What was damaged."""
    rate: float
    """The share of the rows that was."""
    size: int
    """The number of pupils in each school."""
    outcome: Outcome
    """What became of them."""
    schools: int
    """How many schools there were."""

    def __str__(self) -> str:
        return f"{self.scenario.name}, {self.rate:.3g} of {self.size:,}"


def _over_sizes(cases: list[Case]) -> list[Case]:
    """Cases with those of one scenario and rate put together."""
    together: dict[tuple[str, float], Case] = {}
    for case in cases:
        key = (case.scenario.name, case.rate)
        before = together.get(key, Case(case.scenario, case.rate, 0, Outcome(), 0))
        together[key] = Case(
            case.scenario,
            case.rate,
            before.size + case.size * case.schools,
            before.outcome + case.outcome,
            before.schools + case.schools,
        )
    return list(together.values())


def _swapped(case: Case) -> bool:
    return case.scenario.aim == "swapped"


def _worse(case: Case) -> float:
    """By how much the columns that got worse did so."""
    outcome = case.outcome
    return sum(max(0, outcome.after[key] - outcome.before[key]) for key in KEYS)


def _decidable(case: Case) -> bool:
    return not case.scenario.undecidable


TARGETS: tuple[Target[Case], ...] = (
    Target(
        "swapped dates that the year group gives away, stored silently",
        _swapped,
        lambda case: case.outcome.silent["date_of_birth"],
        lambda _case: 0,
    ),
    Target(
        "swapped dates stored silently, undecidable ones included, from 5 % of 1,200 upwards",
        lambda case: _swapped(case) and case.rate >= 0.05 and case.size >= 1200,
        lambda case: case.outcome.silent["date_of_birth"] + case.outcome.undecidable,
        lambda _case: 0,
    ),
    Target(
        "warnings about dates in a clean file",
        lambda case: case.scenario.aim == "clean",
        lambda case: case.outcome.date_warnings,
        lambda case: case.schools * max(3, case.size * 3 / 1200),
    ),
    Target(
        "more wrong values in a column after all answers than before",
        _decidable,
        _worse,
        lambda _case: 0,
    ),
    Target(
        "right values made wrong, of those changed",
        _decidable,
        lambda case: case.outcome.made_wrong.total(),
        lambda case: max(1, case.outcome.changed / 100),
        together=_over_sizes,
    ),
)
"""All targets."""
