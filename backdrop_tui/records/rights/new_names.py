"""The names of new user groups in one file: which are spellings of the same name, and which only look the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from backdrop_tui.records.rights.group_names import fold, numbers_clash
from backdrop_tui.records.rights.lookalikes import skeleton


@dataclass(frozen=True)
class NewName:
    """The name under which a new group is stored."""

    name: str
    """Its first spelling with the fewest characters other than those of English."""
    looks_like: str | None = None
    """Another new name in the file that looks the same although its letters are different ones."""


def new_names(texts: Iterable[str]) -> dict[str, NewName]:
    """The names that cleaned texts stand for, by text.

    Texts that differ only in case or plural are one name. Of several names that look the same, the one with the fewest
    characters other than those of English stands for all.
    """
    in_order = sorted(dict.fromkeys(texts), key=_foreign_characters)
    by_spelling: dict[str, NewName] = {}
    leaders: dict[str, list[str]] = {}
    for name in in_order:
        if fold(name) in by_spelling:
            continue
        alike = leaders.setdefault(skeleton(name), [])
        leader = next((other for other in alike if not numbers_clash(name, other)), None)
        by_spelling[fold(name)] = NewName(name, leader)
        if leader is None:
            alike.append(name)
    return {text: by_spelling[fold(text)] for text in in_order}


def _foreign_characters(text: str) -> int:
    return sum(not character.isascii() for character in text)
