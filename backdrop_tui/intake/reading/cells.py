"""One record's text, cut into cells: quotes where they stand well, and a way on where they don't."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from backdrop_tui.intake.reading.sheet import Delimiter

LONGEST_CELL = 100_000
"""Characters in a cell; a larger one is a document or an accident."""

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_BLANK = re.compile(rf"[\s{_INVISIBLE}]*")
_FEET_AND_INCHES = re.compile(r"\d['’]\s*\d{1,2}(?:\.\d+)?\"")


class Ending(Enum):
    """How a text ends."""

    WHOLE = "every quoted cell is closed"
    OPEN = "the last cell's quote isn't closed"
    BROKEN = "something stands behind a closing quote"


@dataclass(frozen=True)
class Grammar:
    """The patterns of one delimiter.

    Those for cells are made for `findall`: group 1 is what stands between quotes, still doubled, group 2 a cell without.
    """

    delimiter: Delimiter
    whole: re.Pattern[str]
    """A record by the book."""
    opened: re.Pattern[str]
    """A record by the book but for its last cell, whose quote nothing closes."""
    by_the_book: re.Pattern[str]
    """A cell by the book; quotes inside a cell that doesn't begin with one are ordinary characters."""
    literal: re.Pattern[str]
    """A cell; where its quotes aren't by the book they are ordinary characters."""
    tolerant: re.Pattern[str]
    """A cell; a quoted one may have single quotes inside."""
    rest: re.Pattern[str]
    """The rest of a quoted cell that began on a line above, with its closing quote."""
    inside: re.Pattern[str]
    """A whole line inside a quoted cell."""


@cache
def grammar(delimiter: Delimiter) -> Grammar:
    """The patterns of a delimiter; all of them take time in proportion to the text."""
    # Possessive repeats (`*+`) never go back, so that no text can make them slow.
    mark = re.escape(delimiter)
    blanks = rf"[ \u00a0{_INVISIBLE}]*+"
    inside = r'[^"]*+(?:""[^"]*+)*+'
    end = rf"{blanks}(?={mark}|\Z)"
    quoted, plain = rf'{blanks}"({inside})"{end}', rf'((?!")[^{mark}]*+)'
    loose = rf'{blanks}"((?:[^"]++|""|"(?!{end}))*+)"{end}'
    return Grammar(
        delimiter,
        whole=re.compile(rf"(?:{quoted}|{plain})(?:{mark}(?:{quoted}|{plain}))*+"),
        opened=re.compile(rf'(?:(?:{quoted}|{plain}){mark})*+"{inside}'),
        by_the_book=re.compile(rf"(?:\A|{mark})(?:{quoted}|{plain})"),
        literal=re.compile(rf"(?:\A|{mark})(?:{quoted}|([^{mark}]*+))"),
        tolerant=re.compile(rf"(?:\A|{mark})(?:{loose}|([^{mark}]*+))"),
        rest=re.compile(rf'{inside}"{end}'),
        inside=re.compile(inside),
    )


def is_blank(text: str) -> bool:
    """Whether a cell shows nothing."""
    return _BLANK.fullmatch(text) is not None


def ending(text: str, rules: Grammar) -> Ending:
    """How a record's text ends that begins outside quotes."""
    if '"' not in text or rules.whole.fullmatch(text):
        return Ending.WHOLE
    return Ending.OPEN if rules.opened.fullmatch(text) else Ending.BROKEN


def ending_within(line: str, rules: Grammar) -> Ending:
    """How a line ends that begins inside a quoted cell."""
    if '"' not in line:
        return Ending.OPEN
    found = rules.rest.match(line)
    if not found:
        return Ending.OPEN if rules.inside.fullmatch(line) else Ending.BROKEN
    return Ending.WHOLE if found.end() == len(line) else ending(line[found.end() + 1 :], rules)


def by_the_book(text: str, rules: Grammar) -> list[str]:
    """The cells of a record that is whole."""
    return _cells(text, rules, rules.by_the_book)


def literal(text: str, rules: Grammar) -> list[str]:
    """The cells, with every quote that isn't well placed taken as an ordinary character."""
    return _cells(text, rules, rules.literal)


def split(text: str, rules: Grammar, width: int | None) -> tuple[list[str], bool]:
    """A record's cells, and whether it has a stray quote.

    Args:
        text: The record, line breaks inside quotes included.
        rules: The delimiter's patterns.
        width: How many cells are expected, to choose between two ways of reading a fault.
    """
    if ending(text, rules) is Ending.WHOLE:
        return by_the_book(text, rules), has_odd_quote(text, rules)
    cells = _cells(text, rules, rules.tolerant)
    return (cells if len(cells) == width else literal(text, rules)), True


def has_odd_quote(text: str, rules: Grammar) -> bool:
    """Whether an unquoted cell has a quote without its partner (`Luca"`; feet and inches, `6' 2"`, are none)."""
    return '"' in text and any(
        plain.count('"') % 2 and _FEET_AND_INCHES.sub("", plain).count('"') % 2
        for _, plain in rules.literal.findall(text)
    )


def _cells(text: str, rules: Grammar, pattern: re.Pattern[str]) -> list[str]:
    if '"' not in text:
        return text.split(rules.delimiter)
    return [quoted.replace('""', '"') if quoted else plain for quoted, plain in pattern.findall(text)]
