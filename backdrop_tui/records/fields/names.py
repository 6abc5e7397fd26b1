"""First names and surnames, of students and staff alike."""

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import (
    SHOWN,
    STORED,
    TEXT,
    Checks,
    Field,
    Rule,
    known,
    required,
    says,
    too_long,
)
from backdrop_tui.records.schema.hashing import key
from backdrop_tui.records.schema.text import ZERO_WIDTH

LONGEST = 100
"""Characters that a name has room for."""

_ODD = r"[^\p{L}\p{M} '\-.]"
_HIDDEN = f"[{ZERO_WIDTH}]"
_LOOK_ALIKES = {"‘": "'", "`": "'", "´": "'", "′": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}

_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
PLAIN = (TEXT.str.len_bytes() <= LONGEST) & TEXT.str.contains(rf"^[{_LETTERS}]+(?:[ '\-][{_LETTERS}]+)*$")
"""Surely a name, stored as it stands: European letters of one code point each, parted by a space, `'` or `-`."""


def _starts(names: pl.Series) -> pl.Series:
    """Names' first two bytes in small letters (UInt32), each 0 from the first on that says nothing.

    They are had sooner than whole names in small letters, and are alike where those are. So only ASCII counts, and no I:
    the small form of İ begins with one.
    """
    coded = names.cast(pl.Binary).bin
    two = pl.DataFrame([coded.get(place, null_on_oob=True).alias(str(place)) for place in (0, 1)])
    first, second = (pl.col(name) | 0x20 for name in two.columns)
    says, goes_on = ((pl.col(name) < 0x80) & (pl.col(name) | 0x20 != ord("i")) for name in two.columns)
    return two.select(
        pl.when(says).then(first).otherwise(0).cast(pl.UInt32) * 256
        + pl.when(says & goes_on).then(second).otherwise(0)
    ).to_series()


def name_checks(label: str) -> Checks:
    """The rules of a name: `required`, `too-long`, `no-letter`, warning `odd-character`."""
    mended = pl.col("name").str.replace_many(_LOOK_ALIKES).str.replace_all(_HIDDEN, "")
    odd = pl.col("name").str.contains(_ODD)
    return Checks(
        steps=({"name": TEXT.str.replace_all("’", "'", literal=True)},),
        stored=pl.when(TEXT != "").then(pl.col("name")),
        rules=(
            required(label, "Type it in, or leave this row out."),
            too_long(label, LONGEST),
            Rule(
                code="no-letter",
                title=f"{label} has no letter",
                fails=~TEXT.str.contains(r"\p{L}"),
                message=says(f"“{{}}” has no letter in it. Type the {label.lower()}, or leave this row out."),
            ),
            Rule(
                code="odd-character",
                title=f"{label} has an odd character",
                fails=odd,
                message=pl.when(pl.col("name").str.contains(_HIDDEN))
                .then(
                    says(
                        "“{}” has a character in it that can't be seen. Look whether it is right.",
                        SHOWN.str.replace_all(_HIDDEN, ""),
                    )
                )
                .otherwise(
                    says(
                        "“{}” has “{}” in it, which names seldom have. Look whether it is right.",
                        SHOWN,
                        pl.col("name").str.extract(f"({_ODD})"),
                    )
                ),
                suggestion=pl.when(~mended.str.contains(_ODD)).then(mended),
                level="warning",
            ),
        ),
        derived={
            "folded": key(STORED.str.to_lowercase()),
            "start": STORED.map_batches(_starts, return_dtype=pl.UInt32),
        },
    )


def first_name_checks(_context: Context) -> Checks:
    """The rules of a first name."""
    return name_checks("First Name")


def surname_checks(_context: Context) -> Checks:
    """The rules of a surname."""
    return name_checks("Surname")


FIRST_NAME = Field(
    key="first_name",
    label="First Name",
    short="First",
    headings=known(
        "legalforename legalfirstname forename forenames firstname firstnames givenname givennames"
    ),
    lesser_headings=known("preferredforename preferredfirstname chosenforename chosenname knownas"),
    checks=first_name_checks,
    hint="the legal first name",
    example="Amira",
    blanks=False,
    plain=PLAIN,
)
SURNAME = Field(
    key="surname",
    label="Surname",
    headings=known("legalsurname legallastname surname lastname familyname legalfamilyname"),
    lesser_headings=known("preferredsurname preferredlastname chosensurname"),
    checks=surname_checks,
    hint="the legal surname",
    example="O'Neill",
    blanks=False,
    plain=PLAIN,
)
