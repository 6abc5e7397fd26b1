"""How badly a word reads as a European name: points for what such names hardly ever have.

Only non-ASCII characters and their neighbours are looked at, because the rest is the same in all the encodings that compete.
Three and two points are for what the wrong encoding does: symbols inside words (Ren‚e) and letters of the wrong case (RenÈe,
GARCêA). Less than that is for letters that are right in some names. The numbers come from trying the names of 15 countries in
each encoding, and `tests.benchmarks.bench_encodings` measures how good they are.
"""

import unicodedata

_COMMON = frozenset("éáíóöüñçèëïäåøúãôâšžł")
# The second half is rare in Europe, but every third name in Iceland and Italy has one of them.
_LESS_COMMON = frozenset("êîûõýàæćčńśęąźěřůőßňťďľ" + "ìòùðþ")
_VOWELS = frozenset("aeiouyáàâäãåéèêëíìîïóòôöõúùûüøæœý")
_PARTICLES = frozenset(["van", "von", "de", "der", "den", "da", "di", "du", "la", "le", "del", "dos", "das"])
_SPACE_OR_DASH = frozenset({"Zs", "Pd"})
_LEFT_OF_A_WORD = frozenset("‘“«¡¿")
_RIGHT_OF_A_WORD = frozenset("’”»°ªº")


def points(word: str) -> float:
    """Count the points against a word: letters and non-ASCII characters without a space between them."""
    return sum(
        _points(character, word[:place], word[place + 1 :])
        for place, character in enumerate(word)
        if not character.isascii()
    )


def _points(character: str, before: str, after: str) -> float:
    if character.lower() != character.upper():
        return _wrong_case(character, before, after) + _rarity(character.lower(), before[-1:], after[:1])
    kind, left, right = unicodedata.category(character), before[-1:].isalpha(), after[:1].isalpha()
    if kind in _SPACE_OR_DASH:
        return _between_words(before, after) if left and right else 0
    if left and right:
        return _within_a_word(character, before, after)
    if right:
        # Unlike closing ones, opening quotation marks and currency signs stand before a word.
        return 0 if character in _LEFT_OF_A_WORD or kind == "Sc" else 3
    return 3 if left and character not in _RIGHT_OF_A_WORD else 0


def _between_words(before: str, after: str) -> float:
    """The points for a no-break space or a dash between two letters: fine in `Ana María` and `van der Berg`."""
    if after[0].islower():
        return 0 if before.lower().split()[-1] in _PARTICLES else 3
    return _among_capitals(before, after)


def _within_a_word(character: str, before: str, after: str) -> float:
    """The points for another character that isn't a letter, between two letters."""
    if character == "’":
        in_a_name = len(before) < 3 or after in {"s", "S"}  # O’Neill, De’Shawn, Ali’s
        in_a_note = (before[-1] == "n" and after == "t") or after in {"re", "ve", "ll"}  # isn’t, we’ll
        return _among_capitals(before, after) if in_a_name or in_a_note else 1
    # Catalan writes a dot between two l: Gal·la.
    return 0 if character == "·" and before[-1] in "lL" and after[0] in "lL" else 3


def _among_capitals(before: str, after: str) -> float:
    """The points for a dash or ’ that may well be right. It is Ð, Ñ or Õ in Windows-1252, which mustn't read worse."""
    return 0.3 if before[-1].isupper() and after[0].isupper() else 0


def _wrong_case(letter: str, before: str, after: str) -> float:
    """The points for a letter that is a capital where its neighbours aren't, or the other way round."""
    if letter.isupper():
        after_small = before[-1:].islower()
        alone_among_small = before[-1:].isupper() and after[:1].islower()  # REnée, but not Émile
        return 2 if after_small or alone_among_small else 0
    starts_word = not before[-1:].isalpha()
    ends_capitals = len(before) > 1 and before.isupper() and not after[:1].isalpha()  # NICCOLò, but not Jó
    return 2 if starts_word or after[:1].isupper() or ends_capitals else 0


def _rarity(letter: str, before: str, after: str) -> float:
    """The points for a letter (lower-case) that is rare in names, or rare between its neighbours."""
    rarity = 0.0 if letter in _COMMON else 0.3 if letter in _LESS_COMMON else 1.0
    left, right = before.lower(), after.lower()
    if letter in "šž" and left and right and left not in _VOWELS and right not in _VOWELS:
        rarity += 1  # in Mac Roman, Windows-1252's š and ž are ö and û, which come between consonants
    if letter in "âäåöü" and left and left in "aoeu":
        rarity += 0.5  # no language doubles a vowel like this, but capitals of DOS look like it
    if letter == "ï" and left and left not in "aoeu":
        rarity += 0.5  # ï keeps two vowels apart (Anaïs); ã and ò of the other encodings look like it
    if letter == "ã" and right and right not in "eo":
        rarity += 0.5  # only before o and e (João, Magalhães), or at the end; DOS's ï looks like it
    if letter == "ç" and before.islower() and right not in _VOWELS:
        rarity += 0.25  # Turkish names end in it, but DOS's á and ì look like it, too
    return rarity
