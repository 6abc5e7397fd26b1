"""What linking reports about single rows, in sentences."""

import polars as pl

from backdrop_tui.intake.linking.decide import Decided
from backdrop_tui.intake.linking.identities import Identity
from backdrop_tui.intake.linking.likeness import BirthDates, FirstNames
from backdrop_tui.records.linkage_problems import (
    DUPLICATE_PERSON,
    PERSON_AMBIGUOUS,
    PERSON_CHANGED,
    PERSON_NEAR,
    UPN_CHANGED,
)
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import SCHEMA, ProblemType
from backdrop_tui.records.schema.row_names import RowNames
from backdrop_tui.records.schema.rules import row_list, sentence

_NOTHING = pl.lit(None, pl.String)


def problems_of(
    rows: pl.DataFrame,
    problem: ProblemType,
    message: pl.Expr,
    field: pl.Expr = _NOTHING,
    value: pl.Expr = _NOTHING,
) -> pl.DataFrame:
    """Problems of some rows; see `records.schema.problems.SCHEMA`.

    Args:
        rows: `row` (UInt32) and more.
        problem: What is reported.
        message: The sentence (String).
        field: The key of the field (String); null for the whole row.
        value: What the file has in the field (String).
    """
    return rows.select(
        "row",
        field=field,
        value=value,
        level=pl.lit(problem.level),
        code=pl.lit(problem.code),
        message=message,
        suggestion=_NOTHING,
        sure=pl.lit(None, pl.Boolean),
    ).cast(SCHEMA)


def question_problems(identity: Identity, decided: Decided) -> pl.DataFrame:
    """The rows whose person someone has to settle."""
    offered = decided.offered.join(decided.pairs.drop("line"), on=["row", "id"], maintain_order="left")
    person, singular = _person(identity), identity.kind.singular
    rows = offered.group_by("row", "code", maintain_order=True).agg(
        pl.len().alias("people"),
        pl.col("identifier", "second", "identifier.stored", "is_exact", "are_exchanged").first(),
        person=(person if identity.birth_date is None else pl.concat_str(person, pl.lit(","))).first(),
        persons=person.str.join("; "),
        differences=_differences(identity).first(),
    )
    of_code = {code: rows.filter(pl.col("code") == code) for code in rows["code"].unique()}
    nobody = rows.clear()
    ambiguous = sentence(
        f"{{}} {identity.kind.plural} with this {identity.name_in_words} are stored. Choose the one that this row is about.",
        pl.col("people"),
    )
    changed = sentence(
        f"{{}} is stored with a different UPN, {{}}. Check whether this is the same {singular}, with a new UPN.",
        pl.col("person"),
        pl.col("identifier.stored"),
    )
    return pl.concat(
        [
            _taken(identity, decided, of_code.get(identity.taken.code, nobody)),
            problems_of(of_code.get(PERSON_AMBIGUOUS.code, nobody), PERSON_AMBIGUOUS, ambiguous),
            problems_of(of_code.get(PERSON_NEAR.code, nobody), PERSON_NEAR, _near(identity.kind)),
            problems_of(
                of_code.get(UPN_CHANGED.code, nobody),
                UPN_CHANGED,
                changed,
                pl.lit(identity.identifier.key),
                pl.col("identifier"),
            ),
        ]
    )


def _near(kind: RecordKind) -> pl.Expr:
    """The sentence about a row that may be about someone stored (String)."""
    is_same = f"Check whether this is the same {kind.singular}."
    several = (
        f"{{}} stored {kind.plural} are almost the same as this one: {{}}. Check whether it is one of them."
    )
    exchanged = f"{{}} is stored, and here first name and surname seem to be the other way round. {is_same}"
    return (
        pl.when(pl.col("people") > 1)
        .then(sentence(several, pl.col("people"), pl.col("persons")))
        .when("are_exchanged")
        .then(sentence(exchanged, pl.col("person")))
        .otherwise(
            sentence(
                f"{{}} is stored with a different {{}}. {is_same}", pl.col("person"), pl.col("differences")
            )
        )
    )


def _taken(identity: Identity, decided: Decided, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows whose identifier is stored for someone else. About that person, the sentence says nothing that the row doesn't have."""
    holders = decided.pairs.filter(pl.col("identifiers") == "agrees").group_by("row", maintain_order=True)
    held = rows.join(
        holders.agg(pl.col("by_second").first(), of_holder=_differences(identity).first()),
        on="row",
        how="left",
    )
    second = identity.second_identifier or identity.identifier
    by_second = pl.col("by_second").fill_null(value=False)
    key, label, value = (
        pl.when(by_second).then(ours).otherwise(theirs)
        for ours, theirs in (
            (pl.lit(second.key), pl.lit(identity.identifier.key)),
            (pl.lit(second.label.lower()), pl.lit(identity.identifier_in_words)),
            (pl.col("second"), pl.col("identifier")),
        )
    )
    singular = identity.kind.singular
    message = (
        pl.when("is_exact")
        .then(
            sentence(
                f"This {{}} is stored for another {singular}, and a {singular} with this {identity.name_in_words} is stored too. "
                "Check which of them this row is about.",
                label,
            )
        )
        .otherwise(
            sentence(
                f"This {{}} is stored for a {singular} with another {{}}. Check whether this is the same {singular}.",
                label,
                pl.col("of_holder"),
            )
        )
    )
    return problems_of(held, identity.taken, message, key, value)


def change_problems(identity: Identity, decided: Decided, answered: frozenset[int]) -> pl.DataFrame:
    """The rows whose name or birth date is not what is stored for their person.

    Args:
        identity: What people are recognised by.
        decided: Who the rows are about.
        answered: Rows that the user has settled: they need no second look.
    """
    is_different = ~pl.col("is_exact") & ~pl.col("row").is_in(sorted(answered))
    message = sentence(
        f"Another {{}}: {{}} is stored. Check that this is the same {identity.kind.singular}.",
        _differences(identity),
        _person(identity),
    )
    return problems_of(decided.linked_pairs.filter(is_different), PERSON_CHANGED, message)


def duplicate_problems(identity: Identity, duplicates: pl.DataFrame, row_names: RowNames) -> pl.DataFrame:
    """Rows that seem to be one person (see `duplicate_rows`)."""
    message = sentence(
        f"Rows {{}} seem to be the same {identity.kind.singular}, but are not the same in every column. "
        "Keep one of them, or confirm that they are different people.",
        pl.col("named"),
    )
    named = duplicates.with_columns(row_list(pl.col("rows"), row_names).alias("named"))
    return problems_of(named, DUPLICATE_PERSON, message)


def _person(identity: Identity) -> pl.Expr:
    """The stored person of each pair in words (String): `Ann Lee, born 3 May 2012`."""
    name = pl.concat_str("first_name.stored", pl.lit(" "), "surname.stored")
    if identity.birth_date is None:
        return name
    return pl.concat_str(name, pl.lit(", born "), pl.col("born.stored").dt.strftime("%d/%m/%Y"))


def _differences(identity: Identity) -> pl.Expr:
    """What is different in each pair, in words (String): `surname and date of birth`; the identifier if that is all."""
    differs = {
        "first name": pl.col("first_names") != FirstNames.SAME,
        "surname": ~pl.col("same_surname"),
        "date of birth": pl.col("birth_dates") != BirthDates.SAME,
        identity.identifier_in_words: pl.col("is_exact"),
    }
    words = pl.concat_list(pl.when(is_so).then(pl.lit(word)) for word, is_so in differs.items())
    parts = words.list.drop_nulls()
    return (
        pl.when(parts.list.len() > 2)
        .then(pl.lit("first name, surname and date of birth"))
        .otherwise(parts.list.join(" and "))
    )
