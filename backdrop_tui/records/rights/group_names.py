"""Find the user group that a text names, or the ones that it only resembles.

A text names a group if it is the group's name in any case, singular or plural, or one of its long forms. A text that only
resembles a group's name, or names several groups, is never taken for one of them: someone has to decide.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from backdrop_tui.records.rights.job_titles import group_for_title, is_qualifier, titles_in, words_of_others
from backdrop_tui.records.rights.lookalikes import skeleton
from backdrop_tui.records.rights.misspellings import has_another_acronym, misspelt_form
from backdrop_tui.records.rights.user_groups import LONG_FORMS, LONGEST, LOOSE_FORMS

_PLURAL = re.compile(r"(?<=.)s$")
_MOST_WORDS = 8
_NUMBER = re.compile(r"\d+")
_FEWEST_LETTERS = 2
"""The number of letters from which a text may be a name that is half typed."""
_LONGEST_ACRONYM = 3


@dataclass(frozen=True)
class Resemblance:
    """What a text that names no group for certain may mean."""

    groups: tuple[str, ...]
    """The groups that it may mean; never empty."""
    suggestion: str | None
    """The group that it most likely means; None if a person has to choose."""
    looks_the_same: bool = False
    """Whether the text looks the same as the name of the one group that it may mean, so that no other group may have it."""


def fold(name: str) -> str:
    """A name in lower case and in the singular, with single spaces."""
    return _PLURAL.sub("", " ".join(name.split()).lower())


def numbers_clash(text: str, name: str) -> bool:
    """Whether two names that look alike have different numbers: `Year 6 Team` isn't `Year 8 Team`."""
    numbers = _NUMBER.findall(text), _NUMBER.findall(name)
    return all(numbers) and numbers[0] != numbers[1]


def _begins(text: str, name: str) -> bool:
    return name.lower().startswith(" ".join(text.split()).lower())


def _is_acronym(text: str) -> bool:
    return text.isupper() and len(text) <= _LONGEST_ACRONYM


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
        groups = (self._looking_like(name) for name in (text, letters))
        return next(filter(None, groups), None)

    def resembling(self, text: str) -> str | None:
        """The group that a text looks like, misspells or loosely means, or None. For texts that don't name a group."""
        if group := self._looking_like(text) or self._loosely_meant(text):
            return group
        form = misspelt_form(text, self._form_by_skeleton)
        return self._by_folded_name[form] if form else None

    def resemblance(self, text: str) -> Resemblance | None:
        """What a text may mean, if it resembles a group or names several; else None. For texts that don't name a group.

        A misspelt acronym has no suggestion: `BSL` (British Sign Language) is one letter away from `DSL`. Nor has one that is the
        beginning of a name (`PA` isn't half of `Pastoral`), or a text that begins a later word of it (`Manager`). A name that goes on
        where a group's ends is another group's: `DSL Trainees`.
        """
        if len(text) > LONGEST:
            return None
        if group := self._looking_like(text):
            return Resemblance((group,), group, looks_the_same=True)
        if several := self._named_together(text):
            return several
        if group := self._loosely_meant(text):
            return Resemblance((group,), group)
        if form := misspelt_form(text, self._form_by_skeleton):
            group = self._by_folded_name[form]
            return Resemblance((group,), None if has_another_acronym(text, form) else group)
        return self._half_typed(text)

    def _looking_like(self, text: str) -> str | None:
        """The group with a name, or long form, that has the same skeleton as a text; None if their numbers differ."""
        form = self._form_by_skeleton.get(skeleton(text))
        return None if form is None or numbers_clash(text, form) else self._by_folded_name[form]

    def _loosely_meant(self, text: str) -> str | None:
        return self._by_loose_form.get(skeleton(text))

    def _half_typed(self, text: str) -> Resemblance | None:
        """The groups of whose name, or of one word of it, a text of at least two letters is the beginning: `Adm` of `Admin`."""
        if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
            return None
        groups = tuple(
            group
            for group in self.groups
            if any(_begins(text, part) for part in (group, *group.split())) and not numbers_clash(text, group)
        )
        is_clear = len(groups) == 1 and _begins(text, groups[0]) and not _is_acronym(text)
        return Resemblance(groups, groups[0] if is_clear else None) if groups else None

    def _named_together(self, text: str) -> Resemblance | None:
        """What a list of group names and job titles means; None if no part of it names a group.

        A group is suggested only if every part means that one.
        """
        named: list[str] = []
        others: list[str | None] = []
        for part in titles_in(text):
            if groups := self._named_in_words(part):
                named += groups
            elif group := self._by_folded_name.get(fold(group_for_title(part) or "")):
                others.append(group)
            elif words_of_others(part):
                return None
            elif not is_qualifier(part):
                others.append(None)
        groups = tuple(dict.fromkeys(filter(None, [*named, *others])))
        is_clear = len(groups) == 1 and None not in others
        return Resemblance(groups, groups[0] if is_clear else None) if named else None

    def _named_in_words(self, text: str) -> tuple[str, ...]:
        """The groups that a text names if it consists of nothing but their names: `Teachers DSLs`, or just `Teachers`."""
        if group := self.named(text):
            return (group,)
        words = text.split()
        for count in range(1, min(len(words), _MOST_WORDS)):
            first = self.named(" ".join(words[:count]))
            if first and (others := self._named_in_words(" ".join(words[count:]))):
                return (first, *others)
        return ()

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
    def _form_by_skeleton(self) -> dict[str, str]:
        """Folded names and long forms by their skeletons, in the singular and plural."""
        forms: dict[str, str] = {}
        for form in self._by_folded_name:
            for written in (form, f"{form}s"):
                forms.setdefault(skeleton(written), form)
        return forms

    @cached_property
    def _by_loose_form(self) -> dict[str, str]:
        forms = self._forms(LOOSE_FORMS)
        return {skeleton(form + plural): group for form, group in forms for plural in ("", "s")}

    def _forms(self, forms: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        """Pairs of a form and its group, for the current and the former names of all groups."""
        named = (*((group, group) for group in self.groups), *self.former)
        return [(form, group) for name, group in named for form in forms.get(name, ())]
