"""How often the encoding of a file of names is recognised, for names of many countries, in capitals and not.

    python -m tests.benchmarks.bench_encodings [SEED]

Windows-1252 must always be kept. Mac Roman and DOS must be found in at least 95 % of files from three accented names on. Polish
names in Windows-1250 are measured too; there is no limit for them.
"""

import random
import sys
from dataclasses import dataclass
from itertools import starmap

from backdrop_tui.intake.reading.encoding.guess import guess_encoding
from tests.support.european_names import NAMES, POLISH, in_encoding

FILES = 40
"""Files for each country, case and number of names."""
COUNTS = (1, 2, 3, 5, 10, 50)
"""Numbers of accented names in a file."""
LIMITS = {"cp1252": (1, 1.0), "mac-roman": (3, 0.95), "cp850": (3, 0.95)}
"""By encoding: the number of names from which on a limit holds, and the rate to reach."""


@dataclass(frozen=True)
class Rate:
    """How often files were recognised."""

    encoding: str
    """The encoding of the files."""
    count: int
    """The accented names in each file."""
    right: int
    """Files whose encoding was recognised."""
    files: int
    """All of the files."""

    @property
    def limit(self) -> float:
        """The rate to reach; 0 if there is no limit."""
        least, limit = LIMITS.get(self.encoding, (0, 0.0))
        return limit if self.count >= least else 0

    @property
    def ok(self) -> bool:
        """Whether the limit has been reached."""
        return self.right >= self.limit * self.files

    def __str__(self) -> str:
        limit = f"{self.limit:7.0%}  {'ok' if self.ok else 'missed'}" if self.limit else ""
        return f"{self.encoding:12} {self.count:6} {self.files:6} {self.right / self.files:8.1%} {limit}"


def measure(encoding: str, count: int, dice: random.Random) -> Rate:
    """Guess the encoding of many files with as many accented names each."""
    right = files = 0
    for names in (POLISH,) if encoding == "cp1250" else NAMES.values():
        for capitals in (False, True):
            choices = in_encoding(names, encoding, capitals=capitals)
            for _ in range(FILES if len(choices) >= min(count, 3) else 0):
                chosen = dice.sample(choices, min(count, len(choices)))
                right += guess_encoding(b"Surname\r\n" + b"\r\n".join(chosen))[0].name == encoding
                files += 1
    return Rate(encoding, count, right, files)


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    dice = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 20261126)  # noqa: S311 - made-up files
    rates = list(starmap(measure, ((name, count, dice) for name in (*LIMITS, "cp1250") for count in COUNTS)))
    print(f"{'encoding':12} {'names':>6} {'files':>6} {'right':>8} {'limit':>7}")
    print(*rates, sep="\n")
    return 0 if all(rate.ok for rate in rates) else 1


if __name__ == "__main__":
    sys.exit(main())
