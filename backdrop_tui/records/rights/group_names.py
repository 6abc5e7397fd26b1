"""Which user group a text names, and which one it only looks like.

A name is taken where it is a group's own in any case, in the singular or plural, or one of its long forms. Whatever
merely resembles a group's name is never taken: a person decides.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from backdrop_tui.records.rights.lookalikes import skeleton
from backdrop_tui.records.rights.user_groups import LONG_FORMS, LOOSE_FORMS

_PLURAL = re.compile(r"(?<=.)s$")
_LONGEST_WITH = (2, 5, 11)
"""The longest names that may have no slip, one slip, two slips; longer ones may have three."""
_NUMBER = re.compile(r"\d+")


def fold(name: str) -> str:
    """A name in small letters and in the singular, with single spaces."""
    return _PLURAL.sub("", " ".join(name.split()).lower())


def _slips(length: int) -> int:
    """How many slips of the keyboard a name of so many letters may have and still be meant."""
    return bisect_left(_LONGEST_WITH, length)


def _other_number(text: str, group: str) -> bool:
    """Whether the two differ in a number: `Year 7 Team` is no misspelling of `Year 8 Team`."""
    numbers = _NUMBER.findall(group)
    return bool(numbers) and numbers != _NUMBER.findall(text)


def _letters_of_no_use(bare: str) -> int:
    """How many letters of other scripts stand among ours: any of them may be drawn like the one it replaces."""
    foreign = sum(not c.isascii() for c in bare)
    return foreign if foreign < len(bare) else 0


@dataclass(frozen=True)
class GroupNames:
    """The names of all groups that there are, to look texts up in."""

    groups: tuple[str, ...]
    """The groups' names, as they are stored."""
    former: tuple[tuple[str, str], ...] = ()
    """Names that groups had before, each with the group that it leads to."""

    def named(self, text: str) -> str | None:
        """The group that a text surely names, or None."""
        if text in self.groups:
            return text
        return self._exact.get(text.lower()) or self._taken.get(fold(text))

    def mistaken_for(self, text: str) -> str | None:
        """The group whose name looks just like a text, or None: the eye can't tell the two apart."""
        letters = "".join(c for c in text if c.isalnum())  # a sign may pass for a letter, or for nothing
        return next(
            (self._skeletons[bare] for bare in map(skeleton, (text, letters)) if bare in self._skeletons),
            None,
        )

    def resembling(self, text: str) -> str | None:
        """The group that a text looks like, misspells or loosely means, or None. For texts that name no group."""
        bare = skeleton(text)
        if not bare:
            return None
        return self._loose.get(bare) or self._skeletons.get(bare) or self._misspelt(text, bare)

    @cached_property
    def _exact(self) -> dict[str, str]:
        former = {old.lower(): group for old, group in self.former}
        return former | {group.lower(): group for group in reversed(self.groups)}

    @cached_property
    def _taken(self) -> dict[str, str]:
        """Group by folded name or long form.

        Names go before former names, those before long forms, and the first group before later ones.
        """
        own = {fold(group): group for group in reversed(self.groups)}
        former = {fold(old): group for old, group in self.former}
        return dict(self._forms(LONG_FORMS)) | former | own

    @cached_property
    def _skeletons(self) -> dict[str, str]:
        """Group by the skeleton of each name that it goes by, in the singular and plural."""
        by_skeleton: dict[str, str] = {}
        for form, group in self._taken.items():
            for written in (form, f"{form}s"):
                by_skeleton.setdefault(skeleton(written), group)
        return by_skeleton

    @cached_property
    def _loose(self) -> dict[str, str]:
        forms = self._forms(LOOSE_FORMS)
        return {skeleton(form + plural): group for form, group in forms for plural in ("", "s")}

    def _forms(self, forms: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        """Each form with its group, for the groups that there are, and for those that were called otherwise before."""
        named = (*((group, group) for group in self.groups), *self.former)
        return [(form, group) for name, group in named for form in forms.get(name, ())]

    def _misspelt(self, text: str, bare: str) -> str | None:
        """The group with the name that is the fewest slips away, where those are few enough."""
        from rapidfuzz import process  # noqa: PLC0415 - most files have no misspelt group
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        spare = _letters_of_no_use(bare)
        near = process.extract(
            bare,
            list(self._skeletons),
            scorer=OSA.distance,
            score_cutoff=len(_LONGEST_WITH) + spare,
            limit=None,
        )
        for name, distance, _ in near:
            group, most = self._skeletons[name], _slips(len(name))
            enough = distance - spare <= most and abs(len(bare) - len(name)) <= most
            if enough and distance < len(bare) and not _other_number(text, group):
                return group
        return None
