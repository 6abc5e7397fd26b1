"""Pairs of a row and a person stored that it could be about, and how the two compare."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from backdrop_tui.intake.linking.decision_table import Identifiers, with_line
from backdrop_tui.intake.linking.identities import Identity, with_folded_names
from backdrop_tui.intake.linking.likeness import (
    CLOSE,
    BirthDates,
    FirstNames,
    compare_birth_dates,
    compare_first_names,
    near_days,
)
from backdrop_tui.records.schema.folded_names import folded_starts

_MOST_NAMESAKES = 20
"""The people of one name and birth date with whom a row is compared, besides those with its identifier: more need not be offered."""
_MOST_PAIRS = 100_000
"""Pairs of one reason up to which all are compared. A file of a big trust makes far fewer: only one in which thousands have the
same birth date or surname, say, makes more."""
_BEGINNING = 2
"""The letters with which first names have to begin alike where there would be more."""
_FIRST_NAMES = ("first_name", "first", "first_name.stored", "first.stored")
_NO_PAIRS = pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String})


def unchanged_people(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The rows that are plainly about someone stored: `row` (UInt32) and `id` (String).

    Names and birth date are those of the person with the row's identifier or, if the row has none and never had one, of the only
    person of that name and birth date. The second identifier and the Back:drop ID don't speak against it. Most rows of a school's next file are like
    this, and need not be compared any further.

    Args:
        rows: What `Identity.rows` returns.
        people: What `Identity.people` returns.
    """
    names = ["first_name", "surname", "born"]
    known = people.select("identifier", *names, "id", pl.col("second").alias("second.stored"))
    # Only what is needed: copying a hundred thousand texts takes as long as comparing them.
    rows = rows.select("row", "identifier", "former", "second", "backdrop_id", *names)
    has_none = pl.col("identifier").is_null()
    same = [rows.filter(~has_none).join(known, on=["identifier", *names], how="inner", maintain_order="left")]
    without = rows.filter(has_none, pl.col("former").is_null())
    if without.height:
        numbered = people.with_row_index("place")
        if without.height * 2 < people.height:  # otherwise most people would remain
            possible = people.join(without, on=names, how="semi")
            numbered = numbered.join(possible, on=["born", "start"], how="semi", maintain_order="left")
        single = known[numbered.filter(_are_only_ones(numbered))["place"]]
        by_name = without.join(single.drop("identifier"), on=names, how="inner", maintain_order="left")
        # If there are no second identifiers, or they agree, nobody else can have the row's.
        is_same = (pl.col("second") == pl.col("second.stored")) | pl.col("second").is_null()
        same.append(by_name.filter(is_same))
    contradicts = (pl.col("backdrop_id") != pl.col("id")).fill_null(value=False)
    links = pl.concat(part.filter(~contradicts).select("row", "id") for part in same)
    return links.filter(pl.col("row").is_first_distinct())


def _are_only_ones(people: pl.DataFrame) -> pl.Series:
    """Whether each person is the only one of that name, folded, and birth date (Boolean)."""
    is_single = people.select(pl.struct("born", "start").is_unique()).to_series()
    others = people.filter(~is_single)
    others = others.with_columns(first_start=folded_starts(others["first_name"]))
    # Few are left whose names have to be folded.
    begins_alone = others.select(pl.struct("born", "start", "first_start").is_unique()).to_series()
    namesakes = with_folded_names(others.filter(~begins_alone))
    are_unique = namesakes.select(pl.struct("first", "last", "born").is_unique()).to_series()
    is_alone = begins_alone.scatter((~begins_alone).arg_true(), are_unique)
    return is_single.scatter((~is_single).arg_true(), is_alone)


def likely_pairs(
    identity: Identity, rows: pl.DataFrame, people: pl.DataFrame, answered: pl.DataFrame = _NO_PAIRS
) -> pl.DataFrame:
    """Pairs that share an identifier, or the surname and the birth date, or whose names are exchanged, names folded.

    Args:
        identity: What they are recognised by.
        rows: What `Identity.rows` returns, with folded names.
        people: What `Identity.people` returns, without folded names.
        answered: Pairs that the user has made (`row`, `id`), which are compared in any case.

    Returns:
        See `_compared`.
    """
    identifiers = {
        "identifier": "identifier",
        "former": "identifier",
        "second": "second",
        "backdrop_id": "id",
    }
    pairs = [answered]
    pairs += [
        _joined(rows, people, [ours], [theirs])
        for ours, theirs in identifiers.items()
        if rows[ours].null_count() < rows.height
    ]
    of_that_day = with_folded_names(_alike_on_that_day(rows, people))
    name = ["first", "last", "born"]
    of_that_day = _first_few(of_that_day, name, _MOST_NAMESAKES)
    pairs += [
        _joined(rows, possible, same, same) for same, possible in _joins(rows, of_that_day, ["last", "born"])
    ]
    pairs.append(_joined(rows, of_that_day, name, ["last", "first", "born"]))
    return _compared(identity, pl.concat(pairs).unique(maintain_order=True), rows, people)


def _alike_on_that_day(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The people born on the same day as someone in a row, whose surname begins like the surname or the first name there."""
    keys = ["born", "start"]
    names = [rows.select("born", start=folded_starts(rows[name])) for name in ("surname", "first_name")]
    return people.join(pl.concat(names), on=keys, how="semi", maintain_order="left")


def similar_pairs(identity: Identity, rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Pairs whose first names are like each other, and who share either the birth date or the surname and nearly the birth date.

    Takes more time for each person than `likely_pairs`, so it is for the few whom that doesn't settle. Args and result are the
    same.
    """
    if identity.birth_date is None or rows.is_empty() or people.is_empty():
        return _compared(identity, _NO_PAIRS, rows, people)
    named = with_folded_names(people)
    both = _with_beginnings(rows), _with_beginnings(named)
    with ThreadPoolExecutor(1) as beside:
        of_that_day = beside.submit(_born_the_same_day, *both)
        of_near_days = _born_about_the_same_day(*both)
    pairs = pl.concat([of_that_day.result(), of_near_days]).unique(maintain_order=True)
    return _compared(identity, _first_few(pairs, ["row"], _MOST_NAMESAKES), rows, named)


def _joined(rows: pl.DataFrame, people: pl.DataFrame, ours: list[str], theirs: list[str]) -> pl.DataFrame:
    """`row` and `id` of the pairs whose values are the same in some columns; blank ones are the same as nothing."""
    left, right = (
        rows.select("row", *ours),
        people.select("id", **{f"{name}.": pl.col(name) for name in theirs}),
    )
    keys = [f"{name}." for name in theirs]
    return left.join(right, left_on=ours, right_on=keys, how="inner", maintain_order="left_right").select(
        "row", "id"
    )


def _with_beginnings(people: pl.DataFrame) -> pl.DataFrame:
    """People with folded names, and how their first names begin, as `begin` (String)."""
    return people.with_columns(begin=pl.col("first").str.slice(0, _BEGINNING))


def _joins(
    rows: pl.DataFrame, people: pl.DataFrame, keys: list[str], *, alike: Sequence[str] = (), days: int = 1
) -> list[tuple[list[str], pl.DataFrame]]:
    """What to join rows with people by, and the people, so that there aren't more pairs than fit into memory.

    Args:
        rows: The rows.
        people: The people stored, with the same columns.
        keys: The columns that must agree.
        alike: Columns that must agree as well where all pairs would be too many.
        days: With how many birth dates each row is compared.

    Returns:
        The columns and the people of each join. Where all pairs would be too many, a row gets the first few people of each birth
        date, but at least two if there are two, so that nobody seems to be the only one who fits; and those with the very same
        first name.
    """
    ours, theirs = (each.group_by(*keys, pl.col("born").dt.year().alias("year")) for each in (rows, people))
    counts = ours.len().join(theirs.len("others"), on=[*keys, "year"])
    count = counts.select((pl.col("len").cast(pl.UInt64) * pl.col("others")).sum()).item()
    if count <= _MOST_PAIRS:
        return [(keys, people)]
    few = max(_MOST_PAIRS // (rows.height * days), 2)
    return [
        (columns, _first_few(people, [*columns, "born"], few))
        for columns in ([*keys, *alike], [*keys, "first"])
    ]


def _first_few(frame: pl.DataFrame, keys: list[str], most: int) -> pl.DataFrame:
    """The first few rows of a frame with the same values in some columns."""
    return frame.filter(pl.int_range(pl.len()).over(keys) < most)


def _born_the_same_day(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """`row` and `id` of the pairs with the same birth date and first names that are like each other."""
    # Each name on each day once: children of one day can be many, but few of them have different names.
    names = ["first_name", "first", "begin", "born"]
    ours, theirs = (
        each.unique(["first", "born"], maintain_order=True).select(names) for each in (rows, people)
    )
    stored = [pl.col(name).alias(f"{name}.stored") for name in ("first_name", "first")]
    pairs = pl.concat(
        ours.join(possible.select(*same, *stored), on=same).select("born", *_FIRST_NAMES)
        for same, possible in _joins(ours, theirs, ["born"], alike=["begin"])
    )
    name = ["born", "first"]
    alike = pairs.filter(_are_like(pairs)).select(*name, "first.stored").unique(maintain_order=True)
    alike = _first_few(alike, name, max(_MOST_PAIRS // rows.height, 1))
    named = rows.select("row", *name).join(alike, on=name)
    people = _first_few(people.select("id", *name), name, max(_MOST_PAIRS // max(named.height, 1), 1))
    return named.join(people, left_on=["born", "first.stored"], right_on=name).select("row", "id")


def _born_about_the_same_day(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """`row` and `id` of the pairs with the same surname, birth dates near each other, and like first names."""
    rows = rows.join(people, on="last", how="semi")
    people = people.join(rows, on="last", how="semi")
    near = near_days(rows["born"], people["born"])
    ours = rows.select("row", "last", "begin", "first_name", "first", "born").join(near, on="born")
    stored = [pl.col(name).alias(f"{name}.stored") for name in ("first_name", "first", "born")]
    pairs = pl.concat(
        ours.join(possible.select("id", *same, *stored), on=[*same, "born.stored"]).select(
            "row", "id", *_FIRST_NAMES
        )
        for same, possible in _joins(rows, people, ["last"], alike=["begin"], days=2 * CLOSE)
    )
    return pairs.filter(_are_like(pairs)).select("row", "id")


def _are_like(pairs: pl.DataFrame) -> pl.Series:
    """Whether the first names of pairs are like each other (Boolean)."""
    return compare_first_names(pairs) != FirstNames.UNLIKE


def _compared(
    identity: Identity, pairs: pl.DataFrame, rows: pl.DataFrame, people: pl.DataFrame
) -> pl.DataFrame:
    """How the two of each pair compare.

    Returns:
        `row` (UInt32), `id` (String), the columns of the row, those of the person as `NAME.stored`, and

        * `identifiers`, `first_names`, `birth_dates` (String) and `same_surname` (Boolean);
        * `genders_differ` (Boolean): whether both have a gender, and not the same;
        * `are_exchanged` (Boolean): whether the row has the person's first name as its surname and the other way round;
        * `by_second` (Boolean): whether the identifiers agree only because the second identifiers do;
        * `same_id` (Boolean): whether the row has the person's Back:drop ID;
        * `is_exact` (Boolean): whether names and birth dates are the same;
        * `line` (UInt8): the first line of the decision table that fits; 0 if none does.
    """
    known = people.join(pairs, on="id", how="semi")
    if "first" not in known.columns:
        known = with_folded_names(known)
    both = pairs.join(rows, on="row", how="left", maintain_order="left").join(
        known, on="id", how="left", suffix=".stored", maintain_order="left"
    )
    ours, theirs = pl.col("identifier"), pl.col("identifier.stored")
    agrees = (ours == theirs).fill_null(value=False) | (pl.col("former") == theirs).fill_null(value=False)
    is_temporary = identity.is_temporary("identifier") | identity.is_temporary("identifier.stored")
    is_open = ours.is_null() | theirs.is_null() | is_temporary.fill_null(value=False)
    by_second = is_open & ~agrees & (pl.col("second") == pl.col("second.stored")).fill_null(value=False)
    compared = both.with_columns(
        compare_first_names(both).alias("first_names"),
        birth_dates=compare_birth_dates("born", "born.stored"),
        same_surname=pl.col("last") == pl.col("last.stored"),
        by_second=by_second,
        same_id=(pl.col("backdrop_id") == pl.col("id")).fill_null(value=False),
        genders_differ=(pl.col("gender") != pl.col("gender.stored")).fill_null(value=False),
        are_exchanged=(pl.col("first") == pl.col("last.stored")) & (pl.col("last") == pl.col("first.stored")),
        identifiers=pl.when(agrees | by_second)
        .then(pl.lit(Identifiers.AGREES))
        .when(is_open)
        .then(pl.lit(Identifiers.OPEN))
        .otherwise(pl.lit(Identifiers.DIFFERS)),
    )
    is_exact = (
        (pl.col("first_names") == FirstNames.SAME)
        & pl.col("same_surname")
        & (pl.col("birth_dates") == BirthDates.SAME)
    )
    return with_line(identity.lines, compared.with_columns(is_exact=is_exact))
