"""E-mail addresses, checked and normalised by email-validator, without a DNS look-up."""

import polars as pl

from backdrop_tui.records.fields.shared_mailbox import EMAIL_SHARED, SHARED_MAILBOX, shared_mailbox_rule
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import SHOWN, TEXT, Checks, FastPath, Rule, sentence

EMAIL_INVALID = ProblemType("email", "{field} is not an e-mail address")
EMAIL_UNUSUAL = ProblemType("email-unusual", "{field} has an unusual character", "warning")

PLAIN = (TEXT.str.len_bytes() <= 60) & TEXT.str.contains(
    r"^[A-Za-z0-9]+(?:[._\-][A-Za-z0-9]+)*@[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*"
    r"\.(?:uk|com|org|net|eu|gov|edu|wales|cymru|scot|london)$"
)
"""Boolean over `text`: surely an e-mail address, and stored unchanged."""
FAST_PATH = FastPath(
    sure=PLAIN & ~TEXT.str.contains(SHARED_MAILBOX),
    covers=frozenset({EMAIL_INVALID, EMAIL_UNUSUAL, EMAIL_SHARED}),
)

_OTHER_LETTER = r"[\p{L}--\p{Latin}]"
_TWO_SCRIPTS = rf"\p{{Latin}}[^.@]*{_OTHER_LETTER}|{_OTHER_LETTER}[^.@]*\p{{Latin}}"
"""A pattern of addresses that have Latin letters and others between two full stops or @ signs."""
_APOSTROPHES = "‘’‛′´ʼ＇"


def normal_address(text: str) -> str | None:
    """An e-mail address in its stored form, or None if the text is not one."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - slow to import, rarely needed

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _normalised(texts: pl.Series) -> pl.Series:
    """The stored form of each text (String); null if it is not an e-mail address."""
    return pl.Series(texts.name, [normal_address(t) if t else None for t in texts], dtype=pl.String)


def _unwrapped() -> pl.Expr:
    """The address in a text, without what surrounds it: a name, `mailto:`, brackets, punctuation, spaces beside the @.

    Null if there is another address beside the one in brackets.
    """
    bracketed = TEXT.str.extract(r"(?i)<(?:mailto:)?\s*([^<>]*?)\s*>")
    outside = TEXT.str.replace(r"<[^<>]*>", "").str.strip_chars()
    is_other_address = outside.str.contains("@", literal=True) & (outside != bracketed)
    inner = pl.when(~is_other_address.fill_null(value=False)).then(pl.coalesce(bracketed, TEXT))
    return (
        inner.str.replace(r"(?i)^\s*(?:mailto|e-?mail)\s*:\s*", "")
        .str.replace(r"(?i)\s*[(\[]at[)\]]\s*", "@")
        .str.replace_all(r"\s*@\s*", "@")
        .str.strip_chars(".,;:<>\"'()[] ")
    )


def _corrected(address: pl.Expr) -> pl.Expr:
    """An address with a plain apostrophe, and without doubled signs, commas for full stops, and spaces beside full stops."""
    return (
        address.str.replace_all(f"[{_APOSTROPHES}]", "'")
        .str.replace_all(r"@+", "@")
        .str.replace_all(r"\s*\.[\s.]*", ".")
        .str.replace_all(r",\s*(com|co|uk|org|net|sch|ac|gov)\b", ".$1")
    )


def email_checks(_context: Context) -> Checks:
    """The reading of an e-mail address, and its rules `email`, `email-unusual` and `email-shared`.

    A suggestion is sure if it only drops what surrounds the address. One that changes or drops a character inside it is
    possible, and a space between two letters gets none: something else may have stood there.
    """
    suspect = pl.when((TEXT != "") & ~PLAIN & ~TEXT.str.contains(f"[{_APOSTROPHES}]")).then(TEXT)
    address = pl.when(PLAIN).then(TEXT).otherwise(suspect.map_batches(_normalised, return_dtype=pl.String))
    wrong = (TEXT != "") & pl.col("address").is_null()
    unwrapped = pl.when(wrong & ~_unwrapped().str.contains(f"[{_APOSTROPHES}]")).then(_unwrapped())
    sure = unwrapped.map_batches(_normalised, return_dtype=pl.String)
    corrected = pl.when(wrong & pl.col("sure_address").is_null()).then(_corrected(_unwrapped()))
    possible = corrected.map_batches(_normalised, return_dtype=pl.String)
    has_two_scripts = pl.col("address").str.contains(_TWO_SCRIPTS)
    in_local_part = pl.col("address").str.extract(r"^[^@]*?([^\x00-\x7f])")
    unusual = (
        pl.when(has_two_scripts)
        .then(pl.col("address").str.extract(f"({_OTHER_LETTER})"))
        .otherwise(in_local_part)
    )
    several = TEXT.str.count_matches("@", literal=True) > 1
    return Checks(
        steps=({"address": address}, {"sure_address": sure}, {"possible_address": possible}),
        stored=pl.col("address"),
        rules=(
            Rule(
                EMAIL_INVALID,
                fails=wrong,
                message=pl.when(several)
                .then(sentence("“{}” is not a single e-mail address. Keep just one, or leave it blank."))
                .otherwise(sentence("“{}” is not an e-mail address. Write it like a.khan@school.org.uk, or leave it blank.")),
                suggestion=pl.coalesce("sure_address", "possible_address"),
                sure=pl.col("sure_address").is_not_null(),
            ),
            Rule(
                EMAIL_UNUSUAL,
                fails=unusual.is_not_null(),
                message=pl.when(has_two_scripts)
                .then(sentence("“{}” has “{}” in it, which is a letter from another alphabet. Check that it is right.", SHOWN, unusual))
                .otherwise(sentence("“{}” has “{}” before the @, which many mail servers don't accept. Check that it is right.", SHOWN, unusual)),
            ),
            shared_mailbox_rule(pl.col("address")),
        ),
    )  # fmt: skip
