"""Cutting the text of one record into cells, whether its quotes are well placed or not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import islice

from backdrop_tui.intake.reading.delimiters import Delimiter
from backdrop_tui.printable import INVISIBLE

LONGEST_CELL = 100_000
"""Characters that a cell may have; anything longer is a document or an accident."""
_MOST_PLACES = 16
"""Places at which a lost delimiter is looked for; in a record with more of them, it couldn't be told."""
_LONGEST_GLUED = 10_000
"""Characters of a record in which a lost delimiter is looked for."""

_BLANK = re.compile(rf"[\s{INVISIBLE}]*")
_FEET_AND_INCHES = re.compile(r"\d['’]\s*\d{1,2}(?:\.\d+)?\"")


class Ending(Enum):
    """How a stretch of text ends, as far as quoted cells are concerned."""

    CLOSED = "every quoted cell is closed"
    OPEN = "the last cell's quote isn't closed"
    MALFORMED = "something follows a closing quote"


@dataclass(frozen=True)
class Grammar:
    """The patterns of one delimiter.

    In the patterns that match one cell, group 1 is the text between quotes, with its quotes still doubled, and group 2
    is the text of an unquoted cell.
    """

    delimiter: Delimiter
    closed: re.Pattern[str]
    """A whole record by RFC 4180, except that an unquoted cell may have quotes inside."""
    opened: re.Pattern[str]
    """A record like that, except that nothing closes the quote of its last cell."""
    strict: re.Pattern[str]
    """A cell of a record that is `closed`."""
    literal: re.Pattern[str]
    """A cell; if its quotes are misplaced, they are ordinary characters."""
    tolerant: re.Pattern[str]
    """A cell; a quoted one may have quotes inside that aren't doubled."""
    undoubled: re.Pattern[str]
    """A cell; a quoted one ends at the first quote before a delimiter, so one that isn't doubled may be its last character."""
    glued: re.Pattern[str]
    """Where a delimiter between a quoted cell and its neighbour may have been lost: groups 1 and 2 are what is beside it."""
    rest: re.Pattern[str]
    """The rest of a quoted cell that began on an earlier line, with its closing quote."""
    inside: re.Pattern[str]
    """A whole line inside a quoted cell."""


@cache
def grammar_of(delimiter: Delimiter) -> Grammar:
    """The patterns of a delimiter. All of them match in time proportional to the text."""
    # Possessive repeats (`*+`) never backtrack, so no text can make them slow.
    separator = re.escape(delimiter.character)
    blanks = rf"[ \u00a0{INVISIBLE}]*+"
    inside = r'[^"]*+(?:""[^"]*+)*+'
    end = rf"{blanks}(?={separator}|\Z)"
    quoted, unquoted = rf'{blanks}"({inside})"{end}', rf'((?!")[^{separator}]*+)'
    tolerant = rf'{blanks}"((?:[^"]++|""|"(?!{end}))*+)"{end}'
    return Grammar(
        delimiter,
        closed=re.compile(rf"(?:{quoted}|{unquoted})(?:{separator}(?:{quoted}|{unquoted}))*+"),
        opened=re.compile(rf'(?:(?:{quoted}|{unquoted}){separator})*+"{inside}'),
        strict=re.compile(rf"(?:\A|{separator})(?:{quoted}|{unquoted})"),
        literal=re.compile(rf"(?:\A|{separator})(?:{quoted}|([^{separator}]*+))"),
        tolerant=re.compile(rf"(?:\A|{separator})(?:{tolerant}|([^{separator}]*+))"),
        undoubled=re.compile(
            rf'(?:\A|{separator})(?:{blanks}"(?!")((?:[^"]++|"(?!{end}))*+)"{end}|([^{separator}]*+))'
        ),
        glued=re.compile(
            rf'(?<=[^\s"{separator}])(?="[^\s"{separator}])|(?<=[^\s"]")(?="?[^\s"{separator}])'
        ),
        rest=re.compile(rf'{inside}"{end}'),
        inside=re.compile(inside),
    )


def is_blank(text: str) -> bool:
    """Whether a cell shows nothing."""
    return _BLANK.fullmatch(text) is not None


def is_blank_row(cells: Iterable[str]) -> bool:
    """Whether every cell of a row shows nothing."""
    return all(map(is_blank, cells))


def ending(text: str, grammar: Grammar) -> Ending:
    """How a text ends that begins outside quotes."""
    if '"' not in text or grammar.closed.fullmatch(text):
        return Ending.CLOSED
    return Ending.OPEN if grammar.opened.fullmatch(text) else Ending.MALFORMED


def ending_within_quotes(line: str, grammar: Grammar) -> Ending:
    """How a line ends that begins inside a quoted cell."""
    if '"' not in line:
        return Ending.OPEN
    rest = grammar.rest.match(line)
    if not rest:
        return Ending.OPEN if grammar.inside.fullmatch(line) else Ending.MALFORMED
    return Ending.CLOSED if rest.end() == len(line) else ending(line[rest.end() + 1 :], grammar)


def cut_strictly(text: str, grammar: Grammar) -> list[str]:
    """The cells of a record that is closed."""
    return _cut(text, grammar, grammar.strict)


def cut_literally(text: str, grammar: Grammar) -> list[str]:
    """The cells of a record, with every misplaced quote taken as an ordinary character."""
    return _cut(text, grammar, grammar.literal)


def cut(text: str, grammar: Grammar, width: int | None) -> tuple[list[str], bool]:
    """Cut a record into cells.

    Args:
        text: The record, including line breaks inside quotes.
        grammar: The patterns of the delimiter.
        width: The expected number of cells, which decides between several ways of reading misplaced quotes.

    Returns:
        The cells, and whether the record has a stray quote.
    """
    if ending(text, grammar) is Ending.CLOSED:
        cells, stray = cut_strictly(text, grammar), has_stray_quote(text, grammar)
        if width is None or '"' not in text or (len(cells) == width and not stray):
            return cells, stray
        separated = _cut_where_glued(text, grammar, width)
        return (separated, True) if separated else (cells, stray)
    literal = cut_literally(text, grammar)
    ways = [_cut(text, grammar, grammar.tolerant), _cut(text, grammar, grammar.undoubled), literal]
    if ways[0] == literal and width is not None:  # which may have the right width by chance
        ways[0] = _cut_where_glued(text, grammar, width)
    return next((cells for cells in ways if len(cells) == width), literal), True


def _cut_where_glued(text: str, grammar: Grammar, width: int) -> list[str]:
    """The cells of a record that has lost one delimiter beside a quote, as in `Smith"1 High Street, Leeds",7`.

    Empty if it isn't clear where, or the record hasn't its width with that delimiter.
    """
    places = [match.start() for match in islice(grammar.glued.finditer(text), _MOST_PLACES + 1)]
    if len(places) > _MOST_PLACES or len(text) > _LONGEST_GLUED:
        return []
    texts = (f"{text[:place]}{grammar.delimiter.character}{text[place:]}" for place in places)
    sound = [t for t in texts if ending(t, grammar) is Ending.CLOSED and not has_stray_quote(t, grammar)]
    ways = [cells for cells in (cut_strictly(t, grammar) for t in sound) if len(cells) == width]
    return ways[0] if len(ways) == 1 else []


def has_stray_quote(text: str, grammar: Grammar) -> bool:
    """Whether an unquoted cell has a quote without its partner, as in `Luca"`. Feet and inches (`6' 2"`) are fine."""
    return '"' in text and any(
        unquoted.count('"') % 2 and _FEET_AND_INCHES.sub("", unquoted).count('"') % 2
        for _, unquoted in grammar.literal.findall(text)
    )


def _cut(text: str, grammar: Grammar, pattern: re.Pattern[str]) -> list[str]:
    if '"' not in text:
        return text.split(grammar.delimiter.character)
    return [quoted.replace('""', '"') if quoted else unquoted for quoted, unquoted in pattern.findall(text)]
