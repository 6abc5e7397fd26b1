"""The words of a heading: those that name a field, those that only say whose column it is, and those about other people."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from backdrop_tui.records.schema.field import folded_headings
from backdrop_tui.records.schema.text import fold_heading

ABOUT_OTHERS = folded_headings(
    "parent parents parental mother mothers father fathers mum mums mummy dad dads daddy guardian guardians carer carers "
    "contact contacts emergency sibling siblings brother brothers sister sisters kin nok spouse partner relation "
    "relationship doctor gp dentist tutor tutors keyworker supervisor manager managers referee payer friend "
    "former previous prior old original other another alternative alternate additional secondary recovery home personal "
    "private reports rhiant rhieni gwarcheidwad cyswllt"
)
"""Words of a heading that is about someone else, or about something that isn't so any more: never dropped from a heading."""
_TUTOR_GROUPS = ("tutor group", "tutor grp", "tutor gp", "tutorgroup")
"""Words that aren't about the tutor when they follow each other."""

_LEGAL = frozenset({"legal"})
_PREFERRED = frozenset({"preferred", "chosen", "usual", "known", "as", "by"})
_FILLERS = folded_headings(
    "the a an of for in on at full current currently curr actual main default description desc their your our this required mandatory "
    "compulsory optional dd mm mmm yyyy yy ddmmyyyy ddmmmyyyy yyyymmdd uk format please y "
    "txt int mis sims arbor bromcom integris scholarpack"
)
"""Words that say nothing about a heading when they begin or end it."""
_ABBREVIATIONS = {
    "grp": "group", "gp": "group", "nm": "name", "yr": "year", "no": "number", "num": "number", "nbr": "number", "ref": "number",
    "ncyr": "ncyear", "dt": "date", "tut": "tutor", "regis": "registration", "regn": "registration", "addr": "address",
    "adm": "admission", "sname": "surname",
}  # fmt: skip
_ABBREVIATING = re.compile(r"\b([^\W\d_])['’](?=[^\W\d_])")
"""The apostrophe of `S'name`, which isn't that of a possessive."""
_POSSESSIVE = re.compile(r"['’`´](?:[sr](?![^\W_]))?", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ADDITION = re.compile(r"(.+?)\s*(?:\(\s*(.+?)\s*\)|\s[-–]\s(.+))[\s*]*")
"""Pattern of a heading with an addition in brackets or after a dash: `Name (First)`."""
_EXPLANATION = re.compile(r"\s*\((?:(?:as|per|from) [^()]*)\)|(?<=\w)\(\w{1,2}\)", re.IGNORECASE)
"""What says no more about a heading: `Surname (as on the passport)`, `Forename(s)`."""
_SIDE_BY_SIDE = re.compile(r"\s*(?:[/\\|&+]|\bor\b)\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_YEAR = re.compile(r"(?:20)?\d\d")
_SHORTEST_REST = 3
_SHORTEST_PART = 4
"""Characters of the shortest word that is looked for inside a heading written as one word."""
_LONGEST = 200
"""The characters of a heading that are taken apart; nobody writes a longer one, but a file can have one."""
_LONGEST_NAME = 4
"""The most words that the name of a field has in a heading."""


class Heading:
    """A heading, taken apart into words."""

    def __init__(self, text: str) -> None:
        """Take a heading apart.

        Args:
            text: The heading as it is in the file.
        """
        self.folded = fold_heading(text)
        """All of it, folded (see `text.fold_heading`)."""
        self._text = text[:_LONGEST]
        text = unicodedata.normalize("NFKC", _EXPLANATION.sub("", self._text)).replace("#", " number ")
        text = _POSSESSIVE.sub(" ", _ABBREVIATING.sub(r"\1", text))
        self.words = _words(text)
        """Its words in lower case, without a possessive `'s`; `PupilDOB` has two."""
        addition = _ADDITION.fullmatch(text)
        self._turned_round = (*_words(addition[2] or addition[3]), *_words(addition[1])) if addition else ()
        self._forms: dict[frozenset[str], frozenset[str]] = {}

    def forms(self, owner_words: frozenset[str]) -> frozenset[str]:
        """The folded headings that this one stands for.

        Args:
            owner_words: Words that may be left out because they only say whose column it is.
        """
        if owner_words not in self._forms:
            self._forms[owner_words] = frozenset({
                self.folded,
                *_joined(self.words, owner_words),
                *_joined(self._turned_round, owner_words),
                *_without_prefix(self.folded, owner_words),
            })  # fmt: skip
        return self._forms[owner_words]

    @property
    def is_legal(self) -> bool:
        """Whether it is explicitly the legal one."""
        return "legal" in self.folded

    @cached_property
    def without_legal(self) -> "Heading":
        """The heading without the word "legal"."""
        return self._without(_LEGAL)

    @cached_property
    def without_preferred(self) -> "Heading":
        """The heading without words such as "preferred" and "known as"."""
        return self._without(_PREFERRED)

    @cached_property
    def alternatives(self) -> "tuple[Heading, ...]":
        """The headings that it names side by side, as in `Role/Position`; empty if it is a single one."""
        parts = _SIDE_BY_SIDE.split(self._text)
        return tuple(map(Heading, parts)) if len(parts) > 1 and all(parts) else ()

    def is_only(self, owner_words: frozenset[str]) -> bool:
        """Whether it says nothing but whose column it is: `Student`."""
        return bool(self.words) and owner_words.issuperset(self._ends(owner_words))

    def contains(self, names: Iterable[str], unrelated: frozenset[str]) -> bool:
        """Whether some of its words in a row are one of these names, and none of the others is unrelated.

        Args:
            names: Folded names of a field.
            unrelated: Words with which the heading is about something else.
        """
        names = frozenset(names)
        for words in (self.words, _expanded(self.words)):
            for start in range(len(words)):
                for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
                    others = {*words[:start], *words[end:]}
                    if "".join(words[start:end]) in names and others.isdisjoint(unrelated):
                        return True
        return False

    def is_about_others(self, other_owners: frozenset[str]) -> bool:
        """Whether it is about someone else, such as a parent, or about what isn't so any more.

        Args:
            other_owners: Words for people of other kinds than the file's.
        """
        words = " ".join(self.words)
        for group in _TUTOR_GROUPS:
            words = words.replace(group, "group")
        others = ABOUT_OTHERS | other_owners
        if len(self.words) == 1:
            long_enough = tuple(other for other in others if len(other) >= _SHORTEST_PART)
            return words in others or words.startswith(long_enough) or words.endswith(long_enough)
        return not others.isdisjoint(words.split())

    def _without(self, dropped: frozenset[str]) -> "Heading":
        return Heading(" ".join(word for word in self.words if word not in dropped))

    def _ends(self, owner_words: frozenset[str]) -> tuple[str, ...]:
        return tuple(word for word in self.words if word not in _FILLERS or word in owner_words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(_BETWEEN_WORDS.sub(" ", text)))


def _joined(words: tuple[str, ...], owner_words: frozenset[str]) -> Iterable[str]:
    """The words as one, in full and without those that may be left out, also without a plural `s`."""
    for spelt in (words, _expanded(words)):
        kept = tuple(word for word in spelt if word not in owner_words)
        for variant in (spelt, kept, _without_fillers(spelt), _without_fillers(kept)):
            joined = "".join(variant)
            yield joined
            yield joined.removesuffix("s")


def _expanded(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words with abbreviations written out."""
    return tuple(_ABBREVIATIONS.get(word, word) for word in words)


def _without_fillers(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without those that say nothing at the beginning and at the end, among them academic years at the end."""
    start, end = 0, len(words)
    while start < end and words[start] in _FILLERS:
        start += 1
    while start < end and (
        words[end - 1] in _FILLERS or (end - 1 > start and _YEAR.fullmatch(words[end - 1]))
    ):
        end -= 1
    return words[start:end]


def _without_prefix(folded: str, owner_words: frozenset[str]) -> Iterable[str]:
    """What is left of a heading written as one word, such as `pupilsurname`."""
    for owner in owner_words:
        rest = folded.removeprefix(owner)
        if rest != folded and len(rest) >= _SHORTEST_REST:
            yield rest
