"""Finding a person in running text, however it is written: with or without accents, capitals, hyphens and apostrophes."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS
from backdrop_tui.printable import INVISIBLE

ERASED = "[erased]"
"""What stands in a text in place of someone who was erased."""
_BETWEEN_LETTERS = r"['. \-]{0,2}"
_BETWEEN_NAMES = r"[\s,;|\"'._\-]{1,4}"
_MIDDLE_NAMES = r"(?:[ ._\-]+[^\W_]+){0,2}[ ._\-]+"
_BORN = r"\W{0,3}(?:born|dob|d\.o\.b\.?|date of birth)?(?: on)?\W{1,3}"
"""What can stand between a name and the date of birth that belongs to it."""
BEGIN, END = r"(?<![^\W_])", r"(?![^\W_])"
"""Where a word begins and ends; in names of files, at an underscore too."""
_APOSTROPHES = dict.fromkeys("’‘ʼ´`‐‑‒–—", "'")
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
_ONE_LETTER = {"ss": "ß", "ae": "æ", "oe": "œ", "th": "þ"}
"""Pairs of letters that may be written as one: Strauss as Strauß."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_JSON_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_HTML_ESCAPE = re.compile(r"&#?\w+;")
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+")
"""Names in scripts in which a surname and the first name after it are often written as one word: 김민수."""
_SIGNS, _SIGNS_SIZE = 0x20000, 0xA000
"""Where vowel signs of Indian and other scripts are put among rare Chinese characters. They tell names apart, but Python
takes only characters like these for parts of a word."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Mentions:
    """The patterns by which a person is found in a text."""

    names: tuple[tuple[str, str], ...]
    """First names and surnames that the person has or had, in every combination."""
    identifiers: tuple[str, ...]
    """What belongs to nobody else: the id, UPNs, e-mail addresses."""
    birth_dates: tuple[str, ...] = ()
    """Dates of birth in ISO form."""
    others: tuple[tuple[str, str], ...] = ()
    """First names and surnames of other people in whose names the person's can be found: Mohammed Ali Khan of Mohammed Khan."""

    @cached_property
    def _compact(self) -> frozenset[str]:
        """Identifiers and names, compact."""
        names = (name for pair in self.names for name in pair)
        return frozenset(map(compact, (*self.identifiers, *names))) - {""}

    def may_be_identified_in(self, compact_text: str) -> bool:
        """Whether a text can have an identifier of the person, given what `compact` makes of it."""
        return any(compact(text) in compact_text for text in self.identifiers)

    def may_be_in(self, compact_text: str) -> bool:
        """Whether a text can have an identifier, or a name of the person at all. It takes far less time than to look closely.

        Args:
            compact_text: What `compact` makes of the text.
        """
        return any(text in compact_text for text in self._compact)

    @cached_property
    def _surely(self) -> re.Pattern[str] | None:
        """Identifiers."""
        words = [rf"(?<![\w.@]){_identifier(text)}(?![\w@])" for text in self.identifiers]
        return re.compile("|".join(words)) if words else None

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        """The whole name in either order, with a date of birth that belongs to it."""
        parts = [part for name in self.names for part in _whole_name(*name, middle_names=True)]
        if not parts:
            return None
        parts.sort(key=len, reverse=True)  # Lee-May, and not only Lee
        born = rf"(?:{_BORN}{self._born.pattern})?" if self._born else ""
        return re.compile(rf"{BEGIN}(?:{'|'.join(parts)}){END}{born}")

    @cached_property
    def _others_named(self) -> re.Pattern[str] | None:
        """The whole name of one of the other people, in either order."""
        parts = [part for name in self.others for part in _whole_name(*name, middle_names=False)]
        return re.compile(rf"{BEGIN}(?:{'|'.join(parts)}){END}") if parts else None

    def _searched(self, text: str) -> str:
        """A text as it is searched for the person: as long as before, and without the other people's names."""
        searched = same_length(text)
        if self._others_named is None:
            return searched
        return self._others_named.sub(lambda match: "|" * len(match[0]), searched)

    @cached_property
    def _apart(self) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
        """First name and surname, each by itself."""
        return [(_word(first), _word(last)) for first, last in self.names]

    @cached_property
    def _born(self) -> re.Pattern[str] | None:
        """Dates of birth in the forms in which they are usually written."""
        forms = [form for day in self.birth_dates for form in _spellings(day)]
        return re.compile(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)") if forms else None

    def identified_in(self, text: str) -> bool:
        """Whether an identifier of the person is in a text."""
        return bool(self._surely and self._surely.search(same_length(text)))

    def named_in(self, text: str) -> bool:
        """Whether the person's whole name is in a text."""
        return bool(self._named and self._named.search(self._searched(text)))

    def birth_date_in(self, text: str) -> bool:
        """Whether a date of birth of the person is in a text, in one of the forms in which dates are usually written."""
        return bool(self._born and self._born.search(same_length(text)))

    def described_in(self, line: str) -> bool:
        """Whether a line of a file is about the person: it has an identifier, both names, or a name with the date of birth."""
        if self.is_called_in(line):
            return True
        folded = self._searched(line)
        words = (word for pair in self._apart for word in pair)
        return bool(self._born and self._born.search(folded)) and any(word.search(folded) for word in words)

    def is_called_in(self, line: str) -> bool:
        """Whether a line of a file has an identifier or both names of the person, wherever in it."""
        folded = self._searched(line)
        return bool(self._surely and self._surely.search(folded)) or any(
            first.search(folded) and last.search(folded) for first, last in self._apart
        )

    def words_in(self, text: str) -> bool:
        """Whether a first name or a surname of the person, or a date of birth, is in a text."""
        folded = self._searched(text)
        patterns = [*(pattern for pair in self._apart for pattern in pair), self._born]
        return any(pattern and pattern.search(folded) for pattern in patterns)

    def redacted(self, text: str, *, names: bool = True, instead: str = ERASED) -> str:
        """A text with identifiers, and on request whole names, replaced."""
        for pattern in (self._surely, self._named if names else None):
            if pattern is not None:
                text = replaced(text, pattern.finditer(self._searched(text)), instead)
        return text


def compact(text: str) -> str:
    """The letters and digits of a text, all in lower case and without accents, and letters that stand for two as two."""
    return "".join(filter(str.isalnum, same_length(_expanded(text))))


def word_in(name: str, text: str) -> bool:
    """Whether a name is in a text, as words of its own."""
    return bool(_word(name).search(same_length(text)))


def readings(data: bytes) -> Iterator[str]:
    """A file's bytes as the texts that they may be: every encoding that is read elsewhere, and JSON and HTML without their escapes."""
    if b"\0" in data:
        for codec in ("utf-16-le", "utf-16-be"):
            yield _unescaped(data.decode(codec, errors="replace"))
    if data.isascii():
        yield _unescaped(data.decode())
        return
    try:
        yield _unescaped(data.decode())
    except UnicodeDecodeError:
        for encoding in ENCODINGS:
            if encoding.characters:
                yield _unescaped(encoding.to_utf8(data).decode())


def any_reading(data: bytes, holds: Callable[[str], bool]) -> bool:
    """Whether something holds for any text that a file's bytes may be."""
    return any(map(holds, readings(data)))


def lines_without(data: bytes, is_unwanted: Callable[[str], bool]) -> bytes:
    """A file without the lines for which something holds in any reading. Its other lines stay byte for byte."""
    if b"\0" in data:
        is_little = data[1::2].count(0) >= data[::2].count(0)
        codec = "utf-16-le" if is_little else "utf-16-be"
        text = data.decode(codec, errors="replace")
        return "".join(
            line for line in text.splitlines(keepends=True) if not is_unwanted(_unescaped(line))
        ).encode(codec)
    lines = data.splitlines(keepends=True)
    return b"".join(line for line in lines if not any_reading(line, is_unwanted))


def _unescaped(text: str) -> str:
    """A text with JSON's and HTML's escapes of characters replaced by these."""
    if "\\u" in text:
        text = _JSON_ESCAPES.sub(lambda match: _characters(match[0]), text)
    return _HTML_ESCAPE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _characters(escapes: str) -> str:
    """The characters that a run of JSON's escapes stands for: some are escaped by two."""
    return bytes.fromhex(escapes.replace("\\u", "")).decode("utf-16-be", errors="replace")


def _word(name: str) -> re.Pattern[str]:
    return re.compile(f"{BEGIN}{letters_of(name)}{END}")


def _identifier(text: str) -> str:
    """The pattern of an identifier; a UPN may be written in groups."""
    folded = same_length(text)
    return r"[ \-]?".join(folded) if folded.isalnum() else re.escape(folded)


def _whole_name(first: str, last: str, *, middle_names: bool) -> tuple[str, str]:
    """The patterns of a whole name with the first name first, and with the surname first."""
    one, other = letters_of(first), letters_of(last)
    is_one_word = _WITHOUT_SPACES.fullmatch(compact(first)) and _WITHOUT_SPACES.fullmatch(compact(last))
    between = f"(?:{_MIDDLE_NAMES}|{_BETWEEN_NAMES})" if middle_names else _BETWEEN_NAMES
    return f"{one}{between}{other}", f"{other}(?:{_BETWEEN_NAMES}){'?' if is_one_word else ''}{one}"


def letters_of(name: str) -> str:
    """The pattern of a name, in a text of `same_length`."""
    letters = compact(name)
    pattern: list[str] = []
    place = 0
    while place < len(letters):
        pair = letters[place : place + 2]
        pattern.append(
            f"(?:{_BETWEEN_LETTERS.join(pair)}|{_ONE_LETTER[pair]})"
            if pair in _ONE_LETTER
            else _one_letter(letters[place])
        )
        place += 2 if pair in _ONE_LETTER else 1
    return _BETWEEN_LETTERS.join(pattern)


def _one_letter(letter: str) -> str:
    """The pattern of a letter, which a file can have in several parts: a syllable of Korean."""
    parts = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if len(parts) == 1 else f"(?:{re.escape(letter)}|{re.escape(parts)})"


def _expanded(text: str) -> str:
    """A text in lower case, with letters that stand for two written as two."""
    expanded = text.casefold()
    if not expanded.isascii():
        expanded = unicodedata.normalize("NFC", expanded)
        for letters, one in _ONE_LETTER.items():
            expanded = expanded.replace(one, letters)
    return expanded


def same_length(text: str) -> str:
    """A text in lower case and without accents, in which every character is where it was."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


@lru_cache(4_096)
def _letter(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    bases = "".join(part for part in decomposed if not unicodedata.combining(part))
    if not bases or _INVISIBLE.match(character):
        return "'"
    # A syllable of Korean has several letters, and none of them stands for it.
    base = bases if len(bases) == 1 else character
    if unicodedata.category(base).startswith("M"):
        return chr(_SIGNS + ord(base) % _SIGNS_SIZE)
    base = _APOSTROPHES.get(base, base).lower()[0]
    return _LETTERS.get(base, base)


def replaced(text: str, matches: Iterable[re.Match[str]], instead: str) -> str:
    """A text with each match of a pattern in `same_length` of it replaced, and accents that follow it."""
    parts, start = [], 0
    for match in matches:
        parts += [text[start : match.start()], instead]
        start = match.end()
        while unicodedata.combining(text[start : start + 1] or " "):
            start += 1
    return "".join([*parts, text[start:]]) if parts else text


def _spellings(iso: str) -> Iterable[str]:
    """Patterns of a day as it is usually written."""
    year, month, day = iso.split("-")
    m, d = f"0?{int(month)}", f"0?{int(day)}"
    y = rf"(?:{year[:2]})?{year[2:]}"
    between = r"[/.\- ]"
    name = rf"{_MONTHS[int(month) - 1]}[a-z]*"
    yield rf"{year}{between}{m}{between}{d}"
    yield rf"{d}{between}{m}{between}{y}"
    yield rf"{m}{between}{d}{between}{y}"
    yield f"{year}{month}{day}"
    yield f"{day}{month}{year}"
    yield rf"{d}(?:st|nd|rd|th)?{between}?{name},?{between}?{y}"
    yield rf"{name}{between}?{d}(?:st|nd|rd|th)?,?{between}?{y}"
