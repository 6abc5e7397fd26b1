"""Unique Pupil Numbers.

Thirteen characters: a check letter, the number of the local authority (three digits), the number of the school (four),
the year (two), a serial number (three). In a temporary UPN the last character is a letter. The source of the rules is
the Department for Education's guide "Unique pupil numbers (UPNs)".
"""

import polars as pl

from backdrop_tui.records.fields.local_authorities import LOCAL_AUTHORITIES
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import SHOWN, TEXT, Checks, FastPath, Rule, sentence

UPN_LENGTH = ProblemType("upn-length", "{field} does not have 13 characters")
UPN_FORMAT = ProblemType("upn-format", "{field} has a character in the wrong place")
UPN_CHECK_LETTER = ProblemType("upn-check-letter", "{field} has the wrong first letter")
UPN_LA_CODE = ProblemType("upn-la-code", "{field} has an unknown local authority", "warning")

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters in order, A for 0 to Z for 22: no I, O, S."""
LENGTH = 13
"""Characters in a UPN."""

_FORMAT = rf"^[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]$"
_MISTYPED_DIGITS = {"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8"}


def _weights(first_byte: int, weights: tuple[int, ...]) -> int:
    """A multiplier that adds up four weighted 16-bit lanes of a little-endian word into its highest lane."""
    lanes = weights[first_byte::2]
    return sum(weight << (16 * (3 - lane)) for lane, weight in enumerate(lanes))


def _digit_sum(word: pl.Expr, weights: tuple[int, ...]) -> pl.Expr:
    """The weighted sum of the eight ASCII digits in a UInt64, lowest byte first. At most 9 × 108, so no lane overflows."""
    lanes = 0x000F_000F_000F_000F
    even = (word & lanes) * _weights(0, weights)
    odd = ((word // 256) & lanes) * _weights(1, weights)
    return (even // 2**48) + (odd // 2**48)


def _seven_digits(word: pl.Expr) -> pl.Expr:
    """Whether the last seven bytes of a UInt64 are ASCII digits: the high half is 3, and stays so when 6 is added.

    No other high half gives 3 when it is put together with itself, or with the next one, by a bitwise and.
    """
    high, threes = 0xF0F0_F0F0_F0F0_F000, 0x3030_3030_3030_3000
    return ((word + 0x0606_0606_0606_0600) & word & high) == threes


def _words(texts: pl.Series) -> pl.DataFrame:
    """`head` and `tail`: a text's first eight characters and its last eight, each as a UInt64, lowest byte first.

    Null where the text is too short; right for what has the length and the characters of a UPN.
    """
    coded = pl.col(texts.name).cast(pl.Binary).bin
    return texts.to_frame().select(
        head=coded.slice(0, 8).bin.reinterpret(dtype=pl.UInt64),
        tail=coded.slice(LENGTH - 8, 8).bin.reinterpret(dtype=pl.UInt64),
    )


def _place(letter: pl.Expr) -> pl.Expr:
    """The place of a check letter in `LETTERS`, from its byte (UInt64)."""
    return letter - ord("A") - sum((letter > ord(left_out)).cast(pl.UInt64) for left_out in "IOS")


_HEAD, _TAIL = pl.col("head"), pl.col("tail")
_LAST = _TAIL // 2**56
_TOTAL = _digit_sum(_HEAD, (0, 2, 3, 4, 5, 6, 7, 8)) + _digit_sum(_TAIL, (0, 0, 0, 9, 10, 11, 12, 0))
"""Characters 2 to 12, digits all, each times its place, added up."""


def _letters(upns: pl.Series) -> pl.Series:
    """The letter that belongs in front of the other characters (String), where those are as they should be."""
    last = pl.when(_LAST < ord("A")).then(_LAST & 0x0F).otherwise(_place(_LAST))  # noqa: SIM300 - a column stands left
    places = _words(upns).select((_TOTAL + last * LENGTH) % 23).to_series()
    return pl.Series(list(LETTERS)).gather(places)


def _check_letter(upn: pl.Expr) -> pl.Expr:
    """The same, of an expression."""
    return upn.map_batches(_letters, return_dtype=pl.String)


def _plain(texts: pl.Series) -> pl.Series:
    """Whether a text is surely a permanent UPN of a known authority with the right letter (Boolean).

    Told by arithmetic on two words of eight bytes, which are cut out once. Every other text, temporary UPNs among them,
    takes the way through the rules; a test holds the two against each other.
    """
    place = (_TOTAL + (_LAST & 0x0F) * LENGTH) % len(LETTERS)
    right = (place * 256 + (_HEAD & 0xFF)).is_in(_RIGHT_LETTERS)
    known = ((_HEAD // 256) & 0xFF_FFFF).is_in(_AUTHORITY_WORDS)
    sure = _seven_digits(_HEAD) & _seven_digits(_TAIL) & right & known
    whole = texts.str.len_bytes() == LENGTH
    return whole & _words(texts).select(sure.fill_null(value=False)).to_series()


_RIGHT_LETTERS = [place * 256 + byte for place, byte in enumerate(LETTERS.encode())]
"""Each check letter's place together with its byte. Looked up in one go: finding the letter of a place takes longer."""
_AUTHORITY_WORDS = [int.from_bytes(number.encode(), "little") for number in LOCAL_AUTHORITIES]
FAST_PATH = FastPath(
    sure=TEXT.map_batches(_plain, return_dtype=pl.Boolean),
    covers=frozenset({UPN_LENGTH, UPN_FORMAT, UPN_CHECK_LETTER, UPN_LA_CODE}),
)


def _mended(upn: pl.Expr) -> pl.Expr:
    """A UPN without the spaces and dashes in it, and with digits where letters like them were typed; else null.

    Only what then has the right check letter is suggested, so that no other student's UPN is made up.
    """
    bare = upn.str.replace_all(r"[\s\-_./‐–—\u200b-\u200f\u{feff}]", "")
    digits = bare.str.slice(1, 11).str.replace_many(_MISTYPED_DIGITS)
    last = bare.str.slice(12, 1).replace({"O": "0", "I": "1", "S": "5"})
    mended = pl.concat_str(bare.str.slice(0, 1), digits, last)
    right = (bare.str.len_chars() == LENGTH) & mended.str.contains(_FORMAT)
    return pl.when(right & (_check_letter(mended) == mended.str.slice(0, 1))).then(mended)


def upn_checks(_context: Context) -> Checks:
    """The rules of a UPN: `upn-length`, `upn-format`, `upn-check-letter`, warning `upn-la-code`."""
    upn = pl.col("upn")
    length = upn.str.len_chars()
    well_formed = upn.str.contains(_FORMAT)
    letter = _check_letter(pl.when(well_formed).then(upn))
    return Checks(
        steps=({"upn": TEXT.str.to_uppercase()}, {"letter": letter, "well_formed": well_formed}),
        stored=pl.when(TEXT != "").then(upn),
        rules=(
            Rule(
                UPN_LENGTH,
                fails=(TEXT != "") & (length != LENGTH),
                message=sentence(
                    "“{}” has {} characters; a UPN has 13. Look it up, or leave it blank.", SHOWN, length
                ),
                suggestion=_mended(upn),
            ),
            Rule(
                UPN_FORMAT,
                fails=(TEXT != "") & ~pl.col("well_formed"),
                message=sentence(
                    "“{}” is not a UPN: that is one letter (not I, O or S), then 11 digits, then a digit or a letter."
                ),
                suggestion=_mended(upn),
            ),
            Rule(
                UPN_CHECK_LETTER,
                fails=pl.col("letter") != upn.str.slice(0, 1),
                message=sentence(
                    "The first letter of “{}” should be {}, going by its other characters. One of them is mistyped.",
                    SHOWN,
                    pl.col("letter"),
                ),
                suggestion=pl.concat_str(pl.col("letter"), upn.str.slice(1)),
            ),
            Rule(
                UPN_LA_CODE,
                fails=pl.col("well_formed") & ~upn.str.slice(1, 3).is_in(sorted(LOCAL_AUTHORITIES)),
                message=sentence(
                    "{} in “{}” is not the number of a local authority we know. Look whether it is right.",
                    upn.str.slice(1, 3),
                    SHOWN,
                ),
            ),
        ),
    )
