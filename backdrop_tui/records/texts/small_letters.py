"""Names that are written in capitals, in small letters: SMITH-O'NEILL as Smith-O'Neill."""

import re

_PARTICLES = frozenset({
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "het", "de", "del", "da", "do", "dos", "das", "du", "ter", "ten", "te", "op", "af",
    "av", "ap", "ab", "'t", "’t", "bin", "bint", "ibn",
})  # fmt: skip
"""Words that are written small if another word of the surname follows."""
_INNER_PARTICLES = frozenset({"la", "las", "los", "y", "e"})
"""Words that are written small between two other words of the surname."""
_BEFORE_CAPITAL = frozenset({"o", "d", "l", "m", "n", "al", "el", "de", "da", "dell", "dall", "sant"})
"""What is followed by a capital after an apostrophe: O'Neill, D'Arcy, but Ng'ang'a."""
_NUMERALS = frozenset({"II", "III", "IV"})
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MC = re.compile(r"^(Mc)(\w)")
_VOWELS = re.compile("[AEIOUY]|[^A-Z]")


def surname_in_small_letters(name: str) -> str:
    """A surname in capitals as it is usually written: Smith, O'Neill, McDonald, van der Berg, de la Cruz.

    Names with Mac get no second capital: both MacDonald and Macdonald are usual.
    """
    words = name.split(" ")
    first, last = 0, len(words) - 1
    for n, word in enumerate(words):
        small = _lower(word)
        if n != last and (small in _PARTICLES or (n != first and small in _INNER_PARTICLES)):
            words[n] = small
        elif n == first or word not in _NUMERALS:
            words[n] = _PART.sub(_capitalised, word)
    return " ".join(words)


def first_name_in_small_letters(name: str) -> str:
    """A first name in capitals as it is usually written; initials such as TJ stay as they are."""
    if len(name) < 4 and not _VOWELS.search(name):
        return name
    return _PART.sub(_capitalised, name)


def _capitalised(part: re.Match[str]) -> str:
    """A part of a name with a capital where one is usual: Smith, McDonald, O'Neill, d'Arcy."""
    pieces = re.split("(['’])", _lower(part[0]))
    for n in range(0, len(pieces), 2):
        if n == 0 or (pieces[n - 2].lower() in _BEFORE_CAPITAL and len(pieces[n]) > 1):
            pieces[n] = _MC.sub(lambda mc: mc[1] + mc[2].upper(), pieces[n][:1].upper() + pieces[n][1:])
    return "".join(pieces)


def _lower(text: str) -> str:
    """A text in small letters. The small letter of İ is an i."""
    return text.replace("İ", "i").lower()
