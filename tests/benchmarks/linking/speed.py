"""The time that linking takes in a big trust's ordinary second year, held against checking the same file."""

import statistics
import time
from collections.abc import Iterator
from random import Random

from backdrop_tui.imports.pipeline import from_file, match
from backdrop_tui.intake.checking.check import check
from backdrop_tui.intake.linking.answers import Answers, KeptAnswers
from backdrop_tui.intake.linking.link import link
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.records.students import STUDENTS
from tests.benchmarks.linking.events import happen_as_usual
from tests.benchmarks.linking.listing import USUAL
from tests.benchmarks.linking.two_years import SECOND_DAY, two_years
from tests.benchmarks.measure import Measure
from tests.benchmarks.truth.product import check_file, empty_school, store
from tests.benchmarks.truth.school import TODAY

ROWS = 100_000
"""The number of rows, and about that of the people stored."""
TURNS = 7
"""How often both are measured, in turns."""
LIMIT = 1.0
"""How many times as long linking may take as reading, matching and checking."""


def measures(rows: int = ROWS, turns: int = TURNS) -> Iterator[Measure]:
    """What linking costs in files with UPNs, and in files without."""
    for with_upns in (True, False):
        checking, linking = seconds(rows, turns, with_upns=with_upns)
        name = f"link {rows:,} rows {'with' if with_upns else 'without'} UPNs, against checking them"
        yield Measure(
            name, f"{linking * 1000:.0f} ms", f"{checking * 1000:.0f} ms", linking / checking, LIMIT
        )


def seconds(rows: int, turns: int, *, with_upns: bool) -> tuple[float, float]:
    """The median seconds that reading, matching and checking the file of an ordinary second year takes, and linking its rows."""
    random = Random(f"{rows} {with_upns}")
    years = two_years(random, rows, with_upns=with_upns)
    for event in USUAL:
        happen_as_usual(years, event, random)
    years.drop_numbers()
    file, checking, linking = years.second_file({}), [], []
    with empty_school() as school:
        store(school, check_file(school, years.first_file(), TODAY), TODAY)
        stored, context = school.stored(STUDENTS), school.context(SECOND_DAY)
        for _ in range(turns):
            start = time.perf_counter()
            sheet = read_sheet(STUDENTS, file, "pupils.csv")
            intake = from_file(None, sheet, match(school, STUDENTS, sheet))
            checked = check(STUDENTS, intake.texts, context, stored)
            between = time.perf_counter()
            link(STUDENTS, checked.columns, stored, context, Answers(), KeptAnswers())
            checking.append(between - start)
            linking.append(time.perf_counter() - between)
    return statistics.median(checking), statistics.median(linking)
