"""Which characters can be seen, and texts from files and users without the others: none of them can control a terminal."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U00013441\U00013442\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Invisible characters, for use in a character class of Python or polars: those that Unicode says can be ignored by default
(`Default_Ignorable_Code_Point`: zero-width spaces, soft hyphens, variation selectors, tags and fillers), and the blank
characters of braille, music, hieroglyphs and Khitan. Characters that also change the direction of text are control characters instead, see `text.CONTROL`."""

PLACEHOLDER = "\N{REPLACEMENT CHARACTER}"
"""What is shown in place of a character that can't be seen."""
MOST_MARKS = 4
"""The most combining marks that are shown on one letter; no language needs more, and a hundred would cover the lines above."""
_USUAL = " -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
"""Characters that can surely be seen: ASCII, Latin letters, punctuation and currencies. Looking at each of the others takes time."""
_UNUSUAL = re.compile(f"[^{_USUAL}]+")
_USUAL_BYTES = bytes(range(ord(" "), ord("~") + 1))
"""The ASCII among these characters."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


def printable(text: str, *, keep: str = "") -> str:
    """A text with a space in place of each line end or odd space, and � in place of other characters that can't be seen.

    Of a long run of combining marks, the first few are kept and the rest is one �.

    Args:
        text: The text.
        keep: Characters to keep, such as line ends.
    """

    def shown(match: re.Match[str]) -> str:
        characters: list[str] = []
        for character, can_be_seen, marks in _examined(match[0]):
            if can_be_seen or character in keep:
                characters.append(character)
            elif marks <= MOST_MARKS + 1:
                characters.append(" " if character.isspace() else PLACEHOLDER)
        return "".join(characters)

    return _UNUSUAL.sub(shown, text)


def escaped(json: str) -> str:
    """JSON in which everything that `printable` would replace is escaped; it means the same."""

    def shown(match: re.Match[str]) -> str:
        return "".join(
            character if can_be_seen else _escape(character)
            for character, can_be_seen, _ in _examined(match[0])
        )

    return _UNUSUAL.sub(shown, json)


def escaped_bytes(json: bytes) -> bytes:
    """What `escaped` makes of JSON in UTF-8. It is several times as fast if there is nothing to escape."""
    unusual = set().union(*_UNUSUAL.findall(json.translate(None, _USUAL_BYTES).decode()))
    if all(can_be_seen and not is_mark for is_mark, can_be_seen in map(_traits, unusual)):
        return json
    return escaped(json.decode()).encode()


def _examined(text: str) -> Iterator[tuple[str, bool, int]]:
    """Each character, whether it can be seen, and the number of combining marks up to it without another character between."""
    marks = 0
    for character in text:
        is_mark, can_be_seen = _traits(character)
        marks = marks + 1 if is_mark else 0
        yield character, can_be_seen and marks <= MOST_MARKS, marks


@lru_cache(4_096)
def _traits(character: str) -> tuple[bool, bool]:
    """Whether a character is a combining mark, and whether it can be seen."""
    is_mark = unicodedata.category(character).startswith("M")
    return is_mark, character.isprintable() and not _INVISIBLE.match(character)


def _escape(character: str) -> str:
    """A character as JSON escapes it: by one unit of UTF-16, or two."""
    units = character.encode("utf-16-be", errors="surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
