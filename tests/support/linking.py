"""Links made-up rows with made-up people stored, without a file."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import polars as pl

from backdrop_tui.intake.linking.answers import Answers, KeptAnswers
from backdrop_tui.intake.linking.link import link
from backdrop_tui.intake.linking.linkage import Linkage
from backdrop_tui.records.schema.columns import Combinations, PeopleColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import no_problems
from tests.support.made_up import CONTEXT

_Result = TypeVar("_Result")


class FramePeople:
    """People of a file in a frame of stored forms. Columns that it lacks are blank."""

    def __init__(self, people: pl.DataFrame) -> None:
        self._people = people

    def has(self, field: Field) -> bool:
        """Whether the frame has a field."""
        return field.key in self._people.columns

    def frame(self, *columns: PeopleColumn, where: pl.Series | None = None) -> pl.DataFrame:
        """`row` and some columns."""
        people = self._people if where is None else self._people.filter(where)
        return people.select(
            "row",
            *(
                pl.col(column.column_name)
                if column.column_name in people.columns
                else pl.lit(None, pl.String).alias(column.column_name)
                for column in columns
            ),
        )

    def frame_at(self, rows: pl.Series, *columns: PeopleColumn) -> pl.DataFrame:
        """`row` and some columns, in some rows."""
        return rows.to_frame("row").join(self.frame(*columns), on="row", how="left", maintain_order="left")

    def values(self, column: PeopleColumn) -> pl.Series:
        """One column."""
        return self.frame(column)[column.column_name]

    def combinations(self, *columns: PeopleColumn) -> Combinations:
        """The combinations of values in some columns."""
        names = [column.column_name for column in columns]
        frame = self.frame(*columns)
        different = frame.group_by(names, maintain_order=True).len().with_row_index("combination")
        numbers = frame.join(different, on=names, nulls_equal=True, maintain_order="left")["combination"]
        return Combinations(numbers, different)

    def problems(self, _field: Field) -> pl.DataFrame:
        """The problems of one field's cells: none, because only what was read without an error is in the frame."""
        return no_problems()

    @property
    def as_read(self) -> "FramePeople":
        """The same people: nothing was changed."""
        return self

    def shared(
        self,
        work_out: Callable[["FramePeople", pl.DataFrame, Context], _Result],
        stored: pl.DataFrame,
        context: Context,
    ) -> _Result:
        """The result of a function of these people."""
        return work_out(self, stored, context)


def linked(  # noqa: PLR0917 - what `link` gets, each with a default
    kind: RecordKind,
    rows: pl.DataFrame,
    stored: pl.DataFrame,
    answers: Answers | None = None,
    kept: KeptAnswers | None = None,
    context: Context = CONTEXT,
) -> Linkage:
    """Link the rows of a file (`row` and stored forms by key) with people stored."""
    people = FramePeople(rows)
    return link(kind, people, stored, context, answers or Answers(), kept or KeptAnswers())


def decisions(linkage: Linkage) -> Mapping[int, str | tuple[str, ...]]:
    """What is decided about rows: the id of the person, or the code of the question and the ids of those offered."""
    links: dict[int, str | tuple[str, ...]] = dict(linkage.links.iter_rows())
    for (row, code), offered in linkage.offered.partition_by(
        "row", "code", as_dict=True, maintain_order=True
    ).items():
        assert isinstance(row, int)
        links[row] = (str(code), *offered["id"])
    return links
