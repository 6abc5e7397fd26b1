"""Find the user group that a text names, or the one that it only resembles.

A text names a group if it is the group's name in any case, singular or plural, or one of its long forms. A text that only
resembles a group's name is never taken for that group: someone has to decide.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from backdrop_tui.records.rights.lookalikes import skeleton
from backdrop_tui.records.rights.user_groups import LONG_FORMS, LOOSE_FORMS

_PLURAL = re.compile(r"(?<=.)s$")
_LONGEST_WITH_TYPOS = (2, 5, 11)
"""The longest names that may have no typos, one typo and two typos; longer ones may have three."""
_NUMBER = re.compile(r"\d+")


def fold(name: str) -> str:
    """A name in lower case and in the singular, with single spaces."""
    return _PLURAL.sub("", " ".join(name.split()).lower())


def _typos_allowed(length: int) -> int:
    """The number of typos that a name of this length may have and still be recognised as a misspelling."""
    return bisect_left(_LONGEST_WITH_TYPOS, length)


def _numbers_differ(text: str, group: str) -> bool:
    """Whether two names have different numbers: `Year 7 Team` isn't a misspelling of `Year 8 Team`."""
    numbers = _NUMBER.findall(group)
    return bool(numbers) and numbers != _NUMBER.findall(text)


def _foreign_letters(skeleton_of_text: str) -> int:
    """The number of letters of other scripts among English ones: each may look like the letter that it replaces.

    A name that is written in another script throughout has none.
    """
    foreign = sum(not c.isascii() for c in skeleton_of_text)
    return foreign if foreign < len(skeleton_of_text) else 0


@dataclass(frozen=True)
class GroupNames:
    """The names of all of a school's groups, for looking up texts."""

    groups: tuple[str, ...]
    """The groups' names, as stored."""
    former: tuple[tuple[str, str], ...] = ()
    """Pairs of a former name and the current name of that group."""

    def named(self, text: str) -> str | None:
        """The group that a text names without doubt, or None."""
        if text in self.groups:
            return text
        return self._by_exact_name.get(text.lower()) or self._by_folded_name.get(fold(text))

    def mistaken_for(self, text: str) -> str | None:
        """The group whose name looks the same as a text to the eye, or None."""
        letters = "".join(c for c in text if c.isalnum())  # a symbol can look like a letter, or be overlooked
        groups = (self._by_skeleton.get(skeleton(name)) for name in (text, letters))
        return next(filter(None, groups), None)

    def resembling(self, text: str) -> str | None:
        """The group that a text looks like, misspells or loosely means, or None. For texts that don't name a group."""
        key = skeleton(text)
        if not key:
            return None
        return self._by_loose_form.get(key) or self._by_skeleton.get(key) or self._misspelt(text, key)

    @cached_property
    def _by_exact_name(self) -> dict[str, str]:
        former = {old.lower(): group for old, group in self.former}
        return former | {group.lower(): group for group in reversed(self.groups)}

    @cached_property
    def _by_folded_name(self) -> dict[str, str]:
        """Groups by folded name or long form.

        Current names take precedence over former names, those over long forms, and earlier groups over later ones.
        """
        current = {fold(group): group for group in reversed(self.groups)}
        former = {fold(old): group for old, group in self.former}
        return dict(self._forms(LONG_FORMS)) | former | current

    @cached_property
    def _by_skeleton(self) -> dict[str, str]:
        """Groups by the skeleton of each of their names, in the singular and plural."""
        by_skeleton: dict[str, str] = {}
        for form, group in self._by_folded_name.items():
            for written in (form, f"{form}s"):
                by_skeleton.setdefault(skeleton(written), group)
        return by_skeleton

    @cached_property
    def _by_loose_form(self) -> dict[str, str]:
        forms = self._forms(LOOSE_FORMS)
        return {skeleton(form + plural): group for form, group in forms for plural in ("", "s")}

    def _forms(self, forms: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        """Pairs of a form and its group, for the current and the former names of all groups."""
        named = (*((group, group) for group in self.groups), *self.former)
        return [(form, group) for name, group in named for form in forms.get(name, ())]

    def _misspelt(self, text: str, key: str) -> str | None:
        """The group whose name is the fewest typos away from a text, if that is few enough; `key` is its skeleton."""
        from rapidfuzz import process  # noqa: PLC0415 - most files have no misspelt group
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        foreign = _foreign_letters(key)
        candidates = process.extract(
            key,
            list(self._by_skeleton),
            scorer=OSA.distance,
            score_cutoff=len(_LONGEST_WITH_TYPOS) + foreign,
            limit=None,
        )
        for name, distance, _ in candidates:
            group, allowed = self._by_skeleton[name], _typos_allowed(len(name))
            is_close = distance - foreign <= allowed and abs(len(key) - len(name)) <= allowed
            if is_close and distance < len(key) and not _numbers_differ(text, group):
                return group
        return None
