"""How well damaged files are read, by the Pollock benchmark of the Hasso Plattner Institute.

    python -m tests.benchmarks.bench_pollock FOLDER [PATTERN]

FOLDER is a copy of github.com/HPI-Information-Systems/Pollock, whose files and measures are used as they are; the measures
need chardet, joblib, multiset, numpy, price-parser and python-dateutil. PATTERN, a regular expression, picks files by name.
Delimiter, quotes, encoding and headings are detected. It ends with 1 if a limit is missed.
"""

import csv
import importlib
import json
import re
import sys
import tempfile
import warnings
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.records.students import STUDENTS

SIMPLE, WEIGHTED = 9.98, 9.75
"""The least scores, of 10: over all files alike, and by how often files are damaged like that."""
_WORST = 20
"""Kinds of damage to print."""


@dataclass(frozen=True)
class Score:
    """What one file scored."""

    file: str
    """The name of the file."""
    points: float
    """Its points, of 10."""
    weight: float
    """How much it counts in the weighted score."""

    @property
    def damage(self) -> str:
        """The kind of damage: the name of the file, without the numbers of rows below the headings and of columns."""
        return re.sub(r"(?<=row|ote|er_)[1-9]\d*(?=_)", "N", f"{self.file.partition('_col')[0]}_").strip("_")


def rows_as_read(file: Path) -> list[list[str]]:
    """The rows of a file as it is read, the headings first if it has any; no rows if it is refused.

    Where there are several rows of headings, Pollock wants them joined with spaces. Reading skips those that are repeated.
    """
    try:
        sheet = read_sheet(STUDENTS, file.read_bytes(), file.name)
    except UnusableFileError:
        return []
    rows = [
        [*map(str, cells), *sheet.extra.get(row, ())] for row, *cells in sheet.cells.fill_null("").iter_rows()
    ]
    if not sheet.header_row:
        return rows
    times = sheet.cells["row"][0] - sheet.header_row
    return [[" ".join([heading] * times) for heading in sheet.headings], *rows]


def measure(folder: Path, pattern: str) -> list[Score]:
    """Read and score the files of the benchmark.

    Args:
        folder: The copy of the benchmark.
        pattern: Which files to read, by name.
    """
    sys.path.insert(0, str(folder))
    warnings.simplefilter("ignore")
    measures: Any = importlib.import_module("pollock.metrics")
    measures.normalize_cell = cache(measures.normalize_cell)
    weights = json.loads((folder / "pollock_weights.json").read_text())
    scores = []
    with tempfile.TemporaryDirectory() as place:
        loaded = Path(place) / "loaded.csv"
        for file in sorted((folder / "polluted_files" / "csv").iterdir()):
            if re.search(pattern, file.name):
                with loaded.open("w", newline="", encoding="utf-8") as target:
                    csv.writer(target, quoting=csv.QUOTE_ALL).writerows(rows_as_read(file))
                clean = folder / "polluted_files" / "clean" / file.name
                points = 1 + sum(map(float, measures.header_record_cell_measures_csv(clean, loaded)))
                scores.append(Score(file.name, points, weights[file.name]))
    return scores


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    scores = measure(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
    total = sum(score.weight for score in scores)
    lost: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        lost[score.damage].append(score)
    print(f"{'damage':40} {'files':>6} {'simple':>9} {'weighted':>9}")
    by_loss = sorted(lost.items(), key=lambda item: -sum(10 - score.points for score in item[1]))
    for damage, hits in by_loss[:_WORST]:
        simple = sum(10 - score.points for score in hits) / len(scores)
        weighted = sum((10 - score.points) * score.weight for score in hits) / total
        print(f"{damage:40} {len(hits):6} {-simple:9.5f} {-weighted:9.5f}")
    simple = sum(score.points for score in scores) / len(scores)
    weighted = sum(score.points * score.weight for score in scores) / total
    print(
        f"simple {simple:.4f} (limit {SIMPLE}), weighted {weighted:.4f} (limit {WEIGHTED}), {len(scores):,} files"
    )
    return 0 if simple >= SIMPLE and weighted >= WEIGHTED else 1


if __name__ == "__main__":
    sys.exit(main())
