"""Names that look alike although they are written with different characters.

The characters are those in the Unicode Consortium's "Unicode Security Mechanisms" (UTS 39) that can be mistaken for a
letter of the English alphabet.
"""

import re
import unicodedata
from functools import cache

from backdrop_tui.printable import INVISIBLE

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
_RARELY_CONFUSED = {
    "a": "\u15c5\u237a\U000102a0\U00016f40",
    "b": "\u0184\u1472\u15af\u15f7\ua7b4\U00010282\U000102a1\U00010301",
    "c": "\uabaf\U000102a2\U00010302\U00010415\U0001043d\U0001051c\U000118e9\U000118f2\U0001f74c",
    "d": "\u13e7\u146f\u15de\u15ea\ua4d2",
    "e": "\u04bd\u212e\u22ff\u2d39\U00010286\U000118a6\U000118ae",
    "f": "\u03dc\u0584\u15b4\u1e9d\uab35\U00010287\U000102a5\U00010525\U000118a2\U000118c2\U0001d213",
    "g": "\u018d\u0261",
    "h": "\u13c2\u157c\U000102cf",
    "i": "\u2373\ua647\uab75\U000118c3",
    "j": "\u148d",
    "k": "\u16d5\U00010518",
    "l": "\u0196\u05c0\u05d5\u05df\u0627\u0661\u06f1\u07ca\u14aa\u16c1\u2223\u23fd\u2cd0\u2d4f\U0001028a\U00010309"
         "\U00010320\U0001041b\U00010526\U000118a3\U000118b2\U00016f16\U00016f28\U0001d22a\U0001e8c7\u2502",
    "m": "\u03fa\u15f0\u16d6\U000102b0\U00010311",
    "n": "\u057c\U00010513",
    "o": "\u05e1\u0647\u0665\u06be\u06c1\u06d5\u06f5\u07c0\u0966\u09e6\u0a66\u0ae6\u0b20\u0b66\u0be6\u0c02\u0c66\u0c82"
         "\u0ce6\u0d02\u0d20\u0d66\u0d82\u0e50\u0ed0\u101d\u1040\u10ff\u12d0\u1d11\u2d54\u3007\U00010292\U000102ab"
         "\U00010404\U0001042c\U000104c2\U000104ea\U00010516\U000114d0\U000118b5\U000118c8\U000118d7\U000118e0",
    "p": "\u146d\u2374\U00010295",
    "q": "\u0563\u2d55",
    "r": "\u01a6\u1587\u1d26\u2c85\uab48\uab81\U000104b4\U00016f35\U0001d216",
    "s": "\uabaa\U00010296\U00010420\U00010448\U000118c1\U00016f3a",
    "t": "\u22a4\u27d9\U00010297\U000102b1\U00010315\U000118bc\U00016f0a\U0001f768",
    "u": "\u028b\u1200\u144c\u222a\u22c3\ua79f\U000104ce\U000104f6\U000118b8\U000118d8\U00016f42",
    "v": "\u0474\u0475\u05d8\u0667\u06f7\u142f\u2228\u22c1\u2d38\ua6df\uaba9\U0001051d\U00011706\U000118a0\U000118c0"
         "\U00016f08\U0001d20d",
    "w": "\u026f\u0461\uab83\U0001170a\U0001170e\U0001170f\U000118e6\U000118ef",
    "x": "\u00d7\u1541\u157d\u166d\u166e\u16b7\u2573\u292b\u292c\u2a2f\u2d5d\ua7b3\U00010290\U000102b4\U00010317"
         "\U00010322\U00010527\U000118ec",
    "y": "\u0263\u10e7\u13a9\u1d8c\U000102b2\U000118a4\U000118dc\U00016f43",
    "z": "\uab93\U000102f5\U000118a9\U000118c4\U000118e5",
}  # fmt: skip
"""For each English letter, the letters, digits and symbols of rarer scripts that can be mistaken for it."""
_LETTER_OF_RARE = {rare: letter for letter, characters in _RARELY_CONFUSED.items() for rare in characters}
_SAME_SHAPE = str.maketrans({
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g", "2": "z",
    "i": "l", "|": "l", "!": "l", "¦": "l", "$": "s", "§": "s", "@": "a", "€": "e", "£": "l",
})  # fmt: skip
_SAME_SMALL_LETTERS = frozenset("аеѕіјорсухһԁԛԝӏανοι")
_SHAPED_LIKE_SMALL_LETTERS = frozenset("ГЬԌ")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NAMED_LETTER = re.compile(r"(?:LATIN .*LETTER (?:SMALL CAPITAL )?|SYMBOL LETTER )([A-Z])(?: |$)")


@cache
def _plain_letter(character: str) -> str:
    """The English letters or the digit that a character can be mistaken for; otherwise the character itself."""
    if character in CONFUSABLES:
        return CONFUSABLES[character]
    if character.isascii():
        return character
    if character in _LETTER_OF_RARE:
        return _LETTER_OF_RARE[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc", "Cn"} or _INVISIBLE.match(character):
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
