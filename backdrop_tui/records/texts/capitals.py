"""The finding that names are written in capitals, with the spelling that they usually have."""

from collections.abc import Callable, Sequence

import polars as pl

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding, FindingRule, FindingType, Remedy
from backdrop_tui.records.texts.small_letters import first_name_in_small_letters, surname_in_small_letters
from backdrop_tui.wording import counted, listed

CAPITALS = FindingType("capitals", "Names in capitals", "note")

_SAMPLE = 2_000
_MOST = 0.5
_EXAMPLES = 4
_IN_CAPITALS = r"^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$"
_FIRST = FIRST_NAME.col.str.to_lowercase()
_LAST = SURNAME.col.str.to_lowercase()
_HAS_CASE = r"\p{Lu}|\p{Ll}"


def names_in_capitals(identifier: Field) -> FindingRule:
    """The rule that reports names in capitals if most surnames are in capitals.

    Its remedy gives a name the spelling that is stored for the same person; otherwise the one that the name has elsewhere, in
    the store or in the file, if there is only one; otherwise the usual one. First names are changed too if most are in capitals.

    Args:
        identifier: The field by which a person is recognised besides their name.
    """

    def find(people: FilePeople, stored: pl.DataFrame, _context: Context) -> Sequence[Finding]:
        if not _mostly_in_capitals(people.values(SURNAME)):
            return []
        surnames = _changes(people, stored, SURNAME, identifier, surname_in_small_letters)
        first_names = (
            _changes(people, stored, FIRST_NAME, identifier, first_name_in_small_letters)
            if _mostly_in_capitals(people.values(FIRST_NAME))
            else surnames.clear()
        )
        return [_finding(surnames, first_names)] if surnames.height else []

    return FindingRule((CAPITALS,), find)


def _finding(surnames: pl.DataFrame, first_names: pl.DataFrame) -> Finding:
    """The finding, given the cells to change (see `_changes`)."""
    cells = pl.concat([surnames, first_names]).sort("row", maintain_order=True)
    spellings = surnames["text"].unique(maintain_order=True)
    # Spellings such as O'Neill and van der Berg say more than Smith.
    telling = spellings.to_frame().sort(~pl.col("text").str.contains(r"^\p{Ll}|.\p{Lu}"), maintain_order=True)
    examples = listed(telling["text"].head(_EXAMPLES), conjunction="or")
    too = " First names are in capitals too." if first_names.height else ""
    is_or_are = "is" if surnames.height == 1 else "are"
    return Finding(
        CAPITALS,
        f"{counted(surnames.height, 'surname')} {is_or_are} in capitals, and could be written like {examples}.{too}",
        cells["row"].unique().sort(),
        evidence_for=surnames.height,
        remedies=(
            Remedy(
                f"Take {counted(cells.height, 'name')} out of capitals",
                cells=cells.select("row", "field", "text"),
            ),
        ),
    )


def _in_capitals(name: pl.Expr) -> pl.Expr:
    """Whether a name (String) has two capitals or more and no small letter; ß counts as neither (Boolean)."""
    return name.str.replace_all("ß", "", literal=True).str.contains(_IN_CAPITALS)


def _mostly_in_capitals(names: pl.Series) -> bool:
    """Whether most names are in capitals, judged by some of them, evenly spread, if there are many."""
    sample = names.gather_every(max(len(names) // _SAMPLE, 1)).to_frame("name")
    name = pl.col("name")
    capitals, cased = sample.select(_in_capitals(name).sum(), cased=name.str.contains(_HAS_CASE).sum()).row(0)
    return bool(capitals > cased * _MOST)


def _changes(
    people: FilePeople,
    stored: pl.DataFrame,
    field: Field,
    identifier: Field,
    in_small_letters: Callable[[str], str],
) -> pl.DataFrame:
    """The cells to change in one column: `row` (UInt32), `field` and `text` (String). Cells with a problem are left alone."""
    faulty = people.problems(field)["row"]
    rows = (
        people.frame(FIRST_NAME, SURNAME, identifier)
        .filter(_in_capitals(field.col) & ~pl.col("row").is_in(faulty.implode()))
        .with_columns(first=_FIRST, last=_LAST, lower=field.col.str.to_lowercase())
    )
    written = stored.filter(~_in_capitals(field.col)).with_columns(
        first=_FIRST, last=_LAST, lower=field.col.str.to_lowercase()
    )
    elsewhere = pl.concat([stored[field.key], people.values(field).unique()]).to_frame()
    elsewhere = elsewhere.filter(~_in_capitals(field.col)).select(
        field.col, lower=field.col.str.to_lowercase()
    )
    names = rows[field.key].unique()
    usual = pl.DataFrame([names, pl.Series("usual", map(in_small_letters, names), dtype=pl.String)])
    spelt = (
        _with_spelling(rows, "of_person", written, field, [identifier.key, "lower"])
        .pipe(_with_spelling, "of_namesake", written, field, ["first", "last"])
        .pipe(_with_spelling, "elsewhere", elsewhere, field, ["lower"])
        .join(usual, on=field.key, how="left")
    )
    text = pl.coalesce("of_person", "of_namesake", "elsewhere", "usual")
    changed = spelt.filter(text != field.col)
    return changed.select("row", pl.lit(field.key).alias("field"), text=text).sort("row")


def _with_spelling(
    rows: pl.DataFrame, column: str, written: pl.DataFrame, field: Field, keys: list[str]
) -> pl.DataFrame:
    """Add the spelling of a field that others with the same keys have, if they all have the same; null otherwise."""
    spellings = written.select(*keys, field.col.alias(column)).drop_nulls().unique()
    return rows.join(spellings.unique(keys, keep="none"), on=keys, how="left")
