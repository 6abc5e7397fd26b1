"""The finding that names are written in capitals, or without any, with the spelling that they usually have."""

from collections.abc import Callable, Sequence

import polars as pl

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding, FindingRule, FindingType, Remedy
from backdrop_tui.records.texts.usual_spelling import usual_first_name, usual_surname
from backdrop_tui.wording import counted, listed

CAPITALS = FindingType("capitals", "Capitals in names", "note")

_SAMPLE = 2_000
_MOST = 0.5
_EXAMPLES = 4
_IN_CAPITALS = r"^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$"
# Georgian has capitals, but doesn't begin names with them.
_WITHOUT_CAPITALS = r"^[^\p{Lu}\p{Lt}\p{Georgian}]*\p{Ll}[^\p{Lu}\p{Lt}\p{Georgian}]*$"
_HAS_CASE = r"\p{Lu}|\p{Ll}"
_SAME_IN_CAPITALS = {"ß": "ss", "ı": "i", "i\u0307": "i"}
"""What has the same capitals as other letters, by what has them too. The small letter of İ is an i with a dot of its own."""


def names_in_capitals(identifier: Field) -> FindingRule:
    """The rule that reports names in capitals, or without any capital, if most surnames are so.

    Its remedy gives a name the spelling that is stored for the same person; otherwise the one that the name has elsewhere, in
    the store or in the file, if there is only one; otherwise the usual one. First names are changed too if most are written so.

    Args:
        identifier: The field by which a person is recognised besides their name.
    """

    def find(people: FilePeople, stored: pl.DataFrame, _context: Context) -> Sequence[Finding]:
        if not _mostly_in_one_case(people, SURNAME):
            return []
        surnames = _changes(people, stored, SURNAME, identifier, usual_surname)
        first_names = (
            _changes(people, stored, FIRST_NAME, identifier, usual_first_name)
            if _mostly_in_one_case(people, FIRST_NAME)
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
    too = f" First names are {_how_written(first_names)} too." if first_names.height else ""
    is_or_are = "is" if surnames.height == 1 else "are"
    names = counted(cells.height, "name")
    in_capitals = cells["is_in_capitals"].all()
    return Finding(
        CAPITALS,
        f"{counted(surnames.height, 'surname')} {is_or_are} {_how_written(surnames)}, "
        f"and could be written like {examples}.{too}",
        cells["row"].unique().sort(),
        evidence_for=surnames.height,
        remedies=(
            Remedy(
                f"Take {names} out of capitals"
                if in_capitals
                else f"Put capitals where they belong in {names}",
                cells=cells.select("row", "field", "text"),
            ),
        ),
    )


def _how_written(names: pl.DataFrame) -> str:
    """How the names to change are written (see `_changes`)."""
    if names["is_in_capitals"].all():
        return "in capitals"
    return "in capitals or without any" if names["is_in_capitals"].any() else "without capitals"


def _in_capitals(name: pl.Expr) -> pl.Expr:
    """Whether a name (String) has two capitals or more and no small letter; ß counts as neither (Boolean)."""
    return name.str.replace_all("ß", "", literal=True).str.contains(_IN_CAPITALS)


def _in_one_case(name: pl.Expr) -> pl.Expr:
    """Whether a name (String) is in capitals, or has small letters only (Boolean)."""
    return _in_capitals(name) | name.str.contains(_WITHOUT_CAPITALS)


def _mostly_in_one_case(people: FilePeople, field: Field) -> bool:
    """Whether most names are in capitals or without any, judged by some of them, evenly spread, if there are many."""
    rows = people.frame()["row"]
    sample = people.frame_at(rows.gather_every(max(len(rows) // _SAMPLE, 1)), field)
    of_one, cased = sample.select(
        _in_one_case(field.col).sum(), cased=field.col.str.contains(_HAS_CASE).sum()
    ).row(0)
    return bool(of_one > cased * _MOST)


def _changes(
    people: FilePeople, stored: pl.DataFrame, field: Field, identifier: Field, usual: Callable[[str], str]
) -> pl.DataFrame:
    """The cells to change in one column: `row` (UInt32), `field` and `text` (String), `is_in_capitals` (Boolean).

    Cells with a problem are left alone.
    """
    faulty = people.problems(field)["row"]
    rows = people.frame(FIRST_NAME, SURNAME, identifier).filter(
        _in_one_case(field.col) & ~pl.col("row").is_in(faulty.implode())
    )
    names = rows[field.key].unique()
    usual_names = pl.DataFrame([names, pl.Series("usual", map(usual, names), dtype=pl.String)])
    elsewhere = pl.concat([stored[field.key], people.values(field).unique()]).to_frame()
    elsewhere = elsewhere.filter(~_in_one_case(field.col)).with_columns(_folded(field))
    written = stored.filter(~_in_one_case(field.col)).with_columns(_folded(FIRST_NAME), _folded(SURNAME))
    # Capitals often go without accents: GARCIA. So a name without any can be that of a stored García.
    unaccented = (_unaccented(FIRST_NAME), _unaccented(SURNAME))
    written = pl.concat([written, written.with_columns(*unaccented)])
    key = _folded_name(field)
    spelt = (
        rows.with_columns(_folded(FIRST_NAME), _folded(SURNAME))
        .pipe(_with_spelling, "of_person", written, field, [identifier.key, key])
        .pipe(_with_spelling, "of_namesake", written, field, list(map(_folded_name, (FIRST_NAME, SURNAME))))
        .pipe(_with_spelling, "elsewhere", elsewhere, field, [key])
        .join(usual_names, on=field.key, how="left")
    )
    text = pl.coalesce("of_person", "of_namesake", "elsewhere", "usual")
    changed = spelt.filter(text != field.col).sort("row")
    return changed.select(
        "row", pl.lit(field.key).alias("field"), text=text, is_in_capitals=_in_capitals(field.col)
    )


def _folded_name(field: Field) -> str:
    return f"folded_{field.key}"


def _folded(field: Field) -> pl.Expr:
    """A name (String) in the small letters that its capitals leave no doubt about: GROSS and Groß are the same."""
    return field.col.str.to_lowercase().str.replace_many(_SAME_IN_CAPITALS).alias(_folded_name(field))


def _unaccented(field: Field) -> pl.Expr:
    """A folded name (String) without its accents."""
    return pl.col(_folded_name(field)).str.normalize("NFD").str.replace_all(r"\p{M}", "")


def _with_spelling(
    rows: pl.DataFrame, column: str, written: pl.DataFrame, field: Field, keys: list[str]
) -> pl.DataFrame:
    """Add the spelling of a field that others with the same keys have, if they all have the same; null otherwise."""
    spellings = written.select(*keys, field.col.alias(column)).drop_nulls().unique()
    return rows.join(spellings.unique(keys, keep="none"), on=keys, how="left")
