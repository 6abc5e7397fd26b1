"""The standard damaged file: a primary school of 1,200 children with the faults that such files have."""

from collections.abc import Iterator
from dataclasses import dataclass

from backdrop_tui.demo.made_up_names import BOYS, GIRLS, SURNAMES
from tests.benchmarks.upns import LETTERS, made_up_upn
from tests.support.made_up import TODAY, table

_YEARS = ("N2", "R", "1", "2", "3", "4", "5", "6")
_CHILDREN = 1_200
_FORMS = 6
"""The number of forms in a year group."""
_LABELS = ("First Name", "Surname", "Date of Birth", "Gender", "Year Group", "Registration Group", "UPN")
_GENDERS, _MONTH_FIRST, _WRONG_LETTERS, _NURSERIES, _NO_FORMS, _REPEATED = 20, 12, 10, 8, 6, 2


@dataclass(frozen=True)
class DamagedSchool:
    """A damaged file, and what is true."""

    data: bytes
    """The file."""
    children: list[dict[str, str]]
    """The children as they really are, by our labels; a UPN that the file gets wrong is blank."""
    forms: dict[int, str]
    """The registration group of each row that has none in the file, by the row's number."""


def damaged_school(*, is_next_year: bool = False, only_remembered: bool = False) -> DamagedSchool:
    """Make the file.

    Args:
        is_next_year: Whether the children are a year older: those of the last year have left, and others have joined.
        only_remembered: Whether to leave out the blank forms and the wrong UPNs, which have to be fixed anew each time.
    """
    children = list(_children(is_next_year=is_next_year))
    rows = [dict(child) for child in children]
    forms: dict[int, str] = {}
    places = iter(range(30, _CHILDREN, 17))

    def take(count: int, step: int = 1) -> list[int]:
        return [next(places) * step for _ in range(count)]

    for place in take(_GENDERS):
        rows[place]["Gender"] = "Boy" if children[place]["Gender"] == "M" else "Girl"
    unmistakable = (n for n, child in enumerate(children) if n > 700 and child["Date of Birth"] > "13")
    for place in [next(unmistakable) for _ in range(_MONTH_FIRST)]:
        day, month, year = children[place]["Date of Birth"].split("/")
        rows[place]["Date of Birth"] = f"{month}/{day}/{year}"
    nursery = (n for n, child in enumerate(children) if child["Year Group"] == "N2" and n > 4)
    for place in [next(nursery) for _ in range(_NURSERIES)]:
        rows[place]["Year Group"] = "Nursery"
    if not only_remembered:
        for place in take(_WRONG_LETTERS):
            upn = children[place]["UPN"]
            rows[place]["UPN"] = LETTERS[(LETTERS.index(upn[0]) + 5) % len(LETTERS)] + upn[1:]
            children[place]["UPN"] = ""
        for place in take(_NO_FORMS):
            rows[place]["Registration Group"] = ""
            forms[place + 2] = children[place]["Registration Group"]
    rows += [dict(rows[place]) for place in take(_REPEATED)]
    return DamagedSchool(table(rows), children, forms)


def _children(*, is_next_year: bool) -> Iterator[dict[str, str]]:
    """Children whose birth dates fit their year groups, no two alike."""
    last = len(_YEARS) - 1
    for place in range(_CHILDREN):
        n, year = place, place % len(_YEARS)
        starts = TODAY.year - 1  # TODAY is in March: the academic year began the year before
        if is_next_year:
            joins = year == last
            n, year, starts = (_CHILDREN + place, 0, starts + 1) if joins else (n, year + 1, starts + 1)
        is_girl = n // len(_YEARS) % 2
        names = GIRLS if is_girl else BOYS
        values = (
            names[n % len(names)],
            f"{SURNAMES[n // 30 % len(SURNAMES)]}-{SURNAMES[(n * 7 + n // _CHILDREN) % len(SURNAMES)]}",
            f"{1 + n * 11 % 28:02}/{1 + n // 8 % 8:02}/{starts - year - 3}",
            "F" if is_girl else "M",
            _YEARS[year],
            f"{_YEARS[year]}{'ABCDEF'[n // len(_YEARS) % _FORMS]}",
            made_up_upn(n),
        )
        yield dict(zip(_LABELS, values, strict=True))
