"""What linking the rows of a file with the people stored results in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.intake.linking.answers import DIGESTED
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.problems import no_problems

WITHHELD = pl.Schema({"row": pl.UInt32(), "field": pl.String()})
"""A frame of cells that are not stored: their rows and the keys of their fields."""
RAISED = pl.Schema({"row": pl.UInt32(), "name": pl.String(), "from": pl.String(), "to": pl.String()})
"""A frame of rows that would give someone more rights: whose they are, and the user groups that they have and would have."""


@dataclass(frozen=True)
class Linkage:
    """Who the rows of a file are about."""

    links: pl.DataFrame
    """`row` (UInt32, ascending) and `id` (String) of the rows about someone stored. Rows that someone has to settle aren't among
    them; all others are about someone new."""
    offered: pl.DataFrame
    """The rows that someone has to settle, with the people whom they could be about: `row` (UInt32), `id`, `code` (String) and
    `line` (UInt8: of the decision table); the likeliest person of a row comes first."""
    compared: pl.DataFrame
    """The people with whom rows were compared that someone has to settle, or may want to: `row` (UInt32), `id` (String) and `checksum` (UInt32: see
    `identity_checksums`)."""
    duplicates: pl.DataFrame
    """Rows that seem to be one person: `row` (UInt32) and `rows` (List of UInt32: all rows of that person)."""
    withheld: pl.DataFrame
    """Cells that are not stored, because what is stored is better: `row` (UInt32) and `field` (String: the key)."""
    problems: pl.DataFrame
    """What is reported about single rows; see `records.schema.problems.SCHEMA`."""
    findings: tuple[Finding, ...]
    """What comparing the whole file with the people stored shows."""
    namesakes: pl.Series
    """The rows with the name and birth date of someone stored (UInt32)."""
    answered: pl.DataFrame
    """What the rows that the user has settled are recognised by: `row` (UInt32) and the columns of `answers.DIGESTED`."""
    raised: pl.DataFrame
    """The rows that would give someone stored more rights; see `rights_raised.RAISED`."""

    def without_questions(self, explained: Sequence[pl.Series]) -> "Linkage":
        """The linkage without problems of single rows, in rows that something else explains (UInt32)."""
        is_open = ~pl.col("row").is_in(pl.concat(explained).unique().implode())
        return replace(
            self,
            offered=self.offered.filter(is_open),
            duplicates=self.duplicates.filter(is_open),
            problems=self.problems.filter(is_open),
        )

    def without_faulty_cells(self, cells: pl.DataFrame) -> "Linkage":
        """The linkage without problems of cells that have an error already: a cell reports only its first.

        Args:
            cells: `row` (UInt32) and `field` (String) of the cells with an error.
        """
        cell = ["row", "field"]
        hidden = self.problems.filter(pl.col("level") == "error").join(cells, on=cell, how="semi")
        if hidden.is_empty():
            return self
        return replace(
            self,
            offered=self.offered.join(hidden, on="row", how="anti", maintain_order="left"),
            problems=self.problems.join(hidden, on=cell, how="anti", nulls_equal=True, maintain_order="left"),
        )

    def people_offered(self, row: int) -> list[str]:
        """The ids of the people whom a row could be about, the likeliest first; empty if nobody has to settle that."""
        return self.offered.filter(pl.col("row") == row)["id"].to_list()


NOTHING_LINKED = Linkage(
    links=pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String}),
    offered=pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String, "code": pl.String, "line": pl.UInt8}),
    compared=pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String, "checksum": pl.UInt32}),
    duplicates=pl.DataFrame(schema={"row": pl.UInt32, "rows": pl.List(pl.UInt32)}),
    withheld=pl.DataFrame(schema=WITHHELD),
    problems=no_problems(),
    findings=(),
    namesakes=pl.Series([], dtype=pl.UInt32),
    answered=pl.DataFrame(schema={"row": pl.UInt32, **dict.fromkeys(DIGESTED, pl.String)}),
    raised=pl.DataFrame(schema=RAISED),
)
"""The linkage where nobody is stored."""
