"""Names that look alike although they are written with different characters.

The characters are those in the Unicode Consortium's "Unicode Security Mechanisms" (UTS 39) that can be mistaken for a
letter of the English alphabet.
"""

import re
import unicodedata
from functools import cache

CONFUSABLES = {
    # Greek
    "Α": "a", "Β": "b", "Ε": "e", "Ζ": "z", "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n", "Ο": "o", "Ρ": "p",
    "Τ": "t", "Υ": "y", "Χ": "x", "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v",
    "ο": "o", "ρ": "p", "σ": "o", "ς": "c", "τ": "t", "υ": "u", "χ": "x", "ϲ": "c", "Ϲ": "c", "ϳ": "j", "Ϳ": "j",
    # Cyrillic
    "А": "a", "В": "b", "Е": "e", "Ѕ": "s", "І": "i", "Ј": "j", "К": "k", "М": "m", "Н": "h", "О": "o", "Р": "p",
    "С": "c", "Т": "t", "У": "y", "Х": "x", "Ү": "y", "Ԁ": "d", "Ԍ": "g", "Ԛ": "q", "Ԝ": "w", "Ӏ": "l", "Г": "r",
    "а": "a", "в": "b", "г": "r", "е": "e", "ѕ": "s", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o",
    "п": "n", "р": "p", "с": "c", "т": "t", "у": "y", "х": "x", "ү": "y", "һ": "h", "Һ": "h", "ԁ": "d", "ԍ": "g",
    "ԛ": "q", "ԝ": "w", "ӏ": "l", "ь": "b", "Ь": "b", "З": "3", "з": "3",
    # Armenian
    "Տ": "s", "Օ": "o", "Ս": "u", "Լ": "l", "օ": "o", "ո": "n", "ս": "u", "հ": "h", "ց": "g", "զ": "q", "ա": "w",
    "ր": "n", "ւ": "i", "ք": "p",
    # Coptic
    "Ⲁ": "a", "Ⲃ": "b", "Ⲉ": "e", "Ⲏ": "h", "Ⲓ": "i", "Ⲕ": "k", "Ⲙ": "m", "Ⲛ": "n", "Ⲟ": "o", "Ⲣ": "p", "Ⲥ": "c",
    "Ⲧ": "t", "Ⲩ": "y", "Ⲭ": "x", "ⲟ": "o", "ⲣ": "p", "ⲥ": "c", "ⲁ": "a",
    # Lisu
    "ꓐ": "b", "ꓑ": "p", "ꓓ": "d", "ꓔ": "t", "ꓖ": "g", "ꓗ": "k", "ꓙ": "j", "ꓚ": "c", "ꓜ": "z", "ꓝ": "f", "ꓟ": "m",
    "ꓠ": "n", "ꓡ": "l", "ꓢ": "s", "ꓣ": "r", "ꓦ": "v", "ꓧ": "h", "ꓪ": "w", "ꓫ": "x", "ꓬ": "y", "ꓮ": "a", "ꓰ": "e",
    "ꓲ": "i", "ꓳ": "o", "ꓴ": "u",
    # Cherokee
    "Ꭰ": "d", "Ꭱ": "r", "Ꭲ": "t", "Ꭵ": "i", "Ꭺ": "a", "Ꭻ": "j", "Ꭼ": "e", "Ꮃ": "w", "Ꮇ": "m", "Ꮋ": "h", "Ꮍ": "y",
    "Ꮐ": "g", "Ꮓ": "z", "Ꮞ": "4", "Ꮟ": "b", "Ꮢ": "r", "Ꮤ": "w", "Ꮥ": "s", "Ꮩ": "v", "Ꮪ": "s", "Ꮮ": "l", "Ꮯ": "c",
    "Ꮲ": "p", "Ꮶ": "k", "Ᏼ": "b", "Ᏻ": "g",
    # Latin letters that can't be recognised by their Unicode names
    "ı": "i", "ȷ": "j", "ɑ": "a", "ɩ": "i", "ʟ": "l", "ƽ": "s", "ǀ": "l", "ꟾ": "i", "ʏ": "y", "ß": "ss", "æ": "ae",
    "œ": "oe",
}  # fmt: skip
"""Letters of other scripts with the English letters, in lower case, that they can be mistaken for."""
_SAME_SHAPE = str.maketrans({
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g", "2": "z",
    "i": "l", "|": "l", "!": "l", "¦": "l", "$": "s", "§": "s", "@": "a", "€": "e", "£": "l",
})  # fmt: skip
_SAME_SMALL_LETTERS = frozenset("аеѕіјорсухһԁԛԝӏανοι")
_SHAPED_LIKE_SMALL_LETTERS = frozenset("ГЬԌ")
_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_NAMED_LETTER = re.compile(r"(?:LATIN .*LETTER (?:SMALL CAPITAL )?|SYMBOL LETTER )([A-Z])(?: |$)")


@cache
def _plain_letter(character: str) -> str:
    """The English letters or the digit that a character can be mistaken for; otherwise the character itself."""
    if character in CONFUSABLES:
        return CONFUSABLES[character]
    if character.isascii():
        return character
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc", "Cn"} or character in _INVISIBLE_LETTERS:
        return ""
    named = _NAMED_LETTER.search(unicodedata.name(character, ""))
    return named[1] if named else character


def latin_lookalike(letter: str) -> str | None:
    """The Latin letter that a letter of another script can't be told from in print, in the same case; None if there is none."""
    plain = CONFUSABLES.get(letter) or unicodedata.normalize("NFKC", letter)
    if len(plain) != 1 or not (plain.isascii() and plain.isalpha()):
        return None
    if letter in CONFUSABLES and letter not in _SAME_SMALL_LETTERS:
        return plain.upper() if letter.isupper() and letter not in _SHAPED_LIKE_SMALL_LETTERS else None
    return plain


def skeleton(name: str) -> str:
    """A key that is the same for names that look the same (UTS 39 calls it a skeleton).

    Letters become lower-case letters without accents, digits and symbols the letters that they look like; spaces,
    punctuation and invisible characters are dropped.
    """
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(map(_plain_letter, decomposed)).casefold().translate(_SAME_SHAPE)
    return "".join(c for c in plain if c.isalnum()).replace("rn", "m").replace("vv", "w")
