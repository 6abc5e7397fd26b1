"""Columns of a file's people that a rule across rows can ask for, by reference and not by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field


@dataclass(frozen=True)
class DerivedColumn:
    """A column worked out from a field's stored forms, only if a rule asks for it."""

    field: Field
    """The field from which it is worked out."""
    name: str
    """What it is, in a word; different for each column of one field."""
    values: Callable[[Context], pl.Expr]
    """An expression over `stored` (String: the field's stored forms)."""

    @property
    def column_name(self) -> str:
        """Its name in a frame of people."""
        return f"{self.field.key}.{self.name}"

    @property
    def col(self) -> pl.Expr:
        """Its column in a frame of people."""
        return pl.col(self.column_name)


PeopleColumn = Field | DerivedColumn
"""A field stands for its stored form (String): null where the cell is blank or has an error."""


class FilePeople(Protocol):
    """A file's people. A column that no rule asks for is never built: a million texts cost more than most rules."""

    def values(self, column: PeopleColumn) -> pl.Series:
        """One column, in all rows."""
        ...

    def frame(self, *columns: PeopleColumn, where: pl.Series | None = None) -> pl.DataFrame:
        """`row` (UInt32) and some columns, in all rows or only `where` (Boolean, one for each row; null is false)."""
        ...
