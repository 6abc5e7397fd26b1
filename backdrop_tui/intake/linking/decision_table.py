"""The decision table of record linkage: whether a row is about a person who is stored.

Each row of a file is compared with every person stored that it could be, and the first line that fits one of them decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product

import polars as pl

from backdrop_tui.intake.linking.likeness import BirthDates, FirstNames


class Identifiers(StrEnum):
    """How the row's and the person's UPN or e-mail address compare."""

    AGREES = "agrees"
    """Both are the same, or the row's former UPN is the person's."""
    OPEN = "open"
    """One of them is blank, or a temporary UPN."""
    DIFFERS = "differs"
    """Both are there, permanent, and different."""


class Decision(StrEnum):
    """What a line of the table decides about a row and a person."""

    RECOGNISED = "recognised"
    """The row is about this person."""
    IF_ONLY = "recognised if only"
    """The row is about this person if no other row, and no other person, fits as well; otherwise someone has to look."""
    TAKEN = "taken"
    """The row has this person's identifier, but seems to be about someone else: someone has to look."""
    NEAR = "near"
    """The row may be about this person: someone has to look."""
    CHANGED = "changed"
    """The row may be about this person, with a new identifier: someone has to look."""
    NEW = "new"
    """The row is not about this person."""


_SAME = (FirstNames.SAME,)
_SHORT_FORM = (FirstNames.SHORT_FORM,)
_SIMILAR = (FirstNames.SIMILAR,)
_LIKE = (FirstNames.SAME, FirstNames.SHORT_FORM, FirstNames.SIMILAR)
_LIKE_NOT_SAME = (FirstNames.SHORT_FORM, FirstNames.SIMILAR)
_UNLIKE = (FirstNames.UNLIKE,)
_ANY = (*_LIKE, *_UNLIKE)
_BORN = (BirthDates.SAME,)
_NEARLY = (BirthDates.NEAR,)
_FAR = (BirthDates.FAR,)
_NOT_SAME_DAY = (BirthDates.NEAR, BirthDates.FAR)
_ANY_DAY = tuple(BirthDates)

_ALWAYS = pl.lit(value=True)


@dataclass(frozen=True, eq=False)
class Line:
    """One line of the table."""

    number: int
    """Its number: the lower, the earlier it is looked at."""
    identifiers: Identifiers
    """How the identifiers compare."""
    first_names: Sequence[FirstNames]
    """How the first names may compare."""
    same_surname: bool | None
    """Whether the surnames are the same, folded; None if that doesn't matter."""
    birth_dates: Sequence[BirthDates]
    """How the birth dates may compare."""
    decision: Decision
    """What it decides."""
    provided: pl.Expr = _ALWAYS
    """What else must be so (Boolean)."""

    @property
    def fits(self) -> pl.Expr:
        """Boolean over pairs of a row and a person: whether the line fits them."""
        conditions = [
            pl.col("identifiers") == self.identifiers,
            pl.col("first_names").is_in(list(self.first_names)),
            pl.col("birth_dates").is_in(list(self.birth_dates)),
            self.provided,
        ]
        if self.same_surname is not None:
            conditions.append(pl.col("same_surname") == self.same_surname)
        return pl.all_horizontal(conditions)


_AGREES, _OPEN, _DIFFERS = Identifiers.AGREES, Identifiers.OPEN, Identifiers.DIFFERS
_NOT_TWINS = ~pl.col("genders_differ")
_EXCHANGED = pl.col("are_exchanged")

STUDENT_LINES = (
    #    identifiers, first names, same surname, birth dates, decision
    Line(1, _AGREES, _LIKE, True, _BORN, Decision.RECOGNISED),
    Line(2, _AGREES, _LIKE, True, _NEARLY, Decision.RECOGNISED),
    Line(3, _AGREES, _SAME, True, _FAR, Decision.RECOGNISED),
    Line(4, _AGREES, _LIKE_NOT_SAME, True, _FAR, Decision.TAKEN),
    Line(5, _AGREES, _LIKE, False, _BORN, Decision.RECOGNISED),
    Line(6, _AGREES, _LIKE, False, _NOT_SAME_DAY, Decision.TAKEN),
    Line(7, _AGREES, _UNLIKE, True, _BORN, Decision.TAKEN),
    Line(8, _AGREES, _UNLIKE, True, _NEARLY, Decision.TAKEN),
    Line(9, _AGREES, _UNLIKE, True, _FAR, Decision.TAKEN),
    Line(10, _AGREES, _UNLIKE, False, _BORN, Decision.TAKEN),
    Line(11, _AGREES, _UNLIKE, False, _NOT_SAME_DAY, Decision.TAKEN),
    Line(12, _OPEN, _SAME, True, _BORN, Decision.RECOGNISED),
    Line(13, _OPEN, _SHORT_FORM, True, _BORN, Decision.IF_ONLY),
    Line(14, _OPEN, _SIMILAR, True, _BORN, Decision.NEAR),
    Line(15, _OPEN, _UNLIKE, True, _BORN, Decision.NEAR, _NOT_TWINS),
    Line(16, _OPEN, _LIKE, False, _BORN, Decision.NEAR),
    Line(17, _OPEN, _UNLIKE, False, _BORN, Decision.NEAR, _EXCHANGED),
    Line(18, _OPEN, _LIKE, True, _NEARLY, Decision.NEAR),
    Line(19, _OPEN, _UNLIKE, True, _NOT_SAME_DAY, Decision.NEW),
    Line(20, _OPEN, _LIKE, True, _FAR, Decision.NEW),
    Line(21, _OPEN, _ANY, False, _NOT_SAME_DAY, Decision.NEW),
    Line(22, _DIFFERS, _LIKE, True, _BORN, Decision.CHANGED),
    Line(23, _DIFFERS, _ANY, None, _ANY_DAY, Decision.NEW),
)
"""How students are recognised: by UPN, names and birth date."""

STAFF_LINES = (
    #    identifiers, first names, same surname, birth dates, decision
    Line(1, _AGREES, _LIKE, None, _ANY_DAY, Decision.RECOGNISED),
    Line(2, _AGREES, _UNLIKE, None, _ANY_DAY, Decision.TAKEN),
    Line(3, _OPEN, _SAME, True, _ANY_DAY, Decision.RECOGNISED),
    Line(4, _OPEN, _LIKE_NOT_SAME, True, _ANY_DAY, Decision.NEAR),
    Line(5, _DIFFERS, _SAME, True, _ANY_DAY, Decision.NEAR),
)
"""How staff are recognised: by e-mail address and names. Their birth dates are not known."""


_EVIDENCE = {
    "identifiers": Identifiers,
    "first_names": FirstNames,
    "same_surname": (False, True),
    "birth_dates": BirthDates,
    "genders_differ": (False, True),
    "are_exchanged": (False, True),
}
"""What the table looks at, and all that each of these can be."""


@cache
def _numbers(lines: tuple[Line, ...]) -> pl.DataFrame:
    """All that the columns of `_EVIDENCE` can be together, with `line` (UInt8): the first line that fits; 0 if none does."""
    everything = pl.DataFrame(product(*_EVIDENCE.values()), schema=list(_EVIDENCE), orient="row")
    numbers = [pl.when(line.fits).then(pl.lit(line.number, pl.UInt8)) for line in lines]
    return everything.with_columns(line=pl.coalesce(*numbers, pl.lit(0, pl.UInt8)))


def with_line(lines: tuple[Line, ...], pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a row and a person with the line that decides about them.

    Args:
        lines: The table.
        pairs: `identifiers`, `first_names` and `birth_dates` (String), `same_surname`, `genders_differ` and `are_exchanged`
            (Boolean, without nulls), and more.

    Returns:
        The same with `line` (UInt8): the number of the first line that fits; 0 if none does, and nothing is decided.
    """
    return pairs.join(_numbers(lines), on=list(_EVIDENCE), how="left", maintain_order="left")


def numbers_deciding(lines: Sequence[Line], *decisions: Decision) -> list[int]:
    """The numbers of the lines with one of some decisions."""
    return [line.number for line in lines if line.decision in decisions]
