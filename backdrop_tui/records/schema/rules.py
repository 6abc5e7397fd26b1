"""Rules for one cell, and how the texts of one field are read.

Rules run over a field's *distinct* texts, not over its rows: a frame with the columns `value` (String: what the file has, with
U+FFFD for what can't be shown), `text` (String: cleaned, empty where blank), `shown` (String: `text`, cut short for a message) and `repaired` (String: what a garbled text was; null where it isn't
garbled, or the field's texts can't be). `Checks.steps` add columns to that frame; `Checks.stored` and
every rule are expressions over the result.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.row_names import RowNames

VALUE = pl.col("value")
TEXT = pl.col("text")
SHOWN = pl.col("shown")
REPAIRED = pl.col("repaired")
STORED = pl.col("stored")
NO_SUGGESTION = pl.lit(None, dtype=pl.String)
SURE = pl.lit(value=True)
POSSIBLE = pl.lit(value=False)
TEXT_OR_NULL = pl.when(TEXT != "").then(TEXT)

Steps = tuple[Mapping[str, pl.Expr], ...]
"""Columns to add to a frame by name, one group after the other; each group can use the columns before it."""

_ROWS_NAMED = 5
_LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Rule:
    """What can be wrong with one cell, judged by its text alone."""

    problem: ProblemType
    """What it reports."""
    fails: pl.Expr
    """Boolean: true where the rule is broken; null means unknown, and counts as not broken."""
    message: pl.Expr
    """String: what was found and what is wanted."""
    suggestion: pl.Expr = NO_SUGGESTION
    """String: a value to use instead; null where none can be worked out."""
    sure: pl.Expr = POSSIBLE
    """Boolean: whether the suggestion is sure, because only one meaning is left. A possible one is likely, but is never
    taken together with others."""
    steps: Steps = ()
    """The columns that the message and the suggestion need, which are added only to the texts that break the rule."""


@dataclass(frozen=True)
class Checks:
    """How the distinct texts of one field are read and checked."""

    stored: pl.Expr = TEXT_OR_NULL
    """String: the stored form; null where there is none."""
    rules: tuple[Rule, ...] = ()
    """In the order in which they are tried; a cell reports only the first error, but every warning."""
    steps: Steps = ()
    """The columns to add first."""
    kept: tuple[str, ...] = ()
    """The names of those columns that rules across rows can ask for (see `StepColumn`)."""


@dataclass(frozen=True)
class FastPath:
    """A quick test by which most texts of a field pass, for long columns in which nearly every text is different."""

    sure: pl.Expr
    """Boolean over raw `text`: true where the text is clean, is stored unchanged, and has none of the covered problems."""
    covers: frozenset[ProblemType]
    """The problems that such a text can't have. A rule that reports anything else still runs on every text, so that a new
    rule is never skipped; its `fails` must look at one text at a time."""


def shortened(text: pl.Expr) -> pl.Expr:
    """A text (String) short enough for a message."""
    too_long = text.str.len_chars() > _LONGEST_SHOWN
    return pl.when(too_long).then(text.str.head(_LONGEST_SHOWN) + "…").otherwise(text)


def sentence(template: str, *values: pl.Expr) -> pl.Expr:
    """A message in which each `{}` is filled from an expression, or from the cell itself if none is given."""
    if "{}" not in template:
        return pl.lit(template)
    return pl.format(template, *(values or (SHOWN,)))


def row_list(rows: pl.Expr, row_names: RowNames) -> pl.Expr:
    """Rows in a sentence, as `wording.listed` writes them: `2, 4 and 7`, `2, 3, 4, 5, 6 and 3 more`.

    Args:
        rows: List(UInt32).
        row_names: How rows are named.

    Returns:
        String.
    """
    count = rows.list.len()
    several = bool(row_names.files)
    numbers = rows.list.eval(row_names.names(pl.element())) if several else rows.cast(pl.List(pl.String))
    more = pl.format("{} more", _with_commas(count - _ROWS_NAMED))
    fits = count <= _ROWS_NAMED
    last = pl.when(fits).then(numbers.list.last()).otherwise(more)
    others = pl.when(fits).then(numbers.list.head(count - 1)).otherwise(numbers.list.head(_ROWS_NAMED))
    return pl.when(count == 1).then(last).otherwise(pl.format("{} and {}", others.list.join(", "), last))


def _with_commas(number: pl.Expr) -> pl.Expr:
    """A whole number with a comma between thousands (String)."""
    backwards = number.cast(pl.String).str.reverse()
    return backwards.str.replace_all(r"(\d{3})", "$1,").str.strip_chars_end(",").str.reverse()
