"""People stored who may be behind a row that is not imported: nobody says that they have left."""

import polars as pl

from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.identities import IDENTITIES, Identity, with_folded_names
from backdrop_tui.intake.linking.likeness import FirstNames, compare_first_names
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.other_identifiers import BACKDROP_ID
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.folded_names import folded
from backdrop_tui.records.schema.text import cell_text

_BEHIND = pl.Schema({"id": pl.String(), "row": pl.UInt32()})


def maybe_behind_rows(review: Review, people: pl.DataFrame) -> pl.DataFrame:
    """The people who may be behind a row that is left out, has an error or an open question.

    That is: whoever the row was recognised as or could be; the same UPN, e-mail address, admission number or Back:drop ID; the same
    name; the same birth date and surname or a similar first name; or, if the birth date can't be read, the same surname and a similar
    first name.

    Args:
        review: The rows, checked.
        people: People stored: `id` and the kind's `stored_keys` (String).

    Returns:
        `id` (String) and the first such `row` (UInt32).
    """
    if review.unready.is_empty() or people.is_empty():
        return pl.DataFrame(schema=_BEHIND)
    identity = IDENTITIES[review.kind.name]
    rows, known = _rows(review, identity), with_folded_names(identity.people(people))
    linkage = review.linkage
    pairs = [
        linkage.links.select("id", "row"),
        linkage.offered.select("id", "row"),
        rows.select("row", id="backdrop_id"),
        *(_sharing(rows, known, [column]) for column in ("identifier", "second")),
        _sharing(rows.with_columns(identifier="former"), known, ["identifier"]),
        _sharing(rows, known, ["first", "last"]),
    ]
    behind = pl.concat([pair.select(_BEHIND.names()).cast(_BEHIND) for pair in pairs])
    if identity.birth_date is not None:
        # Comparing first names takes longest, so only those of whom nothing else is known are compared.
        others = known.join(behind, on="id", how="anti")
        undated = rows.filter(pl.col("born").is_null())
        alike = [
            _sharing(rows, others, ["last", "born"]),
            _with_like_first_names(rows, others, "born"),
            _with_like_first_names(undated, others, "last"),
        ]
        behind = pl.concat([behind, *(pair.select(_BEHIND.names()).cast(_BEHIND) for pair in alike)])
    return (
        behind.join(people, on="id", how="semi")
        .join(review.unready, on="row", how="semi")
        .group_by("id")
        .agg(pl.col("row").min())
    )


def _rows(review: Review, identity: Identity) -> pl.DataFrame:
    """What the rows that are not imported are recognised by, as far as it can be read.

    Returns:
        `row` (UInt32), `first_name`, `first` and `last` (String, folded), `born` (Date), `identifier`, `second`, `former` and
        `backdrop_id` (String).
    """
    unready = review.unready

    def read(field: Field | None) -> pl.Series:
        if field is None or field.key not in unready.columns:
            return pl.Series([None] * unready.height, dtype=pl.String)
        return examine(field, unready[field.key], review.context).stored

    def name(field: Field) -> pl.Series:
        # A name with an error is compared as it is written.
        if field.key not in unready.columns:
            return read(None)
        written = unready.select(cell_text(pl.col(field.key))).to_series()
        return read(field).zip_with(read(field).is_not_null(), written.replace("", None))

    first_name, surname, identifier = name(FIRST_NAME), name(SURNAME), read(identity.identifier)
    return unready.select("row").with_columns(
        first_name.alias("first_name"),
        folded(first_name).alias("first"),
        folded(surname).alias("last"),
        read(identity.birth_date).str.to_date("%Y-%m-%d", strict=False).alias("born"),
        (identifier if identity.identifier is UPN else identifier.str.to_lowercase()).alias("identifier"),
        read(identity.second_identifier).alias("second"),
        read(identity.former_identifier).alias("former"),
        read(BACKDROP_ID).alias("backdrop_id"),
    )


def _sharing(rows: pl.DataFrame, people: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Pairs of a `row` and the `id` of someone with the same values in some columns."""
    return rows.drop_nulls(columns).join(people, on=columns, how="inner").select("row", "id")


def _with_like_first_names(rows: pl.DataFrame, people: pl.DataFrame, shared: str) -> pl.DataFrame:
    """Pairs of a `row` and the `id` of someone with a similar first name and the same value in a column."""
    columns = ["first_name", "first", shared]
    pairs = (
        rows.select("row", *columns)
        .drop_nulls()
        .join(people.select("id", *columns), on=shared, suffix=".stored")
    )
    return pairs.filter(compare_first_names(pairs) != FirstNames.UNLIKE).select("row", "id")
