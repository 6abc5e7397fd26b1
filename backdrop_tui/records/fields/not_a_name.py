"""Texts that stand in for a name, and names with letters of two scripts in one word."""

import re
import unicodedata
from collections import Counter

import polars as pl

from backdrop_tui.records.rights.lookalikes import latin_lookalike
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import REPAIRED, SHOWN, TEXT, Rule, sentence

NOT_A_NAME = ProblemType("not-a-name", "{field} may not be a name", "warning")

_WORDS = (
    "tbc|tba|tbd|to be (?:confirmed|announced|advised|decided)|tests?|testing|tester|dummy|example|sample|placeholder|unknown|"
    "not (?:known|given|applicable|available)|no (?:name|first ?name|forename|surname|last ?name)|name|forename|first ?name|surname|"
    "last ?name|leavers?|students?|pupils?|new (?:student|pupil|starter|child|admission|entrant|joiner)|new|anon(?:ymous)?|xx+|"
    "asdf|deleted|do not use|vacan(?:t|cy)|supply teacher|a ?n other"
)
PLACEHOLDER = rf"(?i)^(?:{_WORDS})(?:[ _\-]?\d+|[ _\-][a-z])?$"
"""Pattern of a text that is no name on its own, also with a number or a letter behind it: `Test`, `Pupil 2`."""

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_OTHERS = rf"[\p{{L}}--[{_LATIN}]]"
_MAY_BE_MIXED = rf"[{_LATIN}]\p{{M}}*{_OTHERS}|{_OTHERS}\p{{M}}*[{_LATIN}]|\p{{Greek}}\p{{M}}*\p{{Cyrillic}}|\p{{Cyrillic}}\p{{M}}*\p{{Greek}}"
_WORD = re.compile(r"[^\W\d_]+")
_OF_NO_SCRIPT = frozenset({"MODIFIER", "FEMININE", "MASCULINE", "MICRO"})
_WRITTEN_TOGETHER = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"}
)
_SCRIPTS_IN_WORDS = {"CJK": "Chinese", "FULLWIDTH": "full-width", "MATHEMATICAL": "mathematical"}
MIXTURE = pl.Struct(dict.fromkeys(("letter", "rare", "usual", "latin"), pl.String()))
"""The type of what `with_mixtures` returns."""


def not_a_name_rules(label: str) -> tuple[Rule, ...]:
    """The two rules `not-a-name`. They need a column `mixture` (see `with_mixtures`).

    Args:
        label: The label of the field.
    """
    part = pl.col("mixture").struct.field
    return (
        Rule(
            NOT_A_NAME,
            fails=TEXT.str.contains(PLACEHOLDER),
            message=sentence(f"“{{}}” doesn't look like a {label.lower()}. Check that it is right."),
        ),
        Rule(
            NOT_A_NAME,
            fails=part("letter").is_not_null() & REPAIRED.is_null(),
            message=sentence(
                "In “{}”, the letter “{}” is {} and others are {}. Check that it is right.",
                SHOWN,
                part("letter"),
                part("rare"),
                part("usual"),
            ),
            suggestion=part("latin"),
        ),
    )


def with_mixtures(texts: pl.Series) -> pl.Series:
    """What is wrong with texts (String) that have letters of two scripts in one word; null for others.

    Returns a struct of `letter`, a letter of the rarer script; `rare` and `usual`, the two scripts; and `latin`, the text in
    Latin letters alone, if all others look the same as a Latin letter.
    """
    suspects = texts.str.contains(_MAY_BE_MIXED).arg_true()
    mixtures: list[dict[str, str | None] | None] = [None] * len(texts)
    for place, text in zip(suspects, texts[suspects], strict=True):
        mixtures[place] = _mixture(text)
    return pl.Series(texts.name, mixtures, dtype=MIXTURE)


def _mixture(text: str) -> dict[str, str | None] | None:
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        scripts = [script for letter in word if (script := _script(letter))]
        if len(set(scripts)) < 2 or set(scripts) <= _WRITTEN_TOGETHER:
            continue
        latin = _in_latin(text)
        by_number = Counter(scripts).most_common()
        usual = "LATIN" if latin else by_number[0][0]
        letter = next(c for c in word if _script(c) not in {"", usual})
        rare = _script(letter)
        return {"letter": letter, "rare": _in_words(rare), "usual": _in_words(usual), "latin": latin}
    return None


def _script(letter: str) -> str:
    """The script of a letter, as its Unicode name begins: LATIN; empty if it belongs to none."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return "" if script in _OF_NO_SCRIPT else script


def _in_words(script: str) -> str:
    return _SCRIPTS_IN_WORDS.get(script, script.capitalize())


def _in_latin(text: str) -> str | None:
    """A text with Latin letters in place of others that look the same, or None if one of them has no such letter."""
    letters = [latin_lookalike(c) if c.isalpha() and _script(c) not in {"", "LATIN"} else c for c in text]
    return None if None in letters else "".join(filter(None, letters))
