"""Whole names in a column for first names or for surnames: `Smith, John`, with the other cell blank or with a part of it."""

import polars as pl

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.titles import without_titles
from backdrop_tui.records.schema.columns import DerivedColumn, FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import AcrossRule, SuggestionRule, breaches, no_breaches
from backdrop_tui.records.schema.problems import REQUIRED, ProblemType
from backdrop_tui.records.schema.rules import STORED, sentence
from backdrop_tui.records.texts.full_names import PARTICLES, split_full_name

WHOLE_NAME = ProblemType("whole-name", "{field} has the whole name in it", "warning")

_SEVERAL_WORDS = "[ ,]"
_AT_ONE_COMMA = r"^[^,]*\p{L}[^,]*,[^,]*\p{L}[^,]*$"
_ENOUGH, _HALF, _MOST = 3, 0.5, 0.8
"""Rows, and their share among those without the other name, or among all, from which it is the column that has whole names, and not just a few cells."""


def _has_words(field: Field) -> DerivedColumn:
    return DerivedColumn(field, "words", lambda _context: STORED.str.contains(_SEVERAL_WORDS))


_HAS_WORDS = {field: _has_words(field) for field in (FIRST_NAME, SURNAME)}
_FOLDED, _PART = pl.col("folded"), pl.col("part")
_PARTS = dict(zip((FIRST_NAME, SURNAME), split_full_name(pl.col("whole")), strict=True))


def _cells(rows: pl.DataFrame, field: Field, other: Field) -> pl.DataFrame:
    """`row`, `whole` (the field's cell) and `known` (the other field's), String, in some rows."""
    return rows.select("row", whole=field.col, known=other.col)


def _without_known() -> pl.Expr:
    """What is left of `whole` without `known` at its beginning or its end; null if it is at neither as a word of its own."""
    whole, known = pl.col("whole"), pl.col("known")
    rest_behind = whole.str.slice(known.str.len_chars() + 1).str.strip_chars(" ,")
    rest_before = whole.str.head(whole.str.len_chars() - known.str.len_chars() - 1).str.strip_chars(" ,")
    rest = (
        pl.when(_FOLDED.str.ends_with(pl.lit(" ") + _PART))
        .then(rest_before)
        .when(_FOLDED.str.starts_with(_PART + pl.lit(" ")) | _FOLDED.str.starts_with(_PART + pl.lit(",")))
        .then(rest_behind)
    )
    return pl.when((without_titles(rest) != "") & ~rest.str.contains(PARTICLES)).then(rest)


def _rule(field: Field, other: Field) -> AcrossRule:
    """The rule about cells with a whole name, part of which is in the other field of the row."""

    def find(people: FilePeople, _stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
        has_words = people.values(_HAS_WORDS[field])
        cells = _cells(people.frame(field, other, where=has_words), field, other).with_columns(
            folded=pl.col("whole").str.to_lowercase(), part=pl.col("known").str.to_lowercase()
        )
        # Next to nothing is left of a clean file, and looked at closely.
        cells = cells.filter(_FOLDED.str.ends_with(_PART) | _FOLDED.str.starts_with(_PART))
        if cells.is_empty():
            return no_breaches()
        is_same = _FOLDED == _PART
        # If both cells say the same, the surname is settled first, and then the first name by the surname.
        same = cells.filter(is_same & pl.lit(field is SURNAME) & (_PARTS[other] != "")).with_columns(
            rest=_PARTS[field]
        )
        wholes = pl.concat(
            [cells.filter(~is_same).with_columns(rest=_without_known()).drop_nulls("rest"), same]
        )
        is_column = wholes.height >= max(_ENOUGH, _MOST * len(has_words))
        sure = pl.col("whole").str.contains(_AT_ONE_COMMA) | pl.lit(is_column & same.is_empty())
        message = sentence(
            "“{}” looks like the whole name. The {} alone is “{}”.",
            pl.col("whole"),
            pl.lit(field.label.lower()),
            pl.col("rest"),
        )
        return breaches(wholes.sort("row"), message, pl.col("rest"), sure)

    return AcrossRule(WHOLE_NAME, field, find)


def _suggestion(field: Field, other: Field) -> SuggestionRule:
    """Suggests for a blank name what the row's other name has of it, if that is a whole name."""

    def suggest(
        missing: pl.DataFrame, people: FilePeople, _stored: pl.DataFrame, _context: Context
    ) -> pl.DataFrame:
        blank = missing.filter(pl.col("value") == "")["row"]
        has_comma, enough = pl.col("whole").str.contains(_AT_ONE_COMMA), max(_ENOUGH, _HALF * len(blank))
        several_words = people.frame_at(blank, field, other).filter(other.col.str.contains(_SEVERAL_WORDS))
        wholes = _cells(several_words, other, field)
        # Splitting names takes long, however few they are.
        if wholes.height < enough:
            wholes = wholes.filter(has_comma)
        if wholes.is_empty():
            return missing.select("row", "suggestion", "sure").clear()
        wholes = wholes.with_columns(part=_PARTS[field], rest=_PARTS[other]).filter(
            _are_names("part", "rest")
        )
        is_column = wholes.height >= enough
        return wholes.filter(has_comma | is_column).select("row", suggestion="part", sure=has_comma)

    return SuggestionRule(field, frozenset({REQUIRED}), suggest)


def _are_names(*columns: str) -> pl.Expr:
    """Whether each part of a split name is a name by itself (Boolean), over columns of parts (String)."""
    return pl.all_horizontal((pl.col(part) != "") & ~pl.col(part).str.contains(PARTICLES) for part in columns)


WHOLE_NAMES = (_rule(FIRST_NAME, SURNAME), _rule(SURNAME, FIRST_NAME))
"""The rules about cells that have a whole name in them."""
PARTS_OF_WHOLE_NAMES = (_suggestion(SURNAME, FIRST_NAME), _suggestion(FIRST_NAME, SURNAME))
"""The suggestions for a blank name beside a cell that has the whole name."""
