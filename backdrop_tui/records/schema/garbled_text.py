"""Text that programs have garbled on its way: recognise it without doubt, and work out what it was.

UTF-8 that is read in a single-byte encoding shows two or three characters for each letter beyond ASCII (`JesÃºs` for Jesús),
and again as many if it happens twice. Web pages write letters as HTML character references (`Zo&euml;` for Zoë).
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from backdrop_tui.records.schema.text import cleaned

_CODECS = ("cp1252", "cp1250", "mac_roman", "cp850")
"""The encodings in which programs read UTF-8 by mistake, the likeliest first."""
_MOST_ROUNDS = 4
_ENOUGH_LETTERS = 3
"""Letters of another script that nothing but garbled text could stand for, whatever it looks like."""
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_APOSTROPHES = str.maketrans("‘’", "''")
_UNSEEN = str.maketrans("\u00a0\u00ad\u200b\ufeff", "    ")

_NO_BREAK_SPACE, _SOFT_HYPHEN = "\u00a0", "\u00ad"
_NATURAL = frozenset("–—‘’" + _NO_BREAK_SPACE + _SOFT_HYPHEN)
"""Characters other than letters that can follow a letter in a real name."""
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})
_BEFORE_CAPITALS = frozenset("abcdefghijklmnopqrstuvwxyzß")
_SYMBOLS_LIKE_LETTERS = frozenset("ªºµƒ")
_UNHEARD_OF = {
    "Ã": "‘’–—ŠšŽžŒœŸ\u00ad", "Å": "‘ŸŒœ", "Ä": "‘ŸŒœ", "È": "š", "Ă": "łŁśŚźŹżŻĄąžŽľĽťŤ", "Ĺ": "łśŚźżŻąĄšŠžŽľĽťş",
}  # fmt: skip
"""Pairs that no language writes, although both characters occur in names: a capital, and what can't follow it."""
_MARKS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u031b\u0323\u0326\u0327\u0328"
)
_KNOWN = _NATURAL | _MARKS | frozenset("ʻʼ“”…\u200b\ufeff£·ªº")
"""Characters beyond ASCII other than letters that a repaired text may have."""
_RARE_LATIN = frozenset("ƠơƯưƏəȘșȚțʻʼ")
"""Letters of names that are neither in Latin-1 nor in Latin Extended-A or Additional."""


def repaired(raw: pl.Expr) -> pl.Expr:
    """What a garbled raw text was (String, cleaned, with `’` as `'`); null where a text isn't garbled.

    No real name is taken for a garbled one: there must be something in the text that no language writes.
    """
    return raw.map_batches(_repairs, return_dtype=pl.String)


def _repairs(texts: pl.Series) -> pl.Series:
    suspects = texts.str.contains(_SUSPICIOUS).arg_true()
    repairs = pl.Series("text", [_repair(text) for text in texts[suspects]], dtype=pl.String)
    tidy = pl.when(pl.col("text").is_not_null()).then(cleaned(pl.col("text")))
    none = pl.repeat(None, len(texts), dtype=pl.String, eager=True)
    return none.scatter(suspects, repairs.to_frame().select(tidy).to_series()).alias(texts.name)


def _repair(garbled: str) -> str | None:
    """What a text was, or None if it isn't garbled or can't be repaired completely."""
    text = garbled
    for _ in range(_MOST_ROUNDS):
        unescaped = _REFERENCE.sub(_unescaped, text)
        attempts = (misreading.undo(unescaped, proved=text != garbled) for misreading in _MISREADINGS)
        _, undone = max(attempts, key=lambda attempt: attempt[0])
        if undone == text:
            break
        text = undone
    is_credible = text.translate(_UNSEEN).isprintable() and all(map(_may_follow, text, text[1:]))
    return (
        text.translate(_APOSTROPHES)
        if text != garbled and is_credible and all(map(_is_known, text))
        else None
    )


def _is_known(character: str) -> bool:
    """Whether names and other texts of a school have a character."""
    if _is_latin(character):
        return character.isascii() or _is_usual(character)
    return character.isascii() or character in _KNOWN or _is_of_another_script(character)


def _may_follow(character: str, following: str) -> bool:
    """Whether two characters may stand next to each other: not letters of two scripts, nor a capital after a small é."""
    if _is_latin(character) and _is_latin(following):
        return not (character.islower() and following.isupper() and character not in _BEFORE_CAPITALS)
    return not (
        (_is_latin(character) and _is_of_another_script(following))
        or (_is_of_another_script(character) and _is_latin(following))
    )


def _unescaped(reference: re.Match[str]) -> str:
    """The character that an HTML reference stands for; the reference itself if that can't be shown."""
    character = html.unescape(reference[0])
    return character if character and character.translate(_UNSEEN).isprintable() else reference[0]


@dataclass(frozen=True)
class _Place:
    """What may be one garbled character, between its neighbours in the text as it was."""

    shown: str
    """The characters in the garbled text."""
    meant: str
    """The character that they stand for; the same as `shown` if it isn't garbled."""
    before: str
    """The two characters before it, or fewer."""
    after: str
    """The character after it; empty at the end."""

    @property
    def is_unnatural(self) -> bool:
        """Whether it is shown with a character that no name has, such as a symbol."""
        return any(
            c not in _NATURAL and (unicodedata.category(c) not in _LETTERS or c in _SYMBOLS_LIKE_LETTERS)
            for c in self.shown
        )

    @property
    def case_fits(self) -> bool:
        """Whether the character meant is a capital or a small letter as its neighbours suggest."""
        last = self.before[-1:]
        if self.meant.islower() and self.meant != "ß":
            return not (last.isupper() and (self.after.isupper() or self.before[:-1].isalpha()))
        if self.meant.isupper():
            return not last.islower() and not (last.isupper() and self.after.islower())
        return True

    @property
    def is_unheard_of(self) -> bool:
        """Whether it is shown as a pair of characters that no language writes."""
        return len(self.shown) > 1 and self.shown[1:] in _UNHEARD_OF.get(self.shown[0], "")

    @property
    def is_proof(self) -> bool:
        """Whether no language writes what is shown, at least not in this place."""
        lead, rest = self.shown[0], self.shown[1:]
        starts_word = not self.before[-1:].isalpha()
        return (
            self.is_unnatural
            or (self.before[-1:].islower() and lead.isupper())
            or (len(self.shown) > 2 and not self.meant.isalpha())
            or self.is_unheard_of
            or (lead.isupper() and rest.islower() and self.after.isupper())
            or (lead in "ÄÅ" and rest in "šžŠŽ’" and starts_word)
            or (lead.isupper() and rest == _NO_BREAK_SPACE and starts_word and self.after.islower())
        )


@dataclass(frozen=True)
class _Misreading:
    """UTF-8 read in one single-byte encoding."""

    bytes_of: Mapping[str, int]
    """The byte that each character stands for."""

    @cached_property
    def sequences(self) -> re.Pattern[str]:
        """Matches what one character of UTF-8 looks like, or else any one character. Few files have anything like it."""
        after = _class_of(self.bytes_of, 0x80, 0xBF)
        two, three, four = (
            _class_of(self.bytes_of, *span) for span in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))
        )
        return re.compile(f"{two}{after}|{three}{after}{{2}}|{four}{after}{{3}}|.", re.DOTALL)

    def undo(self, text: str, *, proved: bool) -> tuple[int, str]:
        """The number of garbled characters, and the text with what they were in their place.

        Args:
            text: The text.
            proved: Whether it is certain that the text was garbled; otherwise there must be proof of it.
        """
        places = self._places(text)
        decodable = {n for n, place in enumerate(places) if place.meant != place.shown}
        garbled = decodable if any(places[n].is_unnatural for n in decodable) else self._plausible(places)
        if not all(self._is_explained(place) for n, place in enumerate(places) if n not in garbled):
            return 0, text
        of_another_script = sum(_is_of_another_script(places[n].meant) for n in garbled)
        proved = proved or any(places[n].is_proof for n in garbled) or of_another_script >= _ENOUGH_LETTERS
        if not proved:
            return 0, text
        characters = (place.meant if n in garbled else place.shown for n, place in enumerate(places))
        return len(garbled), "".join(characters)

    def _places(self, text: str) -> list[_Place]:
        characters: list[tuple[str, str]] = []
        for shown in self.sequences.findall(text):
            meant = self._decoded(shown) if len(shown) > 1 else None
            characters += [(shown, meant)] if meant else [(character, character) for character in shown]
        meant_text = "".join(meant for _, meant in characters)
        return [
            _Place(shown, meant, meant_text[max(n - 2, 0) : n], meant_text[n + 1 : n + 2])
            for n, (shown, meant) in enumerate(characters)
        ]

    def _decoded(self, shown: str) -> str | None:
        """The character that some characters stand for; None if they don't stand for any."""
        try:
            meant = bytes(self.bytes_of[character] for character in shown).decode()
        except UnicodeDecodeError:
            return None
        return None if unicodedata.category(meant) in {"Cn", "Co"} else meant

    def _is_explained(self, place: _Place) -> bool:
        """Whether a character that isn't garbled may be one that was never damaged: what is left over was lost on the way."""
        return place.shown.isascii() or place.shown in _NATURAL or place.shown not in self.bytes_of

    def _plausible(self, places: Sequence[_Place]) -> set[int]:
        """The indices of the places where something else may well have been meant."""
        plausible = {
            n for n, place in enumerate(places) if place.meant != place.shown and _is_plausible(place)
        }
        for run in _runs(n for n, place in enumerate(places) if _is_of_another_script(place.meant)):
            neighbours = [places[n].meant for n in (run[0] - 1, run[-1] + 1) if 0 <= n < len(places)]
            is_long = len(run) > 1 or len(places[run[0]].shown) > 2
            is_garbled = all(places[n].meant != places[n].shown for n in run)
            if is_long and is_garbled and not any(map(_is_latin, neighbours)):
                plausible.update(run)
        return plausible


def _is_plausible(place: _Place) -> bool:
    """Whether names have the character that was meant in such a place; letters of other scripts are judged together."""
    meant = place.meant
    if meant in _MARKS:
        return place.before[-1:].isalpha()
    if _is_latin(meant):
        return _is_usual(meant) and (place.is_unnatural or place.is_unheard_of or place.case_fits)
    return not _is_of_another_script(meant)


def _is_usual(letter: str) -> bool:
    """Whether names have a Latin letter beyond ASCII."""
    return "À" <= letter <= "ſ" or "\u1e00" <= letter <= "\u1eff" or letter in _RARE_LATIN


def _misreading(codec: str) -> _Misreading:
    """UTF-8 read in an encoding, given its name in Python."""
    bytes_of = {bytes([byte]).decode(codec, "ignore"): byte for byte in range(0x80, 0x100)}
    if codec.startswith("cp125"):
        # Windows has control characters for the bytes that aren't in the encoding, and Latin-1 for more of them.
        bytes_of |= {chr(byte): byte for byte in range(0x80, 0xA0)}
    bytes_of.pop("", None)
    return _Misreading(bytes_of)


def _class_of(bytes_of: Mapping[str, int], first: int, last: int) -> str:
    """A pattern of the characters that stand for the bytes of a range."""
    return f"[{''.join(re.escape(c) for c, byte in bytes_of.items() if first <= byte <= last)}]"


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")


def _is_of_another_script(character: str) -> bool:
    """Whether a character is a letter of a script other than Latin, or a mark of one."""
    if character <= "ÿ" or character in _MARKS:
        return False
    kind = unicodedata.category(character)
    return kind in {"Mn", "Mc"} or (kind in _LETTERS and not _is_latin(character))


def _runs(indices: Iterable[int]) -> list[list[int]]:
    """Ascending indices, with neighbours put together."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


_MISREADINGS = tuple(map(_misreading, _CODECS))
_SUSPICIOUS = "|".join(
    (
        _REFERENCE.pattern,
        *(
            _class_of(misreading.bytes_of, 0xC2, 0xF4) + _class_of(misreading.bytes_of, 0x80, 0xBF)
            for misreading in _MISREADINGS
        ),
    )
)
