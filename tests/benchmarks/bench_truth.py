"""What becomes of damaged files: wrong values stored silently, right ones made wrong, false warnings, questions asked.

Run as `python -m tests.benchmarks.bench_truth [--quick] [--seed N …] [--size N …] [--only TEXT]`. Made-up schools, in
which the true value of every cell is known, are damaged in many ways, each in a growing share of the rows. The real
product checks each file, every finding is answered with its remedy, and every sure suggestion is taken.
"""

import argparse
import sys
from collections.abc import Iterator

from tests.benchmarks.columns import print_heading
from tests.benchmarks.targets import print_targets
from tests.benchmarks.truth.encodings import NUMBERS, encoding_cases
from tests.benchmarks.truth.judge import judge, judge_store
from tests.benchmarks.truth.listing import SCENARIOS
from tests.benchmarks.truth.outcome import Outcome
from tests.benchmarks.truth.product import check_file, converse, empty_school, store, stored_people
from tests.benchmarks.truth.report import COLUMNS, LEGEND, print_case, print_encodings, print_left_out
from tests.benchmarks.truth.scenario import Aim, Scenario, make
from tests.benchmarks.truth.targets import TARGETS, Case

_QUICK_SIZES: dict[Aim, tuple[int, ...]] = {"clean": (30, 1200), "swapped": (30, 1200), "other": (300,)}
_QUICK_RATES: dict[Aim, tuple[float, ...]] = {"clean": (0,), "swapped": (0.05, 0.6), "other": (0, 0.2)}
_QUICK_NUMBERS = (3,)


def outcome_of(scenario: Scenario, rate: float, size: int, seed: int) -> Outcome:
    """What becomes of one made-up file."""
    made = make(scenario, rate, size, seed)
    with empty_school() as school:
        if made.stored is not None:
            store(school, check_file(school, made.stored, scenario.today), scenario.today)
        conversation = converse(check_file(school, made.data, scenario.today), scenario.answers)
        outcome = judge(made, conversation)
        if made.stored is not None:
            store(school, conversation.last, scenario.today)
            judge_store(outcome, made.pupils, stored_people(school))
        return outcome


def cases(given: argparse.Namespace) -> Iterator[Case]:
    """The outcome of each scenario, rate and size that is asked for."""
    for scenario in SCENARIOS:
        if given.only not in scenario.name:
            continue
        for size in given.size or scenario.sizes:
            for rate in scenario.rates:
                if given.quick and not _is_quick(scenario, rate, size):
                    continue
                outcomes = [outcome_of(scenario, rate, size, seed) for seed in given.seed]
                yield Case(scenario, rate, size, sum(outcomes, Outcome()), len(outcomes))


def _is_quick(scenario: Scenario, rate: float, size: int) -> bool:
    """Whether a case is among those that `--quick` looks at."""
    usual_size = size in _QUICK_SIZES[scenario.aim] or scenario.sizes == (size,)
    usual_rate = rate in _QUICK_RATES[scenario.aim] or len(scenario.rates) == 1
    return size <= 1200 and usual_size and usual_rate


def main() -> int:
    """Run all scenarios and print. Returns 1 where a target is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--seed", type=int, nargs="+", default=[1, 2, 3], help="seeds of the made-up schools"
    )
    options.add_argument(
        "--size", type=int, nargs="+", help="numbers of pupils, instead of each scenario's own"
    )
    options.add_argument(
        "--only", default="", metavar="TEXT", help="only scenarios with this text in their names"
    )
    options.add_argument(
        "--quick", action="store_true", help="a few cases with one seed, in less than a minute"
    )
    given = options.parse_args()
    if given.quick:
        given.seed = given.seed[:1]
    print_heading(LEGEND, COLUMNS)
    outcomes = []
    for case in cases(given):
        print_case(case)
        outcomes.append(case)
    reached = print_targets(TARGETS, outcomes)
    print_left_out(outcomes)
    if not given.only or "encodings".startswith(given.only):
        reached &= print_encodings(
            list(encoding_cases(given.seed[0], _QUICK_NUMBERS if given.quick else NUMBERS))
        )
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
