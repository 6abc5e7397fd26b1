"""What linking must reach, checked on the outcome of each scenario."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.linking.outcome import Outcome
from tests.benchmarks.linking.scenario import Scenario
from tests.benchmarks.targets import Target

WITH_UPNS, WITHOUT_UPNS = 1, 3
"""The most rows of a hundred ordinary ones that may be asked about, in files with UPNs and without."""


@dataclass(frozen=True)
class Case:
    """The outcomes of a scenario at one size, added up over all seeds."""

    scenario: Scenario
    """What happened between the years."""
    size: int
    """The number of people in a year; 0 for schools of several sizes."""
    outcome: Outcome
    """What became of them."""
    schools: int
    """How many schools there were."""

    @property
    def asked_of_100(self) -> float:
        """The rows of a hundred that are asked about."""
        return 100 * self.outcome.asked / max(1, self.outcome.rows)

    def __str__(self) -> str:
        return f"{self.scenario.name}, {f'of {self.size:,}' if self.size else 'all sizes'}"


def _over_sizes(cases: list[Case]) -> list[Case]:
    """Cases with those of one scenario put together."""
    together: dict[str, Case] = {}
    for case in cases:
        before = together.get(case.scenario.name, Case(case.scenario, 0, Outcome(), 0))
        schools = before.schools + case.schools
        together[case.scenario.name] = Case(case.scenario, 0, before.outcome + case.outcome, schools)
    return list(together.values())


def _zero(name: str, value: Callable[[Outcome], int]) -> Target[Case]:
    """A number that must be 0 in every scenario."""
    return Target(name, lambda _case: True, lambda case: value(case.outcome), lambda _case: 0)


def _questions(limit: int, *, with_upns: bool) -> Target[Case]:
    return Target(
        f"questions in 100 ordinary rows {'with' if with_upns else 'without'} UPNs",
        lambda case: case.scenario.is_ordinary and case.scenario.with_identifiers == with_upns,
        lambda case: case.asked_of_100,
        lambda _case: limit,
        _over_sizes,
    )


TARGETS: tuple[Target[Case], ...] = (
    _zero("records overwritten silently", lambda outcome: outcome.silent),
    _zero("people duplicated silently", lambda outcome: outcome.doubled),
    _zero("damaged files that no finding tells of", lambda outcome: outcome.unnoticed),
    _questions(WITH_UPNS, with_upns=True),
    _questions(WITHOUT_UPNS, with_upns=False),
)
"""All targets."""
