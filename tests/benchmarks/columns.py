"""The heading of a benchmark's table."""

from collections.abc import Iterable


def print_heading(legend: str, columns: Iterable[tuple[str, int]]) -> None:
    """Print what the columns are, and the line above them.

    Args:
        legend: What the columns are.
        columns: Their names and widths; the first is aligned to the left, the others to the right.
    """
    print(legend)
    print(*(f"{name:{'' if n == 0 else '>'}{width}}" for n, (name, width) in enumerate(columns)))
