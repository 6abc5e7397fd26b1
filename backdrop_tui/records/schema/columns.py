"""Columns of a file's people that a rule across rows can ask for, by reference and not by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field

_Result = TypeVar("_Result")


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


@dataclass(frozen=True)
class StepColumn:
    """A column that a field's steps worked out from its texts (see `Checks.kept`), whether or not the cell has an error."""

    field: Field
    """The field; it must have no fast path, which skips the steps."""
    step: str
    """The column's name in the field's steps."""
    is_as_read: bool = False
    """Whether what the file has counts, and not what the user has changed (see `FilePeople.as_read`)."""

    @property
    def column_name(self) -> str:
        """Its name in a frame of people."""
        return f"{self.field.key}.{self.step}{'.as_read' if self.is_as_read else ''}"

    @property
    def col(self) -> pl.Expr:
        """Its column in a frame of people."""
        return pl.col(self.column_name)


PeopleColumn = Field | DerivedColumn | StepColumn
"""A field stands for its stored form (String): null where the cell is blank or has an error."""


@dataclass(frozen=True)
class Combinations:
    """The combinations of values that the rows of a file have in some columns."""

    of_rows: pl.Series
    """UInt32 or UInt64, one for each row: the number of its combination. There are at least as many higher numbers as rows."""
    different: pl.DataFrame
    """`combination` (that number), `len` (UInt32: the rows that have it), and the columns under their names. The same values
    can be there several times, because a value can be written in several ways."""


class FilePeople(Protocol):
    """A file's people. A column that no rule asks for is never built: a million texts cost more than most rules."""

    def has(self, field: Field) -> bool:
        """Whether the file has a column for a field; without one, it is blank in all rows."""
        ...

    def values(self, column: PeopleColumn) -> pl.Series:
        """One column, in all rows."""
        ...

    def frame(self, *columns: PeopleColumn, where: pl.Series | None = None) -> pl.DataFrame:
        """`row` (UInt32) and some columns, in all rows or only `where` (Boolean, one for each row; null is false)."""
        ...

    def frame_at(self, rows: pl.Series, *columns: PeopleColumn) -> pl.DataFrame:
        """`row` (UInt32) and some columns, in some rows of the file, in the order of `rows` (UInt32)."""
        ...

    def combinations(self, *columns: PeopleColumn) -> Combinations:
        """The combinations of values in some columns, none of whose fields may have a fast path.

        A file has few of them, and telling them apart takes less time than building one of the columns.

        Raises:
            ValueError: A field has a fast path, and was sifted with it.
        """
        ...

    def problems(self, field: Field) -> pl.DataFrame:
        """The problems of one field's cells by the rules for cells (see `records.schema.problems.SCHEMA`)."""
        ...

    @property
    def as_read(self) -> "FilePeople":
        """The file's people as they were before the user's changes, as far as the changed fields are evidence."""
        ...

    def shared(
        self,
        work_out: Callable[["FilePeople", pl.DataFrame, Context], _Result],
        stored: pl.DataFrame,
        context: Context,
    ) -> _Result:
        """The result of a function of the file's people, which is called once however many rules ask for it.

        Args:
            work_out: The function.
            stored: The people stored, as rules get them.
            context: What the rules need to know besides.
        """
        ...
