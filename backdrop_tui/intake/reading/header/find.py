"""Finding the row of headings among the first rows of a file."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from backdrop_tui.intake.reading.header.cell_kinds import Kind, kinds_by
from backdrop_tui.intake.reading.header.evidence import Evidence, weigh
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.headings import begins_errors_file
from backdrop_tui.intake.reading.quoting import is_blank, is_blank_row

Row = Sequence[str]

_CANDIDATES = 3
"""Rows without titles among which unknown headings are looked for."""
_BELOW = 50
"""Rows that a candidate is compared with."""
_CERTAIN = 4
"""Known headings that settle it, if no cell speaks against them."""


def find_header(rows: Sequence[Row], vocabulary: Vocabulary) -> int | None:
    """The index of the row that has the headings; None if none has.

    Args:
        rows: The first rows of the file, including blank ones.
        vocabulary: The known headings and values.
    """
    if rows and begins_errors_file(rows[0]):
        return 0
    best: tuple[int, int, int] | None = None
    for index, evidence in _candidates(rows, vocabulary, kinds_by(vocabulary)):
        if not evidence.is_enough:
            continue
        if evidence.known >= _CERTAIN and not evidence.alike:
            return index
        rank = (evidence.known if evidence.known > 1 else 0, evidence.strength, -index)
        best = max(best or rank, rank)
    return None if best is None else -best[2]


def _candidates(
    rows: Sequence[Row], vocabulary: Vocabulary, kind: Callable[[str], Kind | None]
) -> Iterator[tuple[int, Evidence]]:
    """The rows that may have the headings, with their evidence: those with most known headings first."""
    filled = [n for n, row in enumerate(rows) if not is_blank_row(row)]
    counts = {n: sum(not is_blank(cell) for cell in rows[n]) for n in filled}
    fewest = _fewest_headings(list(counts.values()))
    full = [n for n in filled if counts[n] >= fewest]
    known = {n: vocabulary.known_in(rows[n]) for n in full}
    for place in sorted(range(len(full)), key=lambda place: -known[full[place]]):
        index = full[place]
        # Unknown headings are above all people; known ones may have been sorted with them.
        below = [rows[n] for n in full[place + 1 : place + 1 + _BELOW]]
        if known[index] > 1 or place == 0 or (below and place < _CANDIDATES):
            yield index, weigh(rows[index], below, vocabulary, kind)


def _fewest_headings(counts: Sequence[int]) -> float:
    """How many filled cells a row of headings has at least, given the number of filled cells of each row."""
    usual, _ = commonest(counts)
    return max(usual / 2, min(usual, 2), 1)


def commonest(numbers: Sequence[int]) -> tuple[int, int]:
    """The commonest number (the largest of several), and how often it occurs; (1, 0) if there are none."""
    return max(Counter(numbers).items(), key=lambda item: (item[1], item[0]), default=(1, 0))
