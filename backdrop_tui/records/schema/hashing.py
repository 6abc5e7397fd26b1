"""Repeated values in a column, found by number: comparing numbers is several times as fast as comparing texts."""

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from backdrop_tui.records.schema.columns import DerivedColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.rules import STORED

_ODD_MULTIPLIER = 0x9E37_79B1
_MIDDLE = 1 << 31
"""The number that half of all hash keys are below."""


def hash_key(text: pl.Expr) -> pl.Expr:
    """A number (UInt32) that equal texts (String) share, and few others. Half as long as a hash, it takes half the memory."""
    return text.hash().cast(pl.UInt32, wrap_numerical=True)


def hash_keys(texts: pl.Series) -> pl.Series:
    """The hash keys (UInt32) of a column of texts (String)."""
    return pl.select(hash_key(pl.lit(texts))).to_series()


def key_of(field: Field) -> DerivedColumn:
    """The column of a field's hash keys."""
    return DerivedColumn(field, "key", _key)


def folded_key_of(field: Field) -> DerivedColumn:
    """The column of the hash keys of a field's values in lower case, so that they ignore case."""
    return DerivedColumn(field, "folded_key", _folded_key)


def _key(_context: Context) -> pl.Expr:
    return hash_key(STORED)


def _folded_key(_context: Context) -> pl.Expr:
    return hash_key(STORED.str.to_lowercase())


def combined_keys(first: pl.Series, *others: pl.Series) -> pl.Series:
    """One key for each row of several columns of keys (all UInt32); the order of the columns counts."""
    combined = first
    for keys in others:
        combined = combined * _ODD_MULTIPLIER ^ keys
    return combined


def is_repeated(keys: pl.Series) -> pl.Series:
    """Whether each number occurs more than once (Boolean, in the same order). Takes keys without nulls.

    In one thread, for rules, because others run at the same time.
    """
    return keys.is_in(_repeated(keys).implode())


def is_repeated_in_threads(*columns: pl.Series) -> pl.Series:
    """Whether the texts (String, without nulls) of each row occur more than once, or have the key of others (Boolean).

    In two threads, for when nothing else runs.
    """
    half = len(columns[0]) // 2
    halves = [column.slice(0, half) for column in columns], [column.slice(half) for column in columns]
    with ThreadPoolExecutor(2) as threads:
        keys = list(threads.map(lambda texts: combined_keys(*map(hash_keys, texts)), halves))
        every = pl.concat(keys)
        is_low = every < _MIDDLE
        repeated = pl.concat(threads.map(_repeated, (every.filter(is_low), every.filter(~is_low)))).implode()
        are_repeated: list[pl.Series] = list(threads.map(lambda part: part.is_in(repeated), keys))
    return pl.concat(are_repeated)


def _repeated(keys: pl.Series) -> pl.Series:
    """The numbers that occur more than once, each of them once.

    Sorted first, so that equal ones are neighbours: that takes a third of the time of `is_duplicated`. Polars' own way of
    sorting in several threads takes as long as one thread.
    """
    ordered = keys.sort(multithreaded=False)
    later = ordered.slice(1)
    return later.filter(later == ordered.slice(0, len(later))).unique()
