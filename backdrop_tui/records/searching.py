"""How people's fields are compared with the words of a search, and sorted."""

import polars as pl

from backdrop_tui.records.fields.year_group import YEAR_GROUPS
from backdrop_tui.records.schema.field import Field


def search_form(words: str) -> str:
    """Words in the form in which they are compared: lower case, without accents."""
    return pl.select(search_form_of(pl.lit(words))).item() or ""


def search_form_of(text: pl.Expr) -> pl.Expr:
    """Texts in the form in which they are compared: lower case, without accents (String)."""
    return text.map_batches(_search_forms, return_dtype=pl.String)


def _search_forms(texts: pl.Series) -> pl.Series:
    """Texts (String) as `search_form` makes them. Most are ASCII, and accents are only looked for in the others."""
    others = (texts.str.len_bytes() != texts.str.len_chars()).arg_true()
    without_accents = texts[others].str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return texts.str.to_lowercase().scatter(others, without_accents.str.to_lowercase())


def displayed(field: Field) -> pl.Expr:
    """A field as displayed. Only dates are displayed in a different form from the stored one: see `Field.to_show`."""
    value = pl.col(field.key)
    if not field.is_date:
        return value
    return pl.format("{}/{}/{}", value.str.slice(8, 2), value.str.slice(5, 2), value.str.slice(0, 4))


def sort_key(key: str) -> pl.Expr:
    """The expression to sort by: year groups in school order, texts ignoring case and accents."""
    if key == "year_group":
        return pl.col(key).cast(pl.Enum(YEAR_GROUPS), strict=False).to_physical()
    return search_form_of(pl.col(key))
