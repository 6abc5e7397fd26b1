"""Gender: M, F or blank."""

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import TEXT, Checks, Rule, sentence
from backdrop_tui.records.schema.text import BLANK_WORDS

GENDER_UNKNOWN = ProblemType("gender-unknown", "{field} is not Male or Female")

ACCEPTED = {"male": "M", "m": "M", "female": "F", "f": "F"}
"""Accepted texts in lower case, with their stored forms."""

_WELSH = {
    "M": ("bachgen", "bechgyn", "hogyn", "gwryw", "gwrywaidd", "dyn"),
    "F": ("merch", "merched", "geneth", "hogan", "benyw", "benywaidd", "menyw"),
}
_MEANT = {
    "M": ("boy", "boys", "b", "man", "men", "mr", "master", "males", "mal", "mael", "masculine", *_WELSH["M"]),
    "F": ("girl", "girls", "g", "woman", "women", "w", "ms", "miss", "mrs", "females", "fem", "femal", "femail", "femele",
          "feminine", "lady", *_WELSH["F"]),
}  # fmt: skip
_NUMBERS = {"1": "M", "2": "F"}
_SUGGESTED = {word: code for code, words in _MEANT.items() for word in words} | _NUMBERS | ACCEPTED
_WELSH_WORDS = tuple(word for words in _WELSH.values() for word in words)
_ENGLISH_WORDS = (
    "boy",
    "boys",
    "girl",
    "girls",
    "male",
    "female",
    "males",
    "females",
    "man",
    "men",
    "woman",
    "women",
)
_INITIALS = ("b", "g")


def gender_checks(_context: Context) -> Checks:
    """The reading of a gender, and its rule `gender-unknown`.

    A suggestion for a word is sure, because each word has only one meaning. The numbers 1 and 2 stand for male and female in
    ISO/IEC 5218, but a school may use others, so they are only possible. `B` and `G` are Boy and Girl for sure beside an
    English word. In Welsh they may be short for *benyw* (female) and *gwryw* (male), so that alone they are only possible,
    and beside a Welsh word they have no suggestion.
    """
    folded = TEXT.str.to_lowercase()
    word = folded.str.strip_chars_end(".")
    is_initial = word.is_in(_INITIALS)
    ambiguous = is_initial & word.is_in(_WELSH_WORDS).any()
    possible = word.is_in(list(_NUMBERS)) | (is_initial & ~word.is_in(_ENGLISH_WORDS).any())
    meant = word.replace_strict(_SUGGESTED, default=None, return_dtype=pl.String)
    return Checks(
        steps=(
            {
                "gender": folded.replace_strict(ACCEPTED, default=None, return_dtype=pl.String),
                "meant": pl.when(~ambiguous).then(meant),
                "sure": ~possible,
            },
        ),
        stored=pl.col("gender"),
        rules=(
            Rule(
                GENDER_UNKNOWN,
                fails=(TEXT != "") & pl.col("gender").is_null(),
                message=sentence("“{}” can't be stored as a gender. Use Male or Female, or leave it blank."),
                suggestion=pl.col("meant"),
                sure=pl.col("sure"),
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
    headings=folded_headings(
        "gender sex legalsex mf morf gendermf gndr malefemale maleorfemale boyorgirl boygirl girlboy rhyw rhywedd inscne"
    ),
    heading_words=folded_headings("gender sex rhyw"),
    specific_checks=gender_checks,
    choices=gender_choices,
    hint="M, F or blank",
    example="F",
    needed=False,
    blank_words=BLANK_WORDS | {"u"},
    can_be_uniform=True,
    value_pattern=r"(?i)^(m|f|male|female|boy|girl)$",
)
