"""Names of groups with a few typos, and names that are only a few letters away from one but mean something else."""

import re
from bisect import bisect_left
from collections.abc import Mapping

from backdrop_tui.records.rights.job_titles import words_of_others
from backdrop_tui.records.rights.lookalikes import skeleton

_LONGEST_WITH_TYPOS = (2, 5, 11)
"""The longest names that may have no typos, one typo and two typos; longer ones may have three."""
_LONGEST_ACRONYM = 3
_NUMBER = re.compile(r"\d+")


def misspelt_form(text: str, forms: Mapping[str, str]) -> str | None:
    """The name that is the fewest typos away from a text, if that is few enough.

    A word too many is no typo, nor is one that makes it somebody else's name: `School Business Manager PA`.

    Args:
        text: The text.
        forms: Names in lower case, by their skeletons.
    """
    import rapidfuzz  # noqa: PLC0415 - most files have no misspelt group

    key = skeleton(text)
    if not key or _is_foreign_word(text, key):
        return None
    most_typos = len(_LONGEST_WITH_TYPOS) + _foreign_letters(key)
    candidates = rapidfuzz.process.extract(
        key, list(forms), scorer=rapidfuzz.distance.OSA.distance, score_cutoff=most_typos, limit=None
    )
    close = (forms[name] for name, distance, _ in candidates if distance < len(key) and _is_close(key, name))
    return next((form for form in close if not _means_something_else(text, form)), None)


def has_another_acronym(text: str, form: str) -> bool:
    """Whether a text has other letters where the name that it is a typo away from has an acronym: `BSL` for `DSL`."""
    return any(
        len(word) <= _LONGEST_ACRONYM and _differing_letters(written, word) > _foreign_letters(written)
        for written, word in _word_pairs(text, form)
    )


def _is_close(key: str, name: str) -> bool:
    """Whether two skeletons are few typos apart. A letter of another script may be any letter, and is none."""
    import rapidfuzz  # noqa: PLC0415 - most files have no misspelt group

    allowed = bisect_left(_LONGEST_WITH_TYPOS, len(name))
    typos = rapidfuzz.distance.OSA.distance(key, name) - _foreign_letters(key)
    return typos <= allowed and abs(len(key) - len(name)) <= allowed


def _is_foreign_word(text: str, key: str) -> bool:
    """Whether a text is a word of another script, and doesn't just look like English letters throughout."""
    return not key.isascii() and not any(c.isascii() and c.isalpha() for c in text)


def _foreign_letters(key: str) -> int:
    """The number of letters of other scripts in a skeleton: each may look like the letter that it replaces."""
    return sum(not c.isascii() for c in key)


def _differing_letters(written: str, word: str) -> int:
    """The number of letters that only one of two words has, whichever has more of them; an s at the end is no difference."""
    letters, wanted = set(written), set(word)
    return max(len(wanted - letters), len(letters - wanted - {"s"}))


def _word_pairs(text: str, form: str) -> list[tuple[str, str]]:
    """The skeletons of the words of two names, side by side; of the whole names if one has more words than the other."""
    written, words = _words(text), _words(form)
    if len(written) != len(words):
        return [(skeleton(text), skeleton(form))]
    return [(skeleton(one), skeleton(other)) for one, other in zip(written, words, strict=True)]


def _words(name: str) -> list[str]:
    """The words of a name; numbers and signs are none."""
    return [word for word in name.split() if any(map(str.isalpha, word))]


def _means_something_else(text: str, form: str) -> bool:
    """Whether a text few typos away from a name has another number, another word, a word more, or one like `ex` or `PA`."""
    pairs = _word_pairs(text, form)
    has_other_word = not all(_is_close(one, other) or _is_close(one, f"{other}s") for one, other in pairs)
    if has_other_word or len(_words(text)) > len(_words(form)):
        return True
    added = skeleton(text).replace(skeleton(form), " ")  # exGovernor
    others = words_of_others(text) | words_of_others(added)
    return bool(others - words_of_others(form)) or _numbers_differ(text, form)


def _numbers_differ(text: str, form: str) -> bool:
    """Whether two names have different numbers: `Year 7 Team` isn't a misspelling of `Year 8 Team`."""
    numbers = _NUMBER.findall(form)
    return bool(numbers) and numbers != _NUMBER.findall(text)
