"""Gender: M, F or blank."""

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import TEXT, Checks, Rule, sentence

GENDER_UNKNOWN = ProblemType("gender-unknown", "{field} is not Male or Female")

ACCEPTED = {"male": "M", "m": "M", "female": "F", "f": "F"}
"""What is taken, case-folded, and how it is stored."""

_MEANT = {
    "M": ("boy", "boys", "b", "1", "man", "men", "mr", "master", "males", "mal", "mael", "masculine", "male.", "m."),
    "F": ("girl", "girls", "g", "2", "woman", "women", "w", "ms", "miss", "mrs", "females", "fem", "femal", "femail",
          "femele", "feminine", "lady", "female.", "f."),
}  # fmt: skip
_SUGGESTED = {word: code for code, words in _MEANT.items() for word in words}


def gender_checks(_context: Context) -> Checks:
    """The rule of gender: `gender-unknown`. The numbers 1 and 2 are those of ISO/IEC 5218."""
    folded = TEXT.str.to_lowercase()
    return Checks(
        steps=({"gender": folded.replace_strict(ACCEPTED, default=None, return_dtype=pl.String)},),
        stored=pl.col("gender"),
        rules=(
            Rule(
                GENDER_UNKNOWN,
                fails=(TEXT != "") & pl.col("gender").is_null(),
                message=sentence(
                    "“{}” is not a gender that can be stored. Use Male, Female, or leave it blank."
                ),
                suggestion=folded.replace_strict(_SUGGESTED, default=None, return_dtype=pl.String),
            ),
        ),
    )


def gender_choices(_context: Context) -> tuple[str, ...]:
    """What a form offers."""
    return tuple(_MEANT)
