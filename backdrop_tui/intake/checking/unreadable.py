"""Characters that can't be shown or stored, and letters that were lost: rules for the cells of every field."""

from functools import cache

import polars as pl

from backdrop_tui.records.schema.broken_bytes import REPLACEMENT
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.problems import CONTROL_CHARACTER, LETTER_LOST
from backdrop_tui.records.schema.rules import REPAIRED, SHOWN, TEXT, Rule, sentence
from backdrop_tui.records.schema.text import cleaned, has_control, with_broken_bytes_read

_RAW = pl.col("raw")
# What followed an escape character was a command to the terminal too.
_ESCAPE_SEQUENCE = rf"{REPLACEMENT}(?:\[[0-9;?]*[@-~]|\][^{REPLACEMENT}]*{REPLACEMENT}?)?"
_WITHOUT_CONTROL = TEXT.str.replace_all(_ESCAPE_SEQUENCE, "").str.strip_chars()
_CONTROL_CHARACTER = Rule(
    CONTROL_CHARACTER,
    fails=has_control(_RAW) & REPAIRED.is_null(),
    message=pl.lit("This cell has characters that can't be shown or stored. Type it in again."),
    suggestion=pl.when(_WITHOUT_CONTROL != "").then(_WITHOUT_CONTROL),
)


@cache
def unreadable_rules(field: Field) -> tuple[Rule, ...]:
    """The rules `letter-lost` and `control-character` of a field, both about its raw texts (`raw`).

    They go before all other rules, none of which says anything about a text that can't be read. A garbled text that can be
    repaired can be read.
    """
    return (_letter_lost(field), _CONTROL_CHARACTER)


def _letter_lost(field: Field) -> Rule:
    """The rule `letter-lost`. What a broken byte was can only be guessed, so its suggestion is never sure."""
    reading = with_broken_bytes_read(_RAW)
    is_whole = (reading != _RAW) & ~reading.str.contains(field.lost_letter) & ~has_control(reading)
    suggestion = pl.when(is_whole).then(cleaned(reading))
    return Rule(
        LETTER_LOST,
        fails=_RAW.str.contains(field.lost_letter) & REPAIRED.is_null(),
        message=pl.when(is_whole)
        .then(
            sentence(
                "“{}” has a letter that can't be read. It may be “{}”: check it, or type it in again.",
                SHOWN,
                suggestion,
            )
        )
        .when(SHOWN.str.contains(REPLACEMENT, literal=True))
        .then(sentence("“{}” has a letter that can't be read. Type it in again."))
        .otherwise(sentence("“{}” has a question mark where a letter was lost. Type it in again.")),
        suggestion=suggestion,
    )
