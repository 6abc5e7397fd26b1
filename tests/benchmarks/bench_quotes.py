"""Whether rows are lost when quotes are lost or added in rows next to each other, and whether sound cells are reported.

    python -m tests.benchmarks.bench_quotes [SEED] [FILES]

Each file is read twice: damaged and undamaged. It ends with 1 if more than one damaged row in 10,000 is neither read nor
reported, or if more than one undamaged row in 10,000 is reported.
"""

import random
import sys

from tests.support.quote_damage import count_outcomes

FILES = 2_000
MOST = 1 / 10_000
"""The most rows lost or reported needlessly, as a share of all."""


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    seed, files = (
        (*map(int, sys.argv[1:]), 20261127, FILES)[:2] if len(sys.argv) != 2 else (int(sys.argv[1]), FILES)
    )
    outcomes = count_outcomes(random.Random(seed), files)  # noqa: S311 - made-up files
    print(outcomes)
    return 0 if max(outcomes.lost, outcomes.reported) <= MOST * outcomes.rows else 1


if __name__ == "__main__":
    sys.exit(main())
