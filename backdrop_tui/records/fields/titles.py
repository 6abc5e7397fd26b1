"""Titles in front of names, such as Mr and Dr, or behind them."""

import polars as pl

from backdrop_tui.records.schema.problems import REQUIRED, ProblemType
from backdrop_tui.records.schema.rules import REPAIRED, SHOWN, TEXT, Rule, sentence

TITLE_IN_NAME = ProblemType("title-in-name", "{field} has a title in it", "warning", applies_possible=True)

_ALWAYS_TITLES = "mr|mrs|ms|mx|dr|prof|revd?"
_ALSO_NAMES = ("lord", "lady")
"""Titles that are first names too, or surnames."""
TITLES = (
    f"{_ALWAYS_TITLES}|miss|sir|dame|{'|'.join(_ALSO_NAMES)}|master|mister|madam|mme|mlle|doctor|professor|reverend|fr|father|"
    "sr|sister|br|cllr|capt|sgt"
)
"""Pattern of a title in lower case, without a full stop."""
_TITLE = f"(?:{TITLES})"
IN_FRONT = rf"(?i:^(?:{_TITLE}(?:\.\s*|\s+)(?:[&+/]\s*|and\s+)?)+)"
"""Pattern of the titles in front of a name, with the spaces after them."""
BEHIND = rf"(?i:(?:\s*\({_TITLE}\.?\)|(?:,\s*|\s+)(?:{_ALWAYS_TITLES})\.?)$)"
"""Pattern of a title behind a name, in brackets or not."""
BETWEEN = rf"(?i: (?:{_ALWAYS_TITLES}|miss)\.? )"
"""Pattern of a title between a surname and a first name, with the spaces around it."""
_ALONE = rf"(?i)^(?:{_TITLE}\.?(?:\s*[&+/,]\s*|\s+and\s+|\s+|$))+$"
BEGINS_LIKE_TITLE = rf"(?i)^{_TITLE}(?:[. ]|$)"
"""Pattern that matches every text with a title in front of a name."""
UNLIKE_TITLE_BEHIND = "(?:[A-Za-z]{5,}|[A-CE-LNOQS-Za-ce-lnoqs-z][A-Za-z]*)"
"""Pattern of a word that is no title behind a name: it is too long, or begins with another letter."""


def without_titles(name: pl.Expr) -> pl.Expr:
    """A name (String) without the titles in front of it and behind it; empty if there is nothing else."""
    bare = name.str.replace(BEHIND, "").str.replace(IN_FRONT, "")
    return pl.when(name.str.contains(_ALONE)).then(pl.lit("")).otherwise(bare)


def title_rules(name: pl.Expr, *, is_first_name: bool) -> tuple[Rule, ...]:
    """The rule `title-in-name`, and for a first name the rule `required` where a title is all there is.

    A surname may be a title: there are families called Lord and Sir.

    Args:
        name: The name (String), with straight apostrophes.
        is_first_name: Whether it is a first name.
    """
    bare = without_titles(name)
    has_title = (bare != name) & (bare != "") & REPAIRED.is_null()
    in_name = Rule(
        TITLE_IN_NAME,
        fails=has_title,
        message=sentence("“{}” has a title in it. The name alone is “{}”.", SHOWN, bare),
        suggestion=bare,
    )
    if not is_first_name:
        return (in_name,)
    is_ambiguous = name.str.to_lowercase().is_in(_ALSO_NAMES)
    alone = Rule(
        REQUIRED,
        fails=(TEXT != "") & (bare == "") & ~is_ambiguous,
        message=sentence("“{}” is a title, not a first name. Type in the first name."),
    )
    perhaps = Rule(
        TITLE_IN_NAME,
        fails=is_ambiguous,
        message=sentence("“{}” may be a title and not a first name. Check that it is right."),
    )
    return (alone, in_name, perhaps)
