"""Names that are written in capitals, or without any, in their usual spelling: SMITH-O'NEILL as Smith-O'Neill."""

import re

_PARTICLES = frozenset({
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "het", "de", "del", "da", "do", "dos", "das", "du", "ter", "ten", "te", "op", "af",
    "av", "ap", "ab", "'t", "’t", "bin", "bint", "ibn",
})  # fmt: skip
"""Words that are written small if another word of the surname, or of one half of a double-barrelled one, follows."""
_INNER_PARTICLES = frozenset({"la", "las", "los", "y", "e"})
"""Words that are written small between two other words of the surname."""
_BEFORE_CAPITAL = frozenset({"o", "d", "l", "m", "n", "al", "el", "de", "da", "dell", "dall", "sant"})
"""What is followed by a capital after an apostrophe: O'Neill, D'Arcy, but Ng'ang'a."""
_NUMERALS = frozenset({"II", "III", "IV"})
_MARK = "\u0300-\u036f"
"""Accents that are characters of their own, where none has the letter with its accent: Ọ̀."""
_LETTERS = f"(?:[^\\W\\d_][{_MARK}]*)+"
_PART = re.compile(f"{_LETTERS}(?:['’]{_LETTERS})*")
_FIRST_LETTER = re.compile(r"^[ʻʼ]?[^\W\d_]")
_MC = re.compile(r"^(Mc)(\w)")
_VOWELS = re.compile("[AEIOUY]|[^A-Z]")


def usual_surname(name: str) -> str:
    """A surname as it is usually written: Smith, O'Neill, McDonald, van der Berg, de la Cruz, Moore-de Groot.

    Names with Mac get no second capital: both MacDonald and Macdonald are usual.

    Args:
        name: The surname in capitals, or in small letters.
    """
    return "-".join(map(_usual_half, name.split("-")))


def usual_first_name(name: str) -> str:
    """A first name as it is usually written; initials such as TJ are in capitals.

    Args:
        name: The first name in capitals, or in small letters.
    """
    if len(name) < 4 and not _VOWELS.search(name.upper()):
        return name.upper()
    return _PART.sub(_capitalised, name)


def _usual_half(half: str) -> str:
    """A surname without hyphens, or one half of a double-barrelled one, as it is usually written."""
    words = half.split(" ")
    first, last = 0, len(words) - 1
    for n, word in enumerate(words):
        small = _lower(word)
        if n != last and (small in _PARTICLES or (n != first and small in _INNER_PARTICLES)):
            words[n] = small
        elif n != first and word.upper() in _NUMERALS:
            words[n] = word.upper()
        else:
            words[n] = _PART.sub(_capitalised, word)
    return " ".join(words)


def _capitalised(part: re.Match[str]) -> str:
    """A part of a name with a capital where one is usual: Smith, McDonald, O'Neill, d'Arcy."""
    pieces = re.split("(['’])", _lower(part[0]))
    for n in range(0, len(pieces), 2):
        if n == 0 or (pieces[n - 2].lower() in _BEFORE_CAPITAL and len(pieces[n]) > 1):
            capital = _FIRST_LETTER.sub(lambda letter: letter[0].upper(), pieces[n])
            pieces[n] = _MC.sub(lambda mc: mc[1] + mc[2].upper(), capital)
    return "".join(pieces)


def _lower(text: str) -> str:
    """A text in small letters. The small letter of İ is an i."""
    return text.replace("İ", "i").lower()
