"""Plurals and lists in sentences: "1 student", "1,200 students", "A, B and 3 more"."""

from collections.abc import Iterable


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 row`, `1,200 rows`.

    Args:
        number: How many.
        one: The noun in the singular.
        many: The noun in the plural; `one` with an s unless given.
    """
    return f"{number:,} {one if number == 1 else plural_of(one, many)}"


def plural_of(one: str, many: str | None = None) -> str:
    """The plural of a noun: `many`, or the singular with an s."""
    return many if many is not None else f"{one}s"


def all_of(number: int) -> str:
    """The words for all of several things: `both`, `all 3`, `all 1,200`."""
    return "both" if number == 2 else f"all {number:,}"


def listed(items: Iterable[object], *, at_most: int | None = None, conjunction: str = "and") -> str:
    """Items in a sentence: `A`, `A and B`, `A, B and C`; with `at_most`, `A, B and 3 more`.

    Args:
        items: What is listed, each shown as `str` shows it.
        at_most: The number of items to name before the rest are counted; all of them if None.
        conjunction: The word before the last item.
    """
    names = [str(item) for item in items]
    if at_most is not None and len(names) > at_most:
        names = [*names[:at_most], f"{len(names) - at_most:,} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def and_more(number: int) -> str:
    """The end of a list that is cut short: `and 3 more`."""
    return f"and {number:,} more"
