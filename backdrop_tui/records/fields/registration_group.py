"""Registration groups: which texts are different spellings of one group."""

import polars as pl

from backdrop_tui.printable import INVISIBLE
from backdrop_tui.records.rights.lookalikes import CONFUSABLES
from backdrop_tui.records.schema.field import Field, folded_headings


def without_case(group: pl.Expr) -> pl.Expr:
    """A registration group (String) in lower case, without accents and invisible characters."""
    visible = group.str.replace_all(f"[{INVISIBLE}]", "").str.strip_chars()
    return visible.str.to_lowercase().str.normalize("NFD").str.replace_all(r"\p{M}", "")


def alike(group: pl.Expr) -> pl.Expr:
    """A form (String) that different spellings of one registration group share.

    So `7A`, `7a`, `7 A`, `7-A`, `7А` with a Cyrillic letter, and `07` and `7`; but not `71` and `7-1`, nor `1-1A` and `11A`.
    """
    return (
        without_case(group.str.replace_many(CONFUSABLES))
        .str.replace_all(r"(\d)[\s\-./]+(\p{L})", "$1$2")
        .str.replace_all(r"(\p{L})[\s\-./]+(\d)", "$1$2")
        .str.replace_all(r"(\P{Nd})\s+", "$1")
        .str.replace_all(r"\s+(\P{Nd})", "$1")
        .str.replace(r"^0+(\d+)$", "$1")
    )


def moved_up(group: pl.Expr, year: pl.Expr) -> pl.Expr:
    """The registration group (String) of the next year, if it begins with the year's number: `7A` becomes `8A`.

    Args:
        group: The registration group (String).
        year: The number of the year group that it belongs to.

    Returns:
        Null for other groups (`Oak`).
    """
    number = group.str.extract("^([0-9]+)")
    next_number = (year + 1).cast(pl.String).str.pad_start(number.str.len_chars(), "0")
    rest = group.str.slice(number.str.len_chars())
    return pl.when(number.cast(pl.Int16, strict=False) == year).then(next_number + rest)


REGISTRATION_GROUP = Field(
    key="registration_group",
    label="Registration Group",
    short="Reg",
    width=5,
    headings=folded_headings(
        "registrationgroup registration reggroup reg regform registrationform form formgroup tutorgroup formtutorgroup class "
        "classname homeroom homegroup tutorialgroup pastoralgroup mentorgroup vtgroup tg dosbarth grŵpcofrestru grŵptiwtor rang"
    ),
    heading_words=folded_headings(
        "registrationgroup registration reggroup reg regform form formgroup tutorgroup class dosbarth"
    ),
    owner_words=folded_headings("primary school"),
    unrelated_words=folded_headings(
        "next last size teacher room date entry status subject teaching maths mathematics english science reading writing phonics "
        "guided spelling music pe option"
    ),
    hint="form or class, like 10B",
    instruction="Type it in, like 7A.",
    longest=30,
    can_be_garbled=True,
    can_be_uniform=True,
    heads_sections=True,
    example="10B",
    value_pattern=r"^(0?[1-9]|1[0-4])[ .\-]?[A-Za-z]{1,3}\d?$",
)
