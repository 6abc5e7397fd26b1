"""The finding that texts of a file were garbled on their way."""

from collections.abc import Sequence

import polars as pl

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding, FindingRule, FindingType, Remedy
from backdrop_tui.records.schema.problems import TEXT_GARBLED
from backdrop_tui.wording import counted

TEXTS_GARBLED = FindingType(TEXT_GARBLED.code, "Damaged text", "warning")

_FEWEST_ROWS = 3


def garbled_texts(fields: Sequence[Field]) -> FindingRule:
    """The rule that reports garbled texts, with a remedy that repairs them all.

    Args:
        fields: The fields of the kind of people.
    """
    fields_with_words = [field for field in fields if field.can_be_garbled]

    def find(people: FilePeople, _stored: pl.DataFrame, _context: Context) -> Sequence[Finding]:
        problems = pl.concat(map(people.problems, fields_with_words))
        garbled = problems.filter(pl.col("code") == TEXT_GARBLED.code).sort("row", maintain_order=True)
        rows = garbled["row"].unique().sort()
        return [_finding(garbled, rows)] if len(rows) >= _FEWEST_ROWS else []

    return FindingRule((TEXTS_GARBLED,), find)


def _finding(garbled: pl.DataFrame, rows: pl.Series) -> Finding:
    """The finding, given the problems `text-garbled` and their rows."""
    only_names = garbled["field"].is_in([FIRST_NAME.key, SURNAME.key]).all()
    texts = counted(garbled.height, "name" if only_names else "text")
    shortest = garbled.sort(pl.col("value").str.len_chars(), maintain_order=True)
    return Finding(
        TEXTS_GARBLED,
        f"{texts} {'looks' if garbled.height == 1 else 'look'} damaged: {shortest['value'][0]} should be {shortest['suggestion'][0]}.",
        rows,
        evidence_for=len(rows),
        remedies=(Remedy(f"Repair {texts}", cells=garbled.select("row", "field", text="suggestion")),),
    )
