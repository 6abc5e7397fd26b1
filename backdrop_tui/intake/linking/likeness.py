"""How much two people's first names, and their birth dates, resemble each other."""

from enum import StrEnum

import polars as pl

from backdrop_tui.intake.linking.name_forms import are_forms_of_one_name

_ALIKE = 80
"""The similarity, in per cent, from which two first names are alike: one of them may be mistyped or spelt otherwise."""
_SHORTEST = 2
"""The letters of the shortest first name that another can begin with."""
CLOSE = 31
"""The days between two birth dates that are near each other."""


class FirstNames(StrEnum):
    """How two first names compare."""

    SAME = "same"
    """Both are the same when folded."""
    SHORT_FORM = "short form"
    """One begins with the other, or both are forms of one name."""
    SIMILAR = "similar"
    """Spelt nearly the same."""
    UNLIKE = "unlike"
    """None of these."""


class BirthDates(StrEnum):
    """How two birth dates compare."""

    SAME = "same"
    """Both are the same day."""
    NEAR = "near"
    """Day and month swapped, one digit different, or at most 31 days apart."""
    FAR = "far"
    """Neither, or one is missing."""


def compare_first_names(pairs: pl.DataFrame) -> pl.Series:
    """How the first names of pairs of people compare: a `FirstNames` for each (String).

    Args:
        pairs: `first_name` and `first_name.stored` (String), and both folded as `first` and `first.stored`.
    """
    names = ["first", "first.stored"]
    different = pairs.filter(pl.col("first") != pl.col("first.stored")).unique(names)
    if different.is_empty():
        return pl.Series([FirstNames.SAME], dtype=pl.String).new_from_index(0, pairs.height)
    from rapidfuzz import fuzz  # noqa: PLC0415 - most files are linked without it

    ours, theirs = pl.col("first"), pl.col("first.stored")
    begins = ours.str.starts_with(theirs) | theirs.str.starts_with(ours)
    are_long_enough = pl.min_horizontal(ours.str.len_chars(), theirs.str.len_chars()) >= _SHORTEST
    are_forms = pl.Series(
        map(are_forms_of_one_name, different["first_name"], different["first_name.stored"]), dtype=pl.Boolean
    )
    folded = zip(different["first"], different["first.stored"], strict=True)
    are_alike = pl.Series(
        [fuzz.ratio(*pair, score_cutoff=_ALIKE) >= _ALIKE for pair in folded], dtype=pl.Boolean
    )
    by_names = different.select(
        *names,
        compared=pl.when((begins & are_long_enough) | are_forms)
        .then(pl.lit(FirstNames.SHORT_FORM))
        .when(are_alike)
        .then(pl.lit(FirstNames.SIMILAR))
        .otherwise(pl.lit(FirstNames.UNLIKE)),
    )
    result = pairs.select(names).join(by_names, on=names, how="left", maintain_order="left")["compared"]
    return result.fill_null(FirstNames.SAME)


def compare_birth_dates(first: str, second: str) -> pl.Expr:
    """How two birth dates compare: a `BirthDates` (String).

    Args:
        first: The column of the one (Date).
        second: The column of the other (Date).
    """
    one, other = pl.col(first), pl.col(second)
    is_swapped = (
        (one.dt.year() == other.dt.year())
        & (one.dt.month().cast(pl.Int32) == other.dt.day().cast(pl.Int32))
        & (one.dt.day().cast(pl.Int32) == other.dt.month().cast(pl.Int32))
    )
    is_near = (
        is_swapped | (_different_digits(one, other) == 1) | ((one - other).dt.total_days().abs() <= CLOSE)
    )
    return (
        pl.when(one == other)
        .then(pl.lit(BirthDates.SAME))
        .when(is_near)
        .then(pl.lit(BirthDates.NEAR))
        .otherwise(pl.lit(BirthDates.FAR))
    )


def near_days(ours: pl.Series, theirs: pl.Series) -> pl.DataFrame:
    """The pairs of birth dates that are near each other: `born` and `born.stored` (Date).

    Args:
        ours: Some dates.
        theirs: The dates with which they are compared.
    """
    days, others = ours.unique().to_frame("born"), theirs.unique().to_frame("born.stored")
    born = pl.col("born")
    offsets = pl.DataFrame({"offset": range(-CLOSE, CLOSE + 1)})
    of_others = pl.col("born.stored")
    in_days = days.with_columns(day=born.to_physical()).join(offsets, how="cross")
    close = in_days.select("born", other=pl.col("day") + pl.col("offset").cast(pl.Int32)).join(
        others.with_columns(other=of_others.to_physical()), on="other"
    )
    swapped = days.with_columns(other=_number(born, swapped=True))
    digits = pl.DataFrame(
        [(10**place, digit) for place in range(8) for digit in range(10)],
        schema={"place": pl.Int32, "digit": pl.Int32},
        orient="row",
    )
    number, place = pl.col("number"), pl.col("place")
    misread = (
        days.with_columns(number=_number(born))
        .join(digits, how="cross")
        .with_columns(other=number + (pl.col("digit") - number // place % 10) * place)
    )
    known = others.with_columns(other=_number(of_others))
    near = [close, *(part.select("born", "other").join(known, on="other") for part in (swapped, misread))]
    return pl.concat(part.select("born", "born.stored") for part in near).filter(born != of_others).unique()


def _number(date: pl.Expr, *, swapped: bool = False) -> pl.Expr:
    """A date as a number of eight digits (Int32), with day and month swapped on request."""
    year, month, day = (part.cast(pl.Int32) for part in (date.dt.year(), date.dt.month(), date.dt.day()))
    return year * 10_000 + (day * 100 + month if swapped else month * 100 + day)


def _different_digits(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The number of places at which the eight digits of two dates differ."""
    places = [[number // 10**place % 10 for place in range(8)] for number in (_number(one), _number(other))]
    return pl.sum_horizontal(first != second for first, second in zip(*places, strict=True))
