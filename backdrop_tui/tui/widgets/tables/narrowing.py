"""How the columns of a table share the room if there is too little of it."""

from collections.abc import Mapping


def narrow(widths: dict[str, int], narrowest: Mapping[str, int], width: int) -> None:
    """Narrow columns by their keys, the widest first, until all columns fit or each of these is as narrow as it may be.

    Args:
        widths: The widths of all columns by their keys; changed in place.
        narrowest: The columns that may be narrowed, with the width that each keeps.
        width: The width that there is for all columns.
    """
    missing = sum(widths.values()) - width
    while missing > 0 and (wide := [key for key in narrowest if widths[key] > narrowest[key]]):
        widths[max(wide, key=lambda key: widths[key] - narrowest[key])] -= 1
        missing -= 1
