"""One column, examined: what is stored of it, and what is wrong with its cells.

A school's column has few different texts, so the rules run once for each text and their findings are spread over the
rows. A column in which nearly every text is different (UPNs) is first sifted with the field's `plain` mask; only what
is left takes the way through the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from backdrop_tui.records.context import Context
from backdrop_tui.records.field import Checks, Field
from backdrop_tui.records.text import REPLACEMENT, cleaned, has_control

BLANK_WORDS = ("n/a", "none", "nil", "null", "-", "?")
"""What counts as blank when it stands alone in a field that is no name."""

_SAMPLE = 20_000
_SHOWN = 40
_FORMULA_GUARD = r"^'([=+\-@])"


@dataclass(frozen=True)
class Examined:
    """What examining one column gave."""

    stored: pl.Series
    """String, one a row: the stored form; null where it is blank or an error stands in the cell."""
    derived: Mapping[str, pl.Series]
    """One a row: what the field derives for rules across rows, by name."""
    problems: pl.DataFrame
    """`at` (UInt32: the place in the column), `value`, `level`, `code`, `message`, `suggestion` (String)."""


def examine(field: Field, raw: pl.Series, context: Context) -> Examined:
    """Examine one column of raw text (String; null and empty are blank)."""
    checks = field.checks(context)
    raw = raw.fill_null("")
    if field.plain is None or not _mostly_different(raw):
        return _by_distinct(field, checks, raw)
    plain = raw.to_frame("text").select(field.plain).to_series().fill_null(value=False)
    at = plain.not_().arg_true()
    rest = _by_distinct(field, checks, raw.gather(at))
    stored = raw.scatter(at, rest.stored) if len(at) else raw
    derived = stored.to_frame("stored").select(**checks.derived) if checks.derived else pl.DataFrame()
    places = (
        rest.problems.with_columns(pl.lit(at).gather(pl.col("at")).alias("at")) if len(at) else rest.problems
    )
    return Examined(stored, {name: derived[name] for name in derived.columns}, places)


def _mostly_different(raw: pl.Series) -> bool:
    """Whether looking at each text once would save nothing."""
    sample = raw.head(_SAMPLE)
    return len(sample) == _SAMPLE and sample.n_unique() > _SAMPLE // 2


def _by_distinct(field: Field, checks: Checks, raw: pl.Series) -> Examined:
    """Examine each different text once, and spread what was found over the rows."""
    coded = raw.cast(pl.Categorical(pl.Categories.random()))
    codes = coded.to_physical().cast(pl.UInt32)
    different = coded.unique()
    texts = different.gather(different.to_physical().arg_sort()).cast(pl.String)
    looked, problems = _look(field, checks, texts)
    stored = looked["stored"].gather(codes)
    derived = {name: looked[name].gather(codes) for name in checks.derived}
    if not problems.height:
        return Examined(
            stored, derived, problems.select(pl.col("text_at").alias("at"), pl.exclude("text_at"))
        )
    faulty = pl.Series("faulty", [False]).new_from_index(0, len(texts)).scatter(problems["text_at"], True)  # noqa: FBT003
    at = faulty.gather(codes).arg_true()
    spread = pl.DataFrame({"at": at, "text_at": codes.gather(at)}).join(problems, on="text_at", how="inner")
    return Examined(stored, derived, spread.drop("text_at"))


def _look(field: Field, checks: Checks, texts: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Run the rules over different texts.

    Returns what is stored and derived, one a text, and the problems, with `text_at` for the text's place.
    """
    text = cleaned(pl.col("raw")).str.replace(_FORMULA_GUARD, "$1")
    if field.blanks:
        text = pl.when(text.str.to_lowercase().is_in(BLANK_WORDS)).then(pl.lit("")).otherwise(text)
    long = pl.col("text").str.len_chars() > _SHOWN
    frame = (
        texts.to_frame("raw")
        .with_row_index("text_at")
        .with_columns(text=text, control=has_control(pl.col("raw")))
        .with_columns(
            shown=pl.when(long).then(pl.col("text").str.head(_SHOWN) + "…").otherwise("text"),
        )
    )
    for step in checks.steps:
        frame = frame.with_columns(**step)
    first_error = pl.when("control").then(-1)
    for place, rule in enumerate(checks.rules):
        if rule.level == "error":
            first_error = first_error.when(rule.fails).then(place)
    frame = frame.with_columns(first_error=first_error.cast(pl.Int16))
    problems = [_control_problems(frame)]
    for place, rule in enumerate(checks.rules):
        broken = pl.col("first_error") == place if rule.level == "error" else rule.fails & ~pl.col("control")
        problems.append(
            frame.filter(broken).select(
                "text_at",
                pl.col("text").alias("value"),
                pl.lit(rule.level).alias("level"),
                pl.lit(rule.code).alias("code"),
                rule.message.alias("message"),
                rule.suggestion.cast(pl.String).alias("suggestion"),
            )
        )
    kept = frame.select(stored=pl.when(pl.col("first_error").is_null()).then(checks.stored))
    return kept.with_columns(**checks.derived), pl.concat(problems)


def _control_problems(frame: pl.DataFrame) -> pl.DataFrame:
    without = pl.col("text").str.replace_all(REPLACEMENT, "", literal=True).str.strip_chars()
    return frame.filter("control").select(
        "text_at",
        pl.col("text").alias("value"),
        pl.lit("error").alias("level"),
        pl.lit("control-character").alias("code"),
        pl.lit("This cell has characters that can't be shown or stored. Type it again.").alias("message"),
        pl.when(without != "").then(without).alias("suggestion"),
    )
