"""One column, examined: what is stored of it, and what is wrong with its cells.

A school's column has few different texts, so the rules run once for each text and their findings are spread over the
rows. A column in which nearly every text is different (UPNs) is first sifted with the field's `plain` mask; only what
is left takes the way through the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import TEXT, Checks, Field, Rule
from backdrop_tui.records.schema.problems import SCHEMA, TITLES_OF_ROWS
from backdrop_tui.records.schema.text import REPLACEMENT, cleaned, has_control

BLANK_WORDS = ("n/a", "none", "nil", "null", "-", "?")
"""What counts as blank when it stands alone in a field that is no name."""

_SAMPLE = 20_000
_AT_ONCE = 200_000
_SHOWN = 40
_FORMULA_GUARD = r"^['’]+([=+\-@])"


@dataclass(frozen=True)
class Examined:
    """What examining one column gave."""

    texts: pl.Series
    """String: the stored forms, one a row, or where there are `codes` one for each code."""
    derivations: Mapping[str, pl.Expr]
    """What the field derives for rules across rows, by name: expressions over `stored`."""
    problems: pl.DataFrame
    """`at` (UInt32: the place in the column), `value`, `level`, `code`, `message`, `suggestion` (String)."""
    codes: pl.Series | None = None
    """UInt32, one a row: the place of its stored form in `texts`; None where those stand one a row."""

    @cached_property
    def stored(self) -> pl.Series:
        """String, one a row: the stored form; null where it is blank or an error stands in the cell."""
        return self.texts if self.codes is None else self.texts.gather(self.codes)

    def stored_at(self, places: pl.Series) -> pl.Series:
        """The stored forms in some places of the column; most often nobody asks for the others."""
        return self.texts.gather(places if self.codes is None else self.codes.gather(places))

    def derived(self, name: str) -> pl.Series:
        """What the field derives from the stored forms, one a row. Worked out when it is first asked for."""
        if name not in self._derived:
            values = _by_parts(self.texts.alias("stored"), self.derivations[name])
            self._derived[name] = values if self.codes is None else values.gather(self.codes)
        return self._derived[name]

    def derived_at(self, name: str, places: pl.Series) -> pl.Series:
        """The same in some places of the column."""
        if name in self._derived:
            return self._derived[name].gather(places)
        return _by_parts(self.stored_at(places).alias("stored"), self.derivations[name])

    @cached_property
    def _derived(self) -> dict[str, pl.Series]:
        return {}


def examine(field: Field, raw: pl.Series, context: Context) -> Examined:
    """Examine one column of raw text (String; null and empty are blank)."""
    checks = field.checks(context)
    raw = raw.fill_null("")
    if field.plain is None or not _mostly_different(raw):
        return _by_distinct(field, checks, raw)
    at = _by_parts(raw.alias("text"), ~field.plain.fill_null(value=False)).arg_true()
    if not len(at):
        return Examined(raw, checks.derived, _NO_PROBLEMS)
    rest = _by_distinct(field, checks, raw.gather(at))
    stored = raw.scatter(at, rest.stored)
    problems = rest.problems.with_columns(at.gather(rest.problems["at"]).alias("at"))
    return Examined(stored, checks.derived, problems)


def absent(field: Field, rows: int, context: Context) -> Examined:
    """What a column that the file does not have gives: nothing stored and nothing wrong, in so many rows."""
    nothing = pl.Series("stored", [None], dtype=pl.String)
    everywhere = pl.repeat(0, rows, dtype=pl.UInt32, eager=True)
    return Examined(nothing, field.checks(context).derived, _NO_PROBLEMS, everywhere)


def cell_text(raw: pl.Expr) -> pl.Expr:
    """A raw cell (String) as a person reads it: cleaned, and without the `'` that guards against formulas."""
    return cleaned(raw).str.replace(_FORMULA_GUARD, "$1")


def _by_parts(column: pl.Series, values: pl.Expr) -> pl.Series:
    """What an expression gives for each of a column's texts.

    Some rows at a time: what is made on the way, a million names in small letters say, takes little memory then. Memory
    that is new takes longer to be had than many an expression.
    """
    starts = range(0, max(len(column), 1), _AT_ONCE)
    parts = [column.slice(start, _AT_ONCE).to_frame().select(values) for start in starts]
    return pl.concat(parts, rechunk=True).to_series()


def _mostly_different(raw: pl.Series) -> bool:
    """Whether looking at each text once would save nothing."""
    sample = raw.head(_SAMPLE)
    return len(sample) == _SAMPLE and sample.n_unique() > _SAMPLE // 10


def _by_distinct(field: Field, checks: Checks, raw: pl.Series) -> Examined:
    """Examine each different text once, and spread what was found over the rows."""
    coded = raw.cast(pl.Categorical(pl.Categories.random()))
    codes = coded.to_physical().cast(pl.UInt32)
    texts = _texts_of(codes, coded.dtype)
    stored, problems = _look(field, checks, texts)
    if not problems.height:
        return Examined(stored, checks.derived, _NO_PROBLEMS, codes)
    at = codes.is_in(problems["text_at"].unique().implode()).arg_true()
    found = pl.DataFrame({"at": at, "text_at": codes.gather(at)}).join(problems, on="text_at", how="inner")
    return Examined(stored, checks.derived, found.drop("text_at"), codes)


def _texts_of(codes: pl.Series, dtype: pl.DataType) -> pl.Series:
    """The texts (String) that codes stand for, by code. They count up from 0, so none need be looked for in the rows."""
    every = pl.select(pl.int_range(pl.lit(codes).max().fill_null(-1).cast(pl.Int64) + 1, dtype=pl.UInt32))
    return every.to_series().cat.to(dtype).cast(pl.String)


def _look(field: Field, checks: Checks, texts: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """Run the rules over different texts.

    Returns what is stored, one a text, and the problems, with `text_at` for the text's place.
    """
    frame = _read(field, texts)
    for step in checks.steps:
        frame = frame.with_columns(**step)
    errors = (
        pl.when(rule.fails).then(place) for place, rule in enumerate(checks.rules) if rule.level == "error"
    )
    frame = frame.with_columns(first_error=pl.coalesce(pl.when("control").then(-1), *errors))
    broken = frame.select(
        (pl.col("first_error") == place if rule.level == "error" else rule.fails & ~pl.col("control")).alias(
            str(place)
        )
        for place, rule in enumerate(checks.rules)
    )
    problems = [_problems(frame.filter("control"), _CONTROL)]
    # Most rules are broken by nobody, and putting a message together is the dearer part of a rule.
    problems += [
        _problems(frame.filter(texts), rule)
        for texts, rule in zip(broken, checks.rules, strict=True)
        if texts.any()
    ]
    stored = frame.select(stored=pl.when(pl.col("first_error").is_null()).then(checks.stored)).to_series()
    return stored, pl.concat(problems)


def _read(field: Field, texts: pl.Series) -> pl.DataFrame:
    """Raw texts made ready for the rules.

    `text_at`, `raw`, `value` (as a person reads it), `text` (empty where that counts as blank), `shown` (short enough
    for a message), `control` (whether it had characters that must not be kept).
    """
    value = pl.col("value")
    text = pl.when(value.str.to_lowercase().is_in(BLANK_WORDS)).then(pl.lit("")).otherwise(value)
    return (
        texts.to_frame("raw")
        .with_row_index("text_at")
        .with_columns(value=cell_text(pl.col("raw")), control=has_control(pl.col("raw")))
        .with_columns(text=text if field.blanks else value)
        .with_columns(
            shown=pl.when(TEXT.str.len_chars() > _SHOWN).then(TEXT.str.head(_SHOWN) + "…").otherwise(TEXT)
        )
    )


def _problems(broken: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """What one rule says about the texts that break it."""
    return broken.select(
        "text_at",
        "value",
        pl.lit(rule.level).alias("level"),
        pl.lit(rule.code).alias("code"),
        rule.message.alias("message"),
        rule.suggestion.cast(pl.String).alias("suggestion"),
    )


_NO_PROBLEMS = pl.DataFrame(
    schema={"at": pl.UInt32} | {k: v for k, v in SCHEMA.items() if k not in {"row", "field"}}
)
# What followed an escape character steered a terminal too.
_STEERING = rf"{REPLACEMENT}(?:\[[0-9;?]*[@-~]|\][^{REPLACEMENT}]*{REPLACEMENT}?)?"
_WITHOUT_CONTROL = TEXT.str.replace_all(_STEERING, "").str.strip_chars()
_CONTROL = Rule(
    code="control-character",
    title=TITLES_OF_ROWS["control-character"],
    fails=pl.col("control"),
    message=pl.lit("This cell has characters that can't be shown or stored. Type it again."),
    suggestion=pl.when(_WITHOUT_CONTROL != "").then(_WITHOUT_CONTROL),
)
