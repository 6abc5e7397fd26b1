"""A few names of a file as each encoding reads them, by which a person sees which encoding is right."""

from collections.abc import Iterable

from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS, UTF_16, Encoding
from backdrop_tui.intake.reading.encoding.points import points
from backdrop_tui.intake.reading.encoding.words import accented_words, has_accent
from backdrop_tui.records.schema.broken_bytes import REPLACEMENT

_NAMES = 3


def sample_names(data: bytes, encoding: Encoding) -> dict[Encoding, tuple[str, ...]]:
    """Up to three names with accents, as each encoding reads them: those on which the encodings differ most.

    Args:
        data: The whole file.
        encoding: The encoding that the file is read in.
    """
    words = [word for word in _words(data, encoding) if has_accent(_read(word, encoding))]
    chosen = sorted(words, key=_likeness)[:_NAMES]
    return {each: tuple(_read(word, each) for word in chosen) for each in ENCODINGS}


def _words(data: bytes, encoding: Encoding) -> Iterable[bytes]:
    """Words of a file as its bytes."""
    if encoding is not UTF_16:
        return accented_words(data)
    return [word.decode(errors="replace").encode("utf-16") for word in accented_words(encoding.to_utf8(data))]


def _read(word: bytes, encoding: Encoding) -> str:
    """A word as an encoding reads it, without characters that can't be shown."""
    text = word.decode(encoding.name, "replace")
    return "".join(character if character.isprintable() else REPLACEMENT for character in text)


def _likeness(word: bytes) -> tuple[int, float]:
    """How alike the encodings read a word, for sorting."""
    readings = {_read(word, encoding) for encoding in ENCODINGS}
    against = [points(reading) for reading in readings]
    return -len(readings), min(against) - max(against)
