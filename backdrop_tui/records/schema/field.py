"""What a field is: its name, its known headings, how its cells are read, and its rules.

A field's checks run over its *distinct* texts, not over the rows: a frame with the column `text` (String: cleaned,
empty where blank) and `shown` (the same, short enough for a message). `Checks.steps` add columns to it, a dict at a
time; `Checks.stored` and every rule are expressions over the result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from backdrop_tui.records.schema.context import Context

Level = Literal["error", "warning"]
"""An error keeps a row out until it is put right or left out; a warning is worth a look."""

TEXT = pl.col("text")
SHOWN = pl.col("shown")
STORED = pl.col("stored")
NOTHING = pl.lit(None, dtype=pl.String)


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with one cell, looked at by itself."""

    code: str
    """The name of the problem, for scripts."""
    title: str
    """What this kind of problem is called in a list."""
    fails: pl.Expr
    """Boolean: true where the rule is broken; null means unknown, and counts as not broken."""
    message: pl.Expr
    """String: what was found and what is wanted."""
    suggestion: pl.Expr = NOTHING
    """String: what could stand there instead; null where that can't be worked out."""
    level: Level = "error"
    """Whether it keeps the row out."""


@dataclass(frozen=True)
class Checks:
    """How the distinct texts of one field are read and checked."""

    stored: pl.Expr
    """String: the stored form; null where there is none."""
    rules: tuple[Rule, ...] = ()
    """In the order in which they are looked at; the first error ends a cell's errors."""
    steps: tuple[Mapping[str, pl.Expr], ...] = ()
    """Columns to add first, a group at a time; each may use those before it."""
    derived: Mapping[str, pl.Expr] = field(default_factory=dict)
    """Columns that rules across rows or fields need, by name: expressions over `stored`."""


@dataclass(frozen=True)
class Field:
    """One field of a record, declared once and read from there by everything."""

    key: str
    """Its name in the store."""
    label: str
    """Its name on screen, in the template and in exports."""
    headings: frozenset[str]
    """Known headings, folded (see `text.fold_heading`), besides its label."""
    checks: Callable[[Context], Checks]
    """Its rules, for a context."""
    hint: str
    """How it is written, in a few words."""
    example: str = ""
    """A made-up value."""
    short: str = ""
    """Its name where there is little room."""
    width: int = 0
    """How many characters its values usually take; 0 where that differs, and it gets the room that is left."""
    needed: bool = True
    """Whether a row can't do without it."""
    blanks: bool = True
    """Whether `N/A`, `none`, `-` and the like count as blank."""
    lesser_headings: frozenset[str] = frozenset()
    """Known headings that give way where another known heading is there too (preferred names)."""
    plain: pl.Expr | None = None
    """Boolean over raw `text`: surely fine and stored as it stands. A quick way past all rules for a column in which
    nearly every text is different."""
    looks_like: str | None = None
    """Pattern that most values of such a column match, as a second opinion on a heading; None where nothing can be
    told from the values."""
    is_date: bool = False
    """Whether it is a date, which a file can have day-first or month-first."""
    to_show: Callable[[str], str] = str
    """Turns a stored value into what a person reads and types."""
    to_say: Callable[[str], str] = str
    """Turns a stored value into words that can't be misunderstood, for a last look."""
    typed: Callable[[str], str] = str
    """Turns what a person types into a text that is read in the same way whatever the rest of the file is like."""
    choices: Callable[[Context], tuple[str, ...]] | None = None
    """What a form offers to choose from, in a context; None where there is nothing to choose. Other texts can still be
    typed."""
    suggested: Callable[[Mapping[str, str], Context], str] = lambda _values, _context: ""
    """What the rest of a person's line, by key, points to; empty where that is nothing."""

    @property
    def known_headings(self) -> frozenset[str]:
        """All folded headings that are surely this field's."""
        return self.headings | self.lesser_headings


def says(template: str, *columns: str | pl.Expr) -> pl.Expr:
    """A message in which each `{}` is filled from a column; the cell itself where no column is named."""
    if "{}" not in template:
        return pl.lit(template)
    return pl.format(template, *(columns or (SHOWN,)))


def listed(rows: str) -> pl.Expr:
    """A list of row numbers in words, for a message: the first five."""
    numbers = pl.col(rows).list.head(5).cast(pl.List(pl.String)).list.join(", ")
    more = pl.when(pl.col(rows).list.len() > 5).then(pl.lit(" …")).otherwise(pl.lit(""))
    return numbers + more


def known(words: str) -> frozenset[str]:
    """Folded headings, from a text with spaces between them."""
    return frozenset(words.split())


def required(label: str, wanted: str) -> Rule:
    """The rule that a cell may not be blank."""
    return Rule(
        code="required",
        title=f"{label} is missing",
        fails=TEXT == "",
        message=pl.lit(f"{label} is missing. {wanted}"),
    )


def too_long(label: str, most: int) -> Rule:
    """The rule that a text has at most so many characters."""
    return Rule(
        code="too-long",
        title=f"{label} is too long",
        fails=TEXT.str.len_chars() > most,
        message=says(
            f"{label} has {{}} characters; there is room for {most}. Shorten it.", TEXT.str.len_chars()
        ),
    )
