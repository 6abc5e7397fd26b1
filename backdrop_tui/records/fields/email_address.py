"""E-mail addresses, checked and put in one form by email-validator, without asking the network."""

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import TEXT, Checks, FastPath, Rule, sentence

EMAIL_INVALID = ProblemType("email", "{field} is not an e-mail address")

PLAIN = (TEXT.str.len_bytes() <= 60) & TEXT.str.contains(
    r"^[A-Za-z0-9]+(?:[._\-][A-Za-z0-9]+)*@[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*"
    r"\.(?:uk|com|org|net|eu|gov|edu|wales|cymru|scot|london)$"
)
"""Boolean over `text`: surely an e-mail address, and stored unchanged."""
FAST_PATH = FastPath(sure=PLAIN, covers=frozenset({EMAIL_INVALID}))


def normal_address(text: str) -> str | None:
    """An e-mail address in the form in which it is stored, or None where it is no address."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - slow to import, seldom needed

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _normalised(texts: pl.Series) -> pl.Series:
    """The stored form of each text that is no plain address; null where it is no address."""
    return pl.Series(texts.name, [normal_address(t) if t else None for t in texts], dtype=pl.String)


def _mended() -> pl.Expr:
    """An address that a text holds: without what is round it, without spaces, with its @ and its full stops."""
    inner = TEXT.str.extract(r"<([^<>]*)>").fill_null(TEXT)
    return (
        inner.str.replace(r"(?i)^\s*(?:mailto|e-?mail)\s*:\s*", "")
        .str.replace(r"(?i)\s*[(\[]at[)\]]\s*", "@")
        .str.replace_all(r"\s+", "")
        .str.replace_all(r"@+", "@")
        .str.replace_all(r"\.{2,}", ".")
        .str.replace_all(r",(com|co|uk|org|net|sch|ac|gov)\b", ".$1")
        .str.strip_chars(".,;:<>\"'()[]")
    )


def email_checks(_context: Context) -> Checks:
    """The rule of an e-mail address: `email`."""
    suspect = pl.when((TEXT != "") & ~PLAIN).then(TEXT)
    address = pl.when(PLAIN).then(TEXT).otherwise(suspect.map_batches(_normalised, return_dtype=pl.String))
    wrong = (TEXT != "") & pl.col("address").is_null()
    mended = pl.when(wrong).then(pl.col("mended")).map_batches(_normalised, return_dtype=pl.String)
    several = TEXT.str.count_matches("@", literal=True) > 1
    return Checks(
        steps=({"address": address}, {"mended": _mended()}, {"meant": mended}),
        stored=pl.col("address"),
        rules=(
            Rule(
                EMAIL_INVALID,
                fails=wrong,
                message=pl.when(several)
                .then(sentence("“{}” is not one e-mail address. Leave one in, or leave it blank."))
                .otherwise(sentence("“{}” is not an e-mail address. Write it like a.khan@school.org.uk, or leave it blank.")),
                suggestion=pl.col("meant"),
            ),
        ),
    )  # fmt: skip
