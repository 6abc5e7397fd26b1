"""Guessing which single-byte encoding a file is in: the one in which its words read best."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from backdrop_tui.intake.reading.encoding.encodings import SINGLE_BYTE, Encoding
from backdrop_tui.intake.reading.encoding.points import points
from backdrop_tui.intake.reading.encoding.words import accented_words, has_accent

_NAMES = 3
_MAC_LINE_ENDS = 1.5
"""Points in favour of Mac Roman if lines end in CR alone, as on the Macs of its time."""


@dataclass(frozen=True)
class EncodingGuess:
    """The evidence on which an encoding was chosen."""

    runner_up: Encoding
    """The encoding in which the file reads second best, among those that read as many names differently as possible."""
    names: tuple[tuple[str, str], ...]
    """The names on which the two encodings differ most, up to three: as the file is read, and as the runner-up reads them."""


def guess_encoding(data: bytes) -> tuple[Encoding, EncodingGuess | None]:
    """The single-byte encoding in which a file reads best, and the evidence; None if no word has a non-ASCII letter.

    The file may be of any size.
    """
    words = accented_words(data)
    scores = {encoding: [points(_decoded(word, encoding)) for word in words] for encoding in SINGLE_BYTE}
    totals = {encoding: sum(scores[encoding]) + _handicap(encoding, data) for encoding in SINGLE_BYTE}
    best, *others = sorted(SINGLE_BYTE, key=lambda encoding: round(totals[encoding], 3))
    guesses = [
        EncodingGuess(other, _telling_names(words, (best, other), (scores[best], scores[other])))
        for other in others
    ]
    # An encoding that reads most names alike is no help to anyone who looks at them.
    guess = max(guesses, key=lambda guess: len(guess.names))
    return best, guess if guess.names else None


def _handicap(encoding: Encoding, data: bytes) -> float:
    """The points against an encoding before any word is looked at."""
    mac_line_ends = encoding.name == "mac-roman" and b"\r" in data and b"\n" not in data
    return encoding.handicap - _MAC_LINE_ENDS * mac_line_ends


def _telling_names(
    words: Sequence[bytes],
    encodings: tuple[Encoding, Encoding],
    scores: tuple[Sequence[float], Sequence[float]],
) -> tuple[tuple[str, str], ...]:
    """The words with non-ASCII letters on which two encodings differ most, three at most, as each of them reads them.

    Args:
        words: The words.
        encodings: The encodings.
        scores: The points of each word in either of them.
    """
    by_difference = sorted(zip(words, *scores, strict=True), key=lambda scored: -abs(scored[1] - scored[2]))
    best, other = encodings
    readings = ((_decoded(word, best), _decoded(word, other)) for word, *_ in by_difference)
    telling = ((name, as_other) for name, as_other in readings if name != as_other and has_accent(name))
    return tuple(islice(telling, _NAMES))


def _decoded(word: bytes, encoding: Encoding) -> str:
    return codecs.charmap_decode(word, "strict", encoding.characters)[0]
