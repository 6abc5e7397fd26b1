"""A kind of record: students, or staff; its fields and the rules that look at more than one cell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field, Level
from backdrop_tui.records.schema.problems import TITLES_OF_ROWS


class FilePeople(Protocol):
    """A file's people. What nobody asks for is never put together: a million texts cost more than most rules.

    There are `row` (UInt32), each field's stored form under its key (String; null where there is none or an error stands
    in that cell), and what fields derive, as `key.name`.
    """

    def frame(self, *names: str, where: pl.Series | None = None) -> pl.DataFrame:
        """Some of that as columns, in all rows or only `where` (Boolean, one a row; null is no)."""
        ...


@dataclass(frozen=True)
class AcrossRule:
    """One thing that can be wrong with a cell, looked at beside other cells, other rows, or the people stored."""

    code: str
    """The name of the problem, for scripts."""
    title: str
    """What this kind of problem is called in a list."""
    field: str | None
    """The key of the field that it is a problem of; None for the whole row."""
    find: Callable[[FilePeople, pl.DataFrame, Context], pl.DataFrame]
    """Given the file's people, the people stored and the context, finds who breaks the rule.

    The people stored have `id` and the fields' keys (String). It gives back `row` (UInt32), `message` (String) and
    `suggestion` (String).
    """
    level: Level = "error"
    """Whether it keeps the row out."""


@dataclass(frozen=True)
class Recognition:
    """One way in which somebody already stored is recognised."""

    same: tuple[str, ...]
    """Keys of the fields that must all be there and be the same, without regard to case."""
    and_one_of: tuple[str, ...] = ()
    """Keys of which at least one must be the same too."""


@dataclass(frozen=True)
class RecordKind:
    """One kind of people, declared once and read from there by everything."""

    name: str
    """`students` or `staff`: the table's name in the store, and the word on the command line."""
    one: str
    """What one of them is called."""
    many: str
    """What several of them are called."""
    fields: tuple[Field, ...]
    """Its fields, in the order of template, forms, tables and exports."""
    across: tuple[AcrossRule, ...]
    """Its rules that look at more than one cell."""
    recognised_by: tuple[Recognition, ...]
    """How somebody already stored is recognised; the first way that finds somebody counts."""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields, in order."""
        return tuple(f.key for f in self.fields)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by key."""
        return {f.key: f for f in self.fields}

    def counted(self, number: int) -> str:
        """A number of them in words: `1 student`, `1,200 students`."""
        return f"{number:,} {self.one if number == 1 else self.many}"

    @cached_property
    def _titles(self) -> dict[tuple[str | None, str], str]:
        checked = [(f, f.checks(Context.of(date(2000, 1, 1)))) for f in self.fields]
        of_cells: dict[tuple[str | None, str], str] = {
            (f.key, rule.code): rule.title for f, checks in checked for rule in checks.rules
        }
        return of_cells | {(rule.field, rule.code): rule.title for rule in self.across}

    def problem_title(self, key: str | None, code: str) -> str:
        """What problems of one code in one field are called in a list."""
        of_any = TITLES_OF_ROWS.get(code, code)
        title = self._titles.get((key, code))
        return title or (f"{of_any}: {self.label(key)}" if key else of_any)

    def label(self, key: str | None) -> str:
        """The label of a field by its key; empty for the whole row."""
        return self.by_key[key].label if key else ""
