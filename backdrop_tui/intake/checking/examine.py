"""One column, examined: its stored forms, and what is wrong with its cells.

A school's column has few different texts, so the rules run once for each different text, and the results are spread over the
rows. A column in which nearly every text is different (UPNs) is sifted with the field's fast path first, and only what is
left goes through all the rules.
"""

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import polars as pl

from backdrop_tui.intake.checking.unreadable import unreadable_rules
from backdrop_tui.records.schema.columns import DerivedColumn, PeopleColumn, StepColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.garbled_text import repaired
from backdrop_tui.records.schema.problems import SCHEMA
from backdrop_tui.records.schema.rules import (
    NO_SUGGESTION,
    REPAIRED,
    TEXT,
    Checks,
    FastPath,
    Rule,
    Steps,
    shortened,
)
from backdrop_tui.records.schema.text import cell_text, has_control, without_apostrophe

_SAMPLE = 20_000
_AT_ONCE = 200_000


@dataclass(frozen=True)
class Examined:
    """The result of examining one column."""

    texts: pl.Series
    """String: the stored forms, one for each row, but for `exceptions`; or with `codes`, one for each code."""
    context: Context
    """What the column was examined with."""
    problems: pl.DataFrame
    """`at` (UInt32: the place in the column), `value`, `level`, `code`, `message`, `suggestion` (String), `sure` (Boolean)."""
    codes: pl.Series | None = None
    """UInt32, one for each row: the place of its stored form in `texts`; None if `texts` has one for each row."""
    kept: pl.DataFrame | None = None
    """The columns of `Checks.kept`, one row for each code; None if there are none."""
    exceptions: pl.DataFrame | None = None
    """`at` (UInt32, ascending) and `stored` (String): the places of `texts` that have another stored form, and that form;
    None if there are none. A million texts are only copied to put them in if somebody asks for all stored forms."""
    _derived: dict[DerivedColumn, pl.Series] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)
    """Held while a column is derived, because rules that run at the same time ask for the same ones."""

    @cached_property
    def stored(self) -> pl.Series:
        """String, one for each row: the stored form; null where the cell is blank or has an error."""
        if self.codes is not None:
            return self.texts[self.codes]
        if self.exceptions is not None:
            return self.texts.scatter(self.exceptions["at"], self.exceptions["stored"])
        return self.texts

    def stored_at(self, places: pl.Series) -> pl.Series:
        """The stored forms at some places of the column, without building it whole."""
        if self.codes is not None:
            return self.texts[self.codes[places]]
        texts = self.texts[places]
        if self.exceptions is None:
            return texts
        at, stored = self.exceptions
        nearest = at.search_sorted(places).clip(upper_bound=len(at) - 1)
        return stored[nearest].zip_with(at[nearest] == places, texts)

    def derived(self, column: DerivedColumn) -> pl.Series:
        """A column derived from this one, one value for each row. It is worked out when it is first asked for."""
        with self._lock:
            if column not in self._derived:
                self._derived[column] = self._worked_out(column.values(self.context))
        return self._derived[column]

    def _worked_out(self, expression: pl.Expr) -> pl.Series:
        """An expression over `stored`, one value for each row."""
        values = _by_parts(self.texts.alias("stored"), expression)
        if self.codes is not None:
            return values[self.codes]
        if self.exceptions is not None:
            others = self.exceptions.select(expression).to_series()
            return values.scatter(self.exceptions["at"], others)
        return values

    def by_code(self, column: PeopleColumn) -> pl.Series:
        """The values of a column, one for each code."""
        match column:
            case DerivedColumn():
                return _by_parts(self.texts.alias("stored"), column.values(self.context))
            case StepColumn():
                return self._kept(column.step)
            case _:
                return self.texts

    def kept_values(self, step: str, places: pl.Series | None = None) -> pl.Series:
        """One of the columns of `Checks.kept`: one value for each row, or for some places of the column."""
        if self.codes is None:
            raise ValueError(f"{step} is not kept")
        return self._kept(step)[self.codes if places is None else self.codes[places]]

    def _kept(self, step: str) -> pl.Series:
        if self.kept is None:
            raise ValueError(f"{step} is not kept")
        return self.kept[step]

    def derived_at(self, column: DerivedColumn, places: pl.Series) -> pl.Series:
        """A column derived from this one, at some places."""
        if column in self._derived:
            return self._derived[column][places]
        return _by_parts(self.stored_at(places).alias("stored"), column.values(self.context))


def examine(field: Field, raw: pl.Series, context: Context) -> Examined:
    """Examine one column of raw text (String; null and empty are blank)."""
    checks = field.checks(context)
    raw = raw.fill_null("")
    if field.fast_path is None or not _mostly_different(raw):
        return _by_distinct(field, checks, raw, context)
    at = _suspects(field.fast_path, checks, raw)
    if not len(at):
        return Examined(raw, context, _NO_PROBLEMS)
    rest = _by_distinct(field, checks, raw[at], context)
    problems = rest.problems.with_columns(at[rest.problems["at"]].alias("at"))
    exceptions = pl.DataFrame([at.alias("at"), rest.stored.alias("stored")])
    return Examined(raw, context, problems, exceptions=exceptions)


def absent(field: Field, rows: int, context: Context) -> Examined:
    """The result for a column that the file doesn't have: nothing stored and nothing wrong, in that many rows."""
    checks = field.checks(context)
    codes = pl.repeat(0, rows, dtype=pl.UInt32, eager=True)
    nothing = pl.Series("stored", [None], dtype=pl.String)
    if not checks.kept:
        return Examined(nothing, context, _NO_PROBLEMS, codes)
    blank = _with_steps(_prepared(field, pl.Series([""], dtype=pl.String)), checks.steps)
    return Examined(nothing, context, _NO_PROBLEMS, codes, _kept(checks, blank))


def _by_parts(column: pl.Series, values: pl.Expr, steps: Steps = ()) -> pl.Series:
    """An expression over a column and the columns that steps add to it, worked out some rows at a time.

    What is made on the way (a million names in lower case, say) then takes little memory. Getting new memory takes longer
    than working out most expressions.
    """
    parts = []
    for start in range(0, max(len(column), 1), _AT_ONCE):
        part = column.slice(start, _AT_ONCE).to_frame().lazy()
        for step in steps:
            part = part.with_columns(**step)
        parts.append(part.select(values).collect())
    return pl.concat(parts, rechunk=True).to_series()


def _mostly_different(raw: pl.Series) -> bool:
    """Whether looking at each different text once would save nothing."""
    sample = raw.head(_SAMPLE)
    return len(sample) == _SAMPLE and sample.n_unique() > _SAMPLE // 10


def _suspects(fast_path: FastPath, checks: Checks, raw: pl.Series) -> pl.Series:
    """The places of texts that must go through all the rules (UInt32).

    Those are the ones that the fast path is not sure of, and the ones that break a rule that it doesn't cover.
    """
    uncovered = [rule.fails for rule in checks.rules if rule.problem not in fast_path.covers]
    suspect = pl.any_horizontal(
        ~fast_path.sure.fill_null(value=False), *(fails.fill_null(value=False) for fails in uncovered)
    )
    steps = ({"shown": shortened(TEXT), "repaired": NO_SUGGESTION}, *checks.steps) if uncovered else ()
    return _by_parts(raw.alias("text"), suspect, steps).arg_true()


def _by_distinct(field: Field, checks: Checks, raw: pl.Series, context: Context) -> Examined:
    """Examine each different text once, and spread the results over the rows."""
    coded = raw.cast(pl.Categorical(pl.Categories.random()))
    codes = coded.to_physical().cast(pl.UInt32)
    texts = _texts_of(codes, coded.dtype)
    frame = _with_steps(_prepared(field, texts), checks.steps)
    kept = _kept(checks, frame)
    stored, problems = _apply_rules(checks, unreadable_rules(field), frame)
    if not problems.height:
        return Examined(stored, context, _NO_PROBLEMS, codes, kept)
    at = codes.is_in(problems["text_at"].unique().implode()).arg_true()
    of_rows = pl.DataFrame({"at": at, "text_at": codes[at]}).join(problems, on="text_at", how="inner")
    return Examined(stored, context, of_rows.drop("text_at"), codes, kept)


def _texts_of(codes: pl.Series, dtype: pl.DataType) -> pl.Series:
    """The texts (String) that codes stand for, by code. Codes count up from 0, so the rows needn't be searched."""
    every = pl.select(pl.int_range(pl.lit(codes).max().fill_null(-1).cast(pl.Int64) + 1, dtype=pl.UInt32))
    return every.to_series().cat.to(dtype).cast(pl.String)


def _with_steps(frame: pl.DataFrame, steps: Steps) -> pl.DataFrame:
    """A frame with the columns that steps add.

    In one thread, as everything about a column: others are examined at the same time, and splitting up the work costs as much
    as the work.
    """
    for step in steps:
        frame = frame.with_columns_seq(**step)
    return frame


def _kept(checks: Checks, frame: pl.DataFrame) -> pl.DataFrame | None:
    """The columns of a prepared frame that rules across rows can ask for; None if there are none."""
    return frame.select(checks.kept) if checks.kept else None


def _apply_rules(
    checks: Checks, unreadable: tuple[Rule, ...], frame: pl.DataFrame
) -> tuple[pl.Series, pl.DataFrame]:
    """Run the rules over different texts, prepared.

    Args:
        checks: The field's checks.
        unreadable: The rules by which a text can't be read; no other rule is tried on such a text.
        frame: The texts, prepared, with the columns that `checks.steps` add.

    Returns:
        The stored forms, one for each text, and the problems, with `text_at` for the text's place.
    """
    rules = (*unreadable, *checks.rules)
    errors = [
        pl.when(rule.fails).then(place) for place, rule in enumerate(rules) if rule.problem.level == "error"
    ]
    frame = frame.with_columns_seq(first_error=pl.coalesce(errors))
    readable = pl.col("first_error").fill_null(len(rules)) >= len(unreadable)
    breaks = frame.select_seq(
        (pl.col("first_error") == place if rule.problem.level == "error" else rule.fails & readable).alias(
            str(place)
        )
        for place, rule in enumerate(rules)
    )
    # Most rules are broken by no text, and composing messages costs more than applying rules.
    problems = [
        _problems(frame.filter(broken), rule)
        for broken, rule in zip(breaks, rules, strict=True)
        if broken.any()
    ]
    stored = frame.select(stored=pl.when(pl.col("first_error").is_null()).then(checks.stored)).to_series()
    return stored, pl.concat([_NO_TEXT_PROBLEMS, *problems])


def _prepared(field: Field, texts: pl.Series) -> pl.DataFrame:
    """Raw texts made ready for the rules.

    Returns `text_at`, `raw`, `value` (as a person reads it), `repaired` (what a garbled text was), `text` (empty where the
    value counts as blank; what a garbled text was if it can't be kept as it is), and `shown` (short enough for a message).
    """
    raw, value = pl.col("raw"), pl.col("value")
    text = cell_text(raw)
    read = text if field.can_begin_with_apostrophe else without_apostrophe(text)
    is_blank = value.str.to_lowercase().is_in(list(field.blank_words))
    return (
        texts.to_frame("raw")
        .with_row_index("text_at")
        .with_columns_seq(value=read, repaired=repaired(raw) if field.can_be_garbled else NO_SUGGESTION)
        .with_columns_seq(
            text=pl.when(is_blank)
            .then(pl.lit(""))
            .when(has_control(raw))
            .then(pl.coalesce(REPAIRED, value))
            .otherwise(value)
        )
        .with_columns_seq(shown=shortened(TEXT))
    )


def _problems(broken: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """One rule's problems, given the prepared texts that break it."""
    return _with_steps(broken, rule.steps).select_seq(
        "text_at",
        "value",
        pl.lit(rule.problem.level).alias("level"),
        pl.lit(rule.problem.code).alias("code"),
        rule.message.alias("message"),
        rule.suggestion.cast(pl.String).alias("suggestion"),
        rule.sure.alias("sure"),
    )


_OF_TEXTS = {name: dtype for name, dtype in SCHEMA.items() if name not in {"row", "field"}}
_NO_PROBLEMS = pl.DataFrame(schema={"at": pl.UInt32(), **_OF_TEXTS})
_NO_TEXT_PROBLEMS = pl.DataFrame(schema={"text_at": pl.UInt32(), **_OF_TEXTS})
