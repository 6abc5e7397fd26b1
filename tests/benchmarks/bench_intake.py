"""What checking and importing cost, held against what any program must spend on the same file.

Run as `python -m tests.benchmarks.bench_intake [--rows N] [--import-rows N] [--turns N]`. Whole processes are
measured, from start to end, in turns, and medians are compared. Bare `polars.read_csv` refuses the file with the
faults, so it reads one of the same rows in which those that no strict parser reads are sound. The package is compiled
first, as an installed wheel is: otherwise each run would compile it anew where Python may not keep what it compiled.
"""

import argparse
import compileall
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import polars as pl

import backdrop_tui
from backdrop_tui.records.leaving import as_current
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.benchmarks.bench_store import median, one_edit, synced
from tests.benchmarks.generate import ACADEMIC_YEAR, PHASE, MadeUpFile, made_up_file
from tests.benchmarks.measure import HEADING, Command, Measure, in_turns, until_drawn
from tests.support.imports import sign_up

_READ = "import sys, polars; polars.read_csv(sys.argv[1], infer_schema=False)"


class Bench:
    """A made-up file on the disk, a data folder that it goes to, and processes that work on them."""

    def __init__(self, place: Path, rows: int) -> None:
        place.mkdir()
        self.place = place
        self.made_up = made_up_file(rows)
        self.file = place / "made-up.csv"
        self.file.write_bytes(self.made_up.data)
        self.sound = place / "sound.csv"
        self.sound.write_bytes(self.made_up.sound)
        self.data = DataFolder(place / "data")
        self.empty()

    def empty(self) -> None:
        """A data folder of somebody who has signed up, with nobody in it but the owners of UPNs that are taken."""
        shutil.rmtree(self.data.path, ignore_errors=True)
        self.data.create()
        columns = ("first_name", "surname", "date_of_birth", "upn")
        taken = pl.DataFrame(self.made_up.taken, schema=dict.fromkeys(columns, pl.String), orient="row")
        rest = (pl.lit(None, pl.String).alias(key) for key in STUDENTS.keys if key not in columns)
        with School(self.data) as school:
            sign_up(school)
            school.settings.put("phase", PHASE)
            school.store.people(STUDENTS.name).apply(as_current(STUDENTS, taken.with_columns(*rest)))

    def command(self, name: str, *options: str) -> list[str]:
        """The arguments of one of the program's commands on this file."""
        common = ["--data", str(self.data.path), "--academic-year", str(ACADEMIC_YEAR), "--format", "json"]
        return ["-m", "backdrop_tui", name, str(self.file), *common, *options]

    def reported_codes(self) -> dict[int, frozenset[str]]:
        """Problem codes that the last check reported, by row number."""
        problems = json.loads((self.place / "check.out").read_bytes())["problems"]
        codes = defaultdict(set)
        for problem in problems:
            codes[problem["row"]].add(problem["code"])
        return {row: frozenset(row_codes) for row, row_codes in codes.items()}


def print_differences(made_up: MadeUpFile, reported: dict[int, frozenset[str]]) -> bool:
    """Tell whether exactly the faults that were made have been reported; print the first rows that differ."""
    rows = sorted(
        row for row in made_up.faults.keys() | reported.keys() if made_up.faults.get(row) != reported.get(row)
    )
    for row in rows[:10]:
        print(
            f"row {row}: made {sorted(made_up.faults.get(row, ()))}, reported {sorted(reported.get(row, ()))}"
        )
    print(
        f"{len(made_up.faults):,} faulty rows made, {len(reported):,} reported, {len(rows):,} of them not as made"
    )
    return not rows


def bench_check(bench: Bench, turns: int) -> list[Measure]:
    """A check, held against reading the file."""
    costs = in_turns(
        {
            "read": Command(["-c", _READ, str(bench.sound)]),
            "check": Command(bench.command("check"), status=1),
        },
        bench.place,
        turns,
    )
    read, check = costs["read"], costs["check"]
    return [
        Measure("check, against polars.read_csv: time", f"{check.seconds:.2f} s", f"{read.seconds:.2f} s",
                check.seconds / read.seconds, 3.0),
        Measure("check, against polars.read_csv: peak memory", f"{check.megabytes:.0f} MB", f"{read.megabytes:.0f} MB",
                check.megabytes / read.megabytes, 2.0),
    ]  # fmt: skip


def bench_import(bench: Bench, turns: int) -> list[Measure]:
    """An import, held against a check and the synced write of what it stores."""
    costs = in_turns(
        {
            "check": Command(bench.command("check"), status=1, before=bench.empty),
            "import": Command(bench.command("import", "--skip-errors"), before=bench.empty),
        },
        bench.place,
        turns,
    )
    people = bench.data.students.read_bytes()
    write = median(lambda: synced(bench.place / "copy.json", os.O_TRUNC, people), turns) / 1000
    check, imported = costs["check"].seconds, costs["import"].seconds
    return [
        Measure("import, against check and a synced write: time", f"{imported:.2f} s", f"{check + write:.2f} s",
                imported / (check + write), 2)
    ]  # fmt: skip


def bench_edit(bench: Bench, turns: int) -> list[Measure]:
    """One edit among those imported, held against a synced append."""
    with School(bench.data) as school:
        edit, line = one_edit(school.store.people("students"), bench.place / "scratch", turns * 50)
        name = f"one edit among {school.store.people('students').frame().height:,}, against a synced append"
    return [Measure(name, f"{edit:.2f} ms", f"{line:.2f} ms", edit / line, 10)]


def bench_start(bench: Bench, turns: int) -> list[Measure]:
    """The first screen, held against that of an app with nothing on it."""
    times: dict[str, list[float]] = {"empty": [], "backdrop": []}
    for _ in range(turns):
        for app, seconds in times.items():
            seconds.append(until_drawn(app, bench.place / "fresh"))
    empty, ours = map(statistics.median, times.values())
    return [
        Measure("first screen, against an empty app's: time", f"{ours:.2f} s", f"{empty:.2f} s", ours / empty, 1.5)
    ]  # fmt: skip


def same_left_out(bench: Bench) -> bool:
    """Whether an import left out just the rows in which the check has found errors, and stored the others."""
    check, imported = (json.loads((bench.place / f"{name}.out").read_bytes()) for name in ("check", "import"))
    stored = imported["added"] + imported["updated"] + imported["unchanged"]
    same = (check["counts"]["ready"], check["counts"]["errors"]) == (stored, imported["left_out"])
    print(
        f"{check['counts']['errors']:,} rows with errors found, {imported['left_out']:,} left out by the import"
    )
    return same


def main() -> int:
    """Measure and print. Returns 1 where a limit is broken or other faults were found than were made."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000, help="rows of the file to check")
    options.add_argument("--import-rows", type=int, default=100_000, help="rows of the file to import")
    options.add_argument("--turns", type=int, default=5, help="how often each is measured")
    given = options.parse_args()
    compileall.compile_dir(Path(backdrop_tui.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as place:
        big = Bench(Path(place) / "check", given.rows)
        measures = bench_check(big, given.turns)
        right = print_differences(big.made_up, big.reported_codes())
        small = Bench(Path(place) / "import", given.import_rows)
        measures += bench_import(small, given.turns)
        right &= print_differences(small.made_up, small.reported_codes()) and same_left_out(small)
        measures += bench_edit(small, given.turns)
        measures += bench_start(small, given.turns + 4)
    print("", HEADING, *measures, sep="\n")
    return 0 if right and all(measure.ok for measure in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
