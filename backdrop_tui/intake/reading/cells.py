"""One record's text, cut into cells: quotes where they stand well, and a way on where they don't."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from backdrop_tui.intake.sheet import Delimiter

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_BLANK = re.compile(rf"[\s{_INVISIBLE}]*")
_FEET_AND_INCHES = re.compile(r"\d['’]\s*\d{1,2}(?:\.\d+)?\"")


class Ending(Enum):
    """How the quotes of a text end."""

    WHOLE = "every quoted cell is closed"
    OPEN = "the last cell's quote isn't closed"
    BROKEN = "something stands behind a closing quote"


@dataclass(frozen=True)
class Grammar:
    """The patterns of one delimiter."""

    delimiter: Delimiter
    quoted: re.Pattern[str]
    """A whole quoted cell; group 1 is what stands inside, with its quotes still doubled."""
    opened: re.Pattern[str]
    """A quote that nothing closes, to the end of the text."""
    tolerant: re.Pattern[str]
    """A quoted cell that may have single quotes inside."""
    rest: re.Pattern[str]
    """The rest of a quoted cell that began on a line above, with its closing quote."""
    open_rest: re.Pattern[str]
    """A whole line inside a quoted cell."""


@cache
def grammar(delimiter: Delimiter) -> Grammar:
    """The patterns of a delimiter; all of them take time in proportion to the text."""
    # Possessive repeats (`*+`) never go back, so that no text can make them slow.
    blanks = rf"[ \u00a0{_INVISIBLE}]*+"
    inside = r'[^"]*+(?:""[^"]*+)*+'
    end = rf"{blanks}(?={re.escape(delimiter)}|\Z)"
    return Grammar(
        delimiter,
        quoted=re.compile(rf'{blanks}"({inside})"{end}'),
        opened=re.compile(rf'"{inside}\Z'),
        tolerant=re.compile(rf'{blanks}"((?:[^"]++|""|"(?!{end}))*+)"{end}'),
        rest=re.compile(rf'{inside}"{end}'),
        open_rest=re.compile(rf"{inside}\Z"),
    )


def is_blank(text: str) -> bool:
    """Whether a cell shows nothing."""
    return _BLANK.fullmatch(text) is not None


def strict(text: str, rules: Grammar, start: int = 0) -> tuple[list[str], Ending]:
    """The cells from `start` on, by the book; where that fails, those before the fault."""
    cells = []
    while True:
        found = rules.quoted.match(text, start)
        if found:
            cells.append(found[1].replace('""', '"'))
            end = found.end()
        elif text.startswith('"', start):
            return cells, Ending.OPEN if rules.opened.match(text, start) else Ending.BROKEN
        else:
            end = text.find(rules.delimiter, start)
            end = len(text) if end < 0 else end
            cells.append(text[start:end])
        if end == len(text):
            return cells, Ending.WHOLE
        start = end + 1


def literal(text: str, rules: Grammar) -> list[str]:
    """The cells, with every quote that isn't well placed taken as an ordinary character."""
    return _loose(text, rules, rules.quoted)


def _loose(text: str, rules: Grammar, quoted: re.Pattern[str]) -> list[str]:
    """The cells that `quoted` finds, and all between them cut at the delimiters."""
    cells, start = [], 0
    while True:
        found = quoted.match(text, start)
        if found:
            cells.append(found[1].replace('""', '"'))
            end = found.end()
        else:
            end = text.find(rules.delimiter, start)
            end = len(text) if end < 0 else end
            cells.append(text[start:end])
        if end == len(text):
            return cells
        start = end + 1


def split(text: str, rules: Grammar, width: int | None) -> tuple[list[str], bool]:
    """A record's cells, and whether it has a stray quote.

    Args:
        text: The record, line breaks inside quotes included.
        rules: The delimiter's patterns.
        width: How many cells are expected, to choose between two ways of reading a fault.
    """
    if '"' not in text:
        return text.split(rules.delimiter), False
    cells, ending = strict(text, rules)
    if ending is Ending.WHOLE:
        return cells, has_odd_quote(text, rules)
    cells = _loose(text, rules, rules.tolerant)
    return (cells if len(cells) == width else literal(text, rules)), True


def has_odd_quote(text: str, rules: Grammar) -> bool:
    """Whether an unquoted cell has a quote without its partner (`Luca"`; feet and inches, `6' 2"`, are none)."""
    start = 0
    while True:
        found = rules.quoted.match(text, start)
        if found:
            end = found.end()
        else:
            end = text.find(rules.delimiter, start)
            end = len(text) if end < 0 else end
            cell = text[start:end]
            if cell.count('"') % 2 and _FEET_AND_INCHES.sub("", cell).count('"') % 2:
                return True
        if end == len(text):
            return False
        start = end + 1
