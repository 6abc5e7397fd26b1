"""The words of a file by which its encoding shows."""

import re

_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LONGEST_WORD = 60
# A few hundred names are as good as a million, so a large file is only looked at in places.
_MOST_WORDS = 2_000
_BLOCK = 4_096
_MOST_BLOCKS = 250


def accented_words(data: bytes) -> list[bytes]:
    """Different words with bytes from 0x80 on: all of them, or enough from all over a large file.

    Args:
        data: A file in which letters without accents are single bytes, as they are in all encodings but UTF-16.
    """
    blocks = [start for start in range(0, len(data), _BLOCK) if not data[start : start + _BLOCK].isascii()]
    words: dict[bytes, None] = {}
    for start in blocks[:: len(blocks) // _MOST_BLOCKS + 1]:
        end = start + _BLOCK
        for word in _WORD.finditer(data, max(start - _LONGEST_WORD, 0), end + _LONGEST_WORD):
            if word.end() > start and word.start() < end:
                words[word[0][:_LONGEST_WORD]] = None
    return list(words)[:: len(words) // _MOST_WORDS + 1]


def has_accent(word: str) -> bool:
    """Whether a word has a letter that isn't ASCII."""
    return any(character.isalpha() and not character.isascii() for character in word)
