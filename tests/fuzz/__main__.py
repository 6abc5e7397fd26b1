"""Look for files that break a promise, and save the smallest of each kind in `tests/fuzz/corpus`. Ends with 1 if there are any."""

import argparse
import secrets
import sys
import time
from traceback import format_exception

from backdrop_tui.wording import counted
from tests.fuzz.cases import CORPUS, Case, corpus
from tests.fuzz.search import Search

_READ, _WALKED = 400, 50
"""Cases that are only read, and cases that go the whole way, between two looks at the clock; each takes about as long."""


def main() -> int:
    """Search until the time is over. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long to search [default: 5]")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="where to begin")
    chosen = parser.parse_args()
    start, search, round_number = time.monotonic(), Search(), 0
    search.replay(corpus())
    while time.monotonic() - start < chosen.minutes * 60:
        # Numbers far apart, so that two searches that begin with seeds next to each other try different cases.
        search.run(chosen.seed * 100_000 + round_number, _READ, only_read=True)
        search.run(chosen.seed * 100_000 + round_number + 1, _WALKED)
        round_number += 2
    for place, (case, error) in search.failures.items():
        known = [path for path in corpus() if Case.at(path) == case]
        title = type(error).__name__.removesuffix("Error").lower()
        saved = known[0] if known else case.save(CORPUS, f"found-{title}")
        sys.stdout.write(
            f"\n{place}\n{'In' if known else 'Saved in'} the corpus: {saved.name}\n{''.join(format_exception(error))}"
        )
    outcomes = ", ".join(f"{count:,} {name}" for name, count in search.outcomes.most_common())
    seconds = time.monotonic() - start
    sys.stdout.write(
        f"\nSeed {chosen.seed}: {search.outcomes.total():,} cases in {seconds:,.0f} s: {outcomes}. "
        f"{counted(len(search.failures), 'kind')} of failure.\n"
    )
    return 1 if search.failures else 0


if __name__ == "__main__":
    sys.exit(main())
