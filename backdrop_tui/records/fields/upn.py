"""Unique Pupil Numbers.

A UPN has thirteen characters: a check letter, the local authority's number (three digits), the school's number (four), the
year (two) and a serial number (three). In a temporary UPN the last character is a letter. The rules are from the Department
for Education's guide "Unique pupil numbers (UPNs)".
"""

import polars as pl

from backdrop_tui.records.fields.local_authorities import LOCAL_AUTHORITIES
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import SHOWN, TEXT, Checks, FastPath, Rule, Steps, sentence
from backdrop_tui.records.schema.text import BLANK_WORDS

UPN_LENGTH = ProblemType("upn-length", "{field} does not have 13 characters")
UPN_FORMAT = ProblemType("upn-format", "{field} has a character in the wrong place")
UPN_CHECK_LETTER = ProblemType("upn-check-letter", "{field} has the wrong first letter")
UPN_LA_CODE = ProblemType("upn-la-code", "{field} has an unknown local authority number", "warning")

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters in order, from A for 0 to Z for 22, without I, O and S."""
LENGTH = 13
"""The number of characters in a UPN."""

TEMPORARY = rf"[{LETTERS}]$"
"""Pattern of a temporary UPN, among UPNs."""

_FORMAT = rf"^[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]$"
_MISTYPED_DIGITS = {"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8"}
_MISTYPED_LAST = {"O": "0", "I": "1", "S": "5"}
_SEPARATORS = r"[\s\-_./‐-―−\u200b-\u200f\u{feff}]"


def _characters(upns: pl.Series) -> pl.DataFrame:
    """The characters of UPNs (String, of thirteen bytes each) as columns 1 to 13, UInt8."""
    coded = upns.rechunk().cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, LENGTH))
    one_by_one = coded.explode().to_frame("character")
    every_thirteenth = (pl.col("character").gather_every(LENGTH, place) for place in range(LENGTH))
    return one_by_one.select_seq(
        column.alias(str(place)) for place, column in enumerate(every_thirteenth, start=1)
    )


def _number(place: int) -> pl.Expr:
    """The digit in a place (UInt16), over what `_characters` returns."""
    return (pl.col(str(place)) & 0x0F).cast(pl.UInt16)


def _are_digits(*places: int) -> pl.Expr:
    """Whether these characters are digits (Boolean): the numbers wrap, so anything in front of 0 is beyond 9, too."""
    return pl.all_horizontal(pl.col(str(place)) - ord("0") <= 9 for place in places)


def _index(letter: pl.Expr) -> pl.Expr:
    """The index of a check letter in `LETTERS` (UInt16), given its byte."""
    left_out = sum((letter > ord(other)).cast(pl.UInt16) for other in "IOS")
    return letter.cast(pl.UInt16) - ord("A") - left_out


_FIRST, _LAST = pl.col("1"), pl.col(str(LENGTH))
_TOTAL = pl.sum_horizontal(_number(place) * place for place in range(2, LENGTH))
"""The sum of characters 2 to 12, all of them digits, each multiplied by its place (UInt16)."""


def _letters(upns: pl.Series) -> pl.Series:
    """The check letter that belongs to the other characters of each UPN (String); null for null."""
    last = pl.when(_LAST < ord("A")).then(_number(LENGTH)).otherwise(_index(_LAST))  # noqa: SIM300 - a column stands left
    characters = _characters(upns.drop_nulls())
    places = characters.select((_TOTAL + last * LENGTH) % len(LETTERS)).to_series()
    letters = pl.Series([None], dtype=pl.String).new_from_index(0, len(upns))
    return letters.scatter(upns.is_not_null().arg_true(), pl.Series(list(LETTERS))[places])


def _check_letter(upn: pl.Expr) -> pl.Expr:
    """The check letter that belongs to the other characters of a UPN (String)."""
    return upn.map_batches(_letters, return_dtype=pl.String)


def _plain(texts: pl.Series) -> pl.Series:
    """Whether each text is surely a permanent UPN of a known local authority, with the right check letter (Boolean).

    It is worked out by arithmetic on bytes. All other texts, including temporary UPNs, go through the rules; a test compares
    the two.
    """
    index = (_TOTAL + _number(LENGTH) * LENGTH) % len(LETTERS)
    authority = _number(2) * 100 + _number(3) * 10 + _number(4)
    sure = (
        _are_digits(*range(2, LENGTH + 1))
        & (index * 256 + _FIRST.cast(pl.UInt16)).is_in(_RIGHT_LETTERS)
        & authority.is_in(_AUTHORITIES)
    )
    is_whole = texts.str.len_bytes() == LENGTH
    return is_whole.scatter(is_whole.arg_true(), _characters(texts.filter(is_whole)).select(sure).to_series())


_RIGHT_LETTERS = [index * 256 + byte for index, byte in enumerate(LETTERS.encode())]
"""Each check letter's index and byte in one number: looking up pairs is faster than looking up the letter of an index."""
_AUTHORITIES = [int(number) for number in LOCAL_AUTHORITIES]
FAST_PATH = FastPath(
    sure=TEXT.map_batches(_plain, return_dtype=pl.Boolean),
    covers=frozenset({UPN_LENGTH, UPN_FORMAT, UPN_CHECK_LETTER, UPN_LA_CODE}),
)


def without_separators(upn: pl.Expr) -> pl.Expr:
    """A text in capitals (String) without spaces, dashes, full stops and slashes."""
    return upn.str.replace_all(_SEPARATORS, "")


def _with_digits(bare: pl.Expr) -> pl.Expr:
    """A text without separators, with digits in place of the letters that look like them, where a UPN has digits."""
    digits = bare.str.slice(1, 11).str.replace_many(_MISTYPED_DIGITS)
    last = bare.str.slice(12).replace(_MISTYPED_LAST)
    return pl.concat_str(bare.str.slice(0, 1), digits, last)


def _if_valid(upn: pl.Expr) -> pl.Expr:
    """A text where it is a UPN with the right check letter; otherwise null."""
    letter = _check_letter(pl.when(upn.str.contains(_FORMAT)).then(upn))
    return pl.when(letter == upn.str.slice(0, 1)).then(upn)


def upn_checks(_context: Context) -> Checks:
    """The reading of a UPN, and its rules: length, format, check letter, local authority.

    Nothing is suggested for a wrong check letter, because any of the thirteen characters may be the wrong one. A UPN with
    spaces or dashes in it is suggested without them, which is sure if all thirteen characters are there and agree with the
    check letter. Digits in place of letters that look like them are possible, if the check letter confirms them.
    """
    upn = pl.col("upn")
    length = upn.str.len_chars()
    well_formed = upn.str.contains(_FORMAT)
    letter = _check_letter(pl.when(well_formed).then(upn))
    bare = without_separators(upn)
    only_separated = pl.col("only_separated")
    suggestion = pl.coalesce(only_separated, _if_valid(_with_digits(bare)))
    suggestion_steps: Steps = ({"only_separated": _if_valid(bare)},)
    return Checks(
        steps=({"upn": TEXT.str.to_uppercase()}, {"letter": letter, "well_formed": well_formed}),
        stored=pl.when(TEXT != "").then(upn),
        rules=(
            Rule(
                UPN_LENGTH,
                fails=(TEXT != "") & (length != LENGTH),
                message=sentence(
                    "“{}” has {} characters, but a UPN has 13. Look it up, or leave it blank.", SHOWN, length
                ),
                steps=suggestion_steps,
                suggestion=suggestion,
                sure=only_separated.is_not_null(),
            ),
            Rule(
                UPN_FORMAT,
                fails=(TEXT != "") & ~pl.col("well_formed"),
                message=sentence(
                    "“{}” is not a UPN: a letter (not I, O or S), 11 digits, then a digit or a letter. Look it up, or leave it blank."
                ),
                steps=suggestion_steps,
                suggestion=suggestion,
                sure=only_separated.is_not_null(),
            ),
            Rule(
                UPN_CHECK_LETTER,
                fails=pl.col("letter") != upn.str.slice(0, 1),
                message=sentence(
                    "The first letter of “{}” should be {} if all the other characters are right. Check every character, or leave it blank.",
                    SHOWN,
                    pl.col("letter"),
                ),
            ),
            Rule(
                UPN_LA_CODE,
                fails=pl.col("well_formed") & ~upn.str.slice(1, 3).is_in(sorted(LOCAL_AUTHORITIES)),
                message=sentence(
                    "{} in “{}” is not a local authority number that we know. Check that it is right.",
                    upn.str.slice(1, 3),
                    SHOWN,
                ),
            ),
        ),
    )


UPN = Field(
    key="upn",
    label="UPN",
    width=13,
    headings=folded_headings(
        "upn uniquepupilnumber uniquepupilnumberupn pupilupn upnnumber uniquepupilref "
        "uniquepupilreference uniquepupilid nationalpupilnumber nationaluniquepupilnumber"
    ),
    heading_words=folded_headings("upn uniquepupilnumber"),
    unrelated_words=folded_headings("principal admission"),
    specific_checks=upn_checks,
    hint="13 characters, or blank",
    example="H801200001001",
    needed=False,
    blank_words=BLANK_WORDS | {"no upn"},
    fast_path=FAST_PATH,
    value_pattern=r"(?i)^[a-z][0-9]{11}[0-9a-z]$",
)


def _capitals(_context: Context) -> Checks:
    """A former UPN is only compared with stored ones, so no rule is needed."""
    return Checks(stored=pl.when(TEXT != "").then(TEXT.str.to_uppercase()))


FORMER_UPN = Field(
    key="former_upn",
    label="Former UPN",
    headings=folded_headings(
        "formerupn previousupn oldupn formeruniquepupilnumber previousuniquepupilnumber"
    ),
    specific_checks=_capitals,
    hint="the UPN that a student had before, or blank",
    example="H801200001001",
    needed=False,
    in_template=False,
    value_pattern=UPN.value_pattern,
    recognised_by_values=False,
    blank_words=UPN.blank_words,
)
