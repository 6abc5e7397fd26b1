"""E-mail addresses, checked and normalised by email-validator, without a DNS look-up."""

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
    """An e-mail address in its stored form, or None if the text is not one."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - slow to import, rarely needed

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _normalised(texts: pl.Series) -> pl.Series:
    """The stored form of each text (String); null if it is not an e-mail address."""
    return pl.Series(texts.name, [normal_address(t) if t else None for t in texts], dtype=pl.String)


def _repaired() -> pl.Expr:
    """The text without what surrounds an address in it, without spaces, and with doubled or mistyped signs corrected."""
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
    """The reading of an e-mail address, and its rule `email`."""
    suspect = pl.when((TEXT != "") & ~PLAIN).then(TEXT)
    address = pl.when(PLAIN).then(TEXT).otherwise(suspect.map_batches(_normalised, return_dtype=pl.String))
    wrong = (TEXT != "") & pl.col("address").is_null()
    repaired = pl.when(wrong).then(pl.col("repaired")).map_batches(_normalised, return_dtype=pl.String)
    several = TEXT.str.count_matches("@", literal=True) > 1
    return Checks(
        steps=({"address": address}, {"repaired": _repaired()}, {"suggested": repaired}),
        stored=pl.col("address"),
        rules=(
            Rule(
                EMAIL_INVALID,
                fails=wrong,
                message=pl.when(several)
                .then(sentence("“{}” is not a single e-mail address. Keep just one, or leave it blank."))
                .otherwise(sentence("“{}” is not an e-mail address. Write it like a.khan@school.org.uk, or leave it blank.")),
                suggestion=pl.col("suggested"),
            ),
        ),
    )  # fmt: skip
