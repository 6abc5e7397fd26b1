"""How badly a word reads as a European name: points for what such names hardly ever have.

Only non-ASCII characters and their neighbours count, because the rest is the same in all the encodings that compete. Three
and two points are for what the wrong encoding does: symbols inside words (Ren‚e) and letters of the wrong case (RenÈe,
GARCêA). Less is for letters and punctuation that are right in some names. The numbers come from trying names of 15 countries
in each encoding; `tests.benchmarks.bench_encodings` measures how good they are.
"""

import unicodedata

_LETTERS = (
    dict.fromkeys("éáíóöüñçèëïäåøúãôâšžł", 0.0)
    | dict.fromkeys("êîûõýàæćčńśęąźěřůőßňťďľ", 0.3)
    # Rare in Europe as a whole, but not in Iceland, Italy and Scotland, whose names mustn't look like another encoding.
    | dict.fromkeys("ðÞßÿ", 0.3)
    | dict.fromkeys("ìòù", 0.2)
    # Lœtitia. Mac Roman's ú looks like œ, so more than two such names need other evidence.
    | {"œ": 0.2, "Ÿ": 1.0}
    # Where Mac Roman has â, DOS has ë; if nothing else tells them apart, it is Daniël rather than Daniâl.
    | {"â": 0.05}
)
_ANY_OTHER_LETTER = 1.0

_VOWELS = frozenset("aeiouyáàâäãåéèêëíìîïóòôöõúùûüøæœý")
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
# Doubled vowels such as in Zoó and Jäö are rare in any language, but DOS's Ë and Í look like them; ï keeps vowels apart
# (Anaïs), but other encodings' ã and ò look like it; Ç follows vowels and some consonants, but DOS's Ã looks like it (SIMÃO).
_HARDLY_AFTER = (
    dict.fromkeys("âäåöü", "aoeu")
    | dict.fromkeys("óò", "ao")
    | {"ì": "i", "ï": f"{_CONSONANTS}eiy", "ç": "chm"}
)

_TOLERATED = 0.3
"""For punctuation beside a capital: it may be right, but is one of ÀÇÊÐÑÒÔÕ in another encoding, which mustn't read worse."""
_LEFT_OF_A_WORD = frozenset("‘“«¡¿")
_RIGHT_OF_A_WORD = frozenset("”»°ªº")
_PARTICLES = frozenset(["van", "von", "de", "der", "den", "da", "di", "du", "la", "le", "del", "dos", "das"])
_BEFORE_A_CAPITAL = frozenset(["mac", "mc"])
_ELIDED = frozenset(["dell", "dall", "sant"])


def points(word: str) -> float:
    """Count the points against a word, which is a run of ASCII letters and any characters that aren't ASCII."""
    return sum(
        _points(character, word[:place], word[place + 1 :])
        for place, character in enumerate(word)
        if not character.isascii()
    )


def _points(character: str, before: str, after: str) -> float:
    if character.lower() != character.upper():
        return _wrong_case(character, before, after) + _rarity(character, before[-1:], after[:1])
    kind, left, right = unicodedata.category(character), before[-1:].isalpha(), after[:1].isalpha()
    if kind in {"Zs", "Pd"}:
        return _between_words(before, after)
    if left and right:
        return _within_a_word(character, before, after)
    if right:
        return _TOLERATED if character in _LEFT_OF_A_WORD or kind == "Sc" else 3
    if left:
        return _TOLERATED if character in _RIGHT_OF_A_WORD else 0 if character == "’" else 3
    return 0


def _between_words(before: str, after: str) -> float:
    """The points for a no-break space or a dash: none in `Ana María` and `van der Berg`."""
    if before[-1:].isalpha() and after[:1].islower():
        return 0 if before.lower().split()[-1] in _PARTICLES else 3
    return _TOLERATED if before[-1:].isupper() or (after[:1].isupper() and not before) else 0


def _within_a_word(character: str, before: str, after: str) -> float:
    """The points for another character that isn't a letter, between two letters."""
    if character == "’":
        in_a_name = len(before) < 3 or before.lower() in _ELIDED or after in {"s", "S"}  # De’Shawn, Ali’s
        in_a_note = (before[-1] == "n" and after == "t") or after in {"re", "ve", "ll"}  # isn’t, we’ll
        if in_a_name or in_a_note:
            return _TOLERATED if before.isupper() and after.isupper() else 0
        return 1
    # Catalan writes a dot between two l: Gal·la.
    return 0 if character == "·" and before[-1] in "lL" and after[0] in "lL" else 3


def _wrong_case(letter: str, before: str, after: str) -> float:
    """The points for a letter that is a capital where its neighbours aren't, or the other way round."""
    if letter.isupper():
        after_small = before[-1:].islower() and before.lower() not in _BEFORE_A_CAPITAL
        second_capital = before[-1:].isupper() and any(map(str.islower, after))  # OÕNeill, but not O’NEILL
        return 2 if after_small or second_capital else 0
    starts_word = not before[-1:].isalpha()
    ends_capitals = len(before) > 1 and before.isupper() and not after[:1].isalpha()  # NICCOLò, but not Jó
    return 2 if starts_word or after[:1].isupper() or ends_capitals else 0


def _rarity(letter: str, before: str, after: str) -> float:
    """The points for a letter that is rare in names, or rare between its neighbours."""
    small, left, right = letter.lower(), before.lower(), after.lower()
    rarity = _LETTERS.get(letter, _LETTERS.get(small, _ANY_OTHER_LETTER))
    if small in "šž" and left and right and left not in _VOWELS and right not in _VOWELS:
        rarity += 1  # Mac Roman's ö and û look like them, and come between consonants
    if left and left in _HARDLY_AFTER.get(small, ""):
        rarity += 0.5
    if small == "ó" and left == "i" and right != "n":
        rarity += 0.5  # Concepción; DOS's Ë (DANIËL) looks like it
    if small == "ã" and right not in {"e", "o"}:
        rarity += 0.5  # Magalhães, João; DOS's ï and Ì look like it
    if letter in "çñ" and right not in _VOWELS:
        rarity += 0.5  # except in Turkish (Tunç); DOS's á, ì and û look like them
    return rarity
