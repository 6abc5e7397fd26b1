"""Problem types, each declared once, and the frame in which a check reports problems."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Level = Literal["error", "warning"]
"""An error keeps a row out until it is fixed or the row is left out; a warning is worth a look."""


@dataclass(frozen=True)
class ProblemType:
    """A type of problem, declared once and referred to by the rule that reports it."""

    code: str
    """Its name in JSON and in scripts: `upn-length`."""
    title: str
    """Its heading in a list of problems. `{field}` stands for the field's label where several fields share the type."""
    level: Level = "error"
    """Whether it keeps the row out."""
    is_about_identity: bool = False
    """Whether the cell's value can only be right for one person, so that no other value is right in all cells that have it."""
    is_damage: bool = False
    """Whether the text is hardly ever right as it is, although it could be: then a way to correct it is named before accepting it."""
    applies_possible: bool = False
    """Whether `--apply` takes its possible suggestions too, and not only the sure ones."""

    def title_for(self, label: str) -> str:
        """The heading of such problems in one field, given the field's label."""
        return self.title.format(field=label)


REQUIRED = ProblemType("required", "{field} is missing")
"""Reported for every blank cell of a field that is needed."""
TOO_LONG = ProblemType("too-long", "{field} is too long")
"""Reported for every text longer than the field's maximum."""

TEXT_GARBLED = ProblemType(
    "text-garbled", "{field} looks damaged", "warning", is_damage=True, applies_possible=True
)
"""Reported for every text of a field that `can_be_garbled` if it was garbled on its way."""

CELL_COUNT = ProblemType("cell-count", "Row has too many or too few cells")
STRAY_QUOTE = ProblemType("stray-quote", "Row has a stray quotation mark")
CONTROL_CHARACTER = ProblemType("control-character", "{field} has a control character")
LETTER_LOST = ProblemType("letter-lost", "{field} has lost a letter")
NOT_A_PERSON = ProblemType("not-a-person", "Row is not a person")
OF_ANY_ROW_OR_CELL = (CELL_COUNT, CONTROL_CHARACTER, LETTER_LOST, NOT_A_PERSON, STRAY_QUOTE)
"""The types that no field declares, because they can affect any row or any cell."""

SCHEMA = pl.Schema(
    {
        "row": pl.UInt32(),
        "field": pl.String(),
        "value": pl.String(),
        "level": pl.String(),
        "code": pl.String(),
        "message": pl.String(),
        "suggestion": pl.String(),
        "sure": pl.Boolean(),
    }
)
"""A frame of problems. `row`: the number that a spreadsheet shows. `field`: the field's key, null for the whole row.
`value`: the cell, cleaned; null for the whole row. `sure`: whether the suggestion is sure; null if there is none."""


def no_problems() -> pl.DataFrame:
    """An empty frame of problems."""
    return pl.DataFrame(schema=SCHEMA)
