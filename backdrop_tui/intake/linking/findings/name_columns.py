"""Findings about columns of names: exchanged, or not the names that are stored."""

import polars as pl

from backdrop_tui.intake.linking.decide import Decided
from backdrop_tui.intake.linking.finding_types import FIRST_NAMES_ALIKE, NAME_SPELLING, NAMES_EXCHANGED
from backdrop_tui.intake.linking.likeness import BirthDates, FirstNames
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.findings import Finding, Remedy
from backdrop_tui.wording import counted

_FEWEST = 3
_SHARE, _LEAST = 0.05, 10
"""The share, and the number, of people recognised from which other forms of first names are no accident."""


def names_exchanged(people: FilePeople, decided: Decided) -> list[Finding]:
    """The finding that first names and surnames are the wrong way round in most rows about people stored; none if they aren't."""
    is_same_person = (pl.col("identifiers") == "agrees") | (pl.col("birth_dates") == BirthDates.SAME)
    exchanged = decided.pairs.filter("are_exchanged", is_same_person, pl.col("first") != pl.col("last"))[
        "row"
    ].unique()
    straight = decided.links.filter(~pl.col("row").is_in(exchanged.implode())).height
    if len(exchanged) < _FEWEST or len(exchanged) <= straight:
        return []
    names = people.frame(FIRST_NAME, SURNAME)
    cells = pl.concat(
        names.select("row", field=pl.lit(field.key), text=other.col.fill_null(""))
        for field, other in ((FIRST_NAME, SURNAME), (SURNAME, FIRST_NAME))
    )
    message = (
        f"First name and surname are the other way round in {counted(len(exchanged), 'row')} about people already stored, "
        f"and as they are stored in {straight:,}."
    )
    remedy = Remedy("Swap first names and surnames", cells=cells)
    return [Finding(NAMES_EXCHANGED, message, exchanged.sort(), len(exchanged), straight, (remedy,))]


def first_names_alike(decided: Decided) -> list[Finding]:
    """The finding that many people have another form of their stored first name; none if few do."""
    alike = decided.linked_pairs.filter(
        pl.col("first_names").is_in([FirstNames.SHORT_FORM.value, FirstNames.SIMILAR.value])
    ).unique("row", maintain_order=True)
    if alike.height < _LEAST or alike.height <= decided.links.height * _SHARE:
        return []
    commonest = (
        alike.group_by("first_name", "first_name.stored")
        .len()
        .sort("len", "first_name", descending=[True, False])
    )
    ours, theirs, _ = commonest.row(0)
    message = (
        f"{alike.height:,} of {counted(decided.links.height, 'row')} about people already stored have a different first name, "
        f"such as “{ours}” for “{theirs}”. Check whether this is a column of preferred or middle names."
    )
    cells = alike.select("row", field=pl.lit(FIRST_NAME.key), text=pl.col("first_name.stored"))
    remedy = Remedy(
        f"Keep the stored first names of {counted(alike.height, 'person', 'people')}", cells=cells
    )
    rows = alike["row"].sort()
    return [Finding(FIRST_NAMES_ALIKE, message, rows, len(rows), decided.links.height - len(rows), (remedy,))]


def spellings_kept(withheld: pl.DataFrame) -> list[Finding]:
    """The note that stored spellings of names stay; none if none does.

    Args:
        withheld: `row` and `field` of the names that are not stored.
    """
    if withheld.is_empty():
        return []
    rows = withheld["row"].unique().sort()
    message = (
        f"In {counted(len(rows), 'row')}, a name is in capitals or lacks accents, apostrophes or hyphens that it is stored with. "
        "The stored spelling stays."
    )
    return [Finding(NAME_SPELLING, message, rows, evidence_for=len(rows))]
