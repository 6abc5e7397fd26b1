"""First names and surnames, of students and staff alike."""

from functools import partial

import polars as pl

from backdrop_tui.records.fields.not_a_name import (
    MIXTURE,
    NOT_A_NAME,
    PLACEHOLDER,
    not_a_name_rules,
    with_mixtures,
)
from backdrop_tui.records.fields.titles import (
    BEGINS_LIKE_TITLE,
    TITLE_IN_NAME,
    UNLIKE_TITLE_BEHIND,
    title_rules,
    without_titles,
)
from backdrop_tui.records.schema.columns import DerivedColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.folded_names import folded, folded_starts
from backdrop_tui.records.schema.hashing import hash_key
from backdrop_tui.records.schema.problems import REQUIRED, TEXT_GARBLED, TOO_LONG, ProblemType
from backdrop_tui.records.schema.rules import (
    REPAIRED,
    SHOWN,
    STORED,
    SURE,
    TEXT,
    Checks,
    FastPath,
    Rule,
    sentence,
)
from backdrop_tui.records.schema.text import ERROR_VALUES, LOST_LETTER_OF_NAME

NO_LETTER = ProblemType("no-letter", "{field} has no letters")
ODD_CHARACTER = ProblemType("odd-character", "{field} has an unusual character", "warning")

LONGEST = 100
"""The maximum number of characters in a name."""

_ODD = r"[^\p{L}\p{M} '\-.]"
_LOOK_ALIKES = {"‘": "'", "`": "'", "´": "'", "′": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}
_APOSTROPHES = "'‘’`´′"
_GUARDED = rf"^[{_APOSTROPHES}]+\s*(\p{{L}}.*?)[{_APOSTROPHES}]*$"
"""Pattern of a name behind an apostrophe, as spreadsheets put it in front of a text, or between two."""
_GUARDED_FOR_CERTAIN = rf"(?i)^[{_APOSTROPHES}]+\s*[b-df-hj-np-tv-z]"
"""Pattern of such a name that no language writes with an apostrophe: in front of a vowel, it may be a letter of its own ('Ofa)."""
_DUTCH = rf"(?i)^[{_APOSTROPHES}][nst][ \-]"
"""Pattern of the beginning of surnames such as 't Hooft and 's Gravesande."""
_QUOTED = '^["“”„«]\\s*([^"“”„«»]+?)\\s*["“”«»]$'

_ACCENTED = "À-ÖØ-öø-ɏḀ-ỿ"
_WORD = f"(?:(?:[{_ACCENTED}]?[A-Za-z]+)+[{_ACCENTED}]?|[{_ACCENTED}])"
_LATER_WORD = rf"(?:{UNLIKE_TITLE_BEHIND}|[Dd](?:[aiu]|e[lnr]?|os))"
# European letters of one code point each, parted by an apostrophe or a hyphen, or by a space if the next word can't be a
# title. A garbled text has two characters beyond ASCII next to each other.
FAST_PATH = FastPath(
    sure=(TEXT.str.len_bytes() <= LONGEST)
    & TEXT.str.contains(rf"^{_WORD}(?:['\-]{_WORD}| {_LATER_WORD})*$")
    & ~TEXT.str.contains(f"{BEGINS_LIKE_TITLE}|{PLACEHOLDER}"),
    covers=frozenset({TEXT_GARBLED, REQUIRED, TOO_LONG, NO_LETTER, TITLE_IN_NAME, NOT_A_NAME, ODD_CHARACTER}),
)


def name_checks(label: str, *, is_first_name: bool) -> Checks:
    """The reading of a name, and its rules.

    Args:
        label: The label of the field.
        is_first_name: Whether it is a first name.
    """
    name = pl.col("name")
    return Checks(
        steps=(
            {
                "name": TEXT.str.replace_all("’", "'", literal=True),
                "mixture": TEXT.map_batches(with_mixtures, return_dtype=MIXTURE),
            },
        ),
        stored=pl.when(TEXT != "").then(name),
        rules=(
            Rule(
                NO_LETTER,
                fails=~TEXT.str.contains(r"\p{L}") & REPAIRED.is_null(),
                message=sentence(f"“{{}}” has no letters. Type in the {label.lower()}."),
            ),
            *title_rules(name, is_first_name=is_first_name),
            *not_a_name_rules(label),
            *_odd_character_rules(name),
        ),
    )


def _odd_character_rules(name: pl.Expr) -> tuple[Rule, ...]:
    """The two rules `odd-character`, of names (String) with `’` as `'`."""
    is_guarded = name.str.contains(_GUARDED) & ~name.str.contains(_DUTCH)
    without_oddities = pl.coalesce(name.str.extract(_QUOTED), name).str.replace_many(_LOOK_ALIKES)
    return (
        Rule(
            ODD_CHARACTER,
            fails=is_guarded & REPAIRED.is_null(),
            message=sentence(
                "“{}” begins with an apostrophe, which a spreadsheet may have put there. Check that it is right."
            ),
            suggestion=name.str.extract(_GUARDED),
            sure=name.str.contains(_GUARDED_FOR_CERTAIN),
        ),
        Rule(
            ODD_CHARACTER,
            fails=without_titles(name).str.contains(_ODD) & ~is_guarded & REPAIRED.is_null(),
            message=sentence(
                "“{}” has “{}” in it, which is unusual in a name. Check that it is right.",
                SHOWN,
                name.str.extract(f"({_ODD})"),
            ),
            suggestion=pl.when(~without_oddities.str.contains(_ODD)).then(without_oddities),
            sure=SURE,
        ),
    )


def first_name_checks(_context: Context) -> Checks:
    """The checks of a first name."""
    return name_checks("First Name", is_first_name=True)


def surname_checks(_context: Context) -> Checks:
    """The checks of a surname."""
    return name_checks("Surname", is_first_name=False)


_NAME_LIKE = r"^[^\W\d_]['’.\- ]?[^\W\d_][^\d@/]*$"
_OTHER_NAMES = folded_headings(
    "middle maiden birth initial initials prefix suffix title salutation pronunciation phonetic code house school class form "
    "group course subject set user"
)

_name_field = partial(
    Field,
    value_pattern=_NAME_LIKE,
    recognised_by_values=False,
    owner_words=folded_headings("user"),
    unrelated_words=_OTHER_NAMES,
    longest=LONGEST,
    blank_words=ERROR_VALUES,
    can_be_garbled=True,
    can_begin_with_apostrophe=True,
    lost_letter=LOST_LETTER_OF_NAME,
    fast_path=FAST_PATH,
)
FIRST_NAME = _name_field(
    key="first_name",
    label="First Name",
    short="First",
    headings=folded_headings(
        "1stname fname legalforename legalfirstname forename forenames firstname firstnames givenname givennames christianname "
        "christiannames baptismalname enwcyntaf ainm"
    ),
    fallback_headings=folded_headings(
        "preferredforename preferredfirstname chosenforename chosenname chosenfirstname knownas"
    ),
    heading_words=folded_headings("forename forenames firstname firstnames givenname givennames enwcyntaf"),
    specific_checks=first_name_checks,
    hint="the legal first name",
    example="Amira",
)
SURNAME = _name_field(
    key="surname",
    label="Surname",
    headings=folded_headings(
        "2ndname secondname lname legalsurname legallastname surname lastname familyname legalfamilyname cyfenw sloinne"
    ),
    fallback_headings=folded_headings("preferredsurname preferredlastname chosensurname"),
    heading_words=folded_headings("surname lastname familyname cyfenw"),
    specific_checks=surname_checks,
    hint="the legal surname",
    example="O'Neill",
)


def _folded_key(_context: Context) -> pl.Expr:
    return hash_key(STORED.map_batches(folded, return_dtype=pl.String))


def _folded_start(_context: Context) -> pl.Expr:
    return STORED.map_batches(folded_starts, return_dtype=pl.UInt32)


FIRST_NAME_KEY = DerivedColumn(FIRST_NAME, "name_key", _folded_key)
"""The hash keys of first names, folded (UInt32)."""
SURNAME_START = DerivedColumn(SURNAME, "start", _folded_start)
"""Numbers for the first two letters of surnames, folded (UInt32), by which most surnames differ."""
