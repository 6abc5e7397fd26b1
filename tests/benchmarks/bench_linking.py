"""Who is who in a second year's file: records overwritten, people duplicated, questions asked, and the time that it takes.

Run as `python -m tests.benchmarks.bench_linking [--quick] [--seed N …] [--size N …] [--only TEXT]`. Made-up schools, in
which it is known who each row really is, are imported for a first year. The second year's file, with everything that
happens to children and to files in between, is checked, its findings are answered with their remedies, and it is imported.
"""

import argparse
import sys
from collections.abc import Iterator

from tests.benchmarks.columns import print_heading
from tests.benchmarks.linking.judge import judge
from tests.benchmarks.linking.listing import EVENTS, EVENTS_OF_STAFF, QUICK_SCENARIOS, SCENARIOS
from tests.benchmarks.linking.outcome import Outcome
from tests.benchmarks.linking.product import import_both
from tests.benchmarks.linking.report import COLUMNS, LEGEND, print_case, print_totals
from tests.benchmarks.linking.scenario import Scenario, make
from tests.benchmarks.linking.speed import measures
from tests.benchmarks.linking.targets import TARGETS, Case
from tests.benchmarks.measure import HEADING
from tests.benchmarks.targets import print_targets

_ASIDE = frozenset(event.name for event in (*EVENTS, *EVENTS_OF_STAFF) if event.is_aside)
_QUICK_SIZE = 150
_QUICK_SPEED = (10_000, 3)


def outcome_of(scenario: Scenario, size: int, seed: int) -> Outcome:
    """What becomes of one school."""
    years = make(scenario, size, seed)
    damage = scenario.damage
    wanted = damage.finding if damage is not None and size >= damage.smallest else ""
    return judge(years, import_both(scenario.kind, years), _ASIDE, wanted)


def cases(given: argparse.Namespace) -> Iterator[Case]:
    """The outcome of each scenario and size that is asked for."""
    for scenario in QUICK_SCENARIOS if given.quick else SCENARIOS:
        if given.only not in scenario.name:
            continue
        for size in given.size or scenario.sizes:
            outcomes = [outcome_of(scenario, size, seed) for seed in given.seed]
            yield Case(scenario, size, sum(outcomes, Outcome()), len(outcomes))


def main() -> int:
    """Run all scenarios and print. Returns 1 where a target is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--seed", type=int, nargs="+", default=list(range(1, 11)), help="seeds of the made-up schools"
    )
    options.add_argument(
        "--size", type=int, nargs="+", help="numbers of people in a year, instead of each scenario's own"
    )
    options.add_argument(
        "--only", default="", metavar="TEXT", help="only scenarios with this text in their names"
    )
    options.add_argument(
        "--quick",
        action="store_true",
        help="one small school for each event and damage, in less than a minute",
    )
    given = options.parse_args()
    if given.quick:
        given.seed, given.size = given.seed[:1], given.size or [_QUICK_SIZE]
    print_heading(LEGEND, COLUMNS)
    outcomes = []
    for case in cases(given):
        print_case(case)
        outcomes.append(case)
    print_totals(outcomes)
    reached = print_targets(TARGETS, outcomes)
    if not given.only or "speed".startswith(given.only):
        times = list(measures(*(_QUICK_SPEED if given.quick else ())))
        print("", HEADING, *times, sep="\n")
        reached &= all(measure.ok for measure in times)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
