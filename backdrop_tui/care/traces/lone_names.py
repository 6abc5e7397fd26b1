"""A first name or a surname that stands alone in a text: `Vanterpool pupils.csv`, `see Mrs Vanterpool`.

It is taken for someone's only if nobody else who is stored has it as any part of a name, and if it isn't a word of every day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from backdrop_tui.care.traces.mentions import BEGIN, END, letters_of, replaced, same_length

_LEAST_LETTERS = 4
_WORDS = (
    "april august austin autumn baker band bank bell best bird bishop black board bond book boston boys bristol brown bush "
    "cards care case chance chase chelsea chester christian church class close cook cross daisy data dean devon drama east "
    "england english evening faith field fields file flower ford forest fort fountain fox frank french friday friend gate "
    "georgia german girls good grace grant green grey hall hand harmony head heath heather high hill hope house hunt india "
    "israel jordan joy june kent king kings knight lake lane last law leaver leavers lincoln list little london long love "
    "march mark mason mayor merit miller monday moor music name news north page parent parents paris parish park parker "
    "parks place polish pool poppy power price pride prince prior pupil pupils rain record records rich river rivers rose "
    "ruby saturday school scott sharp short silver singh small smart south spring staff star starters stone storm street "
    "student students summer sunday teacher temple thursday tuesday violet wall ward waters wednesday welsh west white "
    "wild will winter wise wood woods word work year years york young"
)
_EVERYDAY = frozenset(_WORDS.split())
"""Names that mean something else at the beginning of a sentence, or in the name of a file."""


def can_stand_alone(name: str) -> bool:
    """Whether a first name or a surname, folded, is unusual enough to be found without the other."""
    return len(name) >= _LEAST_LETTERS and name not in _EVERYDAY


@dataclass(frozen=True)
class LoneNames:
    """First names and surnames that are one person's even where they stand alone."""

    names: tuple[str, ...]
    """The names."""

    def redacted(self, text: str, instead: str, *, is_file_name: bool) -> str:
        """A text with these names replaced.

        Args:
            text: The text.
            instead: What to put in place of a name.
            is_file_name: Whether it is the name of a file or a folder. In any other text, a name has to be written with a capital,
                and can't be half of a double-barrelled one.
        """
        pattern = self._in_file_name if is_file_name else self._in_text
        if pattern is None:
            return text
        matches = pattern.finditer(same_length(text))
        return replaced(text, (each for each in matches if is_file_name or _has_capital(text, each)), instead)

    @cached_property
    def _in_file_name(self) -> re.Pattern[str] | None:
        return re.compile(f"{BEGIN}(?:{'|'.join(self._parts())}){END}") if self.names else None

    @cached_property
    def _in_text(self) -> re.Pattern[str] | None:
        if not self.names:
            return None
        parts = "|".join(self._parts())
        return re.compile(rf"(?<![^\W_]['\-]){BEGIN}(?:{parts}){END}(?!['\-](?!s\b)[^\W_])")

    def _parts(self) -> Iterator[str]:
        """The patterns of the names, the longest first: Lee-May, and not only Lee."""
        return iter(sorted(map(letters_of, self.names), key=len, reverse=True))


def _has_capital(text: str, match: re.Match[str]) -> bool:
    return any(map(str.isupper, text[match.start() : match.end()]))
