"""Gender: M, F or blank."""

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import TEXT, Checks, Rule, sentence

GENDER_UNKNOWN = ProblemType("gender-unknown", "{field} is not Male or Female")

ACCEPTED = {"male": "M", "m": "M", "female": "F", "f": "F"}
"""Accepted texts in lower case, with their stored forms."""

_MEANT = {
    "M": ("boy", "boys", "b", "1", "man", "men", "mr", "master", "males", "mal", "mael", "masculine", "male.", "m."),
    "F": ("girl", "girls", "g", "2", "woman", "women", "w", "ms", "miss", "mrs", "females", "fem", "femal", "femail",
          "femele", "feminine", "lady", "female.", "f."),
}  # fmt: skip
_SUGGESTED = {word: code for code, words in _MEANT.items() for word in words}


def gender_checks(_context: Context) -> Checks:
    """The reading of a gender, and its rule `gender-unknown`.

    The numbers 1 and 2 stand for male and female in ISO/IEC 5218.
    """
    folded = TEXT.str.to_lowercase()
    return Checks(
        steps=({"gender": folded.replace_strict(ACCEPTED, default=None, return_dtype=pl.String)},),
        stored=pl.col("gender"),
        rules=(
            Rule(
                GENDER_UNKNOWN,
                fails=(TEXT != "") & pl.col("gender").is_null(),
                message=sentence("“{}” can't be stored as a gender. Use Male or Female, or leave it blank."),
                suggestion=folded.replace_strict(_SUGGESTED, default=None, return_dtype=pl.String),
                sure=~folded.is_in(("1", "2")),
            ),
        ),
    )


def gender_choices(_context: Context) -> tuple[str, ...]:
    """The genders that a form offers."""
    return tuple(_MEANT)


GENDER = Field(
    key="gender",
    label="Gender",
    short="Gender",
    width=6,
    headings=folded_headings("gender sex legalsex mf gendermf"),
    specific_checks=gender_checks,
    choices=gender_choices,
    hint="M, F or blank",
    example="F",
    needed=False,
    looks_like=r"(?i)^(m|f|male|female|boy|girl)$",
)
