"""Year groups as schools write them: what a text means, and what it may mean."""

from collections.abc import Mapping

import polars as pl

from backdrop_tui.records.schema.rules import TEXT, Steps

CODES_OF_NUMBERS: Mapping[int, str] = {-2: "N1", -1: "N2", 0: "R"} | {n: str(n) for n in range(1, 15)}
"""The code of each year group by its number: age - 4. `X` has none."""

_NUMBERS = {str(number): code for number, code in CODES_OF_NUMBERS.items() if number >= 0}
_YEAR = r"(?:(?:nc|national curriculum)[ .\-]*)?(?:year|yr|y|blwyddyn)(?:[ .\-]*(?:group|grp))?[ .:\-]*"
_NUMBER = rf"^(?:{_YEAR})?0*([0-9]{{1,2}})(?:\.0+)?$"
_NURSERY = r"^(?:nursery|nur|n)[ .\-]*(?:year[ .\-]*)?0*([12])(?:\.0+)?$"
_FOUNDATION = r"^(?:f|fs|foundation(?: stage| year)?)[ .\-]*0*([12])(?:\.0+)?$"
_RECEPTION = rf"^(?:{_YEAR})?(?:r|rec|reception)(?: (?:class|year))?$"
_NO_YEAR = rf"^(?:{_YEAR})?x$"
_BRACKET = r"^(.+?) ?\((.+)\)$"
_DASHES = "[‐‑‒–—―−⁃]"

_EITHER_NURSERY = r"^(?:nursery|nur|n|pre-?school)(?: class)?$"
_BETWEEN_TWO = r" ?(?:/|&|\+|,|-|\band\b|\bor\b|\bto\b) ?"
_NAMES_OF_SEVERAL = {
    "early years": ["N1", "N2", "R"],
    "eyfs": ["N1", "N2", "R"],
    "foundation stage": ["N2", "R"],
    "foundation": ["N2", "R"],
    "fs": ["N2", "R"],
    "ks1": ["1", "2"],
    "ks2": ["3", "4", "5", "6"],
    "ks3": ["7", "8", "9"],
    "ks4": ["10", "11"],
    "ks5": ["12", "13"],
    "sixth form": ["12", "13"],
    "6th form": ["12", "13"],
    "6th": ["6", "12", "13"],
}

_IN_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
             "thirteen", "fourteen")  # fmt: skip
_WORDS = {word: str(n) for n, word in enumerate(_IN_WORDS, start=1)} | {
    **dict.fromkeys(("lower sixth", "lower 6th", "lower 6", "l6"), "12"),
    **dict.fromkeys(("upper sixth", "upper 6th", "upper 6", "u6"), "13"),
    "-2": "N1",
    "-1": "N2",
}
_LEADING = rf"^(?:{_YEAR})?0*([0-9]{{1,2}})(?:st|nd|rd|th|[a-z]| ?\(.*\))$"
_LEADING_BEFORE_WORDS = rf"^(?:{_YEAR})?0*([0-9]{{1,2}})[ \-]+[a-z][^0-9]*$"
_LIKE_DIGITS = rf"^(?:{_YEAR})?([0-9oil]*[0-9][0-9oil]*)$"

STEPS: Steps = (
    {
        "folded": TEXT.str.to_lowercase()
        .str.replace_all(_DASHES, "-")
        .str.replace(r"[\s.]+$", "")
        .str.replace(r"(.)[\s.\-]+$", "$1")
    },
    {
        "outside": pl.col("folded").str.extract(_BRACKET, 1),
        "inside": pl.col("folded").str.extract(_BRACKET, 2),
        "alternatives": pl.col("folded")
        .str.replace(r"^(?:years|yrs) ?", "")
        .str.replace(r" ?\([^0-9]*\)$", "")
        .str.replace_all(_BETWEEN_TWO, "/")
        .str.split("/"),
        "is_nursery": pl.col("folded").str.contains(_EITHER_NURSERY),
    },
)
"""What is needed to tell what a text means: `folded` (String), the parts `outside` and `inside` of brackets (String), the
`alternatives` of which it is made up (List of String), and `is_nursery` (Boolean: N1 or N2, without saying which)."""


def meant_code() -> pl.Expr:
    """The year group's code (String) that a text means, or null. What is in brackets may only say the same again."""
    outside, inside = _code(pl.col("outside")), _code(pl.col("inside"))
    return pl.coalesce(_code(pl.col("folded")), pl.when(outside == inside).then(outside))


def possible_codes() -> pl.Expr:
    """The year groups (List of String) of which a text means one without saying which, such as `Year 5/6`; or null."""
    codes = pl.col("alternatives").list.eval(_code(pl.element()))
    are_several = (codes.list.n_unique() > 1) & (codes.list.drop_nulls().list.len() == codes.list.len())
    by_digit, by_letter = _with_look_alikes(), _leading()
    return (
        pl.when("is_nursery")
        .then(pl.lit(["N1", "N2"]))
        .when(are_several)
        .then(codes)
        .when(by_digit != by_letter)
        .then(pl.concat_list(by_letter, by_digit))
        .otherwise(
            pl.col("folded").replace_strict(_NAMES_OF_SEVERAL, default=None, return_dtype=pl.List(pl.String))
        )
    )


def probable_code() -> pl.Expr:
    """The code (String) that a text like `Year Seven`, `7th`, `Year 7 (2026)` or `7A` probably means, or null."""
    word = pl.col("folded").str.replace(rf"^{_YEAR}", "")
    in_words = word.replace_strict(_WORDS, default=None, return_dtype=pl.String)
    before_words = _of_number(pl.col("folded").str.extract(_LEADING_BEFORE_WORDS))
    return pl.coalesce(in_words, _leading(), _with_look_alikes(), before_words)


def is_certain() -> pl.Expr:
    """Boolean: whether the probable code is the only one that a text can mean: `7th` but not `7 Oak`."""
    return ~pl.col("folded").str.contains(_LEADING_BEFORE_WORDS)


def _code(text: pl.Expr) -> pl.Expr:
    """The code (String) that a folded text says outright, or null."""
    foundation = text.str.extract(_FOUNDATION)
    return pl.coalesce(
        _of_number(text.str.extract(_NUMBER)),
        pl.lit("N") + text.str.extract(_NURSERY),
        foundation.replace_strict({"1": "N2", "2": "R"}, default=None, return_dtype=pl.String),
        pl.when(text.str.contains(_RECEPTION)).then(pl.lit("R")),
        pl.when(text.str.contains(_NO_YEAR)).then(pl.lit("X")),
    )


def _of_number(number: pl.Expr) -> pl.Expr:
    """The code (String) of a number without leading zeros (String), or null."""
    return number.replace_strict(_NUMBERS, default=None, return_dtype=pl.String)


def _leading() -> pl.Expr:
    """The code of the number in `7th`, `7A` or `7 (2026)`, or null. No class is called 0A."""
    code = _of_number(pl.col("folded").str.extract(_LEADING))
    return pl.when(code != "R").then(code)


def _with_look_alikes() -> pl.Expr:
    """The code of a number in which letters stand for digits, such as `o7`, or null."""
    digits = pl.col("folded").str.extract(_LIKE_DIGITS).str.replace_many({"o": "0", "i": "1", "l": "1"})
    return _of_number(digits.str.replace("^0+(.)", "$1"))
