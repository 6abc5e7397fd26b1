"""Run all parts, or those that are named, and print their figures."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import time_machine

from backdrop_tui.store.folder import DataFolder
from tests.reliability.failing_calls import failing_calls
from tests.reliability.figures import Figures
from tests.reliability.power_cuts import power_cuts
from tests.reliability.soaking import soaking
from tests.support.changing_commands import make_school
from tests.support.made_up import NOW


@dataclass(frozen=True)
class Place:
    """Where a part works."""

    template: Path
    """A folder with what `make_school` has made."""
    folder: Path
    """An empty folder."""
    minutes: float
    """How long the soak is to last."""
    every: int
    """Only every so many calls fail."""


PARTS: dict[str, Callable[[Place], Figures]] = {
    "failing-calls": lambda place: failing_calls(place.template, place.folder, place.every),
    "power-cuts": lambda place: power_cuts(place.template, place.folder),
    "soak": lambda place: soaking(place.folder, place.minutes),
}


def main() -> int:
    """Run the parts. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="PART")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long the soak lasts [default: 5]")
    parser.add_argument("--every", type=int, default=1, help="let only every so many calls fail [default: 1]")
    chosen = parser.parse_args()
    is_well = True
    with tempfile.TemporaryDirectory() as temporary:
        template = Path(temporary) / "template"
        template.mkdir()
        with time_machine.travel(NOW.astimezone(), tick=True):
            make_school(DataFolder(template / "data"))
        for name in chosen.parts:
            start, folder = time.monotonic(), Path(temporary) / name
            folder.mkdir()
            figures = PARTS[name](Place(template, folder, chosen.minutes, chosen.every))
            sys.stdout.write(f"{figures.text(name)}\n({time.monotonic() - start:,.0f} s)\n\n")
            sys.stdout.flush()
            is_well = is_well and not figures.failures
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
