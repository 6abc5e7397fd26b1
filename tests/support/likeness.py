"""How alike two people are, in plain Python: to judge the product by, so nothing in it is the product's own."""

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from rapidfuzz.fuzz import ratio

NEAR = timedelta(31)
"""Birth dates at most so far apart may be one that was corrected."""
ALIKE = 80
"""From this `ratio` upwards, two first names are like each other."""

_NAMES_OF_ONE = [
    frozenset(names.split())
    for names in (
        "tom tommy thomas",
        "liz lizzie beth betty elizabeth",
        "bill billy will william",
    )
]
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i"})


@cache
def fold(name: str) -> str:
    """A name without case, accents, hyphens, apostrophes, full stops and spaces."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return "".join(
        letter for letter in decomposed if letter not in "-‐‑'’`. " and not unicodedata.combining(letter)
    )


def is_long_form(name: str, other: str) -> bool:
    """Whether one of two first names begins with the other, or both are forms of one name."""
    short, long = sorted((fold(name), fold(other)), key=len)
    return (len(short) > 1 and long.startswith(short)) or are_forms(short, long)


def are_forms(name: str, other: str, names_of_one: Iterable[frozenset[str]] = tuple(_NAMES_OF_ONE)) -> bool:
    """Whether two folded first names are forms of one name."""
    return any({name, other} <= names for names in names_of_one)


def is_like(name: str, other: str) -> bool:
    """Whether two first names may be those of one person."""
    return fold(name) == fold(other) or is_long_form(name, other) or ratio(fold(name), fold(other)) >= ALIKE


def is_near(born: date, other: date) -> bool:
    """Whether one of two birth dates may be the other one corrected, or both are the same."""
    digits_out = sum(a != b for a, b in zip(f"{born:%Y%m%d}", f"{other:%Y%m%d}", strict=True))
    is_swapped = (born.year, born.month, born.day) == (other.year, other.day, other.month)
    return is_swapped or digits_out <= 1 or abs(born - other) <= NEAR
