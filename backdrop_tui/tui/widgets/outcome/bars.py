"""Bars of block characters, with a gap between the lines, so that each is seen for itself."""

BLOCK = "▄"


def bar(number: int, largest: int, width: int) -> str:
    """A bar as long as a number; something can be seen of every number but 0.

    Args:
        number: The number.
        largest: The number whose bar has the full width.
        width: The width in characters.
    """
    return BLOCK * max(round(number * width / largest), 1) if number and largest else ""
