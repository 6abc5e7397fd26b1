"""Targets of benchmarks that count: numbers that mustn't be exceeded, printed beside their limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

CaseT = TypeVar("CaseT")
"""What a target is checked on: the outcomes of a scenario, for instance."""

_MOST_MISSES = 12


@dataclass(frozen=True)
class Target(Generic[CaseT]):
    """A number that mustn't be exceeded."""

    name: str
    """What is counted."""
    applies: Callable[[CaseT], bool]
    """Whether it concerns a case."""
    value: Callable[[CaseT], float]
    """The number."""
    limit: Callable[[CaseT], float]
    """The highest number that is good enough."""
    together: Callable[[list[CaseT]], list[CaseT]] = list
    """Adds up the cases that it is checked on together, if it is a share: in a small case, one is too many."""

    def concerned(self, cases: Sequence[CaseT]) -> list[CaseT]:
        """The cases that it is checked on."""
        return self.together([case for case in cases if self.applies(case)])

    def is_missed(self, case: CaseT) -> bool:
        """Whether a case exceeds the limit."""
        return self.value(case) > self.limit(case)

    def beside_limit(self, case: CaseT) -> str:
        """The number and the limit."""
        return f"{self.value(case):,.4g} (limit {self.limit(case):,.4g})"


def print_targets(targets: Sequence[Target[CaseT]], cases: Sequence[CaseT]) -> bool:
    """Print every target with its worst number and the limit. Tells whether all are reached."""
    print()
    good = True
    for target in targets:
        concerned = target.concerned(cases)
        if not concerned:
            print(f"not run  {target.name}")
            continue
        misses = [case for case in concerned if target.is_missed(case)]
        good &= not misses
        worst = max(concerned, key=lambda case: target.value(case) - target.limit(case))
        verdict = "MISSED" if misses else "ok"
        print(f"{verdict:8} {target.name}: {target.beside_limit(worst)}, in {len(concerned)} cases")
        for case in misses[:_MOST_MISSES]:
            print(f"           {case}: {target.beside_limit(case)}")
        if len(misses) > _MOST_MISSES:
            print(f"           and {len(misses) - _MOST_MISSES:,} more")
    return good
